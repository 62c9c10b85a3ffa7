"""Broadcasts at rest, their recipients and their report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.cohorts import Cohort, cohort_of
from core.effects import MessageClass, RowState
from core.ids import PersonId
from core.localtime import known_zone
from core.roles import Role
from scheduler.campaigns_model import Campaign, CampaignState, Recipient, Report, Segment
from storage.people import parse_birth
from storage.seal import Seal
from storage.tables.community import role_grants
from storage.tables.delivery import campaigns, outbox
from storage.tables.people import children, guardians, people

_MISSED = [
    state.value
    for state in (RowState.SUPPRESSED, RowState.EXPIRED, RowState.CANCELLED, RowState.FAILED)
]
"""Outcomes that say for certain that nothing arrived."""


class Campaigns:
    """Rows of broadcasts."""

    def __init__(self, connection: AsyncConnection, now: datetime, seal: Seal) -> None:
        self._connection = connection
        self._now = now
        self._seal = seal

    async def add(self, key: str, created_by: PersonId, segment: Segment) -> None:
        """Add a draft."""
        await self._connection.execute(
            sa.insert(campaigns).values(
                key=key, created_by=created_by, created_at=self._now, segment=segment.to_json()
            )
        )

    async def get(self, key: str) -> Campaign | None:
        found = await self._list(campaigns.c.key == key)
        return found[0] if found else None

    async def draft_of(self, person: PersonId) -> Campaign | None:
        """Find the draft a person is working on."""
        found = await self._list(
            (campaigns.c.created_by == person) & (campaigns.c.state == CampaignState.DRAFT.value)
        )
        return found[-1] if found else None

    async def in_states(self, states: Collection[CampaignState]) -> list[Campaign]:
        return await self._list(campaigns.c.state.in_([state.value for state in states]))

    async def recent(self, limit: int = 10) -> list[Campaign]:
        """List broadcasts that left the drafts, the latest first."""
        found = await self._list(campaigns.c.state != CampaignState.DRAFT.value)
        return found[::-1][:limit]

    async def edit(self, key: str, **values: Any) -> bool:
        """Change a draft; False when it is none any more: what was confirmed stays as it is."""
        changed = await self._connection.execute(
            sa.update(campaigns)
            .where(campaigns.c.key == key, campaigns.c.state == CampaignState.DRAFT.value)
            .values(**values)
        )
        return bool(changed.rowcount)

    async def turn(
        self, key: str, to: CampaignState, *before: CampaignState, **values: Any
    ) -> bool:
        """Change the state if it is one of `before`; of two who try, one succeeds (L88)."""
        changed = await self._connection.execute(
            sa.update(campaigns)
            .where(campaigns.c.key == key, campaigns.c.state.in_([state.value for state in before]))
            .values(state=to.value, **values)
        )
        return bool(changed.rowcount)

    async def progressed(self, key: str, planned: int, cursor: int) -> None:
        """Count planned rows and remember how far planning went, in the transaction that stored them."""
        await self._connection.execute(
            sa.update(campaigns)
            .where(campaigns.c.key == key)
            .values(planned=campaigns.c.planned + planned, cursor=cursor)
        )

    async def follow(self, key: str, chat: int, message: int) -> None:
        """Remember the message that shows the progress."""
        await self._connection.execute(
            sa.update(campaigns)
            .where(campaigns.c.key == key)
            .values(progress_chat=chat, progress_message=message)
        )

    async def report(self, key: str) -> Report:
        """Count rows by state and by reason."""
        query = (
            sa.select(outbox.c.state, outbox.c.reason, sa.func.count())
            .where(outbox.c.campaign == key)
            .group_by(outbox.c.state, outbox.c.reason)
        )
        states: dict[RowState, int] = defaultdict(int)
        reasons: dict[str, int] = defaultdict(int)
        for state, reason, count in (await self._connection.execute(query)).all():
            states[RowState(state)] += count
            if reason and RowState(state) is not RowState.SENT:
                reasons[reason] += count
        planned = await self._connection.scalar(
            sa.select(campaigns.c.planned).where(campaigns.c.key == key)
        )
        return Report(int(planned or 0), dict(states), dict(reasons))

    async def recipients_of(self, key: str) -> AsyncIterator[Mapping[str, Any]]:
        """Stream the outcome of every recipient, for the CSV."""
        query = (
            sa.select(
                outbox.c.person_id,
                outbox.c.state,
                outbox.c.reason,
                outbox.c.held_by,
                outbox.c.due,
                outbox.c.done_at,
                outbox.c.message_id,
                outbox.c.attempts,
            )
            .where(outbox.c.campaign == key)
            .order_by(outbox.c.person_id)
        )
        async with self._connection.stream(query) as rows:
            async for row in rows.mappings():
                yield dict(row)

    async def page(self, after: int, limit: int, missed_of: str | None = None) -> list[Recipient]:
        """List people by id above `after`, reachable or not: who is left out is counted too."""
        query = (
            sa.select(people)
            .where(people.c.id > after, people.c.erased_at.is_(None))
            .order_by(people.c.id)
            .limit(limit)
        )
        if missed_of is not None:
            query = query.where(people.c.id.in_(_missed(missed_of)))
        rows = (await self._connection.execute(query)).mappings().all()
        persons = [row["id"] for row in rows]
        cohorts, roles = await self._cohorts(persons), await self._roles(persons)
        return [
            Recipient(
                person=PersonId(row["id"]),
                zone=row["zone"],
                language=row["language"],
                cohorts=frozenset(cohorts[row["id"]]),
                topics=frozenset((row["preferences"] or {}).get("topics", ())),
                roles=frozenset(roles[row["id"]]),
                last_seen_at=row["last_seen_at"],
            )
            for row in rows
        ]

    async def _cohorts(self, persons: Collection[int]) -> dict[int, set[Cohort]]:
        query = (
            sa.select(guardians.c.person_id, people.c.zone, children.c.birth)
            .join(children, children.c.id == guardians.c.child_id)
            .join(people, people.c.id == guardians.c.person_id)
            .where(
                guardians.c.person_id.in_(list(persons)),
                guardians.c.until.is_(None),
                children.c.erased_at.is_(None),
            )
        )
        found: dict[int, set[Cohort]] = defaultdict(set)
        for person, zone, birth in (await self._connection.execute(query)).all():
            today = self._now.astimezone(known_zone(zone) if zone else None).date()
            born = parse_birth(self._seal.open(birth)) if birth is not None else None
            found[person].add(cohort_of(born, today))
        return found

    async def _roles(self, persons: Collection[int]) -> dict[int, set[Role]]:
        query = sa.select(role_grants.c.person_id, role_grants.c.role).where(
            role_grants.c.person_id.in_(list(persons)),
            role_grants.c.withdrawn_at.is_(None),
            role_grants.c.expires_at.is_(None) | (role_grants.c.expires_at > self._now),
        )
        found: dict[int, set[Role]] = defaultdict(set)
        for person, role in (await self._connection.execute(query)).all():
            found[person].add(Role(role))
        return found

    async def _list(self, condition: sa.ColumnElement[bool]) -> list[Campaign]:
        query = sa.select(campaigns).where(condition).order_by(campaigns.c.created_at)
        return [_campaign(row) for row in (await self._connection.execute(query)).mappings()]


def _missed(key: str) -> sa.Select[Any]:
    return sa.select(outbox.c.person_id).where(
        outbox.c.campaign == key, outbox.c.state.in_(_MISSED)
    )


def _campaign(row: sa.RowMapping) -> Campaign:
    return Campaign(
        key=row["key"],
        title=row["title"],
        message_class=MessageClass(row["message_class"]),
        body=row["body"],
        label=row["label"],
        segment=Segment.from_json(row["segment"]),
        day=date.fromisoformat(row["local_day"]) if row["local_day"] else None,
        at=time.fromisoformat(row["local_hour"]) if row["local_hour"] else None,
        state=CampaignState(row["state"]),
        planned=row["planned"],
        cursor=row["cursor"],
        created_by=PersonId(row["created_by"]),
        created_at=row["created_at"],
        progress_chat=row["progress_chat"],
        progress_message=row["progress_message"],
    )
