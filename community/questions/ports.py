"""What questions need kept."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from community.escalation_ports import EscalationUnit
from community.questions.model import Question, State
from core.ids import CommunityId


class QuestionsPort(Protocol):
    """Questions."""

    async def add(self, question: Question) -> Question | None: ...
    async def get(self, question: int) -> Question | None: ...
    async def at(self, chat: int, message: int) -> Question | None: ...
    async def set_state(
        self, question: int, state: State, *, due: datetime | None, answered_at: datetime | None
    ) -> None: ...
    async def asked_since(self, telegram_id: int, since: datetime) -> int: ...
    async def overdue(self, now: datetime, limit: int) -> list[Question]: ...
    async def waiting(self, community: CommunityId) -> list[Question]: ...
    async def between(
        self, community: CommunityId, start: datetime, end: datetime
    ) -> list[Question]: ...
    async def like(self, question: int, telegram_id: int) -> bool: ...


class QuestionUnit(EscalationUnit, Protocol):
    """A unit with questions."""

    @property
    def questions(self) -> QuestionsPort: ...


class QuestionUnits(Protocol):
    """Opens units of work."""

    def begin(self) -> AbstractAsyncContextManager[QuestionUnit]: ...
    def reading(self) -> AbstractAsyncContextManager[QuestionUnit]: ...
