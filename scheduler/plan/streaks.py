"""Streaks: planned lesson days kept in a row. Pure: lessons and a plan in, the streak out.

The unit is a planned lesson day, not a calendar day (L61). A day begins at 03:00 of the learner's clock (L56). A missed
day is made up by a lesson on another day of the same ISO week, else forgiven (an outage, a flight), else covered by one
of two freezes, else the streak ends. Nothing is stored: the whole history is counted again at every look, so a late
event repairs what its absence broke (L55), and no freeze is ever spent twice (L59).
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.localtime import known_zone

DAY_STARTS = time(3)
FREEZES = 2
REGAIN = 7
"""Lesson days kept in a row that give one freeze back."""
LONGEST_PAUSE = timedelta(days=7)
"""Without a schedule: how far lesson days may lie apart; a course of one lesson a week keeps its streak."""
TRAVELS = 2
"""Days forgiven for a change of zone within 30 days: out and back."""
_DAY = timedelta(days=1)
_TRAVEL_WINDOW = timedelta(days=30)


class Mark(StrEnum):
    """What became of a day."""

    DONE = "done"
    MISSED = "missed"
    FROZEN = "frozen"
    FORGIVEN = "forgiven"
    REST = "rest"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Done:
    """A finished lesson: its instant and the zone the learner lived in."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Weekdays (ISO, 1-7) on which lessons are planned, each set from a date on; empty: nothing is planned."""

    since: tuple[tuple[date, frozenset[int]], ...] = ()

    def days(self, on: date) -> frozenset[int]:
        """Tell the weekdays planned in force on a date; before the first schedule, the first one's."""
        if not self.since:
            return frozenset()
        place = bisect_right([first for first, _ in self.since], on)
        return self.since[max(place - 1, 0)][1]

    def planned(self, on: date) -> bool:
        """Tell whether a lesson is planned on a date."""
        return on.isoweekday() in self.days(on)

    def count(self, first: date, last: date) -> int:
        """Count planned days between two dates, both included."""
        return sum(self.planned(first + _DAY * step) for step in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Streak:
    """Planned lesson days in a row, the longest such row, freezes left, and what became of each day."""

    current: int = 0
    best: int = 0
    freezes: int = FREEZES
    marks: Mapping[date, Mark] = field(default_factory=dict)


def streak_day(at: datetime, zone: ZoneInfo) -> date:
    """Tell which day a lesson counts for: the learner's date, begun at 03:00."""
    local = at.astimezone(zone)
    return local.date() if local.time() >= DAY_STARTS else local.date() - _DAY


def lesson_days(lessons: Iterable[Done], school: ZoneInfo) -> list[tuple[date, str]]:
    """Tell the days with lessons, in order, with the zone of each.

    A change of zone makes no second day: while the clock left behind still shows the last lesson's day, it is that day.
    """
    days: list[tuple[date, str]] = []
    before: ZoneInfo | None = None
    for one in sorted(lessons, key=lambda lesson: (lesson.at, lesson.zone)):
        zone = known_zone(one.zone) or school
        day = streak_day(one.at, zone)
        if days:
            last = days[-1][0]
            moved = before is not None and zone.key != before.key
            if day <= last or (moved and before is not None and streak_day(one.at, before) == last):
                day = last
        before = zone
        if not days or day != days[-1][0]:
            days.append((day, zone.key))
    return days


def travelled(days: Sequence[tuple[date, str]], zone: str, today: date) -> set[date]:
    """List spans in which the zone changed: each forgives its first missed day (L58).

    Told as the first date after a lesson that was followed by one in another zone, or by no other one in `zone`.
    """
    ends = [*days, (today, zone)]
    return {
        first + _DAY for (first, lived), (_, lives) in itertools.pairwise(ends) if lived != lives
    }


def streak(
    days: Sequence[tuple[date, str]],
    plan: Plan,
    today: date,
    zone: str,
    amnesty: Collection[date] = (),
) -> Streak:
    """Count the streak at `today` (the learner's streak day). `amnesty`: days on which nobody could learn (L60).

    The streak is the longest row that reaches `today` with two freezes to begin with. So one lesson more, however
    late it arrives, never makes it shorter.
    """
    done = sorted({day for day, _ in days if day <= today})
    if not done:
        return Streak()
    ground = _Ground(frozenset(done), plan, frozenset(amnesty), travelled(days, zone, today), today)
    marks: dict[date, Mark] = {}
    best, start = 0, done[0]
    while True:
        run = _Run(ground, start)
        run.walk()
        best = max(best, run.kept)
        marks |= run.marks
        following = bisect_right(done, run.spent[0]) if run.broke else len(done)
        if not run.broke or following == len(done):
            break
        start = done[following]
    current, freezes = (0, FREEZES) if run.broke else (run.kept, run.freezes)
    return Streak(current, best, freezes, _complete(marks, ground, done[0]))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What runs walk on."""

    done: frozenset[date]
    plan: Plan
    amnesty: frozenset[date]
    travel: Collection[date]
    today: date

    def is_due(self, day: date, last: date) -> bool:
        """Tell whether a lesson was to be on a day without one; `last`: the last lesson day, or the last miss."""
        if self.plan.since:
            return self.plan.planned(day)
        return day - last >= LONGEST_PAUSE

    def counts(self, day: date) -> bool:
        """Tell whether a lesson of a day is a unit of the streak by itself."""
        return self.plan.planned(day) if self.plan.since else True


class _Run:
    """One walk from a lesson day to the first miss that nothing covers, or to today."""

    def __init__(self, ground: _Ground, start: date) -> None:
        self.ground, self.start = ground, start
        self.kept = 0
        self.freezes = FREEZES
        self.broke = False
        self.spent: list[date] = []
        """Days a freeze or a forgiven flight was spent on, and the day the run broke."""
        self.marks: dict[date, Mark] = {}
        self._since_freeze = 0
        self._travels: list[date] = []
        self._on_the_way = False
        self._spare = self._spare_lessons()

    def walk(self) -> None:
        """Look at every day."""
        last = self.start
        for step in range((self.ground.today - self.start).days + 1):
            day = self.start + _DAY * step
            if day in self.ground.done:
                last, self._on_the_way = day, False
                self.marks[day] = Mark.DONE
                if self.ground.counts(day):
                    self._keep()
                continue
            self._on_the_way = self._on_the_way or day in self.ground.travel
            if day == self.ground.today or not self.ground.is_due(day, last):
                continue
            last = day
            self.marks[day] = self._cover(day)
            if self.broke:
                return

    def _keep(self) -> None:
        self.kept += 1
        self._since_freeze += 1
        if self._since_freeze % REGAIN == 0:
            self.freezes = min(FREEZES, self.freezes + 1)

    def _cover(self, day: date) -> Mark:
        """Find what covers a missed day."""
        week = day.isocalendar()[:2]
        if self._spare.get(week, 0) > 0:
            self._spare[week] -= 1
            self._keep()
            return Mark.REST
        if day in self.ground.amnesty:
            return Mark.FORGIVEN
        self.spent.append(day)
        recent = [one for one in self._travels if day - one < _TRAVEL_WINDOW]
        if self._on_the_way and len(recent) < TRAVELS:
            self._on_the_way = False
            self._travels.append(day)
            return Mark.FORGIVEN
        if self.freezes:
            self.freezes -= 1
            self._since_freeze = 0
            return Mark.FROZEN
        self.broke = True
        return Mark.MISSED

    def _spare_lessons(self) -> dict[tuple[int, int], int]:
        """Count, by ISO week, lessons on days nothing was planned for."""
        spare: dict[tuple[int, int], int] = {}
        for day in self.ground.done:
            if day >= self.start and not self.ground.counts(day):
                week = day.isocalendar()[:2]
                spare[week] = spare.get(week, 0) + 1
        return spare


def _complete(marks: Mapping[date, Mark], ground: _Ground, first: date) -> dict[date, Mark]:
    """Mark the days no run looked at."""
    complete: dict[date, Mark] = {}
    for step in range((ground.today - first).days + 1):
        day = first + _DAY * step
        if day in marks:
            complete[day] = marks[day]
        elif day in ground.done:
            complete[day] = Mark.DONE
        elif not ground.plan.since or not ground.plan.planned(day):
            complete[day] = Mark.REST
        else:
            complete[day] = Mark.AHEAD if day == ground.today else Mark.MISSED
    return complete
