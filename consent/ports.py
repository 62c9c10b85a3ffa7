"""What consent needs from storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from consent.documents import Document
from consent.fold import ConsentPolicy, Permission, Standing, Versions
from consent.purposes import Purpose
from consent.record import Channel, Controller, Draft, Evidence, Record
from core.effects import Effect
from core.events import Event
from core.ids import ChildId, PersonId
from core.people import Child, Person


class About(NamedTuple):
    """Whom a permission is asked about. `child` None with a purpose about children means: about any of them."""

    person: PersonId
    child: ChildId | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One purpose of one person (and child) as the projection holds it."""

    person: PersonId
    purpose: Purpose
    child: ChildId | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Entry:
    """A draft with our own keys, so that the projection can be kept in the same transaction.

    `person` None: the child answers for itself.
    """

    person: PersonId | None
    child: ChildId | None
    draft: Draft


@dataclass(frozen=True, slots=True)
class Serving:
    """One document shown to one person; kept apart from the answer."""

    id: str
    purpose: Purpose
    child: ChildId | None
    version: int
    language: str
    sha256: str
    at: datetime
    channel: Channel
    evidence: Evidence


class Ledger(Protocol):
    """Append-only records and their projection."""

    async def subject(self, person: PersonId) -> str:
        """Find or make the pseudonym of a person."""
        ...

    async def child_subject(self, child: ChildId) -> str: ...

    async def append(self, entries: Sequence[Entry], controller: Controller) -> list[Record]: ...

    async def lines(self, person: PersonId) -> list[Line]:
        """List a person's own lines."""
        ...

    async def child_lines(self, child: ChildId, purpose: Purpose) -> list[Line]:
        """List everybody's lines about a child (the child's own has person 0)."""
        ...

    async def of_receipt(self, receipt: str) -> list[Record]: ...

    async def records(self, person: PersonId) -> list[Record]:
        """List a person's records, oldest first."""
        ...

    async def permissions(
        self,
        subjects: Sequence[About],
        purpose: Purpose,
        at: datetime,
        policy: ConsentPolicy = ...,
    ) -> Mapping[About, Permission]: ...


class Documents(Protocol):
    """Published documents and what was shown."""

    async def versions(self) -> Versions: ...

    async def current(self, purpose: Purpose, language: str) -> Document | None:
        """Find the newest version in a language, else in Russian, else in any."""
        ...

    async def find(self, purpose: Purpose, version: int, language: str) -> Document | None: ...

    async def publish(self, document: Document, now: datetime) -> None: ...

    async def serve(self, person: PersonId, serving: Serving) -> None: ...

    async def servings(self, person: PersonId) -> list[Serving]: ...


class Folk(Protocol):
    """People as far as consent asks."""

    async def get(self, person: PersonId) -> Person | None: ...

    async def by_telegram(self, telegram_id: int) -> Person | None: ...

    async def change(self, person: PersonId, **values: object) -> None: ...

    async def children_of(self, person: PersonId) -> list[Child]: ...

    async def guardians_of(self, child: ChildId) -> list[PersonId]: ...


class Log(Protocol):
    """The product's event log."""

    async def record(self, *happened: Event) -> None: ...


class Queue(Protocol):
    """The outbox."""

    async def enqueue(self, *effects: Effect) -> int: ...

    async def hold_back(
        self,
        person: PersonId,
        reason: str,
        *,
        purposes: Collection[str] | None = None,
        child: ChildId | None = None,
    ) -> int:
        """Suppress what is planned or claimed but not handed to Telegram."""
        ...


class ConsentUnit(Protocol):
    """One transaction."""

    @property
    def now(self) -> datetime: ...

    @property
    def consents(self) -> Ledger: ...

    @property
    def documents(self) -> Documents: ...

    @property
    def people(self) -> Folk: ...

    @property
    def events(self) -> Log: ...

    @property
    def outbox(self) -> Queue: ...


class Units(Protocol):
    """Where units of work come from."""

    def begin(self) -> AbstractAsyncContextManager[ConsentUnit]: ...

    def reading(self) -> AbstractAsyncContextManager[ConsentUnit]: ...


class Contacts(Protocol):
    """Sealed personal data and links that work once."""

    async def keep(self, person: PersonId, kind: str, value: str, now: datetime) -> None: ...

    async def keep_birth(self, child: ChildId, born: str) -> None: ...

    async def use_link(self, digest: str, now: datetime) -> bool: ...


class FormUnit(ConsentUnit, Protocol):
    """One transaction of the school's own page."""

    @property
    def contacts(self) -> Contacts: ...


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
