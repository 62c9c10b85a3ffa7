"""What people decide about cases: confirm, dismiss, undo, hide, warn, ban, escalate. One decision wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from core.effects import Effect, Kind, MessageClass
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId
from moderation.cases import Case, CaseState, Sanction, SanctionKind, Step, Verdict
from moderation.effects import control
from moderation.memory import Memory
from moderation.ports import Unit, Units
from moderation.raw import incoming_from_json

OPEN = (CaseState.OPEN, CaseState.CLAIMED)
DECIDED = (*OPEN, CaseState.DECIDED)
KEEPS_HIDDEN = frozenset({"child_data", "screenshot"})
"""Rules whose messages are not put back by an undo: the words themselves are what does harm."""
LONGEST_PUT_BACK = 3000
"""Characters of a message posted again; Telegram takes 4,096 with the line above it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision did. `restored` and `lost` name parts: message, mute, ban."""

    case: Case
    verdict: Verdict
    restored: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """Applies a person's decision to a case."""

    units: Units
    memory: Memory

    async def decide(self, case_id: int, verdict: Verdict, actor_id: int) -> Outcome:
        """Decide a case as `actor_id` (a Telegram id).

        Refuses `case.not_found`, `case.decided` (somebody was faster) and `case.own` (one's own message).
        """
        async with self.units.begin() as unit:
            case = await unit.cases.get(case_id)
            if case is None:
                raise Refusal("case.not_found")
            if case.author_id == actor_id:
                raise Refusal("case.own")
            undo = verdict is Verdict.UNDONE
            moved = await unit.cases.move(
                case_id,
                DECIDED if undo else OPEN,
                state=(CaseState.UNDONE if undo else CaseState.DECIDED).value,
                verdict=verdict.value,
                decided_by=actor_id,
                decided_at=unit.now,
            )
            if not moved:
                raise Refusal("case.decided", by=str(case.decided_by or ""))
            await unit.cases.note(case_id, Step(unit.now, verdict.value, actor_id))
            outcome = await self._apply(unit, case, verdict, actor_id)
            name = EventName.CASE_UNDONE if undo else EventName.CASE_DECIDED
            facts = {"case": case_id, "rule": case.rule, "verdict": verdict.value}
            await unit.events.record(Event(name, unit.now, facts=facts))
        self.memory.forget_author(case.chat_id, case.author_id)
        return outcome

    async def _apply(self, unit: Unit, case: Case, verdict: Verdict, actor_id: int) -> Outcome:
        match verdict:
            case Verdict.UNDONE | Verdict.DISMISSED:
                return await self._undo(unit, case, verdict, actor_id)
            case Verdict.HIDE | Verdict.WARN | Verdict.MUTE | Verdict.BAN:
                await self._do(unit, case, verdict, actor_id)
            case _:
                pass
        return Outcome(case, verdict)

    async def _undo(self, unit: Unit, case: Case, verdict: Verdict, actor_id: int) -> Outcome:
        held = [s for s in await unit.cases.sanctions_of_case(case.id) if s.ended_at is None]
        await unit.cases.end_sanctions([s.id for s in held], unit.now, actor_id, "undone")
        restored = [
            kind.value for kind in (SanctionKind.MUTE, SanctionKind.BAN) if _has(held, kind)
        ]
        effects = [effect for s in held if (effect := _lift(case, s)) is not None]
        lost: list[str] = []
        if case.action in {"hide", "mute", "ban"}:
            again = _put_back(case)
            if again is not None:
                effects.append(again)
            (restored if again is not None else lost).append("message")
        await unit.outbox.enqueue(*effects)
        if restored:
            facts = {"case": case.id}
            await unit.events.record(Event(EventName.MEMBER_RESTORED, unit.now, facts=facts))
        return Outcome(case, verdict, tuple(restored), tuple(lost))

    async def _do(self, unit: Unit, case: Case, verdict: Verdict, actor_id: int) -> None:
        chat, key = ChatId(case.chat_id), f"case:{case.id}"
        effects: list[Effect] = []
        if verdict in {Verdict.HIDE, Verdict.BAN}:
            ids = list(case.message_ids)
            effects.append(control(f"{key}:delete", Kind.DELETE, chat, message_ids=ids))
            await unit.cases.hide(case.chat_id, ids)
        sanction = Sanction(
            chat_id=case.chat_id,
            user_id=case.author_id,
            kind=SanctionKind.WARN,
            rule=case.rule,
            since=unit.now,
            case_id=case.id,
            points=1,
            actor_id=actor_id,
        )
        if verdict is Verdict.BAN:
            effects.append(control(f"{key}:ban", Kind.BAN, chat, user_id=case.author_id))
            sanction = _of_kind(sanction, SanctionKind.BAN)
        await unit.cases.sanction(sanction)
        await unit.outbox.enqueue(*effects)


def _has(held: Sequence[Sanction], kind: SanctionKind) -> bool:
    kinds = {s.kind for s in held}
    return kind in kinds or (kind is SanctionKind.BAN and SanctionKind.BAN_CHANNEL in kinds)


def _of_kind(sanction: Sanction, kind: SanctionKind) -> Sanction:
    return Sanction(
        chat_id=sanction.chat_id,
        user_id=sanction.user_id,
        kind=kind,
        rule=sanction.rule,
        since=sanction.since,
        case_id=sanction.case_id,
        actor_id=sanction.actor_id,
    )


def _lift(case: Case, sanction: Sanction) -> Effect | None:
    key, chat = f"case:{case.id}:lift:{sanction.id}", ChatId(sanction.chat_id)
    match sanction.kind:
        case SanctionKind.MUTE:
            return control(key, Kind.UNRESTRICT, chat, user_id=sanction.user_id)
        case SanctionKind.BAN:
            return control(key, Kind.UNBAN, chat, user_id=sanction.user_id)
        case SanctionKind.BAN_CHANNEL:
            return control(key, Kind.UNBAN_SENDER_CHAT, chat, sender_chat_id=sanction.user_id)
        case SanctionKind.WARN:
            return None


def _put_back(case: Case) -> Effect | None:
    """Post the words of a deleted message again in its author's name: Telegram restores nothing itself."""
    if case.body is None or case.rule in KEEPS_HIDDEN:
        return None
    message = incoming_from_json(orjson.loads(case.body))
    if not message.own_text.strip():
        return None
    return Effect(
        key=f"case:{case.id}:put-back",
        kind=Kind.MESSAGE,
        message_class=MessageClass.CONTROL,
        chat=ChatId(case.chat_id),
        topic=case.topic_id,
        content="text:case-put-back",
        facts={"name": message.author_name, "words": message.own_text[:LONGEST_PUT_BACK]},
    )
