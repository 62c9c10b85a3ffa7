"""An aiogram session without a socket: the bot's calls go straight into the world."""

import json
from collections.abc import AsyncGenerator, Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import (
    InlineKeyboardMarkup,
    InputFile,
    ReplyKeyboardMarkup,
)
from aiogram.types.base import TelegramObject
from pydantic import BaseModel
from typing_extensions import override

from emulator.api import Emulator
from emulator.errors import ApiError, TransportFault
from emulator.world.files import Upload

ATOMS = frozenset({str, int, bool, float})
PLAIN_MODELS = frozenset({InlineKeyboardMarkup, ReplyKeyboardMarkup})
"""Models without files, dates and defaults inside: pydantic dumps them at once."""

_decoders: dict[type[TelegramMethod[Any]], Any] = {}
"""Decoders of answers by method, kept alive: pydantic remembers them by weak reference only, and aiogram would build
the one of `Message | bool` anew for most edits, at 8 ms each."""


class EmulatorSession(BaseSession):
    """Give a `Bot` the emulator instead of the network.

    Requests pass the emulator's schema, answers pass aiogram's own `check_response`: results are decoded and errors
    raised exactly as over HTTP, only JSON text is left out.
    """

    def __init__(self, emulator: Emulator, **options: Any) -> None:
        super().__init__(json_loads=_loads, **options)
        self.emulator = emulator

    @override
    async def close(self) -> None:
        """Close nothing: there is no connection."""

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Run one call. Raises aiogram's exceptions."""
        files: dict[str, Upload] = {}
        params = await _Plain(self.emulator, bot, files).method(method)
        status, content = 200, cast("Any", None)
        try:
            result = await self.emulator.call(bot.token, method.__api_method__, params, files)
            content = {"ok": True, "result": result}
        except ApiError as refusal:
            status, content = refusal.code, refusal.envelope()
        except TransportFault as fault:
            if fault.kind != "body":
                words = (
                    "Request timeout error"
                    if fault.kind == "timeout"
                    else "ServerDisconnectedError"
                )
                raise TelegramNetworkError(method=method, message=words) from fault
            status, content = fault.status, fault.body
        if type(method) not in _decoders:
            _decoders[type(method)] = Response.__class_getitem__(method.__returning__)
        response = self.check_response(bot=bot, method=method, status_code=status, content=content)
        return cast("TelegramType", response.result)

    @override
    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """Yield a file behind the address that aiogram builds from getFile's path."""
        token, _, path = url.partition("/file/bot")[2].partition("/")
        content = self.emulator.file_at(token, path).upload.content
        for start in range(0, len(content), chunk_size):
            yield content[start : start + chunk_size]


def _loads(content: Any) -> Any:
    """Pass on what is JSON-shaped already; text is a fault's body and has to be JSON to be taken."""
    return json.loads(content) if isinstance(content, str) else content


class _Plain:
    """Turn a method of aiogram into the JSON-shaped parameters that HTTP would carry."""

    def __init__(self, emulator: Emulator, bot: Bot, files: dict[str, Upload]) -> None:
        self._emulator = emulator
        self._bot = bot
        self._files = files
        self._inputs: dict[str, InputFile] = {}

    async def method(self, method: TelegramMethod[Any]) -> dict[str, Any]:
        params: dict[str, Any] = {}
        for name, value in _fields(method):
            if value is None:
                continue
            plain = value if type(value) in ATOMS else self._value(value)
            if plain is not None and plain != "":  # aiogram leaves empty text out of the form
                params[name] = plain
        for key, source in self._inputs.items():
            content = b"".join([chunk async for chunk in source.read(self._bot)])
            self._files[key] = Upload(source.filename or key, content)
        return params

    def _value(self, value: Any) -> Any:  # noqa: PLR0911 - one branch for each kind of value
        if isinstance(value, Default):
            value = self._bot.default[value.name]
        if value is None or type(value) in ATOMS:
            return value
        if type(value) in PLAIN_MODELS:
            return value.model_dump(exclude_none=True, warnings=False)
        if isinstance(value, InputFile):
            key = f"file{len(self._inputs)}"
            self._inputs[key] = value
            return f"attach://{key}"
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, TelegramObject):
            return self._mapping(_fields(value))
        if isinstance(value, dict):
            return self._mapping(value.items())
        if isinstance(value, list | tuple):
            return [plain for item in value if (plain := self._value(item)) is not None]
        if isinstance(value, timedelta):
            return round(self._emulator.clock.now() + value.total_seconds())
        if isinstance(value, datetime):
            return round(value.timestamp())
        return str(value) if isinstance(value, str) else value

    def _mapping(self, items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        return {
            name: plain
            for name, value in items
            if value is not None and (plain := self._value(value)) is not None
        }


def _fields(model: BaseModel) -> Iterable[tuple[str, Any]]:
    extra = model.__pydantic_extra__
    return [*model.__dict__.items(), *extra.items()] if extra else model.__dict__.items()
