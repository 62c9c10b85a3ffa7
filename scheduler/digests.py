"""Plan weekly digests for everybody in flat memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic

from scheduler.plan.digests import (
    DigestPolicy,
    Span,
    digest_for_many,
    due_zones,
    moved,
    plan_digests,
)
from scheduler.ports import Outgoing, Units, UnitT

PAGE = 5000
"""Readers of one transaction: memory stays flat, other writers get their turn between pages."""
NAME = "digests"


@dataclass(frozen=True, slots=True)
class Digests(Generic[UnitT]):
    """The planner's service; `tick` may come at any rate and from any number of processes."""

    units: Units[UnitT]
    outgoing: Outgoing[UnitT]
    policy: DigestPolicy

    async def tick(self) -> int:
        """Plan what falls between the last run and a little ahead; tell how many rows are new."""
        async with self.units.reading() as unit:
            last = await unit.watermarks.until(NAME)
            now = unit.now
            oldest = now - self.policy.worth
            span = Span(max(last or oldest, oldest), now + self.policy.ahead)
            zones = due_zones(await unit.audience.zones(), span, self.policy)
        if last is not None and span.until - last < timedelta(minutes=1):
            return 0
        planned = await self._everybody(zones, span)
        planned += await self._moved(span)
        async with self.units.begin() as unit:
            await unit.watermarks.advance(NAME, span.until)
        return planned

    async def _everybody(self, zones: list[str | None], span: Span) -> int:
        planned, after = 0, 0
        while True:
            async with self.units.reading() as unit:
                readers = await unit.audience.digest_page(after, zones, PAGE)
            if not readers:
                return planned
            after = readers[-1].person
            slots = plan_digests(readers, span, self.policy)
            if slots:
                async with self.units.begin() as unit:
                    for slot, persons in slots.items():
                        alike = digest_for_many(slot, self.policy)
                        planned += await self.outgoing.plan_alike(unit, alike, persons)

    async def _moved(self, span: Span) -> int:
        """Look after those whose hour was skipped by a change of zone."""
        async with self.units.begin() as unit:
            readers = await unit.audience.moved_since(span.since - self.policy.worth)
            effects = [
                effect
                for reader in readers
                if (effect := moved(reader, unit.now, self.policy)) is not None
            ]
            return await self.outgoing.plan(unit, effects)
