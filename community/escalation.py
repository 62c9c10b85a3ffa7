"""Escalations: opened inside another engine's unit, taken, answered, asked back, handed over, closed, rated."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from community import escalation_effects as effects
from community.duty import next_start
from community.escalation_desk import Desk
from community.escalation_effects import Reply
from community.escalation_model import (
    SLA,
    Escalation,
    Relay,
    Request,
    Severity,
    State,
    Step,
    move,
    step_time,
)
from community.escalation_ports import EscalationUnit, EscalationUnits
from community.escalation_watch import assign, call_supervisors, cards, next_expert
from core.effects import Kind
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import CommunityId, PersonId

Listener = Callable[[EscalationUnit, Escalation], Awaitable[None]]
"""Told inside the unit when an escalation is answered or closed (a case is decided, a question is answered)."""


NO_HELP = "no"
"""The verdict of an asker whom the answer did not help."""


@dataclass(frozen=True, slots=True)
class Escalations:
    """Use cases of escalation. `listeners` learn of the end in the same transaction."""

    units: EscalationUnits
    listeners: tuple[Listener, ...] = ()

    async def open(self, unit: EscalationUnit, request: Request, now: datetime) -> Escalation:
        """Open inside the caller's unit: the expert on duty gets the card, the asker hears when to expect an answer.

        The same key again gives back what was opened before. Outside duty hours the card waits for the next start;
        a red flag goes to the supervisors at once.
        """
        if (known := await unit.escalations.by_key(request.key)) is not None:
            return known
        desk = await Desk.of(unit, request.community, now)
        clock = desk.clock(request)
        due = clock.after(now, SLA[request.severity])
        expert = await desk.choose(unit, request, now)
        starts = next_start(desk.roster, request.speciality, now)
        opened = await unit.escalations.add(request, now, due, Step.ASSIGN, starts)
        if expert is not None:
            opened = await assign(unit, opened, expert, now)
        elif request.severity is Severity.RED or starts is None:
            opened = await call_supervisors(unit, opened, now)
        else:
            await unit.outbox.enqueue(*await cards(unit, opened, None))
        if expert is not None or request.severity is Severity.RED:
            told = effects.told(opened, "received", 0, when=effects.due_words(opened.due))
        else:
            told = effects.told(opened, "outside", 0, when=effects.due_words(starts or due))
        await unit.outbox.enqueue(*told)
        await _record(unit, EventName.ESCALATION_OPENED, opened, None, now)
        return opened

    async def waiting(self, community: CommunityId) -> list[Escalation]:
        """List what waits for somebody, oldest first."""
        async with self.units.reading() as unit:
            return await unit.escalations.held(community)

    async def take(self, escalation: int, expert: PersonId, now: datetime) -> Escalation:
        """Take it: the others learn who. Refused: `escalation.already_taken`, `escalation.closed`."""
        async with self.units.begin() as unit:
            held = await _get(unit, escalation)
            if held.state is State.TAKEN and held.assigned == expert:
                return held
            before = held.assigned
            held = replace(held, state=move(held, "take"), assigned=expert, assigned_at=now)
            await unit.escalations.save(held)
            if before is not None and before != expert:
                await unit.outbox.cancel_prefix(f"escalation:{held.id}:card", reason="taken")
            await _record(unit, EventName.ESCALATION_TAKEN, held, expert, now)
            return held

    async def answer(
        self, escalation: int, expert: PersonId, reply: Reply, now: datetime
    ) -> Escalation:
        """Carry an answer to where it was asked and tell the asker; more may follow while it is not closed."""
        async with self.units.begin() as unit:
            held = _mine(await _get(unit, escalation), expert)
            number = held.answers
            held = replace(
                held,
                state=move(held, "answer"),
                assigned=expert,
                assigned_at=held.assigned_at or now,
                answers=number + 1,
                step=Step.NONE,
                step_at=None,
                left=None,
                rating=None,
            )
            await unit.escalations.save(held)
            await unit.drafts.drop(expert)
            carried = effects.answer(held, reply, number=number)
            await unit.outbox.enqueue(*carried, *effects.told_answered(held, number))
            if carried:
                relay = Relay(reply.chat, reply.message, held.id, carried[0].key)
                await unit.escalations.add_relay(relay)
            await _record(unit, EventName.ESCALATION_ANSWERED, held, expert, now)
            for listener in self.listeners:
                await listener(unit, held)
            return held

    async def edited(self, expert: PersonId, reply: Reply) -> bool:
        """Carry an edit of an answer on to the message it became; tell whether there was one."""
        async with self.units.reading() as look:
            if await look.escalations.relay(reply.chat, reply.message) is None:
                return False
        async with self.units.begin() as unit:
            relay = await unit.escalations.relay(reply.chat, reply.message)
            held = await unit.escalations.get(relay.escalation) if relay is not None else None
            if relay is None or held is None or held.assigned != expert:
                return False
            fresh = effects.answer(held, reply, number=0, edit=relay.edits + 1)[:1]
            if not fresh:
                return False
            await unit.outbox.enqueue(
                replace(
                    fresh[0],
                    key=f"{relay.outbox_key}:e{relay.edits + 1}",
                    kind=Kind.EDIT,
                    facts={**fresh[0].facts, "of": relay.outbox_key},
                )
            )
            await unit.escalations.relay_edited(relay)
            return True

    async def ask_back(
        self, escalation: int, expert: PersonId, reply: Reply, now: datetime
    ) -> Escalation:
        """Ask the family something; the clock stands until they answer. Refused: `escalation.nobody_to_ask`."""
        async with self.units.begin() as unit:
            held = _mine(await _get(unit, escalation), expert)
            if held.request.asker is None:
                raise Refusal("escalation.nobody_to_ask")
            desk = await Desk.of(unit, held.community, now)
            left = desk.clock(held.request).between(now, held.due) if held.due is not None else None
            held = replace(held, state=move(held, "ask"), assigned=expert, step_at=None, left=left)
            await unit.escalations.save(held)
            await unit.drafts.drop(expert)
            told = effects.told(held, "asked", reply.message, text=reply.text)
            await unit.outbox.enqueue(*told)
            return held

    async def asker_wrote(
        self, escalation: int, asker: PersonId, reply: Reply, now: datetime
    ) -> Escalation:
        """Carry what the asker adds to the expert; the clock goes on. Refused: `escalation.not_yours`."""
        async with self.units.begin() as unit:
            held = await _get(unit, escalation)
            if held.request.asker != asker:
                raise Refusal("escalation.not_yours")
            if held.state not in {State.OPEN, State.TAKEN}:
                after = move(held, "reply" if held.state is State.ASKED else "more")
                held = await _owed_again(unit, held, after, now)
            if held.assigned is not None:
                await unit.outbox.enqueue(*effects.from_asker(held, reply))
            return held

    async def hand_over(self, escalation: int, expert: PersonId, now: datetime) -> Escalation:
        """Give it to the next expert on duty, else to the supervisors."""
        async with self.units.begin() as unit:
            held = await _get(unit, escalation)
            held = replace(held, state=move(held, "hand_over"))
            return await next_expert(unit, held, now, without=expert)

    async def close(self, escalation: int, author: PersonId, now: datetime) -> Escalation:
        """Close it; one that was never answered is told to the asker."""
        async with self.units.begin() as unit:
            held = await _get(unit, escalation)
            unanswered = held.answers == 0
            held = replace(
                held, state=move(held, "close"), step=Step.NONE, step_at=None, closed_at=now
            )
            await unit.escalations.save(held)
            if unanswered:
                await unit.outbox.enqueue(*effects.told(held, "closed", 0))
            await _record(unit, EventName.ESCALATION_CLOSED, held, author, now)
            for listener in self.listeners:
                await listener(unit, held)
            return held

    async def rate(self, escalation: int, asker: PersonId, verdict: str, now: datetime) -> None:
        """Keep whether an answer helped, once for each answer; one that helped closes it, one that did not reopens it.

        Refused: `escalation.not_yours`, `escalation.rated`, `escalation.not_now` before any answer.
        """
        async with self.units.begin() as unit:
            held = await _get(unit, escalation)
            if held.request.asker != asker:
                raise Refusal("escalation.not_yours")
            if held.rating is not None:
                raise Refusal("escalation.rated")
            if held.answers == 0:
                raise Refusal("escalation.not_now")
            held = replace(held, rating=verdict)
            if verdict == NO_HELP and held.state in {State.ANSWERED, State.CLOSED}:
                held = await _owed_again(unit, held, move(held, "reopen"), now)
                await unit.outbox.enqueue(*effects.no_help(held))
            elif held.state is State.ANSWERED:
                held = replace(held, state=State.CLOSED, closed_at=now)
                await unit.escalations.save(held)
                for listener in self.listeners:
                    await listener(unit, held)
            else:
                await unit.escalations.save(held)
            facts = {"escalation": held.id, "verdict": verdict}
            await unit.events.record(
                Event(EventName.ESCALATION_RATED, now, person=held.assigned, facts=facts)
            )


async def _owed_again(
    unit: EscalationUnit, held: Escalation, after: State, now: datetime
) -> Escalation:
    """Start the clock again: what was left when it was stopped, else the whole time to answer."""
    clock = (await Desk.of(unit, held.community, now)).clock(held.request)
    due = clock.after(now, held.left or SLA[held.request.severity])
    held = replace(held, state=after, due=due, step=Step.REMIND, left=None, closed_at=None)
    held = replace(held, step_at=step_time(clock, held, Step.REMIND, now))
    await unit.escalations.save(held)
    return held


async def _get(unit: EscalationUnit, escalation: int) -> Escalation:
    held = await unit.escalations.get(escalation, lock=True)
    if held is None:
        raise Refusal("escalation.unknown")
    return held


def _mine(held: Escalation, expert: PersonId) -> Escalation:
    """Refuse `escalation.already_taken` to anybody but the one who took it."""
    if held.state is not State.OPEN and held.assigned not in {None, expert}:
        raise Refusal("escalation.already_taken")
    return held


async def _record(
    unit: EscalationUnit, name: EventName, held: Escalation, actor: PersonId | None, now: datetime
) -> None:
    request = held.request
    facts = {
        "escalation": held.id,
        "severity": request.severity.value,
        "speciality": request.speciality.value,
        "source": request.source.value,
        "in_time": held.due is None or now <= held.due,
    }
    await unit.events.record(Event(name, now, person=request.asker, actor=actor, facts=facts))
