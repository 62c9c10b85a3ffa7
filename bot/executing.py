"""The last look before Telegram acts on a member, and the first at what it refused."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.methods import (
    BanChatMember,
    BanChatSenderChat,
    DeleteMessage,
    DeleteMessages,
    Response,
    RestrictChatMember,
    TelegramMethod,
    UnbanChatMember,
)
from aiogram.methods.base import TelegramType
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner
from typing_extensions import override

from bot.admins import ChatAdmins
from moderation.executor import Executor
from moderation.model import TELEGRAM_SERVICE_ID

logger = logging.getLogger(__name__)

NO_RIGHT = ("not enough rights", "chat_admin_required", "have no rights")
NOT_DELETED = "message can't be deleted"
TOO_OLD = "for everyone"
SANCTIONS = (BanChatMember, RestrictChatMember)


class Guarded(BaseRequestMiddleware):
    """Stands around every call: no sanction reaches the owner, an administrator, a bot of ours or Telegram itself.

    The list of administrators is read again at that moment (M44 M45). A refusal for want of a right is told to
    `executor`, once the call has failed (M67).
    """

    def __init__(self, admins: ChatAdmins, executor: Executor) -> None:
        self._admins = admins
        self._executor = executor

    @override
    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if await self._is_protected(bot, method):
            logger.warning("sanction refused", extra={"call": type(method).__name__})
            raise TelegramBadRequest(method, "Bad Request: user is an administrator of the chat")
        try:
            return await make_request(bot, method)
        except TelegramAPIError as error:
            await self._missing(bot, method, error.message.lower())
            raise

    async def _is_protected(self, bot: Bot, method: TelegramMethod[Any]) -> bool:
        if isinstance(method, BanChatSenderChat):
            return method.sender_chat_id == method.chat_id
        if not isinstance(method, SANCTIONS) or not isinstance(method.chat_id, int):
            return False
        if isinstance(method, RestrictChatMember) and method.permissions.can_send_messages:
            return False
        if method.user_id in {bot.id, TELEGRAM_SERVICE_ID}:
            return True
        return method.user_id in await self._admins.of(method.chat_id, fresh=True)

    async def _missing(self, bot: Bot, method: TelegramMethod[Any], words: str) -> None:
        chat = getattr(method, "chat_id", None)
        if not isinstance(chat, int) or chat > 0:
            return
        denied = any(part in words for part in NO_RIGHT)
        match method:
            case DeleteMessages() if denied or (NOT_DELETED in words and TOO_OLD not in words):
                ids = tuple(method.message_ids)
                await self._if_lacking(
                    bot,
                    chat,
                    "can_delete_messages",
                    lambda: self._executor.lacks(chat, "delete", message_ids=ids),
                )
            case DeleteMessage() if denied:
                await self._executor.lacks(chat, "delete", message_ids=(method.message_id,))
            case BanChatMember() | RestrictChatMember() | UnbanChatMember() if denied:
                await self._executor.lacks(chat, "restrict", user_id=method.user_id)
            case BanChatSenderChat() if denied:
                await self._executor.lacks(chat, "restrict", user_id=method.sender_chat_id)

    @staticmethod
    async def _if_lacking(
        bot: Bot, chat: int, right: str, tell: Callable[[], Awaitable[None]]
    ) -> None:
        """Telegram says of a message it may not delete only that it cannot be: look at the bot's rights."""
        try:
            me = await bot.get_chat_member(chat, bot.id)
        except TelegramAPIError:
            return
        if isinstance(me, ChatMemberOwner):
            return
        if not isinstance(me, ChatMemberAdministrator) or not getattr(me, right):
            await tell()
