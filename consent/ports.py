"""What consent needs from storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

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
