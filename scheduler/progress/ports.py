"""What taking events needs from storage and from the engines beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol, TypeVar

from consent.fold import Permission
from consent.ports import About
from consent.purposes import Purpose
from core.events import Event
from core.ids import ChildId, PersonId
from scheduler.journeys.model import Happening
from scheduler.progress.model import Lesson, PlatformEvent, Registers, State, Whom

Subject = tuple[str, int]
"""(`child` or `person`, its key)."""


class Learning(Protocol):
    """Events and what was folded from them."""

    async def pending(self, limit: int) -> list[PlatformEvent]:
        """Lock and list events nobody took yet, in the order they came."""
        ...

    async def whom(self, events: Sequence[PlatformEvent]) -> dict[int, Whom]:
        """Tell whom each event is about, by the identities known."""
        ...

    async def registers(self, subjects: Collection[Subject]) -> dict[Subject, Registers]: ...

    async def save_registers(self, registers: Mapping[Subject, Registers]) -> None: ...

    async def add_lessons(self, lessons: Sequence[Lesson]) -> None: ...

    async def settle(
        self, state: State, events: Collection[int], error: str | None = None
    ) -> None: ...

    async def attach(self, whom: Mapping[int, Whom]) -> None:
        """Note whom events were about; they are applied."""
        ...

    async def tried(self, event: int, error: str, most: int) -> None:
        """Count a failed attempt; after `most` of them the event has failed."""
        ...

    async def identify(
        self,
        source: str,
        ref: str,
        *,
        person: PersonId | None = None,
        child: ChildId | None = None,
    ) -> None: ...

    async def known(
        self, source: str, refs: Collection[str]
    ) -> dict[str, tuple[PersonId | None, ChildId | None]]:
        """Look identities up."""
        ...

    def blind(self, external: str) -> str: ...

    async def only_child(self, person: PersonId) -> ChildId | None:
        """Find the one child of a person; None when there are none or several."""
        ...

    async def keep_contact(self, person: PersonId, kind: str, value: str) -> None: ...

    async def lend_zone(self, person: PersonId, zone: str) -> None:
        """Set a person's zone unless they chose one."""
        ...

    async def expire(self, before: datetime) -> int: ...


class Reads(Protocol):
    """Reading what was folded, in sets."""

    async def registers(self, subjects: Collection[Subject]) -> dict[Subject, Registers]: ...

    async def lessons(self, children: Collection[ChildId]) -> dict[ChildId, list[Lesson]]: ...

    async def amnesty(self) -> set[date]: ...

    async def wards(self, persons: Collection[PersonId]) -> dict[PersonId, list[ChildId]]: ...

    async def zones(self, children: Collection[ChildId]) -> dict[ChildId, str | None]: ...


class Permits(Protocol):
    """The consent ledger's answers."""

    async def permissions(
        self, subjects: Sequence[About], purpose: Purpose, at: datetime
    ) -> Mapping[About, Permission]: ...


class Log(Protocol):
    """The product's own log."""

    async def record(self, *happened: Event) -> None: ...


class LearningUnit(Protocol):
    """One transaction."""

    @property
    def now(self) -> datetime: ...

    @property
    def learning(self) -> Learning: ...

    @property
    def consents(self) -> Permits: ...

    @property
    def events(self) -> Log: ...


UnitT = TypeVar("UnitT", bound=LearningUnit)
UnitIn_contra = TypeVar("UnitIn_contra", contravariant=True)


class Units(Protocol[UnitT]):  # type: ignore[misc]  # units come out of context managers only
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[UnitT]: ...


class Journeys(Protocol[UnitIn_contra]):
    """The journey engine, told inside the transaction that takes the events."""

    async def happened(self, unit: UnitIn_contra, *happenings: Happening) -> None: ...
