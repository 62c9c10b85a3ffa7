"""Facts for moderation, read on a miss of its memory."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa

from community.model import GENERAL_THREAD
from core.roles import Role
from moderation.facts import AuthorFacts, ChatFacts, Past, StaffName, Strike, TopicFacts
from moderation.memory import RECENT_KEPT, RECENT_WINDOW
from storage.database import Database
from storage.tables.community import community_members, role_grants
from storage.tables.moderation import members, messages
from storage.tables.people import people
from storage.unit import Unit

STRIKES_REMEMBERED = timedelta(days=365)


class StoredFacts:
    """Loads authors and chats for `moderation.memory`."""

    def __init__(
        self,
        database: Database,
        bot_id: int,
        owners: Collection[int],
        site_domains: Collection[str],
    ) -> None:
        self._database = database
        self._bot_id = bot_id
        self._owners = frozenset(owners)
        self._domains = frozenset(site_domains)

    async def author(self, chat_id: int, user_id: int) -> AuthorFacts:
        """Read an author's standing in a chat."""
        async with self._database.reading() as unit:
            community = await unit.communities.by_chat(chat_id)
            count, trusted = await _counts(unit, chat_id, user_id)
            joined = None
            if community is not None:
                joined = await unit.connection.scalar(
                    sa.select(community_members.c.joined_at).where(
                        community_members.c.community_id == community.id,
                        community_members.c.telegram_id == user_id,
                    )
                )
            strikes, violations = await _strikes(unit, chat_id, user_id)
            return AuthorFacts(
                roles=await self._roles(unit, user_id, community.id if community else None),
                joined_at=joined,
                messages_before=count,
                strikes=strikes,
                violations=violations,
                is_trusted=trusted,
                recent=await _recent(unit, chat_id, user_id),
            )

    async def chat(self, chat_id: int, topic_id: int | None) -> ChatFacts:
        """Read a chat and one of its topics."""
        async with self._database.reading() as unit:
            community = await unit.communities.by_chat(chat_id)
            if community is None:
                return ChatFacts(
                    chat_id=chat_id, own_bot_id=self._bot_id, allowed_domains=self._domains
                )
            topics = await unit.communities.topics(community.id)
            here = topic_id or GENERAL_THREAD
            topic = next((t for t in topics if t.chat == chat_id and t.thread == here), None)
            settings = community.settings
            per_topic = settings.get("topics", {}).get(topic.key, {}) if topic else {}
            return ChatFacts(
                chat_id=chat_id,
                zone=community.zone,
                topic=TopicFacts(
                    topic_id=topic_id,
                    title=topic.name if topic is not None else community.title,
                    **{key: value for key, value in per_topic.items() if key in TOPIC_SETTINGS},
                ),
                linked_channel_id=settings.get("linked_channel"),
                own_bot_id=self._bot_id,
                staff=await _staff(unit),
                allowed_domains=self._domains | frozenset(settings.get("domains", ())),
            )

    async def _roles(self, unit: Unit, user_id: int, community: int | None) -> frozenset[str]:
        granted: set[str] = {Role.OWNER.value} if user_id in self._owners else set()
        person = await unit.people.by_telegram(user_id)
        if person is not None:
            granted |= {
                grant.role.value
                for grant in await unit.roles.of_person(person.id)
                if grant.holds(unit.now)
                and (grant.community is None or grant.community == community)
            }
        return frozenset(granted)


TOPIC_SETTINGS = frozenset(
    {"mode", "media_allowed", "links_allowed", "forwards_allowed", "images_allowed", "slow_seconds"}
)


async def _counts(unit: Unit, chat_id: int, user_id: int) -> tuple[int, bool]:
    query = sa.select(members.c.messages, members.c.trusted).where(
        members.c.chat_id == chat_id, members.c.user_id == user_id
    )
    row = (await unit.connection.execute(query)).first()
    return (row.messages, row.trusted) if row is not None else (0, False)


async def _strikes(unit: Unit, chat_id: int, user_id: int) -> tuple[tuple[Strike, ...], int]:
    held = [s for s in await unit.cases.sanctions_of(chat_id, user_id) if s.ended_at is None]
    recent = unit.now - STRIKES_REMEMBERED
    strikes = tuple(
        Strike(s.since, s.rule, s.points) for s in held if s.points and s.since > recent
    )
    return strikes, len({s.case_id for s in held})


async def _recent(unit: Unit, chat_id: int, user_id: int) -> tuple[Past, ...]:
    query = (
        sa.select(messages)
        .where(
            messages.c.chat_id == chat_id,
            messages.c.author_id == user_id,
            messages.c.at > unit.now - RECENT_WINDOW,
        )
        .order_by(messages.c.at.desc())
        .limit(RECENT_KEPT)
    )
    rows = (await unit.connection.execute(query)).mappings().all()
    return tuple(
        Past(
            at=row["at"],
            message_id=row["message_id"],
            topic_id=row["topic_id"],
            fingerprint=row["fingerprint"],
            signals=frozenset(row["signals"].split()),
            has_media=row["has_media"],
        )
        for row in reversed(rows)
    )


async def _staff(unit: Unit) -> tuple[StaffName, ...]:
    query = (
        sa.select(people.c.id, people.c.display_name, people.c.username)
        .join(role_grants, role_grants.c.person_id == people.c.id)
        .where(role_grants.c.withdrawn_at.is_(None), people.c.display_name.is_not(None))
        .distinct()
    )
    return tuple(
        StaffName(row.id, row.display_name, row.username or "")
        for row in await unit.connection.execute(query)
    )
