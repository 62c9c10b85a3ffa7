"""Who is in a community, who asked to be, and the form a person is filling in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community.model import Draft, JoinRequest, Membership
from core.ids import CommunityId, PersonId, TelegramId
from storage.seal import Seal
from storage.tables.community import community_members, drafts, join_requests


class Memberships:
    """Memberships and join requests, by Telegram id: most members never open the bot."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, community: CommunityId, telegram_id: int) -> Membership | None:
        query = sa.select(community_members).where(
            community_members.c.community_id == community,
            community_members.c.telegram_id == telegram_id,
        )
        row = (await self._connection.execute(query)).mappings().first()
        return _membership(row) if row is not None else None

    async def joined(
        self, community: CommunityId, telegram_id: int, now: datetime
    ) -> Membership | None:
        """Record an arrival and tell the standing; None when the person was in already."""
        known = await self.get(community, telegram_id)
        if known is not None and known.status == "member":
            return None
        if known is None:
            await self._connection.execute(
                sa.insert(community_members).values(
                    community_id=community,
                    telegram_id=telegram_id,
                    status="member",
                    first_joined_at=now,
                    joined_at=now,
                    visits=1,
                )
            )
        else:
            await self._update(
                community,
                telegram_id,
                status="member",
                joined_at=now,
                left_at=None,
                visits=known.visits + 1,
            )
        return await self.get(community, telegram_id)

    async def left(
        self, community: CommunityId, telegram_id: int, status: str, now: datetime
    ) -> bool:
        """Record a departure; False when the person was not known to be in."""
        known = await self.get(community, telegram_id)
        if known is None or known.status == status:
            return False
        await self._update(community, telegram_id, status=status, left_at=now)
        return known.status == "member"

    async def joined_since(self, community: CommunityId, since: datetime) -> int:
        """Count arrivals at or after an instant."""
        query = sa.select(sa.func.count()).where(
            community_members.c.community_id == community, community_members.c.joined_at >= since
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def request(self, community: CommunityId, telegram_id: int) -> JoinRequest | None:
        query = sa.select(join_requests).where(
            join_requests.c.community_id == community, join_requests.c.telegram_id == telegram_id
        )
        row = (await self._connection.execute(query)).mappings().first()
        return _request(row) if row is not None else None

    async def save_request(self, request: JoinRequest) -> None:
        """Store a request in place of the person's earlier one."""
        here = sa.and_(
            join_requests.c.community_id == request.community,
            join_requests.c.telegram_id == request.telegram_id,
        )
        await self._connection.execute(sa.delete(join_requests).where(here))
        await self._connection.execute(
            sa.insert(join_requests).values(
                community_id=request.community,
                telegram_id=request.telegram_id,
                asked_at=request.asked_at,
                state=request.state,
                reason=request.reason,
                settled_at=request.settled_at,
            )
        )

    async def open_requests(self, telegram_id: int | None = None) -> list[JoinRequest]:
        """List requests nobody has settled, oldest first; of one person when given."""
        query = sa.select(join_requests).where(join_requests.c.state.in_(("asked", "queued")))
        if telegram_id is not None:
            query = query.where(join_requests.c.telegram_id == telegram_id)
        rows = await self._connection.execute(query.order_by(join_requests.c.asked_at))
        return [_request(row) for row in rows.mappings()]

    async def _update(self, community: CommunityId, telegram_id: int, **values: Any) -> None:
        await self._connection.execute(
            sa.update(community_members)
            .where(
                community_members.c.community_id == community,
                community_members.c.telegram_id == telegram_id,
            )
            .values(**values)
        )


class Drafts:
    """One form per person, sealed: it holds what people wrote before they said it is ready."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def of(self, person: PersonId) -> Draft | None:
        query = sa.select(drafts).where(drafts.c.person_id == person)
        row = (await self._connection.execute(query)).mappings().first()
        if row is None:
            return None
        answers = orjson.loads(self._seal.open(row["sealed"]))
        return Draft(person, row["kind"], row["ref"], answers, row["changed_at"])

    async def save(
        self, person: PersonId, kind: str, ref: str, answers: Mapping[str, Any], now: datetime
    ) -> None:
        await self.drop(person)
        await self._connection.execute(
            sa.insert(drafts).values(
                person_id=person,
                kind=kind,
                ref=ref,
                sealed=self._seal.close(orjson.dumps(dict(answers)).decode()),
                changed_at=now,
            )
        )

    async def drop(self, person: PersonId) -> None:
        await self._connection.execute(sa.delete(drafts).where(drafts.c.person_id == person))


def _membership(row: sa.RowMapping) -> Membership:
    return Membership(
        community=CommunityId(row["community_id"]),
        telegram_id=TelegramId(row["telegram_id"]),
        status=row["status"],
        first_joined_at=row["first_joined_at"],
        joined_at=row["joined_at"],
        left_at=row["left_at"],
        visits=row["visits"],
    )


def _request(row: sa.RowMapping) -> JoinRequest:
    return JoinRequest(
        community=CommunityId(row["community_id"]),
        telegram_id=TelegramId(row["telegram_id"]),
        asked_at=row["asked_at"],
        state=row["state"],
        reason=row["reason"],
        settled_at=row["settled_at"],
    )
