"""Write a reminder that may save a streak, if there is still something to save when it is claimed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from core.cohorts import cohort_of, tone_of
from core.ids import ChildId
from core.outgoing import OutboxRow
from delivery.render import Audience, ChildFacts, NothingToSay, Renderer, Words
from scheduler.plan.progress import Record
from scheduler.plan.streak_care import needs_saving, saver_of
from texts.packs import Library

KIND = "streak"


class Records(Protocol):
    """What is known about children."""

    async def records(
        self, unit: Any, children: Collection[ChildId]
    ) -> Mapping[ChildId, Record]: ...


@dataclass(frozen=True, slots=True)
class StreakWriter:
    """`prepare` chooses the item in the claiming transaction; a row it did not turn into one has nothing to say."""

    library: Callable[[], Library]
    records: Records

    async def prepare(self, unit: Any, row: OutboxRow, audience: Audience) -> OutboxRow:
        """Look again: a lesson finished meanwhile (L62), another day, no personalisation (L64) end it."""
        if row.child is None or audience.generic:
            return row
        record = (await self.records.records(unit, [row.child])).get(row.child)
        day = date.fromisoformat(row.content.partition(":")[2])
        if record is None or record.today(unit.now) != day:
            return row
        streak = record.streak(unit.now)
        if not needs_saving(streak, day):
            return row
        born = audience.children.get(row.child, ChildFacts()).born
        name = saver_of(tone_of(cohort_of(born, day)))
        item = self.library().item(name, lang=audience.language)
        return replace(row, content=f"item:{item.ref}", facts={"streak": streak.current})

    def __call__(self, row: OutboxRow, audience: Audience, renderer: Renderer) -> Words:  # noqa: ARG002 - the protocol's
        """Say nothing. Raises NothingToSay."""
        raise NothingToSay
