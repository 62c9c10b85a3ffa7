"""Coming and going: arrivals, greetings, departures. Who may come in: `community.join_requests`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from community.joining import SURGE_WINDOW, greeting_topic, surge_limit
from community.model import Community, Membership, address
from community.places import fallback_topic
from community.ports import CommunityUnit, Units
from community.words import act, message
from core.cohorts import Cohort, cohort_of
from core.effects import Effect, Kind, MessageClass
from core.events import Event, EventName
from core.ids import TelegramId


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who came in: the Telegram id and the first name shown in the group."""

    telegram_id: TelegramId
    name: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Greets who came in, once; remembers who left.

    `topics_by_cohort` maps a cohort to the key of the topic where its parents are greeted.
    """

    units: Units
    topics_by_cohort: Mapping[str, str]

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
            if fresh and lately < surge_limit(home.settings):
                await unit.outbox.enqueue(await self._greeting(unit, home, fresh, now))
            if service_message is not None:
                await unit.outbox.enqueue(_tidy(home, service_message))
            return len(fresh)

    async def departed(
        self, chat: int, telegram_id: TelegramId, now: datetime, *, banned: bool
    ) -> None:
        """Record a departure; a greeting that has not left yet is cancelled (M55), that of a banned one is removed."""
        async with self.units.begin() as unit:
            if (home := await unit.communities.by_chat(chat)) is None:
                return
            known = await unit.memberships.get(home.id, telegram_id)
            status = "banned" if banned else "left"
            if known is None or not await unit.memberships.left(home.id, telegram_id, status, now):
                return
            greeting = _greeting_key(home, known)
            await unit.outbox.cancel(greeting, reason="member.left")
            if banned and (shown := await unit.outbox.sent_message(greeting)) is not None:
                await unit.outbox.enqueue(_tidy(home, shown))
            person = await unit.people.by_telegram(telegram_id)
            facts = {"community": home.id, "status": status}
            who = person.id if person is not None else None
            await unit.events.record(Event(EventName.MEMBER_LEFT, now, person=who, facts=facts))

    async def tidy(self, chat: int, message_id: int) -> None:
        """Remove a join or leave service message."""
        async with self.units.begin() as unit:
            if (home := await unit.communities.by_chat(chat)) is not None:
                await unit.outbox.enqueue(_tidy(home, message_id))

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


async def _cohorts(unit: CommunityUnit, newcomer: Newcomer, now: datetime) -> list[Cohort]:
    person = await unit.people.by_telegram(newcomer.telegram_id)
    if person is None:
        return []
    children = await unit.people.children_of(person.id)
    return [cohort_of(child.born, now.date()) for child in children]


def _greeting_key(home: Community, membership: Membership) -> str:
    return f"greeting:{home.id}:{membership.telegram_id}:{membership.visits}"


def _tidy(home: Community, message_id: int) -> Effect:
    key = f"tidy:{home.id}:{message_id}"
    return act(key, Kind.DELETE, home.chat, message_ids=[message_id])
