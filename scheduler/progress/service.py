"""Take stored events: fold them into what is known, tell the journeys. One transaction per page."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic
from zoneinfo import ZoneInfo

from consent.ports import About
from consent.purposes import Purpose
from core.events import Event, EventName
from core.localtime import known_zone, zone_of
from scheduler.journeys.model import Happening
from scheduler.plan.streaks import streak_day
from scheduler.progress.fold import CHILD_EVENTS, join, registers_of, value
from scheduler.progress.happenings import happenings
from scheduler.progress.identities import Identities
from scheduler.progress.model import Lesson, PlatformEvent, Registers, State, Whom
from scheduler.progress.ports import Journeys, Subject, Units, UnitT

logger = logging.getLogger(__name__)

PAGE = 200
ATTEMPTS = 3
"""Failures after which an event is put aside for the operator."""
PATIENCE = timedelta(days=30)
"""How long an event waits for its learner to become known (L35)."""
LESSONS = {"lesson_start": "start", "lesson_finish": "finish"}


@dataclass(frozen=True, slots=True)
class Taker(Generic[UnitT]):
    """`tick` takes everything that came; any number of processes may do so."""

    units: Units[UnitT]
    school_zone: ZoneInfo
    journeys: Journeys[UnitT] | None = None

    async def tick(self) -> int:
        """Take what came, page by page; tell how many events were looked at."""
        looked = 0
        while True:
            found, whole = await self._page()
            looked += found
            if not whole or found == 0:
                return looked

    async def expire(self) -> int:
        """Give up on events whose learner stayed unknown; what they held is emptied."""
        async with self.units.begin() as unit:
            return await unit.learning.expire(unit.now - PATIENCE)

    async def _page(self) -> tuple[int, bool]:
        """Take a page; tell its size and whether it went through as a whole.

        When it breaks, its events are taken one by one, so that a bad one stops nobody (L54). What broke is tried
        again at the next tick.
        """
        try:
            async with self.units.begin() as unit:
                events = await unit.learning.pending(PAGE)
                await self._take(unit, events)
                return len(events), True
        except Exception:
            logger.exception("page of events not taken")
            return await self._one_by_one(), False

    async def _one_by_one(self) -> int:
        async with self.units.begin() as unit:
            events = await unit.learning.pending(PAGE)
        for event in events:
            try:
                async with self.units.begin() as unit:
                    await self._take(unit, [event])
            except Exception as error:  # noqa: BLE001 - logged once for the page
                logger.warning("event not taken", extra={"event": event.id})
                async with self.units.begin() as unit:
                    await unit.learning.tried(event.id, type(error).__name__, ATTEMPTS)
        return len(events)

    async def _take(self, unit: UnitT, events: Sequence[PlatformEvent]) -> None:
        identities = Identities(unit.learning)
        for event in events:
            if event.type in {"identify", "alias"}:
                await identities.take(event)
        whom = await unit.learning.whom(events)
        whom = await identities.complete(events, whom)
        held_back = await self._held_back(unit, events, whom)
        taken = [event for event in events if self._is_clear(event, whom[event.id], held_back)]
        await self._settle_others(unit, events, whom, held_back)
        registers = await self._fold(unit, taken, whom)
        await unit.learning.attach({event.id: whom[event.id] for event in taken})
        if self.journeys is not None:
            await self.journeys.happened(unit, *self._heard(taken, whom, registers))

    async def _held_back(
        self, unit: UnitT, events: Sequence[PlatformEvent], whom: Mapping[int, Whom]
    ) -> set[int]:
        """List events of erased people, and of children whose data no parent lets us process."""
        abouts = {
            About(guardian.person, found.child)
            for event in events
            if (found := whom[event.id]).child is not None
            for guardian in found.guardians
        }
        allowed = await unit.consents.permissions(
            sorted(abouts, key=str), Purpose.CHILD_DATA, unit.now
        )
        held = set()
        for event in events:
            found = whom[event.id]
            if found.suppressed or (
                found.child is not None
                and not any(
                    allowed[About(guardian.person, found.child)].allowed
                    for guardian in found.guardians
                )
            ):
                held.add(event.id)
        return held

    @staticmethod
    def _is_clear(event: PlatformEvent, found: Whom, held_back: set[int]) -> bool:
        return event.id not in held_back and found.missing is None

    async def _settle_others(
        self,
        unit: UnitT,
        events: Sequence[PlatformEvent],
        whom: Mapping[int, Whom],
        held_back: set[int],
    ) -> None:
        await unit.learning.settle(State.WITHHELD, held_back)
        parked: dict[str, set[int]] = {}
        for event in events:
            if event.id not in held_back and (missing := whom[event.id].missing) is not None:
                parked.setdefault(missing, set()).add(event.id)
        for missing, ids in parked.items():
            await unit.learning.settle(State.PARKED, ids, missing)
        if parked:
            count = sum(map(len, parked.values()))
            await unit.events.record(
                Event(EventName.LEARNING_EVENT_PARKED, unit.now, facts={"count": count})
            )

    async def _fold(
        self, unit: UnitT, events: Sequence[PlatformEvent], whom: Mapping[int, Whom]
    ) -> dict[Subject, Registers]:
        about = {event.id: subject_of(event, whom[event.id]) for event in events}
        subjects = {subject for subject in about.values() if subject is not None}
        known: dict[Subject, Registers] = {
            **{key: {} for key in subjects},
            **await unit.learning.registers(subjects),
        }
        for event in events:
            if (subject := about[event.id]) is not None:
                known[subject] = join(known[subject], registers_of(event))
        await unit.learning.save_registers(known)
        await unit.learning.add_lessons(
            [
                lesson
                for event in events
                if (lesson := self._lesson(event, whom[event.id], known)) is not None
            ]
        )
        return known

    def _lesson(
        self, event: PlatformEvent, found: Whom, known: Mapping[Subject, Registers]
    ) -> Lesson | None:
        kind = LESSONS.get(event.name)
        if kind is None or found.child is None or event.type != "track":
            return None
        zone = self.zone(event, found, known.get(("child", found.child), {}))
        return Lesson(
            event=event.id,
            child=found.child,
            kind=kind,
            at=event.at,
            day=streak_day(event.at, zone).isoformat(),
            zone=zone.key,
            lesson=str(event.facts.get("lesson_id", "")),
            minutes=int(event.facts.get("minutes", 0)),
        )

    def zone(self, event: PlatformEvent, found: Whom, registers: Registers) -> ZoneInfo:
        """Tell the clock a lesson was lived by: the event's own, the learner's, a parent's, the school's."""
        said = event.facts.get("timezone") or value(registers, "timezone")
        if said and (zone := known_zone(str(said))) is not None:
            return zone
        lived = next((guardian.zone for guardian in found.guardians if guardian.zone), None)
        return zone_of(lived, self.school_zone)

    @staticmethod
    def _heard(
        events: Sequence[PlatformEvent],
        whom: Mapping[int, Whom],
        registers: Mapping[Subject, Registers],
    ) -> list[Happening]:
        heard: list[Happening] = []
        for event in sorted(events, key=lambda one: (one.at, one.id)):
            found = whom[event.id]
            subject = subject_of(event, found)
            if subject is not None:
                heard += happenings(event, found, registers[subject])
        return heard


def subject_of(event: PlatformEvent, found: Whom) -> Subject | None:
    """Tell whose registers an event changes: the child's for learning, the parent's for paying."""
    about_child = event.name in CHILD_EVENTS or found.person is None
    if event.type == "identify":
        about_child = found.child is not None
    if about_child:
        return ("child", found.child) if found.child is not None else None
    return ("person", found.person) if found.person is not None else None
