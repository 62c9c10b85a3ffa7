"""Run journeys: steps come due, events begin and end them. One transaction per page, harmless when repeated."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Generic
from zoneinfo import ZoneInfo

from core.effects import Effect
from core.localtime import local_day, zone_of
from scheduler.journeys.codec import from_json, to_json
from scheduler.journeys.model import (
    NO_CHILD,
    Enrolment,
    EnrolmentState,
    Happening,
    Subject,
)
from scheduler.journeys.ports import Learning, Move, Pair, Units, UnitT
from scheduler.journeys.rules import (
    CHILD_ADDED,
    LOOK_AGAIN,
    anchor_of,
    choose,
    due_at,
    exit_reason,
    held_out,
    is_stale,
    message,
    waits,
    why_not,
)
from scheduler.ports import Outgoing
from texts.journey_model import Journey, Step, TriggerKind
from texts.journeys import Journeys
from texts.packs import Library, UnknownItem

logger = logging.getLogger(__name__)

PAGE = 500
AHEAD = timedelta(minutes=15)
"""How early a step is planned: facts are fresh, and a changed zone still moves it."""
ASLEEP = timedelta(days=1)
"""How often somebody who blocked the bot is looked at."""


@dataclass(frozen=True, slots=True)
class JourneyEngine(Generic[UnitT]):
    """`journeys` and `library` give the content of this instant; a hot reload swaps them between two calls."""

    units: Units[UnitT]
    outgoing: Outgoing[UnitT]
    journeys: Callable[[], Journeys]
    library: Callable[[], Library]
    school_zone: ZoneInfo
    learning: Learning[UnitT] | None = None

    async def happened(self, unit: UnitT, *happenings: Happening) -> None:
        """End and begin enrolments by events, in the transaction that stores the events.

        What is known is loaded once for all of them, and stands as it is after all of them.
        """
        begins = {happening: self._begun_by(happening, unit.now) for happening in happenings}
        past = await unit.enrolments.of_persons({one.person for one in happenings})
        pairs = {
            (one.person, child)
            for one in happenings
            for child in (one.child, NO_CHILD)
            if begins[one] or any(_concerns(one, running) for running in past.get(one.person, ()))
        }
        pairs |= {
            (one.person, running.child)
            for one in happenings
            if one.name == CHILD_ADDED
            for running in past.get(one.person, ())
            if running.state is EnrolmentState.ACTIVE
        }
        if not pairs:
            return
        known = await self.subjects(unit, sorted(pairs))
        for happening in happenings:
            mine = past.setdefault(happening.person, [])
            await self._end_by(unit, happening, mine, known)
            for journey in begins[happening]:
                child = happening.child if journey.per_child else NO_CHILD
                earlier = [one for one in mine if one.journey == journey.id and one.child == child]
                pair = (happening.person, child)
                mine += await self.enrol(unit, journey, [pair], known, {pair: earlier}, mine)

    def _begun_by(self, happening: Happening, now: datetime) -> list[Journey]:
        if is_stale(happening, now):
            return []
        return [
            journey
            for journey in self.journeys().by_id.values()
            if journey.trigger.kind is TriggerKind.EVENT and journey.trigger.name == happening.name
        ]

    async def enrol(
        self,
        unit: UnitT,
        journey: Journey,
        pairs: Sequence[Pair],
        known: Mapping[Pair, Subject],
        previous: Mapping[Pair, Sequence[Enrolment]] | None = None,
        family: Sequence[Enrolment] = (),
    ) -> list[Enrolment]:
        """Begin a journey for those who may, and list what began.

        `previous` saves loading earlier enrolments; `family` are all enrolments of the one person `pairs` name.
        """
        if previous is None:
            previous = await unit.enrolments.previous(journey.id, pairs)
        begun: list[Enrolment] = []
        for pair in pairs:
            subject, earlier = known.get(pair), previous.get(pair, [])
            if subject is None or why_not(journey, subject, earlier, unit.now) is not None:
                continue
            today = local_day(unit.now, zone_of(subject.zone, self.school_zone))
            siblings = [
                (one, known[one.person, one.child].cohort)
                for one in family
                if one.journey == journey.id
                and one.state is EnrolmentState.ACTIVE
                and (one.person, one.child) in known
            ]
            anchor = anchor_of(journey, today, subject.cohort, siblings)
            if anchor is None:
                continue
            if not begun:
                await unit.enrolments.keep(journey.id, journey.version, to_json(journey))
            fresh = self._fresh(journey, subject, len(earlier) + 1, unit.now, anchor)
            if (number := await unit.enrolments.begin(fresh)) is not None:
                begun.append(replace(fresh, id=number))
        return begun

    async def tick(self) -> int:
        """Take every step that is due; tell how many enrolments were looked at."""
        looked = 0
        while True:
            async with self.units.begin() as unit:
                due = await unit.enrolments.due(PAGE)
                await self._steps(unit, due)
            looked += len(due)
            if len(due) < PAGE:
                return looked

    async def subjects(self, unit: UnitT, pairs: Sequence[Pair]) -> Mapping[Pair, Subject]:
        """Load what is known, learning included."""
        known = await unit.subjects.load(pairs)
        if self.learning is None:
            return known
        more = await self.learning.facts(unit, pairs)
        return {
            pair: replace(subject, facts={**subject.facts, **more.get(pair, {})})
            for pair, subject in known.items()
        }

    @staticmethod
    def _fresh(
        journey: Journey, subject: Subject, entry: int, now: datetime, anchor: date
    ) -> Enrolment:
        out = held_out(journey, subject.person)
        return Enrolment(
            id=0,
            journey=journey.id,
            version=journey.version,
            person=subject.person,
            child=subject.child,
            entry=entry,
            anchor=anchor,
            started_at=now,
            step=0,
            wake_at=now,
            state=EnrolmentState.HELD_OUT if out else EnrolmentState.ACTIVE,
        )

    async def _end_by(
        self,
        unit: UnitT,
        happening: Happening,
        past: list[Enrolment],
        known: Mapping[Pair, Subject],
    ) -> None:
        """End what this event is an exit of; a late event ends what began before it happened too (L42)."""
        for place, enrolment in enumerate(past):
            if not _concerns(happening, enrolment):
                continue
            journey = await self._journey(unit, enrolment)
            subject = known.get((enrolment.person, enrolment.child))
            if journey is None or subject is None:
                continue
            if reason := exit_reason(journey, enrolment, subject, happening):
                await self._exit(unit, enrolment, reason)
                past[place] = replace(enrolment, state=EnrolmentState.EXITED, ended_at=unit.now)

    async def _exit(self, unit: UnitT, enrolment: Enrolment, reason: str) -> None:
        await unit.enrolments.end(enrolment.id, EnrolmentState.EXITED, reason)
        await unit.outbox.cancel_prefix(f"journey:{enrolment.id}:", f"journey.{reason}"[:60])

    async def _steps(self, unit: UnitT, due: Sequence[Enrolment]) -> None:
        if not due:
            return
        pairs = list({(one.person, one.child) for one in due})
        subjects = await self.subjects(unit, pairs)
        effects: list[Effect] = []
        moves: list[Move] = []
        for enrolment in due:
            subject = subjects.get((enrolment.person, enrolment.child))
            journey = await self._journey(unit, enrolment)
            if subject is None or journey is None:
                await self._exit(unit, enrolment, "person.gone")
            elif reason := exit_reason(journey, enrolment, subject):
                await self._exit(unit, enrolment, reason)
            elif not subject.reachable:
                moves.append((enrolment.id, enrolment.step, unit.now + ASLEEP))
            else:
                move, effect = self._step(journey, enrolment, subject, unit.now)
                if effect is not None:
                    effects.append(effect)
                if move is not None:
                    moves.append(move)
                else:
                    await unit.enrolments.end(enrolment.id, EnrolmentState.DONE, "finished")
        await unit.enrolments.move(moves)
        await self.outgoing.plan(unit, effects)

    def _step(
        self, journey: Journey, enrolment: Enrolment, subject: Subject, now: datetime
    ) -> tuple[Move | None, Effect | None]:
        """Take one step: plan its message, pass it over, or wait for an answer; tell when the next is looked at.

        No next look: the journey is finished.
        """
        zone = zone_of(subject.zone, self.school_zone)
        step = journey.steps[enrolment.step]
        due = due_at(step, enrolment, zone)
        if due > now + AHEAD:
            return (enrolment.id, enrolment.step, due - AHEAD), None
        if waits(step, due, now, subject) and not self._next_due(journey, enrolment, zone, now):
            return (enrolment.id, enrolment.step, now + LOOK_AGAIN), None
        stale = now >= due + step.lifetime
        effect = None if stale else self._message(journey, step, enrolment, subject, due)
        following = enrolment.step + 1
        if following == len(journey.steps):
            return None, effect
        later = due_at(journey.steps[following], enrolment, zone)
        return (enrolment.id, following, max(later - AHEAD, now)), effect

    def _next_due(
        self, journey: Journey, enrolment: Enrolment, zone: ZoneInfo, now: datetime
    ) -> bool:
        """Tell whether the step after the one in hand has come due already."""
        following = journey.steps[enrolment.step + 1 : enrolment.step + 2]
        return any(due_at(step, enrolment, zone) <= now for step in following)

    def _message(
        self,
        journey: Journey,
        step: Step,
        enrolment: Enrolment,
        subject: Subject,
        due: datetime,
    ) -> Effect | None:
        name = choose(step, subject)
        if name is None:
            return None
        try:
            item = self.library().item(name, lang=subject.language)
        except UnknownItem:
            logger.error(  # noqa: TRY400 - the name says it all
                "item of a journey is missing", extra={"journey": journey.id, "item": name}
            )
            return None
        return message(journey, step, enrolment, subject, item, due)

    async def _journey(self, unit: UnitT, enrolment: Enrolment) -> Journey | None:
        """Find the version an enrolment began with: in the files, else as it was kept."""
        current = self.journeys().by_id.get(enrolment.journey)
        if current is not None and current.version == enrolment.version:
            return current
        kept = await unit.enrolments.kept(enrolment.journey, enrolment.version)
        return from_json(kept) if kept is not None else None


def _concerns(happening: Happening, enrolment: Enrolment) -> bool:
    """Tell whether an event may end an enrolment: it runs, for the same child or for the parent."""
    return enrolment.state is EnrolmentState.ACTIVE and enrolment.child in (
        NO_CHILD,
        happening.child,
    )
