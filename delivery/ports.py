"""What delivery needs from storage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Any, Protocol

from consent.fold import Permission
from consent.ports import About
from consent.purposes import Purpose
from core.effects import Effect, Lane, MessageClass
from core.events import Event
from core.ids import ChildId, PersonId
from core.outgoing import Alike, Claim, Freeze, Hold, OutboxRow, Outcome, Reader, Setback
from delivery.render import Audience


class Queue(Protocol):
    """Rows at rest."""

    enqueued: int

    async def enqueue(self, *effects: Effect) -> int: ...

    async def plan(self, decided: Sequence[tuple[Effect, Setback | None]]) -> int: ...

    async def plan_usual(self, persons: Collection[PersonId], alike: Alike) -> set[PersonId]: ...

    async def sent_message(self, key: str) -> int | None: ...

    async def contents(self, person: PersonId, prefix: str) -> list[str]: ...

    async def migrate_chat(self, old: int, new: int) -> None: ...


class Claims(Protocol):
    """Rows in a worker's hands."""

    async def next_due(self, holds: Collection[str] = ()) -> datetime | None: ...

    async def waiting(self) -> set[Lane]: ...

    async def candidates(
        self, lane: Lane, limit: int, *, busy: Collection[str] = (), holds: Collection[str] = ()
    ) -> list[OutboxRow]: ...

    async def take_turn(self) -> None: ...

    async def claim(self, worker: str, claims: Sequence[Claim]) -> None: ...

    async def prepare(self, rows: Sequence[OutboxRow]) -> None: ...

    async def set_back(self, setbacks: Sequence[Setback]) -> None: ...

    async def hand(self, worker: str, rows: Collection[int]) -> set[int]: ...

    async def finish(self, worker: str, outcomes: Sequence[Outcome]) -> None: ...

    async def held_rows(self, worker: str) -> list[OutboxRow]: ...

    async def beat(self, worker: str) -> None: ...

    async def beats(self) -> dict[str, int]: ...

    async def bury(self, worker: str) -> None: ...

    async def mark(self) -> int: ...

    async def advance_mark(self) -> int: ...


class Holds(Protocol):
    """What is stopped."""

    changed: bool

    async def stop(
        self,
        scope: str,
        reason: str,
        *,
        until: datetime | None = None,
        by: PersonId | None = None,
    ) -> None: ...

    async def listing(self) -> list[Hold]: ...

    async def freezes(self) -> dict[int, Freeze]: ...


class Readers(Protocol):
    """Facts about people in sets."""

    async def load(
        self, persons: Collection[PersonId], *, counted: bool = True
    ) -> dict[PersonId, Reader]: ...

    async def usual(
        self, persons: Collection[PersonId], message_class: MessageClass
    ) -> set[PersonId]: ...

    async def children(
        self, wanted: Collection[ChildId]
    ) -> dict[ChildId, tuple[str | None, date | None]]: ...


class Permits(Protocol):
    """The consent ledger's answers."""

    async def permissions(
        self, subjects: Sequence[About], purpose: Purpose, at: datetime, *, hold: bool = False
    ) -> Mapping[About, Permission]: ...


class People(Protocol):
    """People as far as delivery changes them."""

    async def change(self, person: PersonId, **values: object) -> None: ...


class Log(Protocol):
    """The product's own log."""

    async def record(self, *happened: Event) -> None: ...


class Unit(Protocol):
    """One transaction."""

    @property
    def now(self) -> datetime: ...

    @property
    def outbox(self) -> Queue: ...

    @property
    def claims(self) -> Claims: ...

    @property
    def holds(self) -> Holds: ...

    @property
    def readers(self) -> Readers: ...

    @property
    def consents(self) -> Permits: ...

    @property
    def people(self) -> People: ...

    @property
    def events(self) -> Log: ...


class Units(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[Unit]: ...

    def reading(self) -> AbstractAsyncContextManager[Unit]: ...


class Preparer(Protocol):
    """Gathers what a row's words need, in the transaction that claims it."""

    async def prepare(self, unit: Any, row: OutboxRow, audience: Audience) -> OutboxRow: ...


Alarm = Callable[[str, Mapping[str, object]], None]
"""Tells the operator: a constant phrase and ids."""
