"""Plan reminders of lessons half an hour before the hours a family chose for its child."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from core.effects import Effect, Kind, MessageClass
from core.ids import ChildId, PersonId
from core.localtime import resolve, zone_of
from scheduler.journeys.model import Subject
from scheduler.ports import Outgoing, Watermarks
from scheduler.progress.fold import SCHEDULE
from scheduler.progress.lesson_days import SOURCE
from scheduler.progress.model import Registers
from scheduler.progress.ports import Subject as Registered

KIND = "lesson"
NAME = "lessons"
PAGE = 500
EVERY = timedelta(hours=1)
"""One run plans what leaves until the next: a schedule changed at breakfast counts in the afternoon."""
BEFORE = timedelta(minutes=30)
"""What the first week of messages promises."""
ANSWER = "reminders"
"""The fact kept by buttons: `on` or `off`."""
Pair = tuple[PersonId, ChildId]


class Learning(Protocol):
    """What was folded from events."""

    async def registers(self, subjects: Collection[Registered]) -> dict[Registered, Registers]: ...


class Families(Protocol):
    """Reachable guardians with their children, and what is known about them."""

    async def families(
        self, after: int, limit: int
    ) -> list[tuple[PersonId, Sequence[ChildId]]]: ...

    async def load(self, pairs: Collection[Pair]) -> dict[Pair, Subject]: ...


class LessonUnit(Protocol):
    """One transaction, or a look."""

    @property
    def now(self) -> datetime: ...

    @property
    def learning(self) -> Learning: ...

    @property
    def subjects(self) -> Families: ...

    @property
    def watermarks(self) -> Watermarks: ...


UnitT = TypeVar("UnitT", bound=LessonUnit)


class Units(Protocol[UnitT]):  # type: ignore[misc]  # units come out of context managers only
    """Opens transactions and looks."""

    def begin(self) -> AbstractAsyncContextManager[UnitT]: ...

    def reading(self) -> AbstractAsyncContextManager[UnitT]: ...


@dataclass(frozen=True, slots=True)
class Schedule:
    """Lesson days and hour in force. `chosen`: by the parent in the bot, which asks for reminders."""

    days: frozenset[int]
    at: time
    chosen: bool

    @classmethod
    def of(cls, registers: Registers) -> Schedule | None:
        """Read the last schedule; None where there are no days or no hour."""
        told = [
            register for name, register in sorted(registers.items()) if name.startswith(SCHEDULE)
        ]
        if not told or not isinstance(told[-1][2], Mapping):
            return None
        _, source, said = told[-1]
        if not said.get("days") or not said.get("time"):
            return None
        days = frozenset(int(day) for day in said["days"])
        return cls(days, time.fromisoformat(str(said["time"])), source == SOURCE)

    def on(self, day: date, zone: ZoneInfo) -> datetime | None:
        """Tell when the lesson of a local day begins."""
        return resolve(day, self.at, zone) if day.isoweekday() in self.days else None


def wanted(schedule: Schedule, answer: object) -> bool:
    """Tell whether a parent wants reminders: said so, or chose the hours in the bot and did not say no."""
    return answer == "on" or (schedule.chosen and answer != "off")


@dataclass(frozen=True, slots=True)
class LessonReminders(Generic[UnitT]):
    """`tick` may come at any rate; keys keep every reminder single."""

    units: Units[UnitT]
    outgoing: Outgoing[UnitT]
    school_zone: ZoneInfo

    async def tick(self) -> int:
        """Plan the reminders of the coming hour; tell how many are new."""
        async with self.units.reading() as unit:
            last, now = await unit.watermarks.until(NAME), unit.now
        if last is not None and now < last:
            return 0
        planned, after = 0, 0
        while True:
            async with self.units.begin() as unit:
                families = await unit.subjects.families(after, PAGE)
                if not families:
                    await unit.watermarks.advance(NAME, now + EVERY)
                    return planned
                after = families[-1][0]
                planned += await self.outgoing.plan(unit, await self._page(unit, families, now))

    async def _page(
        self, unit: UnitT, families: Sequence[tuple[PersonId, Sequence[ChildId]]], now: datetime
    ) -> list[Effect]:
        children = sorted({child for _, kids in families for child in kids})
        registers = await unit.learning.registers([("child", child) for child in children])
        schedules = {
            child: schedule
            for child in children
            if (schedule := Schedule.of(registers.get(("child", child), {}))) is not None
        }
        pairs = [(one, child) for one, kids in families for child in kids if child in schedules]
        known = await unit.subjects.load(pairs) if pairs else {}
        effects: dict[str, Effect] = {}
        for (person, child), subject in known.items():
            schedule = schedules[child]
            if subject.reachable and wanted(schedule, subject.facts.get(ANSWER)):
                zone = zone_of(subject.zone, self.school_zone)
                for begins in _coming(schedule, zone, now):
                    fresh = reminder(person, child, begins)
                    effects[fresh.key] = _together(effects.get(fresh.key), fresh)
        return list(effects.values())


def _coming(schedule: Schedule, zone: ZoneInfo, now: datetime) -> list[datetime]:
    """List lessons whose reminder leaves within the hour."""
    today = now.astimezone(zone).date()
    lessons = (schedule.on(today + timedelta(days=ahead), zone) for ahead in (0, 1))
    return [at for at in lessons if at is not None and now <= at - BEFORE < now + EVERY]


def reminder(person: PersonId, child: ChildId, begins: datetime) -> Effect:
    """Make the effect; it is looked at again when it is claimed, and useless once the lesson has begun."""
    return Effect(
        key=f"{KIND}:{person}:{begins:%Y%m%dT%H%M}",
        kind=Kind.MESSAGE,
        message_class=MessageClass.SERVICE,
        person=person,
        child=child,
        content=f"{KIND}:{begins.isoformat()}",
        facts={"children": [child]},
        campaign=f"{KIND}:reminder",
        due=begins - BEFORE,
        expires=begins,
        reasons=(f"plan.lesson at={begins.isoformat()}",),
    )


def _together(known: Effect | None, fresh: Effect) -> Effect:
    """Make one message of two children's lessons at the same hour (L28)."""
    if known is None:
        return fresh
    children = [*known.facts["children"], *fresh.facts["children"]]
    return replace(known, child=None, facts={"children": children})
