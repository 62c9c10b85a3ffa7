"""After a restart: show people the screen they are at, when their last update had acted but was not answered."""

from __future__ import annotations

from aiogram.types import Message, Update, User

from bot.directory import Directory
from handlers.parents.screens import Screens


class Resume:
    """Answers a replayed update whose effects are stored; in groups the outbox speaks instead."""

    def __init__(self, screens: Screens, directory: Directory) -> None:
        self._screens = screens
        self._directory = directory

    async def __call__(self, update: Update) -> None:
        """Show the current screen in private."""
        press = update.callback_query
        message = press.message if press is not None else update.message
        user: User | None = None
        if press is not None:
            user = press.from_user
        elif isinstance(message, Message):
            user = message.from_user
        if user is None or message is None or message.chat.type != "private":
            return
        known = await self._directory.look(user.id)
        if known.person is not None:
            await self._screens.show(message.chat.id, known.person.id)
