"""Which community a chat belongs to, its topics, its settings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from community.model import Community, SettingChange, Topic, TopicState
from community.ports import CommunityUnit, Units
from community.words import message
from core.effects import Effect
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import CommunityId, PersonId
from core.roles import Role


@dataclass(frozen=True, slots=True)
class Places:
    """Reads communities and changes what staff may change in them."""

    units: Units

    async def at(self, chat: int) -> Community:
        """Find the community of a group or staff forum; in private, the only one there is.

        Refused: `community.unknown` when there is none or several to choose from.
        """
        async with self.units.reading() as unit:
            if (here := await unit.communities.by_chat(chat)) is not None:
                return here
            every = await unit.communities.all()
        if chat > 0 and len(every) == 1:
            return every[0]
        raise Refusal("community.unknown")

    async def person(self, telegram_id: int) -> PersonId:
        """Find a person by Telegram id. Refused: `person.not_found`."""
        async with self.units.reading() as unit:
            person = await unit.people.by_telegram(telegram_id)
        if person is None:
            raise Refusal("person.not_found")
        return person.id

    async def by_number(self, number: int) -> Community:
        """Find a community by its key. Refused: `community.unknown`."""
        async with self.units.reading() as unit:
            home = await unit.communities.get(CommunityId(number))
        if home is None:
            raise Refusal("community.unknown")
        return home

    async def experts(self, community: int, now: datetime) -> dict[PersonId, str]:
        """List the experts of a community by name."""
        async with self.units.reading() as unit:
            holders = await unit.roles.holders(Role.EXPERT, CommunityId(community), now)
            people = {grant.person for grant in holders}
            names = await unit.roles.names(people)
        return {person: names.get(person, f"№ {person}") for person in sorted(people)}

    async def names(self, people: Collection[PersonId]) -> dict[PersonId, str]:
        """Tell the names staff and helpers go by in the groups; never asked about parents."""
        async with self.units.reading() as unit:
            return await unit.roles.names(people)

    async def topics(self, community: CommunityId) -> list[Topic]:
        async with self.units.reading() as unit:
            return await unit.communities.topics(community)

    async def topic_changed(self, chat: int, thread: int, state: TopicState, now: datetime) -> None:
        """Record that a topic was closed, reopened or found gone (M61)."""
        async with self.units.begin() as unit:
            await unit.communities.set_topic_state(chat, thread, state, now)

    async def topic_gone(self, chat: int, thread: int) -> bool:
        """Note, once, that a topic was found deleted, and tell the staff how to make it again (M61).

        What would stand in it goes to the fallback topic meanwhile. False for a thread that is no topic of ours.
        """
        async with self.units.begin() as unit:
            topic = await unit.communities.topic_at(chat, thread)
            home = await unit.communities.get(topic.community) if topic is not None else None
            if topic is None or home is None or topic.state is TopicState.GONE:
                return False
            await unit.communities.set_topic_state(chat, thread, TopicState.GONE, unit.now)
            await unit.outbox.enqueue(*await _tell_gone(unit, home, topic))
            return True

    async def migrated(self, old: int, new: int) -> bool:
        """Follow a chat to its new id once, whichever of the two service messages comes first (M77 L77)."""
        async with self.units.begin() as unit:
            return await unit.communities.migrate(old, new)

    async def removed(self, chat: int, now: datetime, *, back: bool = False) -> None:
        """Record that the bot was put out of a community, or is back."""
        async with self.units.begin() as unit:
            if (home := await unit.communities.by_chat(chat)) is not None and home.chat == chat:
                await unit.communities.set_removed(home.id, None if back else now)

    async def change(
        self, community: CommunityId, name: str, value: Any, author: PersonId, now: datetime
    ) -> SettingChange:
        """Set one setting. Two admins at once: the last write stands, with its author (M103)."""
        async with self.units.begin() as unit:
            change = await unit.communities.change_setting(community, name, value, author, now)
            await unit.events.record(_changed(change))
            return change

    async def note(self, community: CommunityId, name: str, value: Any) -> None:
        """Remember something the bot itself found out (the pinned rules, the invite link)."""
        async with self.units.begin() as unit:
            await unit.communities.change_setting(community, name, value, PersonId(0), unit.now)

    async def undo(
        self, community: CommunityId, name: str, author: PersonId, now: datetime, *, change: int
    ) -> SettingChange:
        """Put back what stood before `change`. Refused: `settings.changed_since` when another write came after."""
        async with self.units.begin() as unit:
            last = await unit.communities.last_change(community, name)
            if last is None or last.id != change:
                raise Refusal("settings.changed_since")
            undone = await unit.communities.change_setting(
                community, name, last.before, author, now
            )
            await unit.events.record(_changed(undone))
            return undone


async def _tell_gone(unit: CommunityUnit, home: Community, topic: Topic) -> list[Effect]:
    """Tell the staff forum; where there is none, the owners and admins one by one."""
    key = f"topic:gone:{home.id}:{topic.thread}"
    facts = {"topic": topic.name}
    if home.staff_chat is not None:
        return [
            message(
                key,
                "community-topic-gone",
                chat=home.staff_chat,
                language=home.language,
                facts=facts,
            )
        ]
    holders = {
        grant.person
        for role in (Role.OWNER, Role.ADMIN)
        for grant in await unit.roles.holders(role, home.id, unit.now)
    }
    return [
        message(f"{key}:{person}", "community-topic-gone", person=person, facts=facts)
        for person in sorted(holders)
    ]


def _changed(change: SettingChange) -> Event:
    facts = {"community": change.community, "name": change.name, "change": change.id}
    return Event(EventName.SETTING_CHANGED, change.at, actor=change.author, facts=facts)


def fallback_topic(topics: list[Topic], wanted: str, fallback: str) -> Topic | None:
    """Choose where to write: the wanted topic while it is open, else the fallback, else nowhere (General) (M61)."""
    by_key = {topic.key: topic for topic in topics}
    for key in (wanted, fallback):
        if (topic := by_key.get(key)) is not None and topic.state is TopicState.OPEN:
            return topic
    return None
