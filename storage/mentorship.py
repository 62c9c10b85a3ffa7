"""Mentorship at rest. Of what two people write only the trace is kept, never the words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community.mentorship.model import (
    Application,
    Load,
    Pair,
    PairState,
    Side,
    Status,
    Topic,
)
from core.cohorts import Cohort
from core.ids import CommunityId, PersonId
from storage.seal import Seal
from storage.tables.community_mentorship import (
    mentor_applications,
    mentor_flags,
    mentor_messages,
    mentor_pairs,
)


class Mentorship:
    """Applications and pairs."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def apply(self, application: Application) -> Application:
        """Store an application in place of the person's earlier one on that side."""
        table = mentor_applications
        known = await self.application(application.community, application.person, application.side)
        values = self._application_values(application)
        if known is not None:
            await self._connection.execute(
                sa.update(table).where(table.c.id == known.id).values(**values)
            )
        else:
            await self._connection.execute(sa.insert(table).values(**values))
        stored = await self.application(application.community, application.person, application.side)
        assert stored is not None  # noqa: S101 - stored in this very transaction
        return stored

    async def application(
        self, community: CommunityId, person: PersonId, side: Side
    ) -> Application | None:
        table = mentor_applications
        found = await self._applications(
            table.c.community_id == community,
            table.c.person_id == person,
            table.c.side == side.value,
        )
        return found[0] if found else None

    async def by_number(self, application: int) -> Application | None:
        found = await self._applications(mentor_applications.c.id == application)
        return found[0] if found else None

    async def save(self, application: Application) -> None:
        table = mentor_applications
        await self._connection.execute(
            sa.update(table)
            .where(table.c.id == application.id)
            .values(**self._application_values(application))
        )

    async def ready(self, community: CommunityId, side: Side) -> list[Application]:
        table = mentor_applications
        return await self._applications(
            table.c.community_id == community,
            table.c.side == side.value,
            table.c.status == Status.READY.value,
        )

    async def propose(self, pair: Pair) -> Pair:
        inserted = await self._connection.execute(
            sa.insert(mentor_pairs).values(**self._pair_values(pair)).returning(mentor_pairs)
        )
        return self._pair(inserted.mappings().one())

    async def pair(self, pair: int, *, lock: bool = False) -> Pair | None:
        query = sa.select(mentor_pairs).where(mentor_pairs.c.id == pair)
        rows = await self._connection.execute(query.with_for_update() if lock else query)
        row = rows.mappings().first()
        return self._pair(row) if row is not None else None

    async def save_pair(self, pair: Pair) -> None:
        await self._connection.execute(
            sa.update(mentor_pairs)
            .where(mentor_pairs.c.id == pair.id)
            .values(**self._pair_values(pair))
        )

    async def pairs_of(self, person: PersonId) -> list[Pair]:
        table = mentor_pairs
        return await self._pairs(sa.or_(table.c.mentor_id == person, table.c.family_id == person))

    async def pairs(self, community: CommunityId) -> list[Pair]:
        return await self._pairs(mentor_pairs.c.community_id == community)

    async def due(self, now: datetime, limit: int) -> list[int]:
        """List active pairs whose check-in has come, the longest overdue first."""
        table = mentor_pairs
        query = (
            sa.select(table.c.id)
            .where(table.c.check_in_at <= now, table.c.state == PairState.ACTIVE.value)
            .order_by(table.c.check_in_at)
            .limit(limit)
        )
        return [int(key) for key in (await self._connection.execute(query)).scalars()]

    async def add_message(
        self, pair: int, author: PersonId, chat: int, message: int, outbox_key: str, now: datetime
    ) -> None:
        await self._connection.execute(
            sa.insert(mentor_messages).values(
                chat_id=chat,
                message_id=message,
                pair_id=pair,
                author_id=author,
                at=now,
                outbox_key=outbox_key,
                edits=0,
            )
        )

    async def message_key(self, chat: int, message: int) -> tuple[int, PersonId, str, int] | None:
        """Tell pair, author, outbox key and number of edits of a message that was carried on."""
        table = mentor_messages
        query = sa.select(table).where(table.c.chat_id == chat, table.c.message_id == message)
        row = (await self._connection.execute(query)).mappings().first()
        if row is None:
            return None
        return row["pair_id"], PersonId(row["author_id"]), row["outbox_key"], row["edits"]

    async def count_edit(self, chat: int, message: int) -> None:
        table = mentor_messages
        await self._connection.execute(
            sa.update(table)
            .where(table.c.chat_id == chat, table.c.message_id == message)
            .values(edits=table.c.edits + 1)
        )

    async def loads(self, community: CommunityId, since: datetime) -> list[Load]:
        """Tell what every mentor carries: pairs now, messages and red flags since an instant."""
        mentors = await self._applications(
            mentor_applications.c.community_id == community,
            mentor_applications.c.side == Side.MENTOR.value,
            mentor_applications.c.status.in_([Status.READY.value, Status.PAUSED.value]),
        )
        pairs = await self.pairs(community)
        messages = await self._count(mentor_messages, since)
        flags = await self._count(mentor_flags, since)
        made = []
        for mentor in mentors:
            own = [pair for pair in pairs if pair.mentor == mentor.person]
            active = sum(pair.state is PairState.ACTIVE for pair in own)
            made.append(
                Load(
                    mentor.person,
                    active,
                    mentor.limit,
                    sum(messages.get((pair.id, mentor.person), 0) for pair in own),
                    sum(flags.get((pair.id, mentor.person), 0) for pair in own),
                )
            )
        return made

    async def add_flag(self, pair: int, author: PersonId, now: datetime) -> int:
        inserted = await self._connection.execute(
            sa.insert(mentor_flags)
            .values(pair_id=pair, author_id=author, at=now)
            .returning(mentor_flags.c.id)
        )
        return int(inserted.scalar_one())

    async def _count(self, table: sa.Table, since: datetime) -> dict[tuple[int, PersonId], int]:
        query = (
            sa.select(table.c.pair_id, table.c.author_id, sa.func.count().label("n"))
            .where(table.c.at >= since)
            .group_by(table.c.pair_id, table.c.author_id)
        )
        rows = (await self._connection.execute(query)).all()
        return {(row.pair_id, PersonId(row.author_id)): row.n for row in rows}

    async def _applications(self, *conditions: sa.ColumnElement[bool]) -> list[Application]:
        query = sa.select(mentor_applications).where(*conditions).order_by(mentor_applications.c.id)
        rows = (await self._connection.execute(query)).mappings()
        return [self._application(row) for row in rows]

    async def _pairs(self, *conditions: sa.ColumnElement[bool]) -> list[Pair]:
        query = sa.select(mentor_pairs).where(*conditions).order_by(mentor_pairs.c.id)
        return [self._pair(row) for row in (await self._connection.execute(query)).mappings()]

    def _application_values(self, application: Application) -> dict[str, Any]:
        return {
            "community_id": application.community,
            "person_id": application.person,
            "side": application.side.value,
            "status": application.status.value,
            "cohorts": [cohort.value for cohort in application.cohorts],
            "topics": [topic.value for topic in application.topics],
            "language": application.language,
            "offset_minutes": application.offset_minutes,
            "load_limit": application.limit,
            "about": self._seal.close(application.about),
            "applied_at": application.applied_at,
        }

    def _application(self, row: sa.RowMapping) -> Application:
        return Application(
            id=row["id"],
            community=CommunityId(row["community_id"]),
            person=PersonId(row["person_id"]),
            side=Side(row["side"]),
            status=Status(row["status"]),
            cohorts=tuple(Cohort(value) for value in row["cohorts"]),
            topics=tuple(Topic(value) for value in row["topics"]),
            language=row["language"],
            offset_minutes=row["offset_minutes"],
            limit=row["load_limit"],
            about=self._seal.open(row["about"]),
            applied_at=row["applied_at"],
        )

    def _pair_values(self, pair: Pair) -> dict[str, Any]:
        return {
            "community_id": pair.community,
            "mentor_id": pair.mentor,
            "family_id": pair.family,
            "state": pair.state.value,
            "reasons": list(pair.reasons),
            "proposed_at": pair.proposed_at,
            "mentor_agreed": pair.mentor_agreed,
            "mentor_opens": pair.mentor_opens,
            "family_opens": pair.family_opens,
            "family_agreed": pair.family_agreed,
            "started_at": pair.started_at,
            "last_message_at": pair.last_message_at,
            "check_in_at": pair.check_in_at,
            "finished_at": pair.finished_at,
            "mentor_feedback": self._closed(pair.mentor_feedback),
            "family_feedback": self._closed(pair.family_feedback),
        }

    def _pair(self, row: sa.RowMapping) -> Pair:
        return Pair(
            id=row["id"],
            community=CommunityId(row["community_id"]),
            mentor=PersonId(row["mentor_id"]),
            family=PersonId(row["family_id"]),
            state=PairState(row["state"]),
            reasons=tuple(row["reasons"]),
            proposed_at=row["proposed_at"],
            mentor_agreed=row["mentor_agreed"],
            mentor_opens=row["mentor_opens"],
            family_opens=row["family_opens"],
            family_agreed=row["family_agreed"],
            started_at=row["started_at"],
            last_message_at=row["last_message_at"],
            check_in_at=row["check_in_at"],
            finished_at=row["finished_at"],
            mentor_feedback=self._opened(row["mentor_feedback"]),
            family_feedback=self._opened(row["family_feedback"]),
        )

    def _closed(self, words: str | None) -> bytes | None:
        return self._seal.close(words) if words is not None else None

    def _opened(self, sealed: bytes | None) -> str | None:
        return self._seal.open(sealed) if sealed is not None else None
