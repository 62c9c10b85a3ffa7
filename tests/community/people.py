"""People and places the community's tests start from."""

from __future__ import annotations

from dataclasses import dataclass

from community.model import Community, Speciality, Topic, TopicState
from core.ids import ChatId, PersonId, TelegramId
from core.roles import Role
from storage.database import Database

CHAT = ChatId(-1001000000001)
STAFF = ChatId(-1001000000002)
ZONE = "Europe/Moscow"

OWNER, ADMIN, MODERATOR, EXPERT, OTHER_EXPERT, MENTOR, PARENT, OTHER_PARENT = range(101, 109)
"""Telegram ids of the cast."""

_ROLES = {
    OWNER: (Role.OWNER, None),
    ADMIN: (Role.ADMIN, None),
    MODERATOR: (Role.MODERATOR, None),
    EXPERT: (Role.EXPERT, Speciality.PSYCHOLOGIST),
    OTHER_EXPERT: (Role.EXPERT, Speciality.PSYCHOLOGIST),
    MENTOR: (Role.MENTOR, None),
}
TOPICS = {
    "parents": (CHAT, 11),
    "preschool": (CHAT, 12),
    "experts": (CHAT, 13),
    "ama": (CHAT, 14),
    "escalations": (STAFF, 21),
    "staff_mentors": (STAFF, 22),
    "reports": (STAFF, 23),
    "ama-desk": (STAFF, 24),
}


@dataclass(frozen=True, slots=True)
class School:
    """A community with a staff forum and one person of every role."""

    database: Database
    community: Community
    people: dict[int, PersonId]

    def person(self, telegram_id: int) -> PersonId:
        return self.people[telegram_id]

    async def planned(self, prefix: str = "") -> list[dict[str, object]]:
        """List open outbox rows by key prefix, oldest first."""
        import sqlalchemy as sa

        from storage.tables.delivery import outbox

        async with self.database.reading() as unit:
            query = (
                sa.select(outbox)
                .where(
                    outbox.c.key.startswith(prefix, autoescape=True), outbox.c.state == "planned"
                )
                .order_by(outbox.c.id)
            )
            return [dict(row) for row in (await unit.connection.execute(query)).mappings()]

    async def events(self, name: str) -> int:
        import sqlalchemy as sa

        from storage.tables.intake import events

        async with self.database.reading() as unit:
            query = sa.select(sa.func.count()).where(events.c.name == name)
            return int((await unit.connection.execute(query)).scalar_one())


async def found(database: Database) -> School:
    """Found the school."""
    async with database.begin() as unit:
        community = await unit.communities.add(CHAT, "Школа", "ru", ZONE, unit.now)
        await unit.communities.set_staff_chat(community.id, STAFF)
        for key, (chat, thread) in TOPICS.items():
            topic = Topic(community.id, key, chat, thread, key, TopicState.OPEN)
            await unit.communities.save_topic(topic, unit.now)
        people = {}
        for telegram_id in range(OWNER, OTHER_PARENT + 1):
            person = await unit.people.add(TelegramId(telegram_id), "ru", unit.now)
            await unit.people.change(person.id, stage="done", zone=ZONE)
            people[telegram_id] = person.id
        for telegram_id, (role, speciality) in _ROLES.items():
            await unit.roles.add(
                people[telegram_id],
                role,
                community=community.id,
                author=None,
                now=unit.now,
                speciality=speciality,
            )
        refreshed = await unit.communities.get(community.id)
    assert refreshed is not None
    return School(database, refreshed, people)
