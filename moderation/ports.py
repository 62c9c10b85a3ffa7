"""What moderation needs from others; storage and community satisfy it by shape."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from core.effects import Effect
from core.events import Event
from moderation.cases import Case, CaseState, Sanction, Step
from moderation.memory import Mark
from moderation.model import EscalationKind, Incoming, Urgency


class Cases(Protocol):
    """Cases, their audit and the sanctions that came of them."""

    async def open(self, case: Case) -> int | None:
        """Store a case and return its id; None when one with this key is there."""
        ...

    async def get(self, case_id: int) -> Case | None: ...

    async def by_key(self, key: str) -> Case | None: ...

    async def move(self, case_id: int, seen: Sequence[CaseState], **values: Any) -> bool:
        """Change a case that is still in one of the `seen` states; False when somebody was faster."""
        ...

    async def note(self, case_id: int, step: Step) -> None: ...

    async def sanction(self, sanction: Sanction) -> int: ...

    async def sanctions_of_case(self, case_id: int) -> list[Sanction]: ...

    async def end_sanctions(
        self, ids: Sequence[int], at: datetime, by: int | None, why: str
    ) -> None: ...

    async def lapsed(self, now: datetime) -> list[Sanction]: ...

    async def hide(self, chat_id: int, message_ids: Sequence[int]) -> None: ...

    async def keep(self, message: Incoming, mark: Mark, body: bytes, *, hidden: bool) -> None:
        """Write the message into the journal inside this unit."""
        ...


class Outbox(Protocol):
    """The only road to anybody who did not just write to us."""

    async def enqueue(self, *effects: Effect) -> int: ...


class Events(Protocol):
    """The log of what happened."""

    async def record(self, *happened: Event) -> None: ...


class Unit(Protocol):
    """One unit of work as moderation sees it."""

    @property
    def now(self) -> datetime: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def events(self) -> Events: ...


class Units(Protocol):
    """Opens units of work."""

    def begin(self) -> AbstractAsyncContextManager[Unit]: ...


class Escalator(Protocol):
    """Hands a message to a person of the school inside the running unit of work."""

    async def escalate(
        self,
        unit: Any,
        message: Incoming,
        kind: EscalationKind,
        urgency: Urgency,
        case_id: int | None,
    ) -> None: ...


class Journal(Protocol):
    """Keeps messages nobody has to look at, in batches."""

    def keep(self, message: Incoming, mark: Mark, body: bytes) -> None: ...
