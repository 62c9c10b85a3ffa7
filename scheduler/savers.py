"""Plan reminders that may save a streak: once a day, for those whose streak would end with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Generic, Protocol, TypeVar

from core.effects import Effect, Kind, MessageClass
from core.ids import ChildId, PersonId
from core.localtime import Window
from core.outgoing import Reader
from scheduler.plan.digests import DigestPolicy, own_hour
from scheduler.plan.progress import Record
from scheduler.plan.streak_care import AFTER_USUAL, USUAL, needs_saving, remind_at
from scheduler.ports import Outgoing, Watermarks
from scheduler.progress.facts import LearningFacts
from scheduler.progress.facts import Unit as FactsUnit
from scheduler.progress.fold import schedules

KIND = "streak"
NAME = "streaks"
PAGE = 500
EVERY = timedelta(hours=24)
"""One run plans what leaves until the next."""
QUIET = Window(time(21), time(9))


class Families(Protocol):
    """Reachable guardians with their children."""

    async def families(
        self, after: int, limit: int
    ) -> list[tuple[PersonId, Sequence[ChildId]]]: ...


class Readers(Protocol):
    """Facts about people in sets."""

    async def load(self, persons: Collection[PersonId]) -> dict[PersonId, Reader]: ...


class SaverUnit(FactsUnit, Protocol):
    """One transaction, or a look."""

    @property
    def subjects(self) -> Families: ...

    @property
    def readers(self) -> Readers: ...

    @property
    def watermarks(self) -> Watermarks: ...


UnitT = TypeVar("UnitT", bound=SaverUnit)


class Units(Protocol[UnitT]):  # type: ignore[misc]  # units come out of context managers only
    """Opens transactions and looks."""

    def begin(self) -> AbstractAsyncContextManager[UnitT]: ...

    def reading(self) -> AbstractAsyncContextManager[UnitT]: ...


@dataclass(frozen=True, slots=True)
class Savers(Generic[UnitT]):
    """`tick` may come at any rate; keys keep every reminder single."""

    units: Units[UnitT]
    outgoing: Outgoing[UnitT]
    facts: LearningFacts
    digests: DigestPolicy = field(default_factory=DigestPolicy)
    quiet: Window = QUIET

    async def tick(self) -> int:
        """Plan the reminders of the coming day; tell how many are new."""
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
        self,
        unit: UnitT,
        families: Sequence[tuple[PersonId, Sequence[ChildId]]],
        now: datetime,
    ) -> list[Effect]:
        records = await self.facts.records(unit, [one for _, kids in families for one in kids])
        readers = await unit.readers.load([person for person, _ in families])
        return [
            effect
            for person, kids in families
            if person in readers
            for child in kids
            for effect in self.due(readers[person], child, records, now)
        ]

    def due(
        self, reader: Reader, child: ChildId, records: Mapping[ChildId, Record], now: datetime
    ) -> Iterator[Effect]:
        """List the reminders of one child that leave within a day."""
        record = records[child]
        if not record.finished:
            return
        weekday, _ = own_hour(reader.preferences, self.digests)
        for day in (record.today(now), record.today(now) + timedelta(days=1)):
            leaves = remind_at(day, usual_hour(record), record.zone, self.quiet, -AFTER_USUAL)
            if leaves is None or not now <= leaves < now + EVERY or day.weekday() == weekday:
                continue
            if needs_saving(record.streak(leaves), day):
                yield reminder(reader.person, child, day, leaves)


def reminder(person: PersonId, child: ChildId, day: date, leaves: datetime) -> Effect:
    """Make the effect; it is looked at again when it is claimed."""
    return Effect(
        key=f"{KIND}:{person}:{child}:{day.isoformat()}",
        kind=Kind.MESSAGE,
        message_class=MessageClass.CARE,
        person=person,
        child=child,
        content=f"{KIND}:{day.isoformat()}",
        purpose="care",
        campaign=f"{KIND}:saver",
        due=leaves,
        expires=leaves + timedelta(hours=2),
        reasons=(f"plan.streak day={day.isoformat()} freezes=0",),
    )


def usual_hour(record: Record) -> time:
    """Tell the hour of the child's lessons."""
    told = [schedule for _, schedule in schedules(record.registers)[-1:]]
    said = next((str(one["time"]) for one in told if one.get("time")), None)
    return time.fromisoformat(said) if said else USUAL
