"""Deep links from the school's platform: single use, bound to one parent and at most one learner, expiring (L37)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import ChildId, PersonId
from storage.learning_identities import wake
from storage.seal import Seal
from storage.tables.consents import suppressions
from storage.tables.people import deep_links, identities

LIFETIME = timedelta(days=14)


class Links:
    """Issues and redeems links; ids of the platform are kept as blind indexes only."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def issue(
        self,
        source: str,
        parent: str,
        learner: str | None,
        now: datetime,
        lifetime: timedelta = LIFETIME,
    ) -> str:
        """Make a start payload (43 characters of A-Z a-z 0-9 _ -)."""
        token = secrets.token_urlsafe(32)
        await self._connection.execute(
            sa.insert(deep_links).values(
                token_hash=_hash(token),
                source=source,
                parent=self._seal.blind(parent),
                learner=self._seal.blind(learner) if learner else None,
                expires_at=now + lifetime,
            )
        )
        return token

    async def redeem(self, person: PersonId, token: str, now: datetime) -> bool:
        """Bind the parent's identity to a person, once. The same person may follow the same link again."""
        query = sa.select(deep_links).where(deep_links.c.token_hash == _hash(token))
        link = (await self._connection.execute(query)).mappings().first()
        if link is None or (link["used_by"] is None and link["expires_at"] <= now):
            return False
        if link["used_by"] is not None:
            return bool(link["used_by"] == person)
        used = await self._connection.execute(
            sa.update(deep_links)
            .where(deep_links.c.token_hash == link["token_hash"], deep_links.c.used_by.is_(None))
            .values(used_by=person, used_at=now)
        )
        if used.rowcount == 0:
            return False
        await self._identify(link["source"], link["parent"], now, person_id=person)
        return True

    async def attach_child(self, person: PersonId, child: ChildId, now: datetime) -> None:
        """Bind the oldest learner this person's links brought and that no child has yet."""
        query = (
            sa.select(deep_links)
            .where(
                deep_links.c.used_by == person,
                deep_links.c.learner.is_not(None),
                deep_links.c.child_id.is_(None),
            )
            .order_by(deep_links.c.used_at)
            .limit(1)
        )
        link = (await self._connection.execute(query)).mappings().first()
        if link is None:
            return
        await self._connection.execute(
            sa.update(deep_links)
            .where(deep_links.c.token_hash == link["token_hash"])
            .values(child_id=child)
        )
        await self._identify(link["source"], link["learner"], now, child_id=child)

    async def _identify(self, source: str, external: str, now: datetime, **whom: int) -> None:
        """Bind an id, and wake the events that waited for it; who was erased and follows a link has come back."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        insert = dialect.insert(identities).values(
            source=source, external_id=external, linked_at=now, **whom
        )
        await self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=[identities.c.source, identities.c.external_id],
                set_={"linked_at": now, **whom},
            )
        )
        await self._connection.execute(
            sa.update(suppressions)
            .where(
                suppressions.c.hash == self._seal.blind(f"suppress:external:{source}:{external}")
            )
            .values(lifted_at=now)
        )
        await wake(self._connection, source, external)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
