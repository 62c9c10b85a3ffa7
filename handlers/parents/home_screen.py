"""One screen in place: a press changes the message it stands under, a command brings another."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from core.errors import Refusal
from core.ids import ChildId
from handlers.keyboards import Button, inline
from texts.markup import Markup

Rows = Sequence[Sequence[Button]]
ITEM = "item:"
"""Callback data of buttons under editorial messages."""
LONGEST_ID = 18
"""Digits that fit into 64 bits."""


async def put(event: CallbackQuery | Message, words: Markup, rows: Rows, alert: str = "") -> None:
    """Show a screen. A message that is gone, too old, a picture or an editorial one stays; the screen comes below."""
    markup = inline(rows) if rows else None
    if isinstance(event, Message):
        await event.answer(words, reply_markup=markup)
        return
    await event.answer(alert[:200])
    if isinstance(event.message, Message) and not (event.data or "").startswith(ITEM):
        try:
            await event.message.edit_text(words, reply_markup=markup)
        except TelegramBadRequest as refused:
            if "not modified" in refused.message:
                return
        else:
            return
    await below(event, words, rows)


async def below(query: CallbackQuery, words: Markup, rows: Rows = ()) -> None:
    """Show words under everything else; the message pressed stays as it is."""
    assert query.bot is not None  # noqa: S101 - aiogram mounts it
    markup = inline(rows) if rows else None
    await query.bot.send_message(query.from_user.id, words, reply_markup=markup)


def number(data: str | None, place: int) -> int:
    """Read the number at a place of callback data. Refuses `button.stale` for anything else."""
    parts = (data or "").split(":")
    text = parts[place] if place < len(parts) else ""
    if not text.isascii() or not text.isdecimal() or len(text) > LONGEST_ID:
        raise Refusal("button.stale")
    return int(text)


def child_of(data: str | None) -> ChildId:
    """Read the child of `kid:<verb>:<child>`. Refuses `button.stale`."""
    return ChildId(number(data, 2))
