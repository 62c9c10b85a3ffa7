"""What a refused call tells of the community: a topic that is gone, a tag that has to be a title."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    EditForumTopic,
    Response,
    SetChatAdministratorCustomTitle,
    SetChatMemberTag,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from typing_extensions import override

logger = logging.getLogger(__name__)

NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")
"""Telegram tells no bot that a topic was deleted: a send into it is refused with one of these (M61)."""
NOT_FOR_ADMINS = ("tag_change_forbidden", "user_admin_invalid", "is an administrator")
"""Tags are for ordinary members; what stands beside an administrator's name is a title."""


class Upkeep(BaseRequestMiddleware):
    """Stands around every call and learns from the refusals of topics and tags.

    `topic_gone(chat, thread)` notes a lost topic; the call itself still fails, the caller has its own fallback.
    """

    def __init__(self, topic_gone: Callable[[int, int], Awaitable[object]]) -> None:
        self._topic_gone = topic_gone

    @override
    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as refused:
            words = refused.message.lower()
            if isinstance(method, SetChatMemberTag) and any(p in words for p in NOT_FOR_ADMINS):
                title = SetChatAdministratorCustomTitle(
                    chat_id=method.chat_id, user_id=method.user_id, custom_title=method.tag or ""
                )
                return await make_request(bot, title)  # type: ignore[arg-type]
            await self._lost(method, words)
            raise

    async def _lost(self, method: TelegramMethod[TelegramType], words: str) -> None:
        if isinstance(method, EditForumTopic):
            # Setting up asks in this way which topics are there, and makes the lost ones itself.
            return
        chat, thread = getattr(method, "chat_id", None), getattr(method, "message_thread_id", None)
        if isinstance(chat, int) and thread is not None and any(part in words for part in NO_TOPIC):
            logger.warning("topic gone", extra={"chat": chat, "topic": thread})
            await self._topic_gone(chat, thread)
