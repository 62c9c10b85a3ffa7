"""Join surges and reaction floods: counted in memory, decided by pure rules, kept as rows."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.effects import Kind, MessageClass
from core.events import Event, EventName
from core.ids import ChatId
from moderation import effects, lifting
from moderation.acts import CardReason
from moderation.cards import StaffPlace, card, words_of
from moderation.cases import Case, Sanction, SanctionKind, Step
from moderation.memory import Memory
from moderation.model import Finding
from moderation.policy import Policy
from moderation.ports import Unit, Units
from moderation.records import ClosedGate
from moderation.rules import joins, reactions

LONGEST_HOLD = timedelta(days=1)
"""A newcomer held at a closed gate is free after this whatever happens to the gate."""
JOINS_KEPT = 500
REACTORS_KEPT = 5_000

PolicyOf = Callable[[int, int | None], Awaitable[Policy]]
PlaceOf = Callable[[int], StaffPlace | None]


@dataclass(slots=True)
class Raids:
    """Watches who comes in and who reacts."""

    units: Units
    memory: Memory
    policy: PolicyOf
    staff: PlaceOf
    _joins: dict[int, deque[tuple[datetime, int]]] = field(default_factory=dict)
    _reactions: OrderedDict[tuple[int, int], deque[datetime]] = field(default_factory=OrderedDict)

    async def joined(self, chat_id: int, user_id: int, now: datetime) -> bool:
        """Count an arrival; True when the gate is closed and the newcomer is held (M53).

        Members who were here before notice nothing. Whoever came in during the surge itself is held as well.
        """
        policy = (await self.policy(chat_id, None)).joins
        lately = self._joins.setdefault(chat_id, deque(maxlen=JOINS_KEPT))
        if all(user != user_id for _, user in lately):
            lately.append((now, user_id))
        async with self.units.begin() as unit:
            known = await unit.chats.gate(chat_id)
            before = joins.Gate(known.until) if known is not None else joins.OPEN
            gate = joins.gate((at for at, _ in lately), before, policy, now)
            by_hand = known is not None and known.author_id is not None
            if gate.until is None and not by_hand:
                return False
            until = max(gate.until or now, known.until if known is not None else now)
            await unit.chats.close_gate(ClosedGate(chat_id, now, until))
            since = now - timedelta(seconds=policy.window_seconds)
            surge = {user for at, user in lately if known is None and at > since} | {user_id}
            for user in sorted(surge):
                await _hold(unit, chat_id, user, now)
            if known is None:
                await self._tell(unit, chat_id, "case-raid-closed", now, joins=gate.joins)
                facts = {"chat": chat_id, "joins": gate.joins}
                await unit.events.record(Event(EventName.RAID_CLOSED, now, facts=facts))
        self.memory.forget_chat(chat_id)
        return True

    async def close(self, chat_id: int, actor_id: int, length: timedelta) -> None:
        """Close the gate by hand for a time."""
        async with self.units.begin() as unit:
            until = unit.now + length
            await unit.chats.close_gate(ClosedGate(chat_id, unit.now, until, actor_id))
            await self._tell(unit, chat_id, "case-raid-closed-by-hand", unit.now)
            facts = {"chat": chat_id, "by": actor_id}
            await unit.events.record(Event(EventName.RAID_CLOSED, unit.now, facts=facts))
        self.memory.forget_chat(chat_id)

    async def open(self, chat_id: int, actor_id: int | None = None) -> bool:
        """Open the gate and free everybody it held, once; False when it was open."""
        async with self.units.begin() as unit:
            if not await unit.chats.open_gate(chat_id):
                return False
            held = await unit.cases.held_by_rule(chat_id, JOINS)
            for sanction in await lifting.end(unit, held, actor_id, "lapsed"):
                await unit.outbox.enqueue(*await lifting.lift(unit, sanction, "opened"))
            await self._tell(unit, chat_id, "case-raid-opened", unit.now, closed=False)
            facts = {"chat": chat_id, "freed": len(held)}
            await unit.events.record(Event(EventName.RAID_OPENED, unit.now, facts=facts))
        self._joins.pop(chat_id, None)
        self.memory.forget_chat(chat_id)
        return True

    async def release(self, now: datetime) -> int:
        """Open the gates whose quiet time is over, also those that ended while nobody looked."""
        async with self.units.reading() as unit:
            due = [gate.chat_id for gate in await unit.chats.gates() if gate.until <= now]
        for chat_id in due:
            await self.open(chat_id)
        return len(due)

    async def reacted(self, chat_id: int, user_id: int, now: datetime) -> bool:
        """Count a reaction; True when it was one too many: all of them go, the person is muted (M92)."""
        policy = await self.policy(chat_id, None)
        lately = self._reactions.setdefault((chat_id, user_id), deque(maxlen=JOINS_KEPT))
        self._reactions.move_to_end((chat_id, user_id))
        if len(self._reactions) > REACTORS_KEPT:
            self._reactions.popitem(last=False)
        lately.append(now)
        since = now - timedelta(seconds=policy.reactions.window_seconds)
        count = sum(1 for at in lately if at > since)
        if count <= min(policy.reactions.newcomer_reactions_max, policy.reactions.reactions_max):
            return False
        author = await self.memory.author_of(chat_id, user_id)
        finding = reactions.check(replace(author, reactions_recent=count), policy.reactions)
        if finding is None or author.is_guarded:
            return False
        lately.clear()
        await self._stop_reacting(chat_id, user_id, finding, policy, now)
        return True

    async def _stop_reacting(
        self, chat_id: int, user_id: int, finding: Finding, policy: Policy, now: datetime
    ) -> None:
        staff = self.staff(chat_id)
        until = now + timedelta(seconds=policy.ladder.mute_seconds)
        async with self.units.begin() as unit:
            case = Case(
                key=f"{chat_id}:reactions:{user_id}:{int(now.timestamp())}",
                chat_id=chat_id,
                message_id=0,
                message_ids=(),
                author_id=user_id,
                author_kind="user",
                rule=finding.rule,
                action="mute",
                reason=CardReason.DONE,
                findings=[_stored(finding)],
                opened_at=now,
                staff_chat_id=staff.chat_id if staff is not None else None,
            )
            case_id = await unit.cases.open(case)
            if case_id is None:
                return
            case = replace(case, id=case_id)
            await unit.cases.note(case_id, Step(now, "opened"))
            await unit.cases.sanction(_mute(chat_id, user_id, finding.rule, now, until, case_id))
            gone = effects.control(
                f"case:{case_id}:reactions", Kind.DELETE_REACTIONS, ChatId(chat_id), user_id=user_id
            )
            muted = effects.mute(f"case:{case_id}:mute", chat_id, user_id, until)
            facts = {
                "duration": effects.duration(until - now),
                "reason": {"text": effects.rule_key(finding.rule)},
                "topic": (await self.memory.chat_of(chat_id, None)).topic.title,
            }
            told = effects.notice(f"case:{case_id}:notice", case, user_id, "notice-muted", facts)
            await unit.outbox.enqueue(gone, muted, told)
            if staff is not None:
                words = await words_of(self.memory, case)
                await unit.outbox.enqueue(card(case, staff, words))

    async def _tell(
        self,
        unit: Unit,
        chat_id: int,
        text: str,
        now: datetime,
        *,
        closed: bool = True,
        **facts: int,
    ) -> None:
        staff = self.staff(chat_id)
        if staff is None:
            return
        title = (await self.memory.chat_of(chat_id, None)).topic.title
        buttons = [[("case-raid-open-button", f"raid:open:{chat_id}")]] if closed else []
        await unit.outbox.enqueue(
            effects.told(
                f"raid:{chat_id}:{text}:{int(now.timestamp())}",
                staff.chat_id,
                text,
                {**facts, "chat": title, "language": staff.language},
                topic=staff.topic_id,
                message_class=MessageClass.SERVICE,
                buttons=buttons,
            )
        )


JOINS = "joins"
"""Rule of those held at a closed gate."""


async def _hold(unit: Unit, chat_id: int, user_id: int, now: datetime) -> None:
    if await unit.cases.held(chat_id, user_id):
        return
    until = now + LONGEST_HOLD
    number = await unit.cases.sanction(_mute(chat_id, user_id, JOINS, now, until, None))
    await unit.outbox.enqueue(effects.mute(f"sanction:{number}:hold", chat_id, user_id, until))


def _mute(
    chat_id: int, user_id: int, rule: str, now: datetime, until: datetime, case_id: int | None
) -> Sanction:
    return Sanction(
        chat_id=chat_id,
        user_id=user_id,
        kind=SanctionKind.MUTE,
        rule=rule,
        since=now,
        case_id=case_id,
        until=until,
    )


def _stored(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "score": finding.score,
        "evidence": finding.evidence,
        "facts": dict(finding.facts),
        "shadow": False,
    }
