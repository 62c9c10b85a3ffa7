"""The first meeting: language, consents, child, home.

Where a person is follows from what is stored, so a restart or a button pressed twice never loses the thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from consent.answers import Question
from consent.record import Evidence
from core.cohorts import Cohort, cohort_of
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChildId, PersonId
from core.people import Child, Person

OLDEST_YEARS = 18
"""Years of birth offered: this many back from the current one."""


class Step(StrEnum):
    """What the person sees next."""

    LANGUAGE = "language"
    CONSENT = "consent"
    CHILD = "child"
    HOME = "home"


class Stage(StrEnum):
    """How far the person went, as stored."""

    NEW = "new"
    CONSENTS = "consents"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Where:
    """The screen a person is at. `question` is the document to answer on CONSENT; `refused` names what was declined."""

    step: Step
    person: Person
    question: Question | None = None
    child_data: bool = True
    children: Sequence[Child] = ()


class People(Protocol):
    """People and children inside a unit."""

    async def get(self, person: PersonId) -> Person | None: ...
    async def add(self, telegram_id: int, language: str, now: datetime) -> Person: ...
    async def change(self, person: PersonId, **values: Any) -> None: ...
    async def children_of(self, person: PersonId) -> list[Child]: ...
    async def add_child(
        self, guardian: PersonId, now: datetime, *, name: str | None, born: str | None
    ) -> ChildId: ...


class Erasures(Protocol):
    """Who must not be brought back by an import."""

    async def lift(self, kind: str, value: str, now: datetime) -> None: ...


class Events(Protocol):
    """The product's own log."""

    async def record(self, *happened: Event) -> None: ...


class Unit(Protocol):
    """One unit of work."""

    @property
    def now(self) -> datetime: ...
    @property
    def people(self) -> People: ...
    @property
    def events(self) -> Events: ...
    @property
    def erasures(self) -> Erasures: ...


class Units(Protocol):
    """Opens units of work and looks."""

    def begin(self) -> AbstractAsyncContextManager[Unit]: ...
    def reading(self) -> AbstractAsyncContextManager[Unit]: ...


class Asking(Protocol):
    """What the first steps need of the consent engine."""

    async def pending_questions(self, person: PersonId, language: str = "ru") -> list[Question]: ...
    async def may_about_children(self, person: PersonId) -> bool: ...
    async def carry_to_child(
        self, unit: Any, person: PersonId, child: ChildId, evidence: Evidence
    ) -> None: ...


class Begun(Protocol):
    """Told, inside the unit, that a person finished the first steps and that a child came: journeys start here."""

    async def __call__(self, unit: Any, person: Person) -> None: ...
    async def child_added(self, unit: Any, person: Person, child: ChildId) -> None: ...


