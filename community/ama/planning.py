"""Planning sessions: announce, subscribe, move, cancel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from community.ama import effects
from community.ama.model import MINUTES, Asked, Session, State, Subscriber, move
from community.ama.ports import AmaUnit, AmaUnits, FrozenDays
from community.ama.rules import DEFAULT_POLICY, AmaPolicy, check
from community.calendars import Entry
from community.model import Community, Topic
from community.places import fallback_topic
from core.cohorts import Cohort
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import CommunityId, PersonId
from core.localtime import local_day

AMA_TOPIC, DESK_TOPIC, FALLBACK_TOPIC = "ama", "ama-desk", "parents"
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """What a wizard gathered."""

    title: str
    expert: PersonId
    starts: datetime
    minutes: int = MINUTES
    cohort: Cohort | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Planning:
    """Use cases of planning."""

    units: AmaUnits
    frozen: FrozenDays
    policy: AmaPolicy = DEFAULT_POLICY

    async def announce(
        self, community: CommunityId, plan: Plan, author: PersonId, now: datetime
    ) -> Session:
        """Make a session and announce it. Refused: what `community.ama.rules.check` refuses, `ama.title`."""
        title = " ".join(plan.title.split())
        if not 0 < len(title) <= LONGEST_TITLE:
            raise Refusal("ama.title", limit=LONGEST_TITLE)
        async with self.units.begin() as unit:
            home = await home_of(unit, community)
            await self._check(unit, home, plan.starts, plan.minutes, plan.expert, now)
            session = await unit.ama.add(
                Session(
                    id=0,
                    community=community,
                    title=title,
                    expert=plan.expert,
                    starts=plan.starts,
                    minutes=plan.minutes,
                    state=State.ANNOUNCED,
                    created_by=author,
                    cohort=plan.cohort,
                    capacity=plan.capacity,
                )
            )
            await unit.drafts.drop(author)
            await _announce(unit, session, home)
            await unit.ama.subscribe(session.id, session.expert, now)
            await unit.outbox.enqueue(
                effects.told(session, "expert", session.expert),
                *effects.reminders(session, session.expert, now),
            )
            await record(unit, EventName.AMA_ANNOUNCED, session, author, now)
            return session

    async def remind_me(self, session: int, person: PersonId, now: datetime) -> Session:
        """Subscribe to the reminders. Refused: `ama.full`, `ama.not_found`. Twice is once."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            if not held.open_to_questions:
                raise Refusal("ama.not_found")
            people = await unit.ama.subscribers(held.id)
            known = any(s.person == person for s in people)
            if not known and held.capacity is not None and len(people) > held.capacity:
                raise Refusal("ama.full")
            await unit.ama.subscribe(held.id, person, now)
            await unit.outbox.enqueue(*effects.reminders(held, person, now))
            return held

    async def forget_me(self, session: int, person: PersonId) -> None:
        """Unsubscribe and take back the reminders that have not left."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session)
            await unit.ama.unsubscribe(held.id, person)
            prefix = f"{effects.remind_prefix(held)}{person}:"
            await unit.outbox.cancel_prefix(prefix, reason="ama.unsubscribed")

    async def move(
        self, session: int, starts: datetime, author: PersonId, now: datetime
    ) -> Session:
        """Move a session: everybody is told and reminded anew, questions and votes stay (M100)."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            home = await home_of(unit, held.community)
            await self._check(unit, home, starts, held.minutes, held.expert, now, but=held.id)
            moved = replace(
                held,
                state=move(held, "move"),
                starts=starts,
                sequence=held.sequence + 1,
                stage=None,
                expert_here=None,
            )
            await unit.ama.save(moved)
            await unit.outbox.cancel_prefix(effects.remind_prefix(held), reason="ama.moved")
            for subscriber in await unit.ama.subscribers(held.id):
                await unit.outbox.enqueue(
                    effects.told(moved, "moved", subscriber.person),
                    *effects.reminders(moved, subscriber.person, now),
                )
            await _announce(unit, moved, home)
            await record(unit, EventName.AMA_MOVED, moved, author, now)
            return moved

    async def cancel(self, session: int, author: PersonId, now: datetime) -> Session:
        """Cancel a session: subscribers and askers are told; open questions go to the expert in writing (M100)."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            cancelled = replace(
                held, state=move(held, "cancel"), sequence=held.sequence + 1, finished_at=now
            )
            await unit.ama.save(cancelled)
            await unit.outbox.cancel_prefix(effects.remind_prefix(held), reason="ama.cancelled")
            askers = {
                q.asker
                for q in await unit.ama.questions(held.id)
                if q.state in {Asked.OPEN, Asked.PENDING, Asked.STAGED}
            }
            people = {s.person for s in await unit.ama.subscribers(held.id)} | askers
            await unit.outbox.enqueue(
                *(effects.told(cancelled, "cancelled", person) for person in sorted(people))
            )
            home = await home_of(unit, held.community)
            topic = await topic_of(unit, home)
            await unit.outbox.enqueue(effects.in_topic(cancelled, home, topic, "cancelled"))
            await record(unit, EventName.AMA_CANCELLED, cancelled, author, now)
            return cancelled

    async def coming(self, community: CommunityId) -> list[Session]:
        """List the sessions announced and running, earliest first."""
        async with self.units.reading() as unit:
            every = await unit.ama.of_community(community)
        return [session for session in every if session.open_to_questions]

    async def get(self, session: int) -> Session:
        async with self.units.reading() as unit:
            return await session_of(unit, session)

    async def subscribers(self, session: int) -> list[Subscriber]:
        async with self.units.reading() as unit:
            return await unit.ama.subscribers(session)

    async def _check(
        self,
        unit: AmaUnit,
        home: Community,
        starts: datetime,
        minutes: int,
        expert: PersonId,
        now: datetime,
        but: int | None = None,
    ) -> None:
        day = local_day(starts, home.tz)
        check(
            starts,
            minutes,
            expert,
            others=[s for s in await unit.ama.of_community(home.id) if s.id != but],
            roster=await unit.duty.roster(home.id),
            frozen=await self.frozen.between(day, day),
            zone=home.tz,
            policy=self.policy,
            now=now,
        )


def entry(session: Session, *, cancelled: bool = False) -> Entry:
    """Make the calendar entry of a session; a later file with a higher sequence moves it."""
    return Entry(
        uid=f"ama-{session.id}@opora",
        start=session.starts,
        end=session.starts + timedelta(minutes=session.minutes),
        title=session.title,
        sequence=session.sequence,
        cancelled=cancelled or session.state is State.CANCELLED,
    )


async def session_of(unit: AmaUnit, session: int, *, lock: bool = False) -> Session:
    """Find a session. Refused: `ama.not_found`."""
    held = await unit.ama.get(session, lock=lock)
    if held is None:
        raise Refusal("ama.not_found")
    return held


async def home_of(unit: AmaUnit, community: CommunityId) -> Community:
    """Find the community of a session. Refused: `community.unknown`."""
    home = await unit.communities.get(community)
    if home is None:
        raise Refusal("community.unknown")
    return home


async def topic_of(unit: AmaUnit, home: Community) -> Topic | None:
    """Find the topic where sessions are held."""
    return fallback_topic(await unit.communities.topics(home.id), AMA_TOPIC, FALLBACK_TOPIC)


async def record(
    unit: AmaUnit, name: EventName, session: Session, actor: PersonId | None, now: datetime
) -> None:
    """Write a session's event."""
    facts = {"session": session.id, "community": session.community, "sequence": session.sequence}
    await unit.events.record(Event(name, now, actor=actor, facts=facts))


async def _announce(unit: AmaUnit, session: Session, home: Community) -> None:
    names = await unit.roles.names({session.expert})
    expert = names.get(session.expert, "…")
    topic = await topic_of(unit, home)
    await unit.outbox.enqueue(effects.announcement(session, home, topic, expert))
