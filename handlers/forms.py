"""What forms and replies have in common: who is filling in what, which card a message replies to."""

from __future__ import annotations

import re
from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message, TelegramObject
from typing_extensions import override

from community.escalation_effects import Reply
from community.forms import Forms
from core.clock import Clock
from core.ids import ChatId
from handlers.actor import Actor


class Filling(Filter):
    """The sender is in a form of one of these kinds; hands over `draft`. A command always leaves a form."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = frozenset(kinds)

    @override
    async def __call__(
        self,
        event: TelegramObject,
        actor: Actor | None = None,
        forms: Forms | None = None,
        clock: Clock | None = None,
    ) -> bool | dict[str, Any]:
        if actor is None or actor.person is None or forms is None or clock is None:
            return False
        if isinstance(event, Message) and (event.text or "").startswith("/"):
            return False
        draft = await forms.of(actor.id, clock.now())
        return {"draft": draft} if draft is not None and draft.kind in self.kinds else False


class RepliesTo(Filter):
    """A reply to a message of ours whose buttons carry `prefix` and a number; hands over `ref`.

    The buttons name what the message is about, so nothing has to remember its id.
    """

    def __init__(self, prefix: str) -> None:
        self._pattern = re.compile(rf"^{re.escape(prefix)}(?:[a-z_]+:)*(\d+)$")

    @override
    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        replied = message.reply_to_message
        if replied is None or replied.reply_markup is None:
            return False
        for row in replied.reply_markup.inline_keyboard:
            for button in row:
                if found := self._pattern.match(button.callback_data or ""):
                    return {"ref": int(found[1])}
        return False


def reply_of(message: Message) -> Reply:
    """Read what somebody wrote for another: the words, and whether there is more than words."""
    name = message.from_user.first_name if message.from_user is not None else ""
    return Reply(
        name=name,
        text=message.text or message.caption or "",
        chat=ChatId(message.chat.id),
        message=message.message_id,
        media=message.text is None,
    )


def number(data: str | None) -> int:
    """Read the number at the end of callback data."""
    return int((data or "0").rsplit(":", 1)[-1])
