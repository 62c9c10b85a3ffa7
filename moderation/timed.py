"""What time does: sanctions end, cases are reminded of and handed over, gates open, appeals raise an alarm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation import effects
from moderation.appeals import Appeals
from moderation.cases import CASE_TIME, Case, CaseState, Sanction, SanctionKind, Step
from moderation.memory import Memory
from moderation.ports import Unit, Units
from moderation.raids import JOINS, PlaceOf, Raids

LATE = timedelta(minutes=5)
"""From here on the end of a sanction is announced as late (M80)."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Looks at what is due. What was due while nobody looked is done once, at the next look."""

    units: Units
    memory: Memory
    staff: PlaceOf
    raids: Raids
    appeals: Appeals

    async def tick(self, now: datetime) -> None:
        """Do everything that is due."""
        await self._lapse(now)
        await self._remind(now)
        await self.raids.release(now)
        await self.appeals.alarm(now)

    async def _lapse(self, now: datetime) -> None:
        async with self.units.reading() as unit:
            due = await unit.cases.lapsed(now)
        if not due:
            return
        async with self.units.begin() as unit:
            for sanction in await unit.cases.lapsed(now):
                await unit.cases.end_sanctions([sanction.id], now, None, "lapsed")
                await self._announce(unit, sanction, now)
        for sanction in due:
            self.memory.forget_author(sanction.chat_id, sanction.user_id)

    async def _announce(self, unit: Unit, sanction: Sanction, now: datetime) -> None:
        """Tell the member, once. Telegram ends a timed restriction by itself; nothing is lifted here (M73)."""
        late = sanction.until is not None and now - sanction.until > LATE
        if sanction.case_id is not None:
            facts = {"late": late}
            await unit.cases.note(sanction.case_id, Step(now, "lapsed", None, facts))
        if sanction.rule == JOINS or sanction.user_id < 0:
            return
        topic = (await self.memory.chat_of(sanction.chat_id, None)).topic.title
        key = f"sanction:{sanction.id}:lapsed"
        if sanction.kind is SanctionKind.BAN:
            told = effects.told(key, sanction.user_id, "notice-ban-lifted", {"topic": topic})
        else:
            text = "notice-mute-lifted-late" if late else "notice-mute-lifted"
            told = effects.whisper(key, sanction.chat_id, sanction.user_id, text, {"topic": topic})
        await unit.outbox.enqueue(told)

    async def _remind(self, now: datetime) -> None:
        async with self.units.reading() as unit:
            waiting = await unit.cases.waiting(now)
        if not waiting:
            return
        async with self.units.begin() as unit:
            for case in await unit.cases.waiting(now):
                if case.due_at is not None and case.due_at <= now:
                    await self._hand_over(unit, case, now)
                else:
                    await self._reminder(unit, case, now)

    async def _reminder(self, unit: Unit, case: Case, now: datetime) -> None:
        await unit.cases.set(case.id, reminded_at=now)
        if case.due_at is None:
            return
        minutes = max(int((case.due_at - now).total_seconds() // 60), 1)
        facts = {"id": str(case.id), "minutes": minutes}
        key = f"case:{case.id}:remind:{int(case.due_at.timestamp())}"
        await self._tell(unit, case, key, "case-reminder", facts)

    async def _hand_over(self, unit: Unit, case: Case, now: datetime) -> None:
        """Take a case back from who holds it and ask everybody."""
        await unit.cases.set(
            case.id,
            state=CaseState.OPEN.value,
            claimed_by=None,
            claimed_at=None,
            reminded_at=None,
            due_at=now + CASE_TIME,
        )
        holder = {"from": case.claimed_by} if case.claimed_by is not None else {}
        await unit.cases.note(case.id, Step(now, "handed over", None, holder))
        facts = {"id": str(case.id), "duration": effects.duration(now - case.opened_at)}
        due = case.due_at or now
        key = f"case:{case.id}:over:{int(due.timestamp())}"
        await self._tell(unit, case, key, "case-handed-over", facts)

    async def _tell(
        self, unit: Unit, case: Case, key: str, text: str, facts: Mapping[str, object]
    ) -> None:
        staff = self.staff(case.chat_id)
        if staff is None:
            return
        buttons = [[("case-claim-button", f"case:claim:{case.id}")]]
        told = effects.told(
            key,
            staff.chat_id,
            text,
            {**facts, "language": staff.language},
            topic=staff.topic_id,
            buttons=buttons,
        )
        await unit.outbox.enqueue(told)