class Linking(Protocol):
    """Redeems a deep link inside the unit; False when it is used up, expired or unknown (L37)."""

    async def redeem(self, unit: Any, person: PersonId, payload: str) -> bool: ...
    async def attach_child(self, unit: Any, person: PersonId, child: ChildId) -> None: ...


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Takes a person from /start to home."""

    units: Units
    consents: Asking
    begun: Begun
    linking: Linking

    async def start(self, telegram_id: int, language: str, payload: str) -> tuple[Person, bool]:
        """Meet a person, known or not. The flag is False when a deep link was given and did not work."""
        async with self.units.begin() as unit:
            person = await unit.people.add(telegram_id, language, unit.now)
            first = person.started_at is None
            await unit.people.change(
                person.id, channel="active", started_at=person.started_at or unit.now
            )
            linked = True
            if payload:
                linked = await self.linking.redeem(unit, person.id, payload)
            if first:
                await unit.erasures.lift("telegram", str(telegram_id), unit.now)
                await unit.events.record(Event(EventName.PERSON_STARTED, unit.now, person.id))
            return person, linked

    async def choose_language(self, person: PersonId, language: str) -> None:
        """Keep the language and go on to the consents."""
        async with self.units.begin() as unit:
            known = await unit.people.get(person)
            stage = Stage.CONSENTS if known is None or known.stage == Stage.NEW else known.stage
            await unit.people.change(person, language=language, stage=stage)
            event = Event(
                EventName.PERSON_LANGUAGE_CHOSEN, unit.now, person, facts={"language": language}
            )
            await unit.events.record(event)

    async def choose_zone(self, person: PersonId, zone: str) -> None:
        """Keep the zone a person lives by; planners of what is local hear of it."""
        async with self.units.begin() as unit:
            await unit.people.change(person, zone=zone)
            event = Event(EventName.PERSON_ZONE_CHOSEN, unit.now, person, facts={"zone": zone})
            await unit.events.record(event)

    async def add_child(
        self, person: PersonId, born: str, zone: ZoneInfo, evidence: Evidence, *, after: int
    ) -> tuple[ChildId, Cohort]:
        """Add a child by `YYYY-MM` and finish the first steps.

        `after`: how many children there were when the question was shown, so that pressing twice adds one.
        Refuses `child.future`, `child.duplicate`, `child.too_many`, `child.bad_month`, `consent.child_data_needed`.
        """
        if not await self.consents.may_about_children(person):
            raise Refusal("consent.child_data_needed")
        async with self.units.begin() as unit:
            known = await self._known(unit, person)
            month = _month(born, unit.now.astimezone(zone))
            mine = await unit.people.children_of(person)
            if len(mine) > after:
                raise Refusal("child.duplicate")
            if len(mine) >= MOST_CHILDREN:
                raise Refusal("child.too_many", most=MOST_CHILDREN)
            child = await unit.people.add_child(person, unit.now, name=None, born=month)
            await self.consents.carry_to_child(unit, person, child, evidence)
            await self.linking.attach_child(unit, person, child)
            event = Event(EventName.CHILD_ADDED, unit.now, person, child)
            await unit.events.record(event)
            await self._finish(unit, known)
            await self.begun.child_added(unit, known, child)
            born_on = datetime.fromisoformat(f"{month}-01").date()
            return child, cohort_of(born_on, unit.now.astimezone(zone).date())

    async def skip_child(self, person: PersonId) -> None:
        """Finish the first steps without a child."""
        async with self.units.begin() as unit:
            await self._finish(unit, await self._known(unit, person))

    async def where(self, person: PersonId) -> Where:
        """Tell the screen a person is at."""
        async with self.units.reading() as unit:
            known = await self._known(unit, person)
            children = await unit.people.children_of(person)
        if known.stage == Stage.NEW:
            return Where(Step.LANGUAGE, known)
        questions = await self.consents.pending_questions(person, known.language)
        if questions:
            return Where(Step.CONSENT, known, questions[0], children=children)
        allowed = await self.consents.may_about_children(person)
        if known.stage == Stage.DONE or not allowed:
            return Where(Step.HOME, known, child_data=allowed, children=children)
        return Where(Step.CHILD, known, children=children)

    async def _known(self, unit: Unit, person: PersonId) -> Person:
        known = await unit.people.get(person)
        if known is None or known.erased_at is not None:
            raise Refusal("person.unknown")
        return known

    async def _finish(self, unit: Unit, person: Person) -> None:
        if person.stage == Stage.DONE:
            return
        await unit.people.change(person.id, stage=Stage.DONE.value)
        await unit.events.record(Event(EventName.FIRST_STEPS_DONE, unit.now, person.id))
        await self.begun(unit, person)


MOST_CHILDREN = 10


def _month(text: str, now: datetime) -> str:
    """Check a month of birth: not in the future (L25), not older than school age allows (L26)."""
    try:
        born = datetime.fromisoformat(f"{text}-01").replace(tzinfo=now.tzinfo)
    except ValueError:
        raise Refusal("child.bad_month") from None
    if born > now:
        raise Refusal("child.future")
    if now.year - born.year > OLDEST_YEARS:
        raise Refusal("child.bad_month")
    return f"{born:%Y-%m}"
