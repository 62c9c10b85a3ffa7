"""Durations in words, both ways: `2ч`, `3d`, `1 неделя` are read; `1 час 30 минут` is written."""

from __future__ import annotations

import re
from datetime import timedelta

from texts.say import Texts

LONGEST = timedelta(days=3660)
"""Ten years; a longer duration is a slip of the finger."""

_WORDS = {
    timedelta(seconds=1): "с сек секунда секунду секунды секунд s sec second seconds",
    timedelta(minutes=1): "м мин минута минуту минуты минут m min minute minutes",
    timedelta(hours=1): "ч час часа часов h hr hour hours",
    timedelta(days=1): "д дн день дня дней сутки суток d day days",
    timedelta(weeks=1): "н нед неделя неделю недели недель w week weeks",
    timedelta(days=30): "мес месяц месяца месяцев month months",
    timedelta(days=365): "г год года лет y year years",
}
_UNITS = {word: length for length, words in _WORDS.items() for word in words.split()}
_HALVES = {
    "полчаса": "30 минут",
    "полдня": "12 часов",
    "полтора часа": "1.5 часа",
    "полторы недели": "1.5 недели",
}
_PIECE = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)?\s*([a-zа-яё]+)\.?", re.IGNORECASE)
_JOINTS = re.compile(r"\s+(?:и|and)\s+|[\s,]+")
_STEPS = (("weeks", 604_800), ("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))
_ACCUSATIVE = {"weeks", "minutes", "seconds"}


def parse(words: str) -> timedelta | None:
    """Read a duration: `2ч`, `3d`, `30 минут`, `1 неделя`, `полчаса`, `час`, `1 час 30 минут`.

    A month is 30 days and a year 365. None: not a duration, not longer than zero, or longer than ten years.
    """
    rest = words.strip().lower().replace("ё", "е")
    for half, plain in _HALVES.items():
        rest = rest.replace(half, plain)
    total = timedelta()
    while rest:
        piece = _PIECE.match(rest)
        unit = _UNITS.get(piece.group(2)) if piece else None
        if piece is None or unit is None:
            return None
        total += unit * float((piece.group(1) or "1").replace(",", "."))
        rest = rest[piece.end() :]
        joint = _JOINTS.match(rest)
        if rest and joint is None and not rest[0].isdigit():
            return None
        rest = rest[joint.end() :] if joint else rest
    return total if timedelta() < total <= LONGEST else None


def in_words(
    texts: Texts, lang: str, length: timedelta, *, accusative: bool = False, pieces: int = 2
) -> str:
    """Write a duration with at most `pieces` units: `2 дня 3 часа`; `accusative` is for `на 1 неделю`.

    Weeks are used for whole weeks only; a negative duration is written as zero.
    """
    seconds = max(0, round(length.total_seconds()))
    steps = _STEPS if seconds and seconds % _STEPS[0][1] == 0 else _STEPS[1:]
    parts: list[str] = []
    for unit, size in steps:
        count, seconds = divmod(seconds, size)
        if count and len(parts) < pieces:
            parts.append(_counted(texts, lang, unit, count, accusative=accusative))
        elif parts and len(parts) >= pieces:
            break
    return " ".join(parts) or _counted(texts, lang, "seconds", 0, accusative=accusative)


def _counted(texts: Texts, lang: str, unit: str, count: int, *, accusative: bool) -> str:
    form = "duration-for-" if accusative and unit in _ACCUSATIVE else "duration-"
    return texts.say_by_name(lang, form + unit, {unit: count})
