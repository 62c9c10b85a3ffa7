"""Sealed contacts with blind indexes, links that work once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import ChildId, PersonId
from storage.seal import Seal
from storage.tables.contacts import contacts, used_links
from storage.tables.people import children


class Contacts:
    """Keeps what a parent left on the school's own page."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def keep(self, person: PersonId, kind: str, value: str, now: datetime) -> None:
        """Store or replace a contact; `value` is in its normal form."""
        keys = {"person_id": person, "kind": kind}
        fields = {
            "value": self._seal.close(value),
            "blind": self._seal.blind(f"{kind}:{value}"),
            "changed_at": now,
        }
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        await self._connection.execute(
            dialect.insert(contacts)
            .values(keys | fields)
            .on_conflict_do_update(index_elements=list(keys), set_=fields)
        )

    async def of_person(self, person: PersonId) -> dict[str, str]:
        """Read a person's contacts by kind."""
        query = sa.select(contacts.c.kind, contacts.c.value).where(contacts.c.person_id == person)
        rows = await self._connection.execute(query)
        return {row.kind: self._seal.open(row.value) for row in rows}

    async def who(self, kind: str, value: str) -> list[PersonId]:
        """Find people by a contact without opening any."""
        query = sa.select(contacts.c.person_id).where(
            contacts.c.kind == kind, contacts.c.blind == self._seal.blind(f"{kind}:{value}")
        )
        return [PersonId(person) for person in (await self._connection.execute(query)).scalars()]

    async def keep_birth(self, child: ChildId, born: str) -> None:
        """Store a child's full birth date, sealed."""
        await self._connection.execute(
            sa.update(children).where(children.c.id == child).values(birth=self._seal.close(born))
        )

    async def use_link(self, digest: str, now: datetime) -> bool:
        """Mark a link used; False when it was before."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        done = await self._connection.execute(
            dialect.insert(used_links)
            .values(digest=digest, used_at=now)
            .on_conflict_do_nothing()
            .returning(used_links.c.digest)
        )
        return done.first() is not None
