"""Facts for moderation, read on a miss of its memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from community.model import GENERAL_THREAD, Topic
from core.roles import Role
from moderation.cases import SanctionKind
from moderation.facts import (
    NEWCOMER,
    AuthorFacts,
    ChatFacts,
    Past,
    StaffName,
    Strike,
    TopicFacts,
    TopicMode,
)
from moderation.memory import RECENT_KEPT, RECENT_WINDOW, Album
from storage.database import Database
from storage.tables.community import communities, community_members, role_grants
from storage.tables.moderation import members, messages, sanctions
from storage.tables.people import people
from storage.unit import Unit

STRIKES_REMEMBERED = timedelta(days=365)


class StoredFacts:
    """Loads authors and chats for `moderation.memory`.

    `plans`: settings of each topic as content/community.yaml tells them; a community's own settings lie over them.
    """

    def __init__(
        self,
        database: Database,
        bot_id: int,
        owners: Collection[int],
        site_domains: Collection[str],
        plans: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self._database = database
        self._bot_id = bot_id
        self._owners = frozenset(owners)
        self._domains = frozenset(site_domains)
        self._plans = plans or {}

    async def author(self, chat_id: int, user_id: int) -> AuthorFacts:
        """Read an author's standing in a chat; a stranger costs one statement."""
        async with self._database.reading() as unit:
            if user_id not in self._owners and not await _is_known(unit, chat_id, user_id):
                return NEWCOMER
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
            own = {t.key: self._settings(t.key, settings) for t in topics if t.chat == chat_id}
            return ChatFacts(
                chat_id=chat_id,
                zone=community.zone,
                topic=_topic(topic_id, topic, community.title, own),
                linked_channel_id=settings.get("linked_channel"),
                own_bot_id=self._bot_id,
                staff=await _staff(unit, community.id),
                allowed_domains=self._domains | frozenset(settings.get("domains", ())),
                allowed_bots=frozenset(settings.get("inline_bots", ())),
                subjects={
                    own[t.key]["subject"]: t.name
                    for t in topics
                    if t.chat == chat_id and own[t.key].get("subject")
                },
                raid_until=await _raid(unit, chat_id),
            )

    async def version(self, chat_id: int, message_id: int) -> int | None:
        """Read the hash of a message as last seen."""
        async with self._database.reading() as unit:
            return await unit.messages.version(chat_id, message_id)

    async def album(self, chat_id: int, album_id: str) -> Album:
        """Read what is known of an album."""
        async with self._database.reading() as unit:
            parts = await unit.messages.album(chat_id, album_id)
            return Album(tuple(parts), await unit.cases.condemned_album(chat_id, album_id))

    def _settings(self, key: str, settings: Mapping[str, Any]) -> dict[str, Any]:
        return {**self._plans.get(key, {}), **settings.get("topics", {}).get(key, {})}

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
    {
        "media_allowed",
        "links_allowed",
        "forwards_allowed",
        "images_allowed",
        "slow_seconds",
        "subject",
    }
)


def _topic(
    topic_id: int | None, topic: Topic | None, title: str, own: Mapping[str, Mapping[str, Any]]
) -> TopicFacts:
    if topic is None:
        return TopicFacts(topic_id=topic_id, title=title)
    settings = own.get(topic.key, {})
    chosen = {key: value for key, value in settings.items() if key in TOPIC_SETTINGS}
    mode = TopicMode(settings.get("mode", TopicMode.OPEN))
    return TopicFacts(topic_id=topic_id, title=topic.name, mode=mode, **chosen)


async def _raid(unit: Unit, chat_id: int) -> datetime | None:
    gate = await unit.chats.gate(chat_id)
    return gate.until if gate is not None else None


async def _is_known(unit: Unit, chat_id: int, user_id: int) -> bool:
    """Tell whether anything at all is stored about an author."""
    found = (
        sa.exists().where(people.c.telegram_id == user_id),
        sa.exists().where(members.c.chat_id == chat_id, members.c.user_id == user_id),
        sa.exists().where(sanctions.c.chat_id == chat_id, sanctions.c.user_id == user_id),
        sa.exists().where(
            community_members.c.community_id == communities.c.id,
            communities.c.chat_id == chat_id,
            community_members.c.telegram_id == user_id,
        ),
    )
    return bool(await unit.connection.scalar(sa.select(sa.or_(*found))))


async def _counts(unit: Unit, chat_id: int, user_id: int) -> tuple[int, bool]:
    query = sa.select(members.c.messages, members.c.trusted).where(
        members.c.chat_id == chat_id, members.c.user_id == user_id
    )
    row = (await unit.connection.execute(query)).first()
    return (row.messages, row.trusted) if row is not None else (0, False)


async def _strikes(unit: Unit, chat_id: int, user_id: int) -> tuple[tuple[Strike, ...], int]:
    """Read strikes, those that cost nothing included: they end a rule's first time."""
    given = [
        s
        for s in await unit.cases.sanctions_of(chat_id, user_id)
        if s.ended_at is None or s.kind is not SanctionKind.WARN
    ]
    recent = unit.now - STRIKES_REMEMBERED
    strikes = tuple(
        Strike(s.since, s.rule, s.points)
        for s in given
        if s.kind is SanctionKind.WARN and s.since > recent
    )
    return strikes, len({s.case_id for s in given})


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


async def _staff(unit: Unit, community: int) -> tuple[StaffName, ...]:
    query = (
        sa.select(people.c.id, people.c.display_name, people.c.username)
        .join(role_grants, role_grants.c.person_id == people.c.id)
        .where(
            role_grants.c.withdrawn_at.is_(None),
            people.c.display_name.is_not(None),
            sa.or_(role_grants.c.community_id.is_(None), role_grants.c.community_id == community),
        )
        .distinct()
    )
    return tuple(
        StaffName(row.id, row.display_name, row.username or "")
        for row in await unit.connection.execute(query)
    )
