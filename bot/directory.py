"""Who is who, from memory: people by Telegram id, their roles, the communities. Dropped when a commit changes it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

from bot.presence import Presence
from community.model import Community, Grant, Topic
from core.clock import Clock
from core.people import Person
from core.roles import Role
from storage.database import Database
from storage.unit import Unit

PEOPLE_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """A person as last read, or nobody we know; `grants` with what community each chat belongs to."""

    person: Person | None
    grants: tuple[Grant, ...]
    is_owner: bool
    directory: Directory

    def roles_in(self, chat_id: int | None) -> frozenset[Role]:
        """Tell the roles in force in a chat's community; in private, those of all communities together."""
        owner = frozenset({Role.OWNER}) if self.is_owner else frozenset()
        if not self.grants:
            return owner
        now = self.directory.clock.now()
        home = self.directory.community_of(chat_id)
        private = chat_id is None or chat_id > 0
        return owner | {
            grant.role
            for grant in self.grants
            if grant.holds(now) and (private or grant.covers(home.id if home is not None else None))
        }


class Directory:
    """Answers without a database round trip after the first look."""

    def __init__(self, database: Database, clock: Clock, owners: Collection[int]) -> None:
        self.clock = clock
        self._database = database
        self._owners = frozenset(owners)
        self._people: OrderedDict[int, Known] = OrderedDict()
        self._communities: dict[int, Community] = {}
        self._topics: dict[tuple[int, str], Topic] = {}
        self._staff: frozenset[int] = frozenset()
        self._stale = asyncio.Event()
        self.presence = Presence(database, clock)
        database.after_commit(self._committed)

    async def look(self, telegram_id: int) -> Known:
        """Find a person who did something, and their grants."""
        self.presence.note(telegram_id)
        known = self._people.get(telegram_id)
        if known is not None:
            return known
        async with self._database.reading() as unit:
            person = await unit.people.by_telegram(telegram_id)
            grants = tuple(await unit.roles.of_person(person.id)) if person is not None else ()
        known = Known(person, grants, telegram_id in self._owners, self)
        self._people[telegram_id] = known
        if len(self._people) > PEOPLE_KEPT:
            self._people.popitem(last=False)
        return known

    async def load_communities(self) -> None:
        """Read all communities and their topics; they are few."""
        async with self._database.reading() as unit:
            communities = await unit.communities.all()
            topics = [
                topic for each in communities for topic in await unit.communities.topics(each.id)
            ]
            staff = await unit.roles.everybody(unit.now)
        self._communities = {
            chat: each
            for each in communities
            for chat in (each.chat, each.staff_chat)
            if chat is not None
        }
        self._topics = {(topic.community, topic.key): topic for topic in topics}
        self._staff = frozenset(staff)

    async def run(self) -> None:
        """Read communities and staff again whenever a commit changed them."""
        while True:
            await self._stale.wait()
            self._stale.clear()
            await self.load_communities()

    def community_of(self, chat_id: int | None) -> Community | None:
        """Find the community of a supergroup or staff forum."""
        return self._communities.get(chat_id) if chat_id is not None else None

    def communities(self) -> list[Community]:
        """List the communities, oldest first."""
        return sorted(
            {each.id: each for each in self._communities.values()}.values(), key=lambda c: c.id
        )

    def is_staff(self, telegram_id: int) -> bool:
        """Tell whether somebody has, or had since the last look, any role anywhere."""
        return telegram_id in self._staff or telegram_id in self._owners

    def is_topic(self, chat_id: int, thread: int | None, key: str) -> bool:
        """Tell whether a thread of a chat is the topic of this key."""
        home = self._communities.get(chat_id)
        topic = self._topics.get((home.id, key)) if home is not None else None
        return topic is not None and topic.chat == chat_id and topic.thread == thread

    def topic(self, community: Community, key: str) -> Topic | None:
        """Find a topic by our key."""
        return self._topics.get((community.id, key))

    def _committed(self, unit: Unit) -> None:
        used = vars(unit)
        if ("roles" in used and unit.roles.changed) or (
            "communities" in used and unit.communities.changed
        ):
            self._stale.set()
        if ("roles" in used and unit.roles.changed) or "erasures" in used:
            self._people.clear()
        elif "people" in used:
            for telegram_id in unit.people.touched:
                self._people.pop(telegram_id, None)
            for person in unit.people.touched_people:
                self._drop_person(person)

    def _drop_person(self, person: int) -> None:
        for telegram_id, known in list(self._people.items()):
            if known.person is not None and known.person.id == person:
                del self._people[telegram_id]
