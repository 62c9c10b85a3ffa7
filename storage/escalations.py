"""Escalations and what carried their answers."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community.duty import Load
from community.escalation_model import Escalation, Relay, Request, Severity, Source, State, Step
from community.model import Speciality
from core.cohorts import Cohort
from core.ids import ChatId, CommunityId, PersonId
from storage.seal import Seal
from storage.tables.community_escalations import escalation_relays, escalations

_HELD = (State.OPEN.value, State.TAKEN.value, State.ASKED.value)


class Escalations:
    """The asker's words are sealed; everything the clock needs is in columns."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def add(
        self, request: Request, now: datetime, due: datetime | None, step: Step, at: datetime | None
    ) -> Escalation:
        inserted = await self._connection.execute(
            sa.insert(escalations)
            .values(
                key=request.key,
                community_id=request.community,
                source=request.source.value,
                severity=request.severity.value,
                speciality=request.speciality.value,
                sealed=self._seal.close(request.text),
                asker_id=request.asker,
                asker_telegram=request.asker_telegram,
                cohort=request.cohort.value,
                chat_id=request.chat,
                topic_id=request.topic,
                message_id=request.message,
                private=request.private,
                media=request.media,
                state=State.OPEN.value,
                opened_at=now,
                due_at=due,
                step=step.value,
                step_at=at,
                answers=0,
                cards=0,
            )
            .returning(escalations)
        )
        return self._escalation(inserted.mappings().one())

    async def get(self, escalation: int, *, lock: bool = False) -> Escalation | None:
        """Read one; `lock` holds it until the unit ends, so that two people never act on one at once."""
        query = sa.select(escalations).where(escalations.c.id == escalation)
        return await self._one(query.with_for_update() if lock else query)

    async def retell(self, escalation: int, text: str) -> None:
        """Replace the sealed words: the asker has added some."""
        await self._connection.execute(
            sa.update(escalations)
            .where(escalations.c.id == escalation)
            .values(sealed=self._seal.close(text))
        )

    async def by_key(self, key: str) -> Escalation | None:
        return await self._one(sa.select(escalations).where(escalations.c.key == key))

    async def save(self, changed: Escalation) -> None:
        """Store what changes in the course of an escalation."""
        left = changed.left
        await self._connection.execute(
            sa.update(escalations)
            .where(escalations.c.id == changed.id)
            .values(
                state=changed.state.value,
                severity=changed.request.severity.value,
                due_at=changed.due,
                step=changed.step.value,
                step_at=changed.step_at,
                assigned_id=changed.assigned,
                assigned_at=changed.assigned_at,
                answers=changed.answers,
                cards=changed.cards,
                left_seconds=int(left.total_seconds()) if left is not None else None,
                closed_at=changed.closed_at,
                rating=changed.rating,
            )
        )

    async def due(self, now: datetime, limit: int) -> list[int]:
        """List escalations whose step has come, the longest overdue first."""
        query = (
            sa.select(escalations.c.id)
            .where(escalations.c.step_at <= now)
            .order_by(escalations.c.step_at)
            .limit(limit)
        )
        return [int(key) for key in (await self._connection.execute(query)).scalars()]

    async def held(self, community: CommunityId) -> list[Escalation]:
        """List what waits for somebody, oldest first."""
        query = (
            sa.select(escalations)
            .where(escalations.c.community_id == community, escalations.c.state.in_(_HELD))
            .order_by(escalations.c.id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [self._escalation(row) for row in rows]

    async def loads(self, community: CommunityId) -> dict[PersonId, Load]:
        """Tell what each expert holds and when the last one was given."""
        query = (
            sa.select(
                escalations.c.assigned_id,
                sa.func.sum(sa.case((escalations.c.state.in_(_HELD), 1), else_=0)).label("open"),
                sa.func.max(escalations.c.assigned_at).label("last"),
            )
            .where(escalations.c.community_id == community, escalations.c.assigned_id.is_not(None))
            .group_by(escalations.c.assigned_id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return {PersonId(row["assigned_id"]): Load(int(row["open"]), row["last"]) for row in rows}

    async def asked_before(self, asker: PersonId, but: int) -> int:
        """Count the family's earlier escalations."""
        query = sa.select(sa.func.count()).where(
            escalations.c.asker_id == asker, escalations.c.id != but
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def add_relay(self, relay: Relay) -> None:
        await self._connection.execute(
            sa.insert(escalation_relays).values(
                chat_id=relay.chat,
                message_id=relay.message,
                escalation_id=relay.escalation,
                outbox_key=relay.outbox_key,
                edits=relay.edits,
            )
        )

    async def relay(self, chat: int, message: int) -> Relay | None:
        table = escalation_relays
        query = sa.select(table).where(table.c.chat_id == chat, table.c.message_id == message)
        row = (await self._connection.execute(query)).mappings().first()
        if row is None:
            return None
        return Relay(
            ChatId(row["chat_id"]),
            row["message_id"],
            row["escalation_id"],
            row["outbox_key"],
            row["edits"],
        )

    async def relay_edited(self, relay: Relay) -> None:
        table = escalation_relays
        await self._connection.execute(
            sa.update(table)
            .where(table.c.chat_id == relay.chat, table.c.message_id == relay.message)
            .values(edits=relay.edits + 1)
        )

    async def _one(self, query: sa.Select[tuple[object, ...]]) -> Escalation | None:
        row = (await self._connection.execute(query)).mappings().first()
        return self._escalation(row) if row is not None else None

    def _escalation(self, row: sa.RowMapping) -> Escalation:
        request = Request(
            key=row["key"],
            community=CommunityId(row["community_id"]),
            source=Source(row["source"]),
            severity=Severity(row["severity"]),
            speciality=Speciality(row["speciality"]),
            text=self._seal.open(row["sealed"]),
            asker=PersonId(row["asker_id"]) if row["asker_id"] is not None else None,
            asker_telegram=row["asker_telegram"],
            cohort=Cohort(row["cohort"]),
            chat=ChatId(row["chat_id"]) if row["chat_id"] is not None else None,
            topic=row["topic_id"],
            message=row["message_id"],
            private=row["private"],
            media=row["media"],
        )
        left = row["left_seconds"]
        assigned = row["assigned_id"]
        return Escalation(
            id=row["id"],
            request=request,
            state=State(row["state"]),
            opened_at=row["opened_at"],
            due=row["due_at"],
            step=Step(row["step"]),
            step_at=row["step_at"],
            assigned=PersonId(assigned) if assigned is not None else None,
            assigned_at=row["assigned_at"],
            answers=row["answers"],
            cards=row["cards"],
            left=timedelta(seconds=left) if left is not None else None,
            closed_at=row["closed_at"],
            rating=row["rating"],
        )
