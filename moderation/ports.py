"""What moderation needs from others; storage and community satisfy it by shape."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from core.effects import Effect
from core.events import Event
from moderation.cases import Case, CaseState, Note, Sanction, Step
from moderation.memory import Mark
from moderation.model import EscalationKind, Incoming, Urgency
from moderation.overrides import Value
from moderation.records import Appeal, AppealState, Change, ClosedGate, Record, Report
from moderation.spam.samples_index import Sample


class Cases(Protocol):
    """Cases, their audit and the sanctions that came of them."""

    async def open(self, case: Case) -> int | None:
        """Store a case and return its id; None when one with this key is there."""
        ...

    async def get(self, case_id: int) -> Case | None: ...

    async def by_key(self, key: str) -> Case | None: ...

    async def about(self, chat_id: int, message_ids: Sequence[int]) -> list[Case]: ...

    async def latest_of(self, author_id: int) -> Case | None: ...

    async def of_author(self, chat_id: int, author_id: int) -> list[Case]: ...

    async def copy_of(self, chat_id: int, fingerprint: int, since: datetime) -> Case | None: ...

    async def joined(self, case_id: int) -> list[Case]: ...

    async def waiting(self, now: datetime) -> list[Case]: ...

    async def queue(self, staff_chat_id: int | None) -> list[Case]: ...

    async def between(self, since: datetime, until: datetime) -> list[Case]: ...

    async def set(self, case_id: int, **values: Any) -> None: ...

    async def move(self, case_id: int, seen: Sequence[CaseState], **values: Any) -> bool:
        """Change a case that is still in one of the `seen` states; False when somebody was faster."""
        ...

    async def note(self, case_id: int, step: Step) -> None: ...

    async def steps(self, case_id: int) -> list[Step]: ...

    async def add_body(self, case: Case, at: datetime, version: int, body: bytes) -> bool: ...

    async def bodies(self, case_id: int) -> list[bytes]: ...

    async def sanction(self, sanction: Sanction) -> int: ...

    async def sanctions_of(self, chat_id: int, user_id: int) -> list[Sanction]: ...

    async def sanctions_of_case(self, case_id: int) -> list[Sanction]: ...

    async def held(self, chat_id: int, user_id: int) -> list[Sanction]: ...

    async def held_by_rule(self, chat_id: int, rule: str) -> list[Sanction]: ...

    async def end_sanctions(
        self, ids: Sequence[int], at: datetime, by: int | None, why: str
    ) -> None: ...

    async def end_all(self, chat_id: int, at: datetime, why: str) -> int: ...

    async def lapsed(self, now: datetime) -> list[Sanction]: ...

    async def hide(self, chat_id: int, message_ids: Sequence[int]) -> None: ...

    async def keep(self, message: Incoming, mark: Mark, body: bytes, *, hidden: bool) -> None:
        """Write the message into the journal inside this unit."""
        ...


class Messages(Protocol):
    """The journal."""

    async def copies(
        self, chat_id: int, fingerprint: int, since: datetime
    ) -> list[tuple[int, int]]: ...

    async def since(
        self, chat_id: int, topic_id: int | None, first: int, last: int, limit: int
    ) -> list[tuple[int, datetime]]: ...

    async def author(self, chat_id: int, message_id: int) -> int | None: ...

    async def body(self, chat_id: int, message_id: int) -> bytes | None: ...

    async def written(self, chat_id: int, user_id: int) -> int: ...

    async def named(self, username: str) -> int | None: ...

    async def latest(self, chat_id: int, limit: int) -> list[bytes]: ...


class Reports(Protocol):
    """Reports of members."""

    async def add(self, report: Report) -> bool: ...

    async def of_case(self, case_id: int) -> list[Report]: ...

    async def record(self, reporter_id: int, since: datetime) -> Record: ...

    async def settle(self, case_id: int, *, was_right: bool) -> list[int]: ...


class Appeals(Protocol):
    """Requests to look again."""

    async def open(
        self, case_id: int, chat_id: int, user_id: int, now: datetime, due: datetime
    ) -> int | None: ...

    async def get(self, appeal_id: int) -> Appeal | None: ...

    async def decide(
        self, appeal_id: int, state: AppealState, actor_id: int, now: datetime
    ) -> bool: ...

    async def late(self, now: datetime) -> list[Appeal]: ...

    async def alarmed(self, appeal_id: int, now: datetime) -> None: ...

    async def between(self, since: datetime, until: datetime) -> list[Appeal]: ...


class Notes(Protocol):
    """Words of moderators."""

    async def add(
        self,
        chat_id: int,
        user_id: int,
        author_id: int,
        at: datetime,
        words: str,
        *,
        case_id: int | None = None,
    ) -> None: ...

    async def of(self, chat_id: int, user_id: int) -> list[Note]: ...


class Samples(Protocol):
    """Marked texts."""

    async def learn(
        self,
        case_id: int,
        chat_id: int,
        fingerprint: Sequence[int],
        author_id: int,
        at: datetime,
        *,
        spam: bool,
    ) -> None: ...

    async def forget(self, case_id: int) -> bool: ...

    async def of_chat(self, chat_id: int) -> list[Sample]: ...


class PolicyChanges(Protocol):
    """The log of changed numbers."""

    async def in_force(self, chat_id: int, topic_id: int | None) -> dict[str, Value]: ...

    async def add(self, change: Change) -> int: ...

    async def get(self, change_id: int) -> Change | None: ...

    async def last(self, chat_id: int, topic_id: int | None, key: str) -> Change | None: ...


class Chats(Protocol):
    """Gates, missing rights, a move to another id."""

    async def close_gate(self, gate: ClosedGate) -> bool: ...

    async def gate(self, chat_id: int) -> ClosedGate | None: ...

    async def gates(self) -> list[ClosedGate]: ...

    async def open_gate(self, chat_id: int) -> bool: ...

    async def lacks(self, chat_id: int, right: str, now: datetime) -> bool: ...

    async def granted(self, chat_id: int) -> None: ...

    async def migrate(self, old: int, new: int) -> None: ...

    async def cancel_outgoing(self, chat_id: int, now: datetime) -> int: ...

    async def staff_name(self, telegram_id: int) -> str: ...


class Outbox(Protocol):
    """The only road to anybody who did not just write to us."""

    async def enqueue(self, *effects: Effect) -> int: ...

    async def migrate_chat(self, old: int, new: int) -> None: ...


class Communities(Protocol):
    """Communities, as far as moderation looks at them."""

    async def by_chat(self, chat: int) -> Any: ...

    async def topics(self, community: Any) -> Any: ...

    async def migrate(self, old: int, new: int) -> bool: ...


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
    def messages(self) -> Messages: ...

    @property
    def reports(self) -> Reports: ...

    @property
    def appeals(self) -> Appeals: ...

    @property
    def notes(self) -> Notes: ...

    @property
    def samples(self) -> Samples: ...

    @property
    def policies(self) -> PolicyChanges: ...

    @property
    def chats(self) -> Chats: ...

    @property
    def communities(self) -> Communities: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def events(self) -> Events: ...


class Units(Protocol):
    """Opens units of work."""

    def begin(self) -> AbstractAsyncContextManager[Unit]: ...

    def reading(self) -> AbstractAsyncContextManager[Unit]: ...


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
