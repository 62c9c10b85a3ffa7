"""The way into a community: one invite link of the bot's own that asks to be let in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import ChatInviteLink

from community.model import Community
from community.places import Places

logger = logging.getLogger(__name__)

SETTING = "invite"
"""Setting of a community that holds its link."""
LONGEST_NAME = 32
"""Characters of an invite link's name (Bot API)."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Keeps the invite links alive. Telegram does not tell a bot that an admin revoked one, so it is asked."""

    bot: Bot
    places: Places
    communities: Callable[[], Sequence[Community]]

    async def tick(self) -> None:
        """Look after every community that has a link; a group the bot was put out of is left alone."""
        for home in self.communities():
            if SETTING not in home.settings:
                continue
            try:
                await self.keep(home)
            except TelegramAPIError:
                logger.info("invite link not looked after", extra={"community": home.id})

    async def keep(self, home: Community) -> str:
        """Find the link again, or make one when there is none that works; who comes by it waits to be let in.

        Raises TelegramAPIError without the right to invite.
        """
        known = home.settings.get(SETTING)
        link = await self._still_good(home, str(known)) if known is not None else None
        if link is None:
            link = await self.bot.create_chat_invite_link(
                home.chat, name=home.title[:LONGEST_NAME], creates_join_request=True
            )
        if link.invite_link != known:
            await self.places.note(home.id, SETTING, link.invite_link)
        return link.invite_link

    async def _still_good(self, home: Community, link: str) -> ChatInviteLink | None:
        """Set it to what it should be: the only way to ask for a link that answers for a revoked one."""
        try:
            kept = await self.bot.edit_chat_invite_link(
                home.chat, link, name=home.title[:LONGEST_NAME], creates_join_request=True
            )
        except TelegramBadRequest:
            return None
        return None if kept.is_revoked else kept
