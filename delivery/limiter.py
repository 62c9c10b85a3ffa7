"""One limiter for every call to Telegram: direct replies and the sender share rates and pauses."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from typing_extensions import override

from core.clock import Clock
from delivery.bucket import Bucket
from delivery.pace import PRIVATE_BURST, PRIVATE_INTERVAL, Chats, Pauses

logger = logging.getLogger(__name__)

BOOKED: ContextVar[bool] = ContextVar("booked", default=False)
"""True while the sender makes a call whose slot it has booked itself."""
PACED = ("send", "forward", "copy", "edit")
"""Beginnings of the methods Telegram's message rates count."""
FREE = frozenset(
    {
        "editChatInviteLink",
        "editForumTopic",
        "editGeneralForumTopic",
        "sendChatAction",
        "sendChatJoinRequestWebApp",
        "sendMessageDraft",
    }
)
"""Methods of these names that put no message into a chat."""
PATIENCE = 10.0
"""Seconds a direct reply waits out a 429 before it gives up; the person is still there."""
DEFAULT_RETRY = 5.0
"""Seconds to wait when a 429 does not say how long."""
_RETRY_AFTER = re.compile(r"retry after (\d+)")


class Limiter(BaseRequestMiddleware):
    """Keeps the rates of `delivery.pace` and remembers what Telegram asked to wait for."""

    def __init__(
        self, bucket: Bucket, clock: Clock, private_interval: float = PRIVATE_INTERVAL
    ) -> None:
        self.bucket = bucket
        self.clock = clock
        self.chats = Chats(private_interval)
        self.pauses = Pauses()
        self.on_pause: Callable[[int | None, float], None] | None = None

    @override
    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if BOOKED.get():
            return await make_request(bot, method)
        chat = chat_of(method)
        await self.admit(chat, paced=is_paced(method.__api_method__))
        try:
            return await make_request(bot, method)
        except TelegramAPIError as error:
            seconds = retry_after(error)
            if seconds is None:
                raise
            self.limited(chat, seconds)
            if seconds > PATIENCE:
                raise
        await self.clock.sleep(seconds)
        return await make_request(bot, method)

    async def admit(self, chat: int | None, *, paced: bool) -> None:
        """Wait until a direct reply keeps every rate; acts that are not messages wait for pauses only."""
        while True:
            wait = self.pauses.wait(chat, self.clock.monotonic())
            if paced and chat is not None:
                wait = max(wait, self.chats.wait(chat, self.clock.monotonic(), PRIVATE_BURST))
            if wait <= 0:
                break
            if wait > PATIENCE:
                # Telegram would refuse for longer than the person waits: let it say so.
                return
            await self.clock.sleep(wait)
        if not paced:
            return
        if chat is not None:
            self.chats.note(chat, self.clock.monotonic())
        [delay] = await self.bucket.book(1)
        if delay > 0:
            await self.clock.sleep(delay)

    def limited(self, chat: int | None, seconds: float) -> None:
        """Note a 429. One from a group is about that group (L70); one from a person is about the whole bot."""
        scope = chat if chat is not None and chat < 0 else None
        self.pauses.pause(scope, self.clock.monotonic() + seconds)
        logger.warning("telegram asked to wait", extra={"scope": scope, "seconds": seconds})
        if self.on_pause is not None:
            self.on_pause(scope, seconds)


def is_paced(method: str) -> bool:
    """Tell whether a Bot API method counts as a message."""
    return method.startswith(PACED) and method not in FREE


def chat_of(method: TelegramMethod[TelegramType]) -> int | None:
    """Read the chat a call goes to."""
    chat = getattr(method, "chat_id", None)
    return chat if isinstance(chat, int) else None


def retry_after(error: TelegramAPIError) -> float | None:
    """Tell for how many seconds a 429 asks to wait, also one without parameters; None for other errors."""
    if isinstance(error, TelegramRetryAfter):
        return float(error.retry_after)
    if "Too Many Requests" not in error.message:
        return None
    found = _RETRY_AFTER.search(error.message)
    return float(found[1]) if found else DEFAULT_RETRY
