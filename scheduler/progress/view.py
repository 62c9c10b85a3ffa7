"""What `/progress` shows: the children of a parent with four weeks each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from consent.fold import Permission
from consent.ports import About
from consent.purposes import Purpose
from core.cohorts import Tone, cohort_of, tone_of
from core.ids import ChildId, PersonId
from core.people import Child
from scheduler.plan.progress import Overview, overview
from scheduler.progress.facts import LearningFacts
from scheduler.progress.ports import Reads

SELF_FACT = "self_week"
"""The answer of a teenager's family to "how was the week?"."""
SELF_ANSWERS = ("easy", "normal", "hard")


class People(Protocol):
    """Whose children they are."""

    async def children_of(self, person: PersonId) -> list[Child]: ...


class Answers(Protocol):
    """Answers of a family."""

    async def remember(self, person: PersonId, child: ChildId, fact: str, value: str) -> None: ...


class Permissions(Protocol):
    """The consent ledger's answers."""

    async def permissions(
        self, subjects: Sequence[About], purpose: Purpose, at: datetime
    ) -> Mapping[About, Permission]: ...


class ViewUnit(Protocol):
    """One transaction, or a look."""

    @property
    def now(self) -> datetime: ...

    @property
    def learning(self) -> Reads: ...

    @property
    def people(self) -> People: ...

    @property
    def enrolments(self) -> Answers: ...

    @property
    def consents(self) -> Permissions: ...


class Units(Protocol):
    """Opens transactions and looks."""

    def begin(self) -> AbstractAsyncContextManager[ViewUnit]: ...

    def reading(self) -> AbstractAsyncContextManager[ViewUnit]: ...


@dataclass(frozen=True, slots=True)
class ChildProgress:
    """One child. `today`: the learner's streak day."""

    child: Child
    tone: Tone
    today: date
    overview: Overview


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Reads progress for the person who asks."""

    units: Units
    facts: LearningFacts

    async def of(self, person: PersonId) -> list[ChildProgress]:
        """Describe each child of a person, in the order they were added.

        A child is left out whose data the person may not see: a parent refused, or the child itself did from 14, or has
        come of age and was not asked (L106).
        """
        async with self.units.reading() as unit:
            children = await _seen(unit, person)
            records = await self.facts.records(unit, [child.id for child in children])
            now = unit.now
        return [
            ChildProgress(
                child=child,
                tone=tone_of(cohort_of(child.born, record.today(now))),
                today=record.today(now),
                overview=overview(record, now),
            )
            for child in children
            if (record := records.get(child.id)) is not None
        ]

    async def assess(self, person: PersonId, child: ChildId, answer: str) -> bool:
        """Keep how the week was; False when the child is not this person's or there is no such answer."""
        async with self.units.begin() as unit:
            mine = {one.id for one in await unit.people.children_of(person)}
            if child not in mine or answer not in SELF_ANSWERS:
                return False
            await unit.enrolments.remember(person, child, SELF_FACT, answer)
        return True


async def _seen(unit: ViewUnit, person: PersonId) -> list[Child]:
    children = await unit.people.children_of(person)
    abouts = [About(person, child.id) for child in children]
    allowed = await unit.consents.permissions(abouts, Purpose.CHILD_DATA, unit.now)
    return [child for child in children if allowed[About(person, child.id)].allowed]
