"""Appeals: in private, one per decision, decided by somebody else within a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import Refusal
from core.events import Event, EventName
from moderation import cards, effects
from moderation.cases import DECIDABLE, Case, Step, Verdict
from moderation.decisions import Decisions
from moderation.memory import Memory
from moderation.ports import Unit, Units
from moderation.raids import PlaceOf
from moderation.records import AppealState
from moderation.verdicts import Outcome

ANSWER_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Appeals:
    """Opens and decides appeals."""

    units: Units
    memory: Memory
    staff: PlaceOf
    decisions: Decisions

    async def open(self, case_id: int, user_id: int) -> int:
        """Ask to look again; works in private too, so a banned parent can (M98).

        Refuses `case.not_found` (also somebody else's case) and `appeal.already_open`.
        """
        async with self.units.begin() as unit:
            case = await unit.cases.get(case_id)
            if case is None or case.author_id != user_id:
                raise Refusal("case.not_found")
            due = unit.now + ANSWER_WITHIN
            number = await unit.appeals.open(case_id, case.chat_id, user_id, unit.now, due)
            if number is None:
                raise Refusal("appeal.already_open")
            await unit.cases.note(case_id, Step(unit.now, "appealed", user_id))
            facts = {"case": case_id, "appeal": number}
            await unit.events.record(Event(EventName.APPEAL_OPENED, unit.now, facts=facts))
            await self._show(unit, case, number)
            return number

    async def latest(self, user_id: int) -> Case | None:
        """Find the latest sanction of a person in any chat that nobody has been asked about."""
        async with self.units.reading() as unit:
            return await unit.cases.latest_of(user_id)

    async def decide(self, appeal_id: int, actor_id: int, *, uphold: bool) -> Outcome:
        """Decide as somebody who did not make the decision.

        Refuses `case.not_found`, `appeal.same_person`, `case.own` and `case.decided` (somebody was faster).
        """
        state = AppealState.UPHELD if uphold else AppealState.REJECTED
        async with self.units.begin() as unit:
            appeal = await unit.appeals.get(appeal_id)
            case = await unit.cases.get(appeal.case_id) if appeal is not None else None
            if appeal is None or case is None:
                raise Refusal("case.not_found")
            if actor_id in {case.decided_by, *await _actors(unit, case.id)}:
                raise Refusal("appeal.same_person")
            if actor_id == case.author_id:
                raise Refusal("case.own")
            if not await unit.appeals.decide(appeal_id, state, actor_id, unit.now):
                decided = appeal.decided_by or 0
                raise Refusal("case.decided", name=await unit.chats.staff_name(decided))
            await unit.cases.note(case.id, Step(unit.now, f"appeal {state.value}", actor_id))
            outcome = Outcome(case, Verdict.CONFIRMED)
            if uphold:
                await unit.cases.move(case.id, DECIDABLE, claimed_by=None, state=case.state.value)
                free = await unit.cases.get(case.id) or case
                outcome = await self.decisions.apply(unit, free, Verdict.UNDONE, actor_id)
            text = "notice-appeal-upheld" if uphold else "notice-appeal-rejected"
            facts = {"reason": {"text": effects.rule_key(case.rule)}}
            answer = effects.told(f"appeal:{appeal_id}:answer", case.author_id, text, facts)
            await unit.outbox.enqueue(answer)
            facts_of = {"case": case.id, "appeal": appeal_id, "upheld": uphold}
            await unit.events.record(Event(EventName.APPEAL_DECIDED, unit.now, facts=facts_of))
        self.memory.forget_author(case.chat_id, case.author_id)
        return outcome

    async def alarm(self, now: datetime) -> int:
        """Alarm staff once about appeals nobody answered within a day."""
        async with self.units.begin() as unit:
            late = await unit.appeals.late(now)
            for appeal in late:
                await unit.appeals.alarmed(appeal.id, now)
                staff = self.staff(appeal.chat_id)
                if staff is not None:
                    facts = {"id": str(appeal.case_id), "language": staff.language}
                    key = f"appeal:{appeal.id}:late"
                    alert = effects.told(
                        key,
                        staff.chat_id,
                        "case-appeal-late",
                        facts,
                        topic=staff.topic_id,
                        buttons=_buttons(appeal.id),
                    )
                    await unit.outbox.enqueue(alert)
        return len(late)

    async def _show(self, unit: Unit, case: Case, number: int) -> None:
        staff = self.staff(case.chat_id)
        if staff is None:
            return
        words = await cards.words_of(self.memory, case, await unit.cases.bodies(case.id))
        facts = cards.card_facts(case, staff, words)
        decided = case.decided_by
        facts |= {
            "decided": await unit.chats.staff_name(decided)
            if decided is not None
            else {"text": "case-appeal-by-bot"},
        }
        card = effects.told(
            f"appeal:{number}:card",
            staff.chat_id,
            "case-appeal",
            facts,
            topic=staff.topic_id,
            buttons=_buttons(number),
        )
        await unit.outbox.enqueue(card)


def _buttons(number: int) -> list[list[tuple[str, str]]]:
    return [
        [("case-appeal-uphold-button", f"again:yes:{number}")],
        [("case-appeal-reject-button", f"again:no:{number}")],
    ]


async def _actors(unit: Unit, case_id: int) -> set[int]:
    given = await unit.cases.sanctions_of_case(case_id)
    return {sanction.actor_id for sanction in given if sanction.actor_id is not None}
