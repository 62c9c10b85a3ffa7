"""Writes down staff's looks at a person: commands that show what a person did or was sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.filters import CommandObject
from aiogram.types import Message, TelegramObject
from typing_extensions import override

from consent.staff import StaffConsents
from handlers.actor import Actor

LOOKS = frozenset({"history", "why"})
"""Commands of staff that show one person; `/consents` writes its own line in the transaction of the look."""

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Looks(BaseMiddleware):
    """Inner middleware: it runs once rights have let a command through, and before anything is shown."""

    def __init__(self, staff: StaffConsents) -> None:
        self._staff = staff

    @override
    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        command, actor = data.get("command"), data.get("actor")
        if isinstance(command, CommandObject) and command.command in LOOKS:
            whom = _whom(event, command)
            if whom and isinstance(actor, Actor) and actor.person is not None:
                await self._staff.noted(actor.id, whom, command.command)
        return await handler(event, data)


def _whom(event: TelegramObject, command: CommandObject) -> str:
    """Name who is looked at: the author replied to by Telegram id, else the first word."""
    replied = event.reply_to_message if isinstance(event, Message) else None
    if replied is not None and replied.from_user is not None:
        return str(replied.from_user.id)
    return next(iter((command.args or "").split()), "")
