"""Tells handlers who acts: the person, the language and zone to answer in, the roles in this community."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, User
from typing_extensions import override

from bot.directory import Directory
from core.ids import TelegramId
from handlers.actor import Actor
from texts.say import Texts

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class WhoActs(BaseMiddleware):
    """Adds `actor` to the data of every update that has a sender.

    The directory answers from memory; somebody unknown costs one read and stays remembered as unknown.
    """

    def __init__(self, directory: Directory, texts: Texts, school_zone: ZoneInfo) -> None:
        self._directory = directory
        self._texts = texts
        self._zone = school_zone

    @override
    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        chat = data.get("event_chat")
        if user is not None:
            known = await self._directory.look(user.id)
            person = known.person
            data["actor"] = Actor(
                telegram_id=TelegramId(user.id),
                person=person,
                language=self._texts.language(person.language if person else user.language_code),
                zone=ZoneInfo(person.zone) if person and person.zone else self._zone,
                roles=known.roles_in(chat.id if chat is not None else None),
            )
        return await handler(event, data)
