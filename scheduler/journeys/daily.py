"""Journeys that begin by the calendar: a day of the year, a date of a person, days of silence. Once a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic
from zoneinfo import ZoneInfo

from core.cohorts import birthday_in
from core.localtime import local_day, start_of_day, zone_of
from scheduler.journeys.engine import JourneyEngine
from scheduler.journeys.model import NO_CHILD, Subject
from scheduler.journeys.ports import Pair, UnitT
from texts.journey_model import Journey, Trigger, TriggerKind

NAME = "journeys.daily"
PAGE = 500
YEARLY = frozenset({"birthday", "anniversary"})
"""Dates that come back every year; the others come once."""
SLIPPED = 2
"""Days a date is still met after a day on which nothing ran."""


@dataclass(frozen=True, slots=True)
class Daily(Generic[UnitT]):
    """`tick` looks at everybody once per day of the school; local dates decide for each reader."""

    engine: JourneyEngine[UnitT]

    async def tick(self) -> int:
        """Begin what begins on this day; tell how many enrolments are new."""
        async with self.engine.units.reading() as unit:
            last = await unit.watermarks.until(NAME)
            now = unit.now
        today = start_of_day(local_day(now, self.engine.school_zone), self.engine.school_zone)
        if last is not None and last >= today:
            return 0
        begun = await self._everybody()
        async with self.engine.units.begin() as unit:
            await unit.watermarks.advance(NAME, today)
        return begun

    async def _everybody(self) -> int:
        calendar = [
            journey
            for journey in self.engine.journeys().by_id.values()
            if journey.trigger.kind is not TriggerKind.EVENT
        ]
        begun, after = 0, 0
        while True:
            async with self.engine.units.begin() as unit:
                families = await unit.subjects.families(after, PAGE)
                if not families:
                    return begun
                after = families[-1][0]
                everyone = [
                    (person, child)
                    for person, children in families
                    for child in (*children, NO_CHILD)
                ]
                known = await self.engine.subjects(unit, everyone)
                for journey in calendar:
                    pairs = [
                        (person, child)
                        for person, children in families
                        for child in (children if journey.per_child else [NO_CHILD])
                    ]
                    begun += await self._begin(unit, journey, pairs, known)

    async def _begin(
        self,
        unit: UnitT,
        journey: Journey,
        pairs: Sequence[Pair],
        known: Mapping[Pair, Subject],
    ) -> int:
        subjects = {pair: known[pair] for pair in pairs if pair in known}
        trigger = journey.trigger
        if trigger.kind is TriggerKind.SCHEDULE:
            due = [
                pair for pair, one in subjects.items() if self._on_schedule(trigger, one, unit.now)
            ]
        elif trigger.kind is TriggerKind.SILENCE:
            due = await self._silent(unit, trigger, pairs)
        else:
            due = await self._dated(unit, trigger, subjects)
        return len(await self.engine.enrol(unit, journey, due, known)) if due else 0

    def _on_schedule(self, trigger: Trigger, subject: Subject, now: datetime) -> bool:
        today = local_day(now, zone_of(subject.zone, self.engine.school_zone))
        return trigger.yearly is not None and any(
            ((today - timedelta(days=back)).month, (today - timedelta(days=back)).day)
            == trigger.yearly
            for back in range(SLIPPED)
        )

    async def _silent(self, unit: UnitT, trigger: Trigger, pairs: Sequence[Pair]) -> list[Pair]:
        """List those whose last event is `days` full days ago, and not much longer: silence begins a journey once."""
        if self.engine.learning is None:
            return []
        last = await self.engine.learning.last(unit, trigger.name, pairs)
        low, high = trigger.days, trigger.days + SLIPPED
        return [pair for pair, at in last.items() if low <= (unit.now - at).days < high]

    async def _dated(
        self, unit: UnitT, trigger: Trigger, subjects: Mapping[Pair, Subject]
    ) -> list[Pair]:
        dates = dict(await unit.subjects.dates(trigger.name, list(subjects)))
        if self.engine.learning is not None:
            dates |= await self.engine.learning.dates(unit, trigger.name, list(subjects))
        return [
            pair
            for pair, on in dates.items()
            if self._meets(trigger, on, local_day(unit.now, self._zone(subjects[pair])))
        ]

    def _zone(self, subject: Subject) -> ZoneInfo:
        return zone_of(subject.zone, self.engine.school_zone)

    @staticmethod
    def _meets(trigger: Trigger, on: date, today: date) -> bool:
        wanted = [today - timedelta(days=trigger.days + back) for back in range(SLIPPED)]
        if trigger.name not in YEARLY:
            return on in wanted
        return any(day > on and birthday_in(on, day.year) == day for day in wanted)
