"""What a parent sees of a child's progress: four weeks, the streak, the next goal. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.plan.streaks import Done, Mark, Plan, Streak, lesson_days, streak, streak_day
from scheduler.progress.fold import minutes_of, schedules, value
from scheduler.progress.model import Lesson, Registers

WEEKS = 4
MILESTONES = (1, 5, 10, 25, 50, 100, 150, 200, 300, 400, 500, 750, 1000)
"""Lessons in all that are worth a word."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the map. `minutes`: of finished lessons."""

    day: date
    mark: Mark
    lessons: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
    """What comes next: a module by its name, or a round number of lessons with how many are left to it."""

    module: str = ""
    lessons: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """One child. `weeks`: Monday to Sunday, the oldest first."""

    weeks: tuple[tuple[Cell, ...], ...]
    streak: Streak
    lessons: int
    minutes: int
    level: str
    goal: Goal


@dataclass(frozen=True, slots=True)
class Record:
    """What is known about one child: its registers, its lessons, the zone it lives in."""

    registers: Registers
    lessons: Sequence[Lesson]
    zone: ZoneInfo
    amnesty: Collection[date] = ()

    @property
    def finished(self) -> list[Lesson]:
        return [one for one in self.lessons if one.kind == "finish"]

    def today(self, now: datetime) -> date:
        """Tell the learner's day."""
        return streak_day(now, self.zone)

    def streak(self, now: datetime) -> Streak:
        """Count the streak."""
        days = lesson_days((Done(one.at, one.zone) for one in self.finished), self.zone)
        plan = plan_of(self.registers, self.zone)
        return streak(days, plan, self.today(now), self.zone.key, self.amnesty)


def plan_of(registers: Registers, zone: ZoneInfo) -> Plan:
    """Read the schedules of a child; each holds from the learner's day it was told on."""
    held: dict[date, frozenset[int]] = {}
    for since, schedule in schedules(registers):
        held[streak_day(since, zone)] = frozenset(int(day) for day in schedule.get("days", ()))
    return Plan(tuple(sorted(held.items(), key=lambda one: one[0])))


def week_of(record: Record, first: date, last: date, now: datetime) -> dict[str, Any]:
    """Say what was done between two dates, by the keys of the digest's texts; empty when nothing was."""
    in_week = [one for one in record.finished if first.isoformat() <= one.day <= last.isoformat()]
    minutes = minutes_of(record.lessons)
    facts: dict[str, Any] = {
        "lessons": len(in_week),
        "minutes": sum(minutes[one.event] for one in in_week),
        "planned": plan_of(record.registers, record.zone).count(first, last),
        "days": record.streak(now).current,
        "level": _in_week(record, "level", first, last),
        "module": _in_week(record, "module", first, last),
        "goal": value(record.registers, "next_module"),
    }
    return {name: fact for name, fact in facts.items() if fact}


def overview(record: Record, now: datetime) -> Overview:
    """Describe a child's four weeks up to the one `now` lies in."""
    today = record.today(now)
    counted = record.streak(now)
    monday = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    plan = plan_of(record.registers, record.zone)
    by_day = _by_day(record.lessons)
    weeks = tuple(
        tuple(
            _cell(monday + timedelta(days=7 * week + day), today, counted.marks, plan, by_day)
            for day in range(7)
        )
        for week in range(WEEKS)
    )
    finished = len(record.finished)
    return Overview(
        weeks=weeks,
        streak=counted,
        lessons=finished,
        minutes=sum(cell.minutes for week in weeks for cell in week),
        level=str(value(record.registers, "level") or ""),
        goal=next_goal(finished, value(record.registers, "next_module")),
    )


def next_goal(lessons: int, module: Any = None) -> Goal:
    """Choose the next goal: the module that comes next, else the next round number of lessons."""
    if module:
        return Goal(module=str(module))
    reach = next((one for one in MILESTONES if one > lessons), (lessons // 250 + 1) * 250)
    return Goal(lessons=reach, left=reach - lessons)


def _cell(
    day: date,
    today: date,
    marks: Mapping[date, Mark],
    plan: Plan,
    by_day: Mapping[str, tuple[int, int]],
) -> Cell:
    lessons, minutes = by_day.get(day.isoformat(), (0, 0))
    if lessons:
        return Cell(day, Mark.DONE, lessons, minutes)
    if day >= today:
        return Cell(day, Mark.AHEAD if plan.planned(day) else Mark.REST)
    mark = marks.get(day, Mark.REST)
    return Cell(day, Mark.REST if mark is Mark.DONE else mark)


def _by_day(lessons: Iterable[Lesson]) -> dict[str, tuple[int, int]]:
    known = list(lessons)
    minutes = minutes_of(known)
    found: dict[str, tuple[int, int]] = {}
    for one in known:
        if one.kind == "finish":
            count, spent = found.get(one.day, (0, 0))
            found[one.day] = (count + 1, spent + minutes[one.event])
    return found


def _in_week(record: Record, name: str, first: date, last: date) -> Any:
    """Read a register if it was set within the week."""
    register = record.registers.get(name)
    if register is None:
        return None
    at = datetime.fromtimestamp(register[0] / 1e6, record.zone)
    return register[2] if first <= streak_day(at, record.zone) <= last else None
