"""What scheduling needs from storage and from delivery."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from core.effects import Effect
from core.ids import PersonId
from core.outgoing import Alike
from scheduler.plan.digests import DigestReader


class Watermarks(Protocol):
    """Until when each planner has planned; a restart goes on from there."""

    async def until(self, planner: str) -> datetime | None: ...

    async def advance(self, planner: str, until: datetime) -> None: ...


class Audience(Protocol):
    """Streams of people, page by page."""

    async def zones(self) -> list[str | None]: ...

    async def digest_page(
        self, after: int, zones: Collection[str | None], limit: int
    ) -> list[DigestReader]:
        """List readers in these zones, and those with a digest hour of their own, with ids above `after`."""
        ...

    async def moved_since(self, since: datetime) -> list[DigestReader]:
        """List readers who chose another zone since."""
        ...


class PlanningUnit(Protocol):
    """One transaction of a planner."""

    @property
    def now(self) -> datetime: ...

    @property
    def watermarks(self) -> Watermarks: ...

    @property
    def audience(self) -> Audience: ...


UnitT = TypeVar("UnitT", bound=PlanningUnit)
UnitIn_contra = TypeVar("UnitIn_contra", contravariant=True)


class Units(Protocol[UnitT]):  # type: ignore[misc]  # units come out of context managers only
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[UnitT]: ...

    def reading(self) -> AbstractAsyncContextManager[UnitT]: ...


class Outgoing(Protocol[UnitIn_contra]):
    """Delivery's planning side: asks the gate and stores the rows."""

    async def plan(self, unit: UnitIn_contra, effects: Sequence[Effect]) -> int: ...

    async def plan_alike(
        self, unit: UnitIn_contra, alike: Alike, persons: Sequence[PersonId]
    ) -> int:
        """Store one message for many people; tell how many rows are new."""
        ...
