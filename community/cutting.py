"""Cutting long texts into messages that Telegram takes. Pure."""

from __future__ import annotations

PART = 3000
"""UTF-16 units of an answer in one message: room for the heading below Telegram's 4,096."""


def parts(text: str, limit: int = PART) -> list[str]:
    """Cut a long text where a paragraph, a line, a word ends; a part is at most `limit` UTF-16 units."""
    pieces: list[str] = []
    rest = text.strip()
    while _units(rest) > limit:
        head = _head(rest, limit)
        cut = next((at for mark in ("\n\n", "\n", ". ", " ") if (at := head.rfind(mark)) > 0), -1)
        cut = cut if cut > 0 else len(head)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest or not pieces:
        pieces.append(rest)
    return pieces


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _head(text: str, limit: int) -> str:
    """Take as many whole letters as fit into `limit` UTF-16 units."""
    used = 0
    for index, letter in enumerate(text):
        used += 2 if ord(letter) > 0xFFFF else 1  # noqa: PLR2004 - end of the basic plane
        if used > limit:
            return text[:index]
    return text
