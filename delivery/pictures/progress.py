"""The picture of progress: for each child four weeks of days, the streak and the next goal.

1080 pixels wide, so that a phone shows it at a third: letters of 38 pixels and more stay readable there. What colour
says a sign says too.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import time
from io import BytesIO
from typing import TYPE_CHECKING

from delivery.pictures.fonts import NoFont, font
from delivery.pictures.themes import Look, Theme, theme_at
from scheduler.plan.streaks import Mark
from scheduler.progress.card import Card, Square

if TYPE_CHECKING:
    from PIL import ImageDraw

logger = logging.getLogger(__name__)

WIDTH, MARGIN = 1080, 60
TITLE, STREAK, TEXT = 60, 50, 40
SQUARE, GAP = 122, 17
LINE = 58
LEGEND = 52
"""Side of a square in the legend."""


def picture(cards: Sequence[Card], hour: time) -> bytes:
    """Draw cards below one another as PNG, in the colours of the hour. Raises fonts.NoFont."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - drawing is rare, and every start would wait for it

    theme = theme_at(hour)
    height = MARGIN + sum(_height(card) for card in cards)
    image = Image.new("RGB", (WIDTH, height), theme.paper)
    pen = _Pen(ImageDraw.Draw(image), theme)
    top = MARGIN
    for number, card in enumerate(cards):
        if number:
            pen.rule(top - MARGIN // 2)
        _card(pen, card, top)
        top += _height(card)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def picture_or_none(cards: Sequence[Card], hour: time) -> bytes | None:
    """Draw, where this machine has a font for it."""
    try:
        return picture(cards, hour)
    except NoFont:
        logger.warning("no font for pictures")
        return None


def _height(card: Card) -> int:
    head = TITLE + 24 + STREAK + 34
    grid = LINE + len(card.weeks) * (SQUARE + GAP) + 14
    legend = ((len(card.legend) + 1) // 2) * (LEGEND + 14) + 20
    return head + grid + legend + len(card.lines) * LINE + MARGIN


def _card(pen: _Pen, card: Card, top: int) -> None:
    pen.text(MARGIN, top, card.title, TITLE, bold=True)
    top += TITLE + 24
    pen.text(MARGIN, top, card.streak, STREAK)
    top += STREAK + 34
    for column, name in enumerate(card.weekdays):
        pen.centred(_left(column) + SQUARE // 2, top + TEXT // 2, name, TEXT - 2, pen.theme.soft)
    top += LINE
    for week in card.weeks:
        for column, square in enumerate(week):
            pen.square(_left(column), top, square)
        top += SQUARE + GAP
    top += 14
    for number, (mark, word) in enumerate(card.legend):
        left = MARGIN + (number % 2) * (WIDTH - 2 * MARGIN) // 2
        pen.legend(left, top + (number // 2) * (LEGEND + 14), pen.theme.marks[mark], word)
    top += ((len(card.legend) + 1) // 2) * (LEGEND + 14) + 20
    for line in card.lines:
        pen.text(MARGIN, top, line, TEXT)
        top += LINE


def _left(column: int) -> int:
    return MARGIN + column * (SQUARE + GAP)


class _Pen:
    """Draws in the colours of a theme."""

    def __init__(self, draw: ImageDraw.ImageDraw, theme: Theme) -> None:
        self.draw, self.theme = draw, theme

    def text(self, left: int, top: int, words: str, size: int, *, bold: bool = False) -> None:
        """Write a line, shortened to the width of the picture."""
        face = font(size, bold=bold)
        while words and face.getlength(words) > WIDTH - left - MARGIN:
            words = words.removesuffix("…")[:-1].rstrip() + "…"
        self.draw.text((left, top), words, self.theme.ink, face)

    def centred(self, x: int, y: int, words: str, size: int, ink: str) -> None:
        self.draw.text((x, y), words, ink, font(size), anchor="mm")

    def square(self, left: int, top: int, square: Square) -> None:
        """Draw a day: its number, and below it the sign of what became of it."""
        look = self.theme.marks[square.mark]
        self._box(left, top, SQUARE, look)
        if square.today:
            box = (left - 7, top - 7, left + SQUARE + 7, top + SQUARE + 7)
            self.draw.rounded_rectangle(box, 26, outline=self.theme.today, width=6)
        middle = left + SQUARE // 2
        if look.sign:
            self.centred(middle, top + 38, str(square.number), TEXT - 2, look.ink)
            self.centred(middle, top + 84, look.sign, TEXT + 4, look.ink)
        else:
            self.centred(middle, top + SQUARE // 2, str(square.number), TEXT - 2, look.ink)

    def legend(self, left: int, top: int, look: Look, word: str) -> None:
        """Draw a small square and what it means."""
        self._box(left, top, LEGEND, look)
        self.centred(left + LEGEND // 2, top + LEGEND // 2, look.sign, TEXT - 4, look.ink)
        face = font(TEXT - 2)
        self.draw.text(
            (left + LEGEND + 20, top + LEGEND // 2), word, self.theme.ink, face, anchor="lm"
        )

    def rule(self, top: int) -> None:
        """Part two children."""
        edge = self.theme.marks[Mark.AHEAD].edge
        self.draw.line((MARGIN, top, WIDTH - MARGIN, top), edge, 3)

    def _box(self, left: int, top: int, side: int, look: Look) -> None:
        box = (left, top, left + side, top + side)
        self.draw.rounded_rectangle(box, side // 6, fill=look.fill, outline=look.edge, width=4)
