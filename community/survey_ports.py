"""What the survey's use cases need of storage."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from typing_extensions import override

from community.escalation_ports import EscalationUnit
from community.ports import OutboxPort
from core.ids import PersonId
from core.surveys import SurveyAnswers


class Queue(OutboxPort, Protocol):
    """The outbox."""

    async def hold_back(
        self, person: PersonId, reason: str, *, purposes: Collection[str]
    ) -> int: ...


class SurveyUnit(EscalationUnit, Protocol):
    """One transaction."""

    @property
    @override
    def outbox(self) -> Queue: ...
    @property
    def surveys(self) -> SurveyAnswers: ...


class SurveyUnits(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[Any]: ...
