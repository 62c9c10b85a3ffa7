"""What waits for a person."""

from __future__ import annotations

from dataclasses import dataclass

from moderation.cases import Case
from moderation.ports import Units


@dataclass(frozen=True, slots=True)
class Queue:
    """The undecided cases of a staff forum."""

    units: Units

    async def waiting(self, staff_chat_id: int | None) -> list[tuple[Case, str]]:
        """List them, earliest due first, with the name of who holds each (empty: nobody)."""
        async with self.units.reading() as unit:
            cases = await unit.cases.queue(staff_chat_id)
            holders = {case.claimed_by for case in cases if case.claimed_by is not None}
            names = {holder: await unit.chats.staff_name(holder) for holder in holders}
        return [(case, names.get(case.claimed_by or 0, "")) for case in cases]
