"""Giving escalations to people, and what happens when nobody answers (M99)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from community import escalation_effects as effects
from community.escalation_desk import Desk
from community.escalation_model import Escalation, State, Step, step_time
from community.escalation_ports import EscalationUnit, EscalationUnits
from community.model import Topic
from core.effects import Effect
from core.ids import PersonId
from core.roles import Role

STAFF_TOPIC = "escalations"
BATCH = 100


@dataclass(frozen=True, slots=True)
class Watch:
    """Runs the steps that have come: remind, ask the next expert, call a supervisor."""

    units: EscalationUnits

    async def tick(self, now: datetime) -> int:
        """Do every step due at `now`, each in a unit of its own; tell how many."""
        async with self.units.reading() as look:
            waiting = await look.escalations.due(now, BATCH)
        done = 0
        for key in waiting:
            async with self.units.begin() as unit:
                held = await unit.escalations.get(key, lock=True)
                if held is not None and held.step_at is not None and held.step_at <= now:
                    await _step(unit, held, now)
                    done += 1
        return done


async def _step(unit: EscalationUnit, held: Escalation, now: datetime) -> None:
    match held.step:
        case Step.ASSIGN | Step.NEXT:
            await next_expert(unit, held, now, without=held.assigned)
        case Step.REMIND if held.assigned is not None:
            await unit.outbox.enqueue(*effects.nudge(held, "remind", [held.assigned], held.cards))
            await _schedule(unit, held, Step.NEXT, now)
        case Step.SUPERVISE | Step.REMIND:
            await call_supervisors(unit, held, now)
        case Step.NONE:
            await unit.escalations.save(replace(held, step_at=None))


async def next_expert(
    unit: EscalationUnit, held: Escalation, now: datetime, *, without: PersonId | None
) -> Escalation:
    """Give it to the next expert on duty; with nobody left the supervisors are called."""
    desk = await Desk.of(unit, held.community, now)
    barred = frozenset({without} if without is not None else ())
    expert = await desk.choose(unit, held.request, now, barred)
    if expert is None:
        return await call_supervisors(unit, held, now)
    return await assign(unit, held, expert, now)


async def assign(
    unit: EscalationUnit, held: Escalation, expert: PersonId, now: datetime
) -> Escalation:
    """Give it to an expert with a card of their own."""
    held = replace(held, state=State.OPEN, assigned=expert, assigned_at=now, cards=held.cards + 1)
    await unit.outbox.enqueue(*await cards(unit, held, expert))
    step = Step.SUPERVISE if held.step is Step.NEXT else Step.REMIND
    return await _schedule(unit, held, step, now)


async def call_supervisors(unit: EscalationUnit, held: Escalation, now: datetime) -> Escalation:
    """Tell owners and admins, once each, and put the card into the staff's topic."""
    people = {
        grant.person
        for role in (Role.ADMIN, Role.OWNER)
        for grant in await unit.roles.holders(role, held.community, now)
    }
    held = replace(held, step=Step.NONE, step_at=None, cards=held.cards + 1)
    nudges = effects.nudge(held, "supervise", sorted(people), held.cards)
    await unit.outbox.enqueue(*nudges, *await cards(unit, held, None))
    await unit.escalations.save(held)
    return held


async def cards(unit: EscalationUnit, held: Escalation, expert: PersonId | None) -> list[Effect]:
    """Make the card for an expert, or for the staff's topic where there is one."""
    request = held.request
    staff = None
    if expert is None:
        staff = await unit.communities.topic(held.community, STAFF_TOPIC)
        if staff is None:
            return []
    earlier = 0
    if request.asker is not None:
        earlier = await unit.escalations.asked_before(request.asker, held.id)
    return effects.card(
        held,
        number=held.cards,
        topic=await _topic(unit, held),
        earlier=earlier,
        person=expert,
        staff=staff,
    )


async def _topic(unit: EscalationUnit, held: Escalation) -> Topic | None:
    request = held.request
    if request.chat is None:
        return None
    return await unit.communities.topic_at(request.chat, request.topic or 1)


async def _schedule(
    unit: EscalationUnit, held: Escalation, step: Step, now: datetime
) -> Escalation:
    desk = await Desk.of(unit, held.community, held.opened_at)
    at = step_time(desk.clock(held.request), held, step, now)
    held = replace(held, step=step, step_at=max(at, now) if at is not None else None)
    await unit.escalations.save(held)
    return held
