"""Calls to the Bot API with little work around them: what has no file goes as JSON over a wire of its own.

aiogram dumps every field of a method, makes a form of it and builds the whole message out of the answer. For thousands
of messages that is most of a call, and the sender wants one number. Everything else (errors, files, direct replies)
goes aiogram's own way.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit

import orjson
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import MessageId
from pydantic import BaseModel
from typing_extensions import override

from delivery.limiter import BOOKED
from delivery.wire import NotConnected, Wire

_ATOMS = (str, int, float, bool)
_OK = 200


class LeanSession(AiohttpSession):
    """aiogram's session with a short way for the sender's messages."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._wire = Wire(self.api.base)

    @override
    async def close(self) -> None:
        await self._wire.close()
        await super().close()

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        plain = plain_of(bot, method) if BOOKED.get() and self._proxy is None else None
        if plain is None:
            return await super().make_request(bot, method, timeout)
        address = self.api.api_url(token=bot.token, method=method.__api_method__)
        patience = float(self.timeout if timeout is None else timeout)
        try:
            path = urlsplit(address).path
            status, raw = await self._wire.post(path, orjson.dumps(plain), patience)
        except NotConnected as error:
            raise TelegramNetworkError(method=method, message=str(error)) from error
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except (OSError, EOFError, ValueError) as error:
            words = f"{type(error).__name__}: {error}"
            raise TelegramNetworkError(method=method, message=words) from error
        if status == _OK and (sent := _sent(raw)) is not None:
            return cast("TelegramType", sent)
        response = self.check_response(
            bot=bot, method=method, status_code=status, content=raw.decode(errors="replace")
        )
        return cast("TelegramType", response.result)


def plain_of(bot: Bot, method: TelegramMethod[Any]) -> dict[str, Any] | None:
    """Write a method as JSON values; None where a file or something rarer is in it."""
    try:
        plain: dict[str, Any] = _plain(bot, method)
    except TypeError:
        return None
    return plain


def _plain(bot: Bot, value: Any) -> Any:
    if value is None or isinstance(value, _ATOMS):
        return value
    if isinstance(value, Default):
        return _plain(bot, bot.default[value.name])
    if isinstance(value, list):
        return [_plain(bot, one) for one in value]
    if isinstance(value, BaseModel):
        names = value.model_fields_set | _by_default(type(value))
        said = ((name, _plain(bot, getattr(value, name))) for name in names)
        return {name: part for name, part in said if part is not None}
    raise TypeError(type(value).__name__)


@cache
def _by_default(model: type[BaseModel]) -> frozenset[str]:
    """Name the fields that mean something when nobody set them: those the bot has defaults for."""
    fields = model.model_fields.items()
    return frozenset(
        name for name, field in fields if field.default is not None and not field.is_required()
    )


def _sent(raw: bytes) -> MessageId | None:
    """Read the number of a sent message; None when the answer is anything else."""
    try:
        said = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    result = said.get("result") if isinstance(said, dict) and said.get("ok") else None
    if not isinstance(result, dict) or "chat" not in result:
        return None
    number = result.get("message_id") or result.get("ephemeral_message_id")
    return MessageId.model_construct(message_id=number) if isinstance(number, int) else None
