"""What journeys need from storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from core.ids import ChildId, PersonId
from scheduler.journeys.model import Enrolment, EnrolmentState, Fact, Subject
from scheduler.ports import Watermarks

Pair = tuple[PersonId, ChildId]
Move = tuple[int, int, datetime]
"""Enrolment, its next step, when that is looked at."""


class Enrolments(Protocol):
    """Rows of enrolments."""

    async def begin(self, enrolment: Enrolment) -> int | None:
        """Store one and tell its id; None when this entry is there already."""
        ...

    async def due(self, limit: int) -> list[Enrolment]: ...

    async def of_persons(
        self, persons: Collection[PersonId]
    ) -> dict[PersonId, list[Enrolment]]: ...

    async def previous(
        self, journey: str, pairs: Collection[Pair]
    ) -> dict[Pair, list[Enrolment]]: ...

    async def move(self, moves: Sequence[Move]) -> None: ...

    async def end(self, enrolment: int, state: EnrolmentState, reason: str) -> None: ...

    async def keep(self, journey: str, version: int, definition: Mapping[str, Any]) -> None: ...

    async def kept(self, journey: str, version: int) -> dict[str, Any] | None: ...


class Subjects(Protocol):
    """What is known about people and children."""

    async def load(self, pairs: Collection[Pair]) -> dict[Pair, Subject]: ...

    async def families(self, after: int, limit: int) -> list[tuple[PersonId, Sequence[ChildId]]]:
        """List reachable guardians with their children, by id above `after`."""
        ...

    async def dates(self, name: str, pairs: Collection[Pair]) -> Mapping[Pair, date]:
        """Tell the dates (`birthday`, `anniversary`) known for these pairs."""
        ...


class Queue(Protocol):
    """Rows of messages, as far as journeys take them back."""

    async def cancel_prefix(self, prefix: str, reason: str) -> int: ...


class JourneyUnit(Protocol):
    """One transaction."""

    @property
    def now(self) -> datetime: ...

    @property
    def enrolments(self) -> Enrolments: ...

    @property
    def subjects(self) -> Subjects: ...

    @property
    def outbox(self) -> Queue: ...

    @property
    def watermarks(self) -> Watermarks: ...


UnitT = TypeVar("UnitT", bound=JourneyUnit)
UnitT_contra = TypeVar("UnitT_contra", contravariant=True)


class Units(Protocol[UnitT]):  # type: ignore[misc]  # units come out of context managers only
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[UnitT]: ...

    def reading(self) -> AbstractAsyncContextManager[UnitT]: ...


class Learning(Protocol[UnitT_contra]):
    """Facts about learning and paying, from the events of the school's platform."""

    async def facts(
        self, unit: UnitT_contra, pairs: Collection[Pair]
    ) -> Mapping[Pair, Mapping[str, Fact]]: ...

    async def last(
        self, unit: UnitT_contra, event: str, pairs: Collection[Pair]
    ) -> Mapping[Pair, datetime]:
        """Tell when an event last happened."""
        ...

    async def dates(
        self, unit: UnitT_contra, name: str, pairs: Collection[Pair]
    ) -> Mapping[Pair, date]:
        """Tell dates such as `subscription_ends`."""
        ...
