"""A parent's children: who they are, what each is working on, adding a name, letting one go and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from consent.typed import holds_personal_data
from core.cohorts import Cohort, cohort_of
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChildId, PersonId
from core.people import Child
from texts.pack_model import Button
from texts.packs import Library, UnknownItem

LONGEST_NAME = 24
"""Characters; a longer one does not fit into buttons and sentences."""
MOST_WORDS = 2
UNDO_FOR = timedelta(days=30)
GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Kid:
    """A child as its parent sees it. `goal` is a code such as `speech`."""

    child: Child
    cohort: Cohort
    goal: str | None = None

    @property
    def id(self) -> ChildId:
        return self.child.id


class People(Protocol):
    """Children of a person."""

    async def children_of(self, person: PersonId) -> list[Child]: ...


class Guardians(Protocol):
    """Changes of one family tie."""

    async def rename(self, person: PersonId, child: ChildId, name: str | None) -> bool: ...
    async def end(self, person: PersonId, child: ChildId, at: datetime) -> bool: ...
    async def resume(self, person: PersonId, child: ChildId, since: datetime) -> bool: ...


class Facts(Protocol):
    """Answers of a family."""

    async def of(self, person: PersonId) -> Mapping[tuple[ChildId, str], str]: ...
    async def keep(self, person: PersonId, child: ChildId, fact: str, value: str) -> None: ...


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
    def guardians(self) -> Guardians: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def events(self) -> Events: ...


class Units(Protocol):
    """Opens units of work and looks."""

    def begin(self) -> AbstractAsyncContextManager[Unit]: ...
    def reading(self) -> AbstractAsyncContextManager[Unit]: ...


class Journeys(Protocol):
    """Told what families answer."""

    async def answered(self, unit: Any, person: PersonId) -> None: ...


@dataclass(frozen=True, slots=True)
class Children:
    """What a parent may do about children. Whoever is not their guardian is refused `child.not_yours`."""

    units: Units
    library: Callable[[], Library]
    journeys: Journeys

    async def of(self, person: PersonId, zone: ZoneInfo) -> list[Kid]:
        """List the children, in the order they were added."""
        async with self.units.reading() as unit:
            children = await unit.people.children_of(person)
            facts = await unit.facts.of(person)
            today = unit.now.astimezone(zone).date()
        return [_kid(child, facts, today) for child in children]

    async def get(self, person: PersonId, child: ChildId, zone: ZoneInfo) -> Kid:
        """Find one child. Refuses `child.not_yours`."""
        found = next((kid for kid in await self.of(person, zone) if kid.id == child), None)
        if found is None:
            raise Refusal("child.not_yours")
        return found

    async def rename(self, person: PersonId, child: ChildId, name: str) -> str:
        """Set the first name and tell it as kept; an empty one clears it.

        Refuses `child.name_personal` for phones, dates and addresses, `child.name_too_long`, `child.name_letters`.
        """
        kept = first_name(name)
        async with self.units.begin() as unit:
            if not await unit.guardians.rename(person, child, kept or None):
                raise Refusal("child.not_yours")
        return kept

    def goals(self, cohort: Cohort, language: str) -> Sequence[Button]:
        """List the goals offered at an age: the buttons of the welcome message, as the methodist wrote them."""
        word = "any" if cohort is Cohort.UNKNOWN else cohort.value
        try:
            item = self.library().item(f"onboarding-{word}-day-0", lang=language)
        except UnknownItem:
            return ()
        return [button for button in item.buttons if button.action.startswith(f"fact:{GOAL}=")]

    async def choose_goal(self, person: PersonId, child: ChildId, goal: str) -> None:
        """Keep a goal; journeys hear of it. Refuses `child.not_yours`."""
        async with self.units.begin() as unit:
            if child not in {one.id for one in await unit.people.children_of(person)}:
                raise Refusal("child.not_yours")
            await unit.facts.keep(person, child, GOAL, goal)
            await self.journeys.answered(unit, person)

    async def remove(self, person: PersonId, child: ChildId) -> None:
        """End this parent's guardianship here; nothing about the child comes any more. Refuses `child.not_yours`."""
        async with self.units.begin() as unit:
            if not await unit.guardians.end(person, child, unit.now):
                raise Refusal("child.not_yours")
            event = Event(EventName.CHILD_REMOVED, unit.now, person, child, actor=person)
            await unit.events.record(event)

    async def restore(self, person: PersonId, child: ChildId) -> None:
        """Undo `remove` within 30 days; what somebody else ended stays so. Refuses `child.not_yours`."""
        async with self.units.begin() as unit:
            if not await unit.guardians.resume(person, child, unit.now - UNDO_FOR):
                raise Refusal("child.not_yours")
            facts = {"restored": True}
            await unit.events.record(
                Event(EventName.CHILD_ADDED, unit.now, person, child, person, facts)
            )


def first_name(text: str) -> str:
    """Tidy a first name or a pet name: letters, at most two words. Refuses `child.name_*`."""
    if holds_personal_data(text):
        raise Refusal("child.name_personal")
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME or len(name.split()) > MOST_WORDS:
        raise Refusal("child.name_too_long")
    if not all(part.isalpha() for word in name.split() for part in word.split("-")):
        raise Refusal("child.name_letters")
    return name[:1].upper() + name[1:]


def _kid(child: Child, facts: Mapping[tuple[ChildId, str], str], today: date) -> Kid:
    return Kid(child, cohort_of(child.born, today), facts.get((child.id, GOAL)))
