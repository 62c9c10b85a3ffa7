"""What the picture of progress shows, in ready words: one card a child."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.plan.streaks import Mark


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the map. `number`: day of the month."""

    number: int
    mark: Mark
    today: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One child. `weekdays`: seven short names; `weeks`: Monday to Sunday, the oldest first; `legend`: word by mark."""

    title: str
    streak: str
    lines: tuple[str, ...]
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Square, ...], ...]
    legend: tuple[tuple[Mark, str], ...]
