"""Who administers a chat, as Telegram says: asked once, dropped when a member's standing changes."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from core.clock import Clock

logger = logging.getLogger(__name__)

KEPT_SECONDS = 600.0
"""How long a list serves ordinary messages."""
FRESH_SECONDS = 5.0
"""How old a list may be when somebody is about to be removed."""


class ChatAdmins:
    """Lists of administrators by chat. When Telegram does not answer, the last list stands."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._lists: dict[int, tuple[float, Mapping[int, str]]] = {}

    async def of(self, chat_id: int, *, fresh: bool = False) -> Mapping[int, str]:
        """Map user ids to `creator` or `administrator`; `fresh` asks again unless it was asked just now (M45)."""
        at, known = self._lists.get(chat_id, (-KEPT_SECONDS, {}))
        now = self._clock.monotonic()
        if now - at < (FRESH_SECONDS if fresh else KEPT_SECONDS):
            return known
        try:
            admins = await self._bot.get_chat_administrators(chat_id)
        except TelegramAPIError:
            logger.info("administrators not listed", extra={"chat": chat_id})
            listed = known
        else:
            listed = {admin.user.id: str(admin.status) for admin in admins}
        self._lists[chat_id] = (now, listed)
        return listed

    def forget(self, chat_id: int) -> None:
        """Ask again at the next look: somebody's standing changed."""
        self._lists.pop(chat_id, None)
