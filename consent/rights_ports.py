"""What the rights of a person (pages, erasure, looks, nights) need from storage beyond `consent.ports`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Any, Protocol

from consent.ports import ConsentUnit, Line
from consent.purposes import Purpose
from core.ids import ChildId, PersonId


class Contacts(Protocol):
    """Sealed personal data and links that work once."""

    async def keep(self, person: PersonId, kind: str, value: str, now: datetime) -> None: ...

    async def keep_birth(self, child: ChildId, born: str) -> None: ...

    async def use_link(self, digest: str, now: datetime) -> bool: ...


class Returning(Protocol):
    """Who was erased and comes back by itself."""

    async def lift(self, kind: str, value: str, now: datetime) -> None: ...


class FormUnit(ConsentUnit, Protocol):
    """One transaction of the school's own page."""

    @property
    def contacts(self) -> Contacts: ...

    @property
    def erasures(self) -> Returning: ...


class FormUnits(Protocol):
    """Where those come from."""

    def begin(self) -> AbstractAsyncContextManager[FormUnit]: ...

    def reading(self) -> AbstractAsyncContextManager[FormUnit]: ...


class Erased(Protocol):
    """One erasure as storage tells of it."""

    @property
    def id(self) -> str: ...

    @property
    def scope(self) -> str: ...

    @property
    def key(self) -> int: ...

    @property
    def born_at(self) -> datetime: ...

    @property
    def completed_at(self) -> datetime: ...

    @property
    def cause(self) -> str: ...

    @property
    def act(self) -> Mapping[str, Any]: ...


class Erasures(Protocol):
    """Erases by the rules of every table."""

    async def person(
        self, person: PersonId, cause: str, requested: datetime, now: datetime
    ) -> Sequence[Erased]: ...

    async def child(
        self, child: ChildId, cause: str, requested: datetime, now: datetime
    ) -> Erased: ...

    async def untie(self, person: PersonId, child: ChildId) -> None:
        """End one person's tie to a child that has another parent."""
        ...


class Exports(Protocol):
    """Reads everything about a person."""

    async def of_person(
        self, person: PersonId, children: Sequence[ChildId]
    ) -> dict[str, list[dict[str, Any]]]: ...


class PrivacyUnit(ConsentUnit, Protocol):
    """One transaction of the rights of a person."""

    @property
    def erasures(self) -> Erasures: ...

    @property
    def exports(self) -> Exports: ...


class PrivacyUnits(Protocol):
    """Where those come from."""

    def begin(self) -> AbstractAsyncContextManager[PrivacyUnit]: ...

    def reading(self) -> AbstractAsyncContextManager[PrivacyUnit]: ...


class Access(Protocol):
    """The log of looks of staff."""

    async def record(
        self, actor: PersonId, person: PersonId, what: str, reason: str, now: datetime
    ) -> None: ...

    async def of_person(self, person: PersonId) -> list[tuple[PersonId, str, datetime]]: ...

    async def find(self, name: str) -> PersonId | None: ...


class StaffUnit(ConsentUnit, Protocol):
    """One transaction of a look."""

    @property
    def access(self) -> Access: ...


class StaffUnits(Protocol):
    """Where those come from."""

    def begin(self) -> AbstractAsyncContextManager[StaffUnit]: ...


class Growth(Protocol):
    """Set-based reads of the nightly jobs."""

    async def children(self) -> Sequence[tuple[ChildId, date | None, int]]:
        """List living children with birth date and the stage that is noted."""
        ...

    async def mark(self, child: ChildId, stage: int, since: datetime) -> None: ...

    async def granted_before(
        self, purpose: Purpose, version: int
    ) -> Sequence[tuple[PersonId, str | None]]:
        """List people whose grant is to an earlier version, with their zones."""
        ...

    async def run_out(self, now: datetime) -> Sequence[Line]:
        """List grants in force whose validity is over."""
        ...


class NightUnit(ConsentUnit, Protocol):
    """One transaction of a nightly job."""

    @property
    def growth(self) -> Growth: ...


class NightUnits(Protocol):
    """Where those come from."""

    def begin(self) -> AbstractAsyncContextManager[NightUnit]: ...
