"""Coming and going: join requests, arrivals, greetings, departures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from community.joining import SURGE_WINDOW, Gate, JoinDecision, JoinFacts, decide, greeting_topic
from community.model import Community, JoinRequest, Membership, address
from community.places import fallback_topic
from community.ports import CommunityUnit, Units
from community.words import act, message
from core.cohorts import Cohort, cohort_of
from core.effects import Effect, Kind, MessageClass
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId, PersonId, TelegramId
from core.people import Person

Consented = Callable[[CommunityUnit, PersonId], Awaitable[bool]]
"""Asks the consent engine, inside our unit, whether the person's consent to the service is in force."""

SURGE_LIMIT = 20
"""Arrivals in SURGE_WINDOW from which requests wait for a moderator; a community's `surge_limit` overrides it."""
STAGES_DONE = frozenset({"done"})
STATES = {
    Gate.APPROVE: "approved",
    Gate.ASK: "asked",
    Gate.QUEUE: "queued",
    Gate.DECLINE: "declined",
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who came in: the Telegram id and the first name shown in the group."""

    telegram_id: TelegramId
    name: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Lets people in, greets them once, remembers who left.

    `topics_by_cohort` maps a cohort to the key of the topic where its parents are greeted.
    """

    units: Units
    consented: Consented
    topics_by_cohort: Mapping[str, str]

    async def knock(
        self, chat: int, telegram_id: TelegramId, now: datetime, *, by_query: bool
    ) -> JoinDecision:
        """Decide on a join request and keep it. By query the caller answers in 10 s (M51), else the outbox does.

        Whatever the decision, the request stays visible to staff until it is settled. Refused: `community.unknown`.
        """
        async with self.units.begin() as unit:
            home = await _home(unit, chat)
            person = await unit.people.by_telegram(telegram_id)
            decision = decide(await self._facts(unit, home, telegram_id, person, now))
            await self._keep(unit, home, telegram_id, decision, now=now)
            if not by_query:
                await unit.outbox.enqueue(*_answer(home, telegram_id, decision.gate, now))
            return decision

    async def let_in(self, unit: CommunityUnit, person: Person, now: datetime) -> int:
        """Approve, inside the caller's unit, what waited for this person's consent; tell how many requests."""
        if person.telegram_id is None:
            return 0
        approved = 0
        for request in await unit.memberships.open_requests(person.telegram_id):
            home = await unit.communities.get(request.community)
            if home is None or request.state != "asked":
                continue
            facts = await self._facts(unit, home, person.telegram_id, person, now)
            decision = decide(replace(facts, known=True))
            await self._keep(unit, home, person.telegram_id, decision, now=now, before=request)
            await unit.outbox.enqueue(*_answer(home, person.telegram_id, decision.gate, now))
            approved += decision.gate is Gate.APPROVE
        return approved

    async def settle(
        self, chat: int, telegram_id: TelegramId, author: PersonId, now: datetime, *, approve: bool
    ) -> None:
        """Decide on a waiting request as a moderator. Refused: `join.settled` when somebody was faster."""
        gate = Gate.APPROVE if approve else Gate.DECLINE
        async with self.units.begin() as unit:
            home = await _home(unit, chat)
            request = await unit.memberships.request(home.id, telegram_id)
            if request is None or request.settled_at is not None:
                raise Refusal("join.settled")
            decision = JoinDecision(gate, "staff")
            await self._keep(
                unit, home, telegram_id, decision, now=now, before=request, author=author
            )
            await unit.outbox.enqueue(*_answer(home, telegram_id, gate, now))

    async def gone(self, chat: int, telegram_id: TelegramId, now: datetime) -> None:
        """Close a request whose author cancelled it: answering it would fail for ever (M52)."""
        async with self.units.begin() as unit:
            home = await _home(unit, chat)
            request = await unit.memberships.request(home.id, telegram_id)
            if request is not None and request.settled_at is None:
                closed = replace(request, state="gone", settled_at=now)
                await unit.memberships.save_request(closed)

    async def waiting(self) -> list[JoinRequest]:
        """List requests that nobody has settled, oldest first."""
        async with self.units.reading() as unit:
            return await unit.memberships.open_requests()

    async def arrived(
        self,
        chat: int,
        newcomers: Sequence[Newcomer],
        now: datetime,
        *,
        service_message: int | None = None,
    ) -> int:
        """Record arrivals and greet them once, whichever update tells first (M54). A surge is not greeted (M53).

        `service_message` is Telegram's own notice of it, to be removed. Tells how many are really new in the room.
        """
        async with self.units.begin() as unit:
            if (home := await unit.communities.by_chat(chat)) is None:
                return 0
            fresh: list[tuple[Newcomer, Membership]] = []
            for newcomer in newcomers:
                joined = await unit.memberships.joined(home.id, newcomer.telegram_id, now)
                if joined is not None:
                    fresh.append((newcomer, joined))
                    await self._came(unit, home, newcomer, now)
            lately = await unit.memberships.joined_since(home.id, now - SURGE_WINDOW)
            if fresh and lately < _surge_limit(home):
                await unit.outbox.enqueue(await self._greeting(unit, home, fresh, now))
            if service_message is not None:
                await unit.outbox.enqueue(_tidy(home, service_message))
            return len(fresh)

    async def departed(
        self, chat: int, telegram_id: TelegramId, now: datetime, *, banned: bool
    ) -> None:
        """Record a departure; a greeting that has not left yet is cancelled (M55)."""
        async with self.units.begin() as unit:
            if (home := await unit.communities.by_chat(chat)) is None:
                return
            known = await unit.memberships.get(home.id, telegram_id)
            status = "banned" if banned else "left"
            if known is None or not await unit.memberships.left(home.id, telegram_id, status, now):
                return
            await unit.outbox.cancel(_greeting_key(home, known), reason="member.left")
            person = await unit.people.by_telegram(telegram_id)
            facts = {"community": home.id, "status": status}
            who = person.id if person is not None else None
            await unit.events.record(Event(EventName.MEMBER_LEFT, now, person=who, facts=facts))

    async def tidy(self, chat: int, message_id: int) -> None:
        """Remove a join or leave service message."""
        async with self.units.begin() as unit:
            if (home := await unit.communities.by_chat(chat)) is not None:
                await unit.outbox.enqueue(_tidy(home, message_id))

    async def _facts(
        self,
        unit: CommunityUnit,
        home: Community,
        telegram_id: TelegramId,
        person: Person | None,
        now: datetime,
    ) -> JoinFacts:
        member = await unit.memberships.get(home.id, telegram_id)
        return JoinFacts(
            known=person is not None and person.stage in STAGES_DONE,
            consented=person is not None and await self.consented(unit, person.id),
            banned=member is not None and member.status == "banned",
            joined_lately=await unit.memberships.joined_since(home.id, now - SURGE_WINDOW),
            surge_limit=_surge_limit(home),
        )

    async def _keep(
        self,
        unit: CommunityUnit,
        home: Community,
        telegram_id: TelegramId,
        decision: JoinDecision,
        *,
        now: datetime,
        before: JoinRequest | None = None,
        author: PersonId | None = None,
    ) -> None:
        settled = decision.gate in {Gate.APPROVE, Gate.DECLINE}
        await unit.memberships.save_request(
            JoinRequest(
                community=home.id,
                telegram_id=telegram_id,
                asked_at=before.asked_at if before is not None else now,
                state=STATES[decision.gate],
                reason=decision.reason,
                settled_at=now if settled else None,
            )
        )
        name = {
            Gate.APPROVE: EventName.JOIN_APPROVED,
            Gate.DECLINE: EventName.JOIN_DECLINED,
        }.get(decision.gate, EventName.JOIN_REQUESTED)
        facts = {"community": home.id, "reason": decision.reason}
        await unit.events.record(Event(name, now, actor=author, facts=facts))

    async def _came(
        self, unit: CommunityUnit, home: Community, newcomer: Newcomer, now: datetime
    ) -> None:
        person = await unit.people.by_telegram(newcomer.telegram_id)
        who = person.id if person is not None else None
        await unit.events.record(
            Event(EventName.MEMBER_JOINED, now, person=who, facts={"community": home.id})
        )

    async def _greeting(
        self,
        unit: CommunityUnit,
        home: Community,
        fresh: Sequence[tuple[Newcomer, Membership]],
        now: datetime,
    ) -> Effect:
        topics = await unit.communities.topics(home.id)
        first, membership = fresh[0]
        wanted = greeting_topic(await _cohorts(unit, first, now), self.topics_by_cohort)
        topic = fallback_topic(topics, wanted, "parents")
        if len(fresh) > 1:
            names = ", ".join(newcomer.name for newcomer, _ in fresh)
            text, facts = "community-greeting-many", {"names": names}
        else:
            text = "community-greeting" if membership.visits == 1 else "community-returned"
            facts = {"name": first.name}
        return message(
            _greeting_key(home, membership),
            text,
            chat=home.chat,
            topic=address(topic),
            language=home.language,
            facts=facts,
            message_class=MessageClass.CONTROL,
            reasons=(f"member joined, topic {wanted}",),
        )


async def _home(unit: CommunityUnit, chat: int) -> Community:
    home = await unit.communities.by_chat(chat)
    if home is None:
        raise Refusal("community.unknown")
    return home


async def _cohorts(unit: CommunityUnit, newcomer: Newcomer, now: datetime) -> list[Cohort]:
    person = await unit.people.by_telegram(newcomer.telegram_id)
    if person is None:
        return []
    children = await unit.people.children_of(person.id)
    return [cohort_of(child.born, now.date()) for child in children]


def _surge_limit(home: Community) -> int:
    return int(home.settings.get("surge_limit", SURGE_LIMIT))


def _greeting_key(home: Community, membership: Membership) -> str:
    return f"greeting:{home.id}:{membership.telegram_id}:{membership.visits}"


def _tidy(home: Community, message_id: int) -> Effect:
    key = f"tidy:{home.id}:{message_id}"
    return act(key, Kind.DELETE, home.chat, message_ids=[message_id])


def _answer(home: Community, telegram_id: int, gate: Gate, now: datetime) -> list[Effect]:
    """Make the classic answer to a join request; waiting ones get none."""
    kind = {Gate.APPROVE: Kind.APPROVE_JOIN, Gate.DECLINE: Kind.DECLINE_JOIN}.get(gate)
    if kind is None:
        return []
    key = f"join:{home.id}:{telegram_id}:{int(now.timestamp())}"
    return [act(key, kind, ChatId(home.chat), user_id=telegram_id)]
