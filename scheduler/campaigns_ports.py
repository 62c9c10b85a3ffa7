"""What broadcasts need from storage and from delivery."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from consent.fold import Permission
from consent.ports import About
from consent.purposes import Purpose
from core.effects import Effect
from core.ids import PersonId
from scheduler.campaigns_model import Campaign, CampaignState, Recipient, Report, Segment


class Campaigns(Protocol):
    """Rows of broadcasts; see `storage.campaigns`."""

    async def add(self, key: str, created_by: PersonId, segment: Segment) -> None: ...

    async def get(self, key: str) -> Campaign | None: ...

    async def draft_of(self, person: PersonId) -> Campaign | None: ...

    async def in_states(self, states: Collection[CampaignState]) -> list[Campaign]: ...

    async def edit(self, key: str, **values: Any) -> bool: ...

    async def turn(
        self, key: str, to: CampaignState, *before: CampaignState, **values: Any
    ) -> bool: ...

    async def progressed(self, key: str, planned: int, cursor: int) -> None: ...

    async def report(self, key: str) -> Report: ...

    async def page(
        self, after: int, limit: int, missed_of: str | None = None
    ) -> list[Recipient]: ...


class Queue(Protocol):
    """Outbox rows, as far as broadcasts touch them."""

    async def enqueue(self, *effects: Effect) -> int: ...

    async def cancel_campaign(self, campaign: str, reason: str) -> int: ...


class Holds(Protocol):
    """Stops."""

    async def stop(self, scope: str, reason: str, *, by: PersonId | None = None) -> None: ...

    async def lift(self, scope: str) -> bool: ...


class Permits(Protocol):
    """The consent ledger's answers."""

    async def permissions(
        self, subjects: Sequence[About], purpose: Purpose, at: datetime
    ) -> Mapping[About, Permission]: ...


class CampaignUnit(Protocol):
    """One transaction."""

    @property
    def now(self) -> datetime: ...

    @property
    def campaigns(self) -> Campaigns: ...

    @property
    def outbox(self) -> Queue: ...

    @property
    def holds(self) -> Holds: ...

    @property
    def consents(self) -> Permits: ...


UnitT = TypeVar("UnitT", bound=CampaignUnit)
UnitT_contra = TypeVar("UnitT_contra", contravariant=True)


class Units(Protocol[UnitT]):  # type: ignore[misc]  # units come out of context managers only
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[UnitT]: ...

    def reading(self) -> AbstractAsyncContextManager[UnitT]: ...


class Outgoing(Protocol[UnitT_contra]):
    """Delivery's planning side."""

    async def plan(self, unit: UnitT_contra, effects: Sequence[Effect]) -> int: ...

    async def foresee(self, unit: UnitT_contra, effects: Sequence[Effect]) -> Mapping[str, int]: ...
