"""What people do with cases: claim, release, decide, give a reason, mark a text. One decision wins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core.errors import Refusal
from core.events import Event, EventName
from moderation import cards, effects
from moderation.cases import Case, CaseState, Step, Verdict
from moderation.memory import Memory
from moderation.model import EscalationKind, Urgency
from moderation.policy import Policy
from moderation.ports import Escalator, Unit, Units
from moderation.verdicts import Outcome, carry_out

OPEN = (CaseState.OPEN, CaseState.CLAIMED)
DECIDED = (*OPEN, CaseState.DECIDED)
HARSH = frozenset({Verdict.MUTE, Verdict.BAN, Verdict.WARN})
WRONG = frozenset({Verdict.DISMISSED, Verdict.UNDONE})
"""Verdicts by which the bot or a reporter was wrong."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Applies a person's decision to a case and to those joined to it."""

    units: Units
    memory: Memory
    escalator: Escalator | None = None
    policy: Callable[[int, int | None], Awaitable[Policy]] | None = None

    async def decide(self, case_id: int, verdict: Verdict, actor_id: int) -> Outcome:
        """Decide a case as `actor_id` (a Telegram id).

        Refuses `case.not_found`, `case.taken` (somebody else holds it), `case.decided` (somebody was faster),
        `case.own` (one's own message) and `moderation.target_staff`.
        """
        async with self.units.begin() as unit:
            case = await _found(unit, case_id)
            outcome = await self.apply(unit, case, verdict, actor_id)
            for copy in await unit.cases.joined(case.id):
                if copy.state in DECIDED and copy.author_id != actor_id:
                    await self.apply(unit, copy, verdict, actor_id)
            chats = {case.author_id, *(c.author_id for c in await unit.cases.joined(case.id))}
        for author in chats:
            self.memory.forget_author(case.chat_id, author)
        return outcome

    async def apply(self, unit: Unit, case: Case, verdict: Verdict, actor_id: int) -> Outcome:
        """Decide inside the caller's unit."""
        if case.author_id == actor_id:
            raise Refusal("case.own")
        if verdict in HARSH:
            await self._refuse_staff(case)
        await self._move(unit, case, verdict, actor_id)
        await unit.cases.note(case.id, Step(unit.now, verdict.value, actor_id))
        topic = (await self.memory.chat_of(case.chat_id, case.topic_id)).topic.title
        policy = await self.policy(case.chat_id, case.topic_id) if self.policy else Policy()
        outcome = await carry_out(unit, case, verdict, actor_id, topic, policy.ladder)
        if verdict is Verdict.ESCALATED:
            await self._escalate(unit, case)
        await _tell_reporters(unit, case, verdict)
        name = EventName.CASE_UNDONE if verdict is Verdict.UNDONE else EventName.CASE_DECIDED
        facts = {"case": case.id, "rule": case.rule, "verdict": verdict.value}
        await unit.events.record(Event(name, unit.now, facts=facts))
        return outcome

    async def _move(self, unit: Unit, case: Case, verdict: Verdict, actor_id: int) -> None:
        holder = case.claimed_by
        if case.state is CaseState.CLAIMED and holder not in {None, actor_id}:
            raise Refusal("case.taken", name=await unit.chats.staff_name(holder or 0))
        undo = verdict is Verdict.UNDONE
        moved = await unit.cases.move(
            case.id,
            DECIDED if undo else OPEN,
            state=(CaseState.UNDONE if undo else CaseState.DECIDED).value,
            verdict=verdict.value,
            decided_by=actor_id,
            decided_at=unit.now,
        )
        if not moved:
            raise Refusal("case.decided", name=await unit.chats.staff_name(case.decided_by or 0))

    async def _refuse_staff(self, case: Case) -> None:
        author = await self.memory.author_of(case.chat_id, case.author_id, fresh=True)
        if author.is_guarded:
            raise Refusal("moderation.target_staff")

    async def _escalate(self, unit: Unit, case: Case) -> None:
        if self.escalator is not None and case.body is not None:
            message = cards.written(case.body)
            await self.escalator.escalate(
                unit, message, EscalationKind.METHODIST, Urgency.SOON, case.id
            )

    async def claim(self, case_id: int, actor_id: int) -> Case:
        """Take a case. Refuses `case.taken` with who was faster (M83), `case.decided`, `case.own`."""
        async with self.units.begin() as unit:
            case = await _found(unit, case_id)
            if case.author_id == actor_id:
                raise Refusal("case.own")
            taken = await unit.cases.move(
                case_id,
                (CaseState.OPEN,),
                state=CaseState.CLAIMED.value,
                claimed_by=actor_id,
                claimed_at=unit.now,
            )
            if not taken and case.state in OPEN and case.claimed_by == actor_id:
                return case
            if not taken:
                await self._refuse_taken(unit, case_id)
            await unit.cases.note(case_id, Step(unit.now, "claimed", actor_id))
            return case

    async def _refuse_taken(self, unit: Unit, case_id: int) -> None:
        case = await _found(unit, case_id)
        if case.state is CaseState.CLAIMED:
            raise Refusal("case.taken", name=await unit.chats.staff_name(case.claimed_by or 0))
        raise Refusal("case.decided", name=await unit.chats.staff_name(case.decided_by or 0))

    async def release(self, case_id: int, actor_id: int) -> Case:
        """Give a case back. Refuses `case.taken` when it is somebody else's."""
        async with self.units.begin() as unit:
            case = await _found(unit, case_id)
            if case.claimed_by != actor_id:
                raise Refusal("case.taken", name=await unit.chats.staff_name(case.claimed_by or 0))
            await unit.cases.move(
                case_id,
                (CaseState.CLAIMED,),
                state=CaseState.OPEN.value,
                claimed_by=None,
                claimed_at=None,
            )
            await unit.cases.note(case_id, Step(unit.now, "released", actor_id))
            return case

    async def reason(self, case_id: int, actor_id: int, words: str) -> None:
        """Keep why somebody decided: sealed, for staff."""
        async with self.units.begin() as unit:
            case = await _found(unit, case_id)
            await unit.notes.add(
                case.chat_id, case.author_id, actor_id, unit.now, words, case_id=case_id
            )
            await unit.cases.note(case_id, Step(unit.now, "reason given", actor_id))


async def _found(unit: Unit, case_id: int) -> Case:
    case = await unit.cases.get(case_id)
    if case is None:
        raise Refusal("case.not_found")
    return case


async def _tell_reporters(unit: Unit, case: Case, verdict: Verdict) -> None:
    """Judge the reports behind a case and thank whoever made them, once (M90)."""
    was_right = verdict not in WRONG
    text = "notice-reported-decided-yes" if was_right else "notice-reported-decided-no"
    for reporter in await unit.reports.settle(case.id, was_right=was_right):
        key = f"report:{case.id}:{reporter}:outcome"
        told = effects.whisper(key, case.chat_id, reporter, text, {}, topic=case.topic_id)
        await unit.outbox.enqueue(told)
