"""Requests to join: decided at once where the facts suffice, shown to the staff where they do not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from community.joining import SURGE_WINDOW, Gate, JoinDecision, JoinFacts, decide, surge_limit
from community.model import Community, JoinRequest, address
from community.places import fallback_topic
from community.ports import CommunityUnit, Units
from community.words import act, message, word
from core.effects import Effect, Kind
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId, PersonId, TelegramId
from core.people import Person

Consented = Callable[[CommunityUnit, PersonId], Awaitable[bool]]
"""Asks the consent engine, inside our unit, whether the person's consent to the service is in force."""

DESK_TOPIC = "reports"
"""Staff topic where waiting requests are shown."""
STAGES_DONE = frozenset({"done"})
STATES = {
    Gate.APPROVE: "approved",
    Gate.ASK: "asked",
    Gate.QUEUE: "queued",
    Gate.DECLINE: "declined",
}

WHY = {
    "surge": "community-join-why-surge",
    "late": "community-join-why-late",
    "unreached": "community-join-why-unreached",
}
"""Why a request waits for the staff, in words."""


@dataclass(frozen=True, slots=True)
class JoinRequests:
    """Lets people in or leaves that to the staff. Whatever the decision, a request is kept until it is settled."""

    units: Units
    consented: Consented

    async def knock(
        self, chat: int, telegram_id: TelegramId, now: datetime, *, by_query: bool, name: str = ""
    ) -> JoinDecision:
        """Decide on a join request and keep it. By query the caller answers in 10 s (M51), else the outbox does.

        What waits for a moderator is shown to the staff under `name`. Refused: `community.unknown`.
        """
        async with self.units.begin() as unit:
            home = await _home(unit, chat)
            person = await unit.people.by_telegram(telegram_id)
            decision = decide(await self._facts(unit, home, telegram_id, person, now))
            await self._keep(unit, home, telegram_id, decision, now=now)
            if not by_query:
                await unit.outbox.enqueue(*_answer(home, telegram_id, decision.gate, now))
            if decision.gate is Gate.QUEUE:
                await _show(unit, home, telegram_id, name, decision.reason)
            return decision

    async def too_late(self, chat: int, telegram_id: TelegramId, name: str, now: datetime) -> None:
        """Settle a request whose query could not be answered in time as any other one; the staff sees it (M51)."""
        async with self.units.begin() as unit:
            home = await _home(unit, chat)
            request = await unit.memberships.request(home.id, telegram_id)
            if request is None:
                return
            gate = next((gate for gate, state in STATES.items() if state == request.state), None)
            if gate in {Gate.APPROVE, Gate.DECLINE}:
                await unit.outbox.enqueue(*_answer(home, telegram_id, gate, now))
            elif gate is Gate.ASK:
                await self._to_staff(unit, home, request, name, "late")

    async def out_of_reach(self, chat: int, telegram_id: TelegramId, name: str) -> None:
        """Hand a request to the staff whose author the bot cannot write to: nobody would ask for the consent (M56)."""
        async with self.units.begin() as unit:
            home = await _home(unit, chat)
            request = await unit.memberships.request(home.id, telegram_id)
            if request is not None and request.state == STATES[Gate.ASK]:
                await self._to_staff(unit, home, request, name, "unreached")

    async def _to_staff(
        self, unit: CommunityUnit, home: Community, request: JoinRequest, name: str, reason: str
    ) -> None:
        await unit.memberships.save_request(replace(request, reason=reason))
        await _show(unit, home, request.telegram_id, name, reason)

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

    async def release(self, now: datetime) -> int:
        """Let in those whom only a surge kept waiting, once it is over; tell how many (M53).

        Who still owes a consent stays with the staff: the bot may not write to them any more.
        """
        async with self.units.reading() as look:
            waiting = await look.memberships.open_requests()
        released = 0
        for request in waiting:
            if (request.state, request.reason) != (STATES[Gate.QUEUE], "surge"):
                continue
            async with self.units.begin() as unit:
                home = await unit.communities.get(request.community)
                held = await unit.memberships.request(request.community, request.telegram_id)
                if home is None or held is None or held.settled_at is not None:
                    continue
                person = await unit.people.by_telegram(held.telegram_id)
                decision = decide(await self._facts(unit, home, held.telegram_id, person, now))
                if decision.gate is not Gate.APPROVE:
                    continue
                await self._keep(unit, home, held.telegram_id, decision, now=now, before=held)
                await unit.outbox.enqueue(*_answer(home, held.telegram_id, decision.gate, now))
                released += 1
        return released

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

    async def waiting(self) -> list[JoinRequest]:
        """List requests that nobody has settled, oldest first."""
        async with self.units.reading() as unit:
            return await unit.memberships.open_requests()

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
            surge_limit=surge_limit(home.settings),
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


async def _home(unit: CommunityUnit, chat: int) -> Community:
    home = await unit.communities.by_chat(chat)
    if home is None:
        raise Refusal("community.unknown")
    return home


async def _show(
    unit: CommunityUnit, home: Community, telegram_id: int, name: str, reason: str
) -> None:
    """Show a waiting request to the staff with buttons that settle it."""
    if home.staff_chat is None:
        return
    topics = [t for t in await unit.communities.topics(home.id) if t.chat == home.staff_chat]
    data = f"{home.chat}:{telegram_id}"
    await unit.outbox.enqueue(
        message(
            await _card_key(unit, home, telegram_id),
            "community-join-card",
            chat=home.staff_chat,
            topic=address(fallback_topic(topics, DESK_TOPIC, DESK_TOPIC)),
            language=home.language,
            facts={"name": name or "…", "reason": word(WHY[reason])},
            buttons=(
                (
                    ("community-join-yes-button", f"join:yes:{data}"),
                    ("community-join-no-button", f"join:no:{data}"),
                ),
            ),
        )
    )


async def _card_key(unit: CommunityUnit, home: Community, telegram_id: int) -> str:
    request = await unit.memberships.request(home.id, telegram_id)
    asked = int(request.asked_at.timestamp()) if request is not None else 0
    return f"join-card:{home.id}:{telegram_id}:{asked}"


def _answer(home: Community, telegram_id: int, gate: Gate, now: datetime) -> list[Effect]:
    """Make the classic answer to a join request; waiting ones get none."""
    kind = {Gate.APPROVE: Kind.APPROVE_JOIN, Gate.DECLINE: Kind.DECLINE_JOIN}.get(gate)
    if kind is None:
        return []
    key = f"join:{home.id}:{telegram_id}:{int(now.timestamp())}"
    return [act(key, kind, ChatId(home.chat), user_id=telegram_id)]
