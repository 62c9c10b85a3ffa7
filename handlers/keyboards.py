"""Inline keyboards from rows of (label, callback data) or (label, link)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

Button = tuple[str, str]
"""Label and callback data (at most 64 bytes), or label and an https:// address."""
LINKS = ("https://", "http://", "tg://")


def inline(rows: Iterable[Sequence[Button]]) -> InlineKeyboardMarkup:
    """Make the keyboard."""
    return InlineKeyboardMarkup(
        inline_keyboard=[[_button(*button) for button in row] for row in rows]
    )


def grid(buttons: Sequence[Button], width: int) -> list[list[Button]]:
    """Lay buttons out in rows of `width`."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def _button(label: str, target: str) -> InlineKeyboardButton:
    if target.startswith(LINKS):
        return InlineKeyboardButton(text=label, url=target)
    return InlineKeyboardButton(text=label, callback_data=target)
