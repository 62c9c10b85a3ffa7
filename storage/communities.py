"""Communities, their topics and their settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community.model import Community, SettingChange, Topic, TopicState
from core.ids import ChatId, CommunityId, PersonId
from storage.tables.community import communities, community_settings_log, community_topics


class Communities:
    """Every community is found by its chat, its staff forum or its key."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.changed = False
        """True once this unit wrote: what is remembered elsewhere is stale after the commit."""

    async def add(
        self, chat: ChatId, title: str, language: str, zone: str, now: datetime
    ) -> Community:
        """Add a community or find the one of this chat; one that was removed is back."""
        self.changed = True
        if (known := await self.by_chat(chat)) is not None:
            if known.removed_at is not None:
                await self.set_removed(known.id, None)
            return known
        await self._connection.execute(
            sa.insert(communities).values(
                chat_id=chat, title=title, language=language, zone=zone, settings={}, created_at=now
            )
        )
        added = await self.by_chat(chat)
        assert added is not None  # noqa: S101 - inserted in this very transaction
        return added

    async def get(self, community: CommunityId) -> Community | None:
        return await self._one(communities.c.id == community)

    async def by_chat(self, chat: int) -> Community | None:
        """Find the community whose supergroup or staff forum this is."""
        return await self._one(
            sa.or_(communities.c.chat_id == chat, communities.c.staff_chat_id == chat)
        )

    async def all(self) -> list[Community]:
        query = (
            sa.select(communities)
            .where(communities.c.removed_at.is_(None))
            .order_by(communities.c.id)
        )
        return [_community(row) for row in (await self._connection.execute(query)).mappings()]

    async def set_staff_chat(self, community: CommunityId, chat: ChatId | None) -> None:
        await self._change(community, staff_chat_id=chat)

    async def set_removed(self, community: CommunityId, at: datetime | None) -> None:
        await self._change(community, removed_at=at)

    async def migrate(self, old: int, new: int) -> bool:
        """Follow a group that became a supergroup; both service messages arrive, the first one acts (M77 L77)."""
        self.changed = True
        moved = 0
        for column in (communities.c.chat_id, communities.c.staff_chat_id):
            changed = await self._connection.execute(
                sa.update(communities).where(column == old).values({column.name: new})
            )
            moved += changed.rowcount
        await self._connection.execute(
            sa.update(community_topics).where(community_topics.c.chat_id == old).values(chat_id=new)
        )
        return moved > 0

    async def topics(self, community: CommunityId) -> list[Topic]:
        return await self._topics(community_topics.c.community_id == community)

    async def topic(self, community: CommunityId, key: str) -> Topic | None:
        found = await self._topics(
            community_topics.c.community_id == community, community_topics.c.key == key
        )
        return found[0] if found else None

    async def topic_at(self, chat: int, thread: int) -> Topic | None:
        found = await self._topics(
            community_topics.c.chat_id == chat, community_topics.c.thread_id == thread
        )
        return found[0] if found else None

    async def save_topic(self, topic: Topic, now: datetime) -> None:
        """Store a topic under its key, in place of an earlier one."""
        self.changed = True
        row = {
            "chat_id": topic.chat,
            "thread_id": topic.thread,
            "name": topic.name,
            "state": topic.state.value,
            "changed_at": now,
        }
        changed = await self._connection.execute(
            sa.update(community_topics)
            .where(
                community_topics.c.community_id == topic.community,
                community_topics.c.key == topic.key,
            )
            .values(row)
        )
        if changed.rowcount == 0:
            await self._connection.execute(
                sa.insert(community_topics).values(
                    community_id=topic.community, key=topic.key, **row
                )
            )

    async def set_topic_state(
        self, chat: int, thread: int, state: TopicState, now: datetime
    ) -> None:
        self.changed = True
        await self._connection.execute(
            sa.update(community_topics)
            .where(community_topics.c.chat_id == chat, community_topics.c.thread_id == thread)
            .values(state=state.value, changed_at=now)
        )

    async def change_setting(
        self, community: CommunityId, name: str, value: Any, author: PersonId, now: datetime
    ) -> SettingChange:
        """Set one setting; None removes it. The last write stands and carries its author (M103)."""
        query = sa.select(communities.c.settings).where(communities.c.id == community)
        settings = dict((await self._connection.execute(query.with_for_update())).scalar_one())
        before = settings.pop(name, None)
        if value is not None:
            settings[name] = value
        await self._change(community, settings=settings)
        inserted = await self._connection.execute(
            sa.insert(community_settings_log)
            .values(
                community_id=community,
                name=name,
                before=before,
                after=value,
                author_id=author,
                at=now,
            )
            .returning(community_settings_log)
        )
        return _change(inserted.mappings().one())

    async def last_change(self, community: CommunityId, name: str) -> SettingChange | None:
        log = community_settings_log
        query = (
            sa.select(log)
            .where(log.c.community_id == community, log.c.name == name)
            .order_by(log.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).mappings().first()
        return _change(row) if row is not None else None

    async def _one(self, condition: sa.ColumnElement[bool]) -> Community | None:
        query = sa.select(communities).where(condition).order_by(communities.c.id).limit(1)
        row = (await self._connection.execute(query)).mappings().first()
        return _community(row) if row is not None else None

    async def _change(self, community: CommunityId, **values: Any) -> None:
        self.changed = True
        await self._connection.execute(
            sa.update(communities).where(communities.c.id == community).values(**values)
        )

    async def _topics(self, *conditions: sa.ColumnElement[bool]) -> list[Topic]:
        query = sa.select(community_topics).where(*conditions).order_by(community_topics.c.key)
        return [_topic(row) for row in (await self._connection.execute(query)).mappings()]


def _community(row: sa.RowMapping) -> Community:
    return Community(
        id=CommunityId(row["id"]),
        chat=ChatId(row["chat_id"]),
        staff_chat=ChatId(row["staff_chat_id"]) if row["staff_chat_id"] is not None else None,
        title=row["title"],
        language=row["language"],
        zone=row["zone"],
        settings=row["settings"],
        removed_at=row["removed_at"],
    )


def _topic(row: sa.RowMapping) -> Topic:
    return Topic(
        community=CommunityId(row["community_id"]),
        key=row["key"],
        chat=ChatId(row["chat_id"]),
        thread=row["thread_id"],
        name=row["name"],
        state=TopicState(row["state"]),
    )


def _change(row: sa.RowMapping) -> SettingChange:
    return SettingChange(
        id=row["id"],
        community=CommunityId(row["community_id"]),
        name=row["name"],
        before=row["before"],
        after=row["after"],
        author=PersonId(row["author_id"]),
        at=row["at"],
    )
