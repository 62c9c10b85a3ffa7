"""Role grants: append, withdraw, look up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community.model import Grant, Speciality
from core.ids import CommunityId, PersonId
from core.roles import Role
from storage.tables.community import role_grants
from storage.tables.people import people


class RoleGrants:
    """A grant is never rewritten: withdrawing stamps it, granting anew adds another."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.changed = False
        """True once this unit wrote: what is remembered elsewhere is stale after the commit."""

    async def add(
        self,
        person: PersonId,
        role: Role,
        *,
        community: CommunityId | None,
        author: PersonId | None,
        now: datetime,
        speciality: Speciality | None = None,
        expires_at: datetime | None = None,
    ) -> Grant:
        self.changed = True
        inserted = await self._connection.execute(
            sa.insert(role_grants)
            .values(
                community_id=community,
                person_id=person,
                role=role.value,
                speciality=speciality.value if speciality is not None else None,
                granted_by=author,
                granted_at=now,
                expires_at=expires_at,
            )
            .returning(role_grants)
        )
        return _grant(inserted.mappings().one())

    async def withdraw(self, grant: int, author: PersonId, now: datetime) -> None:
        self.changed = True
        await self._connection.execute(
            sa.update(role_grants)
            .where(role_grants.c.id == grant, role_grants.c.withdrawn_at.is_(None))
            .values(withdrawn_by=author, withdrawn_at=now)
        )

    async def of_person(self, person: PersonId) -> list[Grant]:
        """List everything a person was ever granted, oldest first."""
        return await self._list(role_grants.c.person_id == person)

    async def holders(
        self, role: Role, community: CommunityId | None, now: datetime
    ) -> list[Grant]:
        """List grants of a role in force in a community (None: in any), oldest first."""
        conditions = [role_grants.c.role == role.value, *_in_force(now)]
        if community is not None:
            here = role_grants.c.community_id
            conditions.append(sa.or_(here.is_(None), here == community))
        return await self._list(*conditions)

    async def names(self, wanted: Collection[PersonId]) -> dict[PersonId, str]:
        """Tell the names people with a role go by; nobody else's name is kept."""
        query = sa.select(people.c.id, people.c.display_name).where(
            people.c.id.in_(list(wanted)), people.c.display_name.is_not(None)
        )
        return {PersonId(row.id): row.display_name for row in await self._connection.execute(query)}

    async def everybody(self, now: datetime) -> list[int]:
        """List the Telegram ids of all who hold a role anywhere."""
        query = (
            sa.select(people.c.telegram_id)
            .join(role_grants, role_grants.c.person_id == people.c.id)
            .where(people.c.telegram_id.is_not(None), *_in_force(now))
            .distinct()
        )
        return list((await self._connection.execute(query)).scalars())

    async def lapsed(self, since: datetime, now: datetime) -> list[Grant]:
        """List grants that ran out by themselves in `(since, now]`."""
        expires = role_grants.c.expires_at
        return await self._list(
            role_grants.c.withdrawn_at.is_(None), expires > since, expires <= now
        )

    async def _list(self, *conditions: sa.ColumnElement[bool]) -> list[Grant]:
        query = sa.select(role_grants).where(*conditions).order_by(role_grants.c.id)
        return [_grant(row) for row in (await self._connection.execute(query)).mappings()]


def _in_force(now: datetime) -> list[sa.ColumnElement[bool]]:
    expires = role_grants.c.expires_at
    return [role_grants.c.withdrawn_at.is_(None), sa.or_(expires.is_(None), expires > now)]


def _grant(row: sa.RowMapping) -> Grant:
    return Grant(
        id=row["id"],
        community=CommunityId(row["community_id"]) if row["community_id"] is not None else None,
        person=PersonId(row["person_id"]),
        role=Role(row["role"]),
        speciality=Speciality(row["speciality"]) if row["speciality"] is not None else None,
        granted_by=PersonId(row["granted_by"]) if row["granted_by"] is not None else None,
        granted_at=row["granted_at"],
        expires_at=row["expires_at"],
        withdrawn_by=PersonId(row["withdrawn_by"]) if row["withdrawn_by"] is not None else None,
        withdrawn_at=row["withdrawn_at"],
    )
