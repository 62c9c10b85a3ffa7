"""Forms being filled in: one row per person, so that a restart in the middle loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from community.model import Draft
from community.ports import Units
from core.ids import PersonId

LASTS = timedelta(hours=24)
"""An older form is not gone on with: a message written days later means something else."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Starts, reads and drops the form a person is in."""

    units: Units

    async def of(self, person: PersonId, now: datetime) -> Draft | None:
        """Find the form a person is in, unless it is too old."""
        async with self.units.reading() as unit:
            draft = await unit.drafts.of(person)
        return draft if draft is not None and now - draft.changed_at < LASTS else None

    async def start(
        self,
        person: PersonId,
        kind: str,
        ref: str,
        now: datetime,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        """Begin a form, in place of the one before."""
        async with self.units.begin() as unit:
            await unit.drafts.save(person, kind, ref, answers or {}, now)

    async def drop(self, person: PersonId) -> None:
        """Leave the form."""
        async with self.units.begin() as unit:
            await unit.drafts.drop(person)
