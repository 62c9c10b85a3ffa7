"""The judge: what reached whom according to the emulator, held against what families had agreed to.

It shares no state with the product but the key of the row behind a call, and keeps its own book of consents, zones and
blocks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from core.effects import SOFT, MessageClass
from core.outgoing import OutboxRow

QUIET_FROM, QUIET_UNTIL = time(21), time(9)
PER_DAY, PER_WEEK = 1, 4
ANNOUNCED = "journey:onboarding"
"""The first week, of which the family was told: one a day holds, four a week does not."""
HANDED_OVER = 1.0
"""Seconds a withdrawal may come too late for: the call was being made (L100)."""


@dataclass(slots=True)
class Book:
    """What a family stands for at this instant."""

    zone: ZoneInfo
    care: bool = False
    marketing: bool = False
    erased: bool = False
    changed: float = -1e9
    """Monotonic second of the last withdrawal."""


@dataclass(slots=True)
class Judge:
    """Collects arrivals and names every broken promise."""

    books: dict[int, Book] = field(default_factory=dict)
    arrivals: Counter[str] = field(default_factory=Counter)
    classes: dict[str, MessageClass] = field(default_factory=dict)
    soft_days: Counter[tuple[int, str]] = field(default_factory=Counter)
    soft_weeks: Counter[tuple[int, str]] = field(default_factory=Counter)
    weeks: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    violations: list[dict[str, Any]] = field(default_factory=list)

    def arrived(self, row: OutboxRow, now: datetime, monotonic: float) -> None:
        """Look at one message that came to a family."""
        self.arrivals[row.key] += 1
        self.classes[row.key] = row.message_class
        if row.person is None or row.message_class not in SOFT:
            return
        book = self.books[row.person]
        local = now.astimezone(book.zone)
        if self.arrivals[row.key] > 1:
            self._broken("duplicate", row, now)
        allowed = book.care if row.message_class is MessageClass.CARE else book.marketing
        if not allowed and monotonic - book.changed > HANDED_OVER:
            self._broken("no consent", row, now)
        if book.erased and monotonic - book.changed > HANDED_OVER:
            self._broken("erased", row, now)
        if local.time() >= QUIET_FROM or local.time() < QUIET_UNTIL:
            self._broken("quiet hours", row, now)
        self._count(row, local)

    def finished(self, states: dict[str, int], planned: int) -> None:
        """Check the counts at the end: nothing is lost, nothing is sent more often than promised."""
        if sum(states.values()) != planned:
            self.violations.append({"what": "planned is not the sum of outcomes", "states": states})
        for key, times in self.arrivals.items():
            if times > 2:  # noqa: PLR2004 - once, and once more after an unknown outcome
                self.violations.append({"what": "sent more than twice", "row": key})

    def _count(self, row: OutboxRow, local: datetime) -> None:
        person = int(row.person or 0)
        day = local.date().isoformat()
        year, week, _ = local.date().isocalendar()
        name = f"{year}-W{week:02}"
        self.soft_days[person, day] += 1
        self.soft_weeks[person, name] += 1
        if self.soft_days[person, day] > PER_DAY:
            self._broken("more than one a day", row, local)
        if self.soft_weeks[person, name] > PER_WEEK and row.campaign != ANNOUNCED:
            self._broken("more than four a week", row, local)
        kind = row.content.partition(":")[0]
        if kind == "digest" and row.key.split(":")[2] in self.weeks[person]:
            self._broken("two digests of a week", row, local)
        if kind == "digest":
            self.weeks[person].add(row.key.split(":")[2])

    def _broken(self, what: str, row: OutboxRow, at: datetime) -> None:
        self.violations.append(
            {"what": what, "row": row.key, "class": row.message_class.value, "at": at.isoformat()}
        )
