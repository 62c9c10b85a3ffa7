"""Cases, their audit, sanctions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from moderation.cases import REMIND_BEFORE, Case, CaseState, Step
from moderation.memory import Mark
from moderation.model import Incoming
from storage.case_sanctions import CaseSanctions
from storage.messages import keep, seen_of
from storage.tables.moderation import case_bodies, case_steps, cases, messages, sanctions
from storage.tables.moderation_people import appeals

REMOVED = ("hide", "mute", "ban")
"""Actions that took the message away."""


class Cases(CaseSanctions):
    """Statements over cases and sanctions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._dialect = postgresql if connection.dialect.name == "postgresql" else sqlite

    async def open(self, case: Case) -> int | None:
        """Store a case and return its id; None when one with this key is there."""
        statement = (
            self._dialect.insert(cases)
            .values(
                key=case.key,
                chat_id=case.chat_id,
                topic_id=case.topic_id,
                message_id=case.message_id,
                message_ids=list(case.message_ids),
                album_id=case.album_id or None,
                author_id=case.author_id,
                author_kind=case.author_kind,
                rule=case.rule,
                action=case.action,
                reason=case.reason,
                findings=[dict(finding) for finding in case.findings],
                body=case.body,
                opened_at=case.opened_at,
                due_at=case.due_at,
                staff_chat_id=case.staff_chat_id,
                fingerprint=case.fingerprint,
                joined_to=case.joined_to,
                state=case.state.value,
                verdict=case.verdict,
                decided_by=case.decided_by,
                decided_at=case.decided_at,
            )
            .on_conflict_do_nothing(index_elements=[cases.c.key])
            .returning(cases.c.id)
        )
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def get(self, case_id: int) -> Case | None:
        return await self._one(cases.c.id == case_id)

    async def by_key(self, key: str) -> Case | None:
        return await self._one(cases.c.key == key)

    async def of_author(self, chat_id: int, author_id: int) -> list[Case]:
        """List the cases of an author in a chat, oldest first."""
        query = (
            sa.select(cases)
            .where(cases.c.chat_id == chat_id, cases.c.author_id == author_id)
            .order_by(cases.c.id)
        )
        return [_case(row) for row in (await self._connection.execute(query)).mappings()]

    async def latest_of(self, author_id: int) -> Case | None:
        """Find the latest case that took something from a person, in any chat, and that was not appealed."""
        asked = sa.select(appeals.c.case_id)
        query = (
            sa.select(cases)
            .join(sanctions, sanctions.c.case_id == cases.c.id)
            .where(
                cases.c.author_id == author_id,
                sanctions.c.user_id == author_id,
                cases.c.state != CaseState.UNDONE.value,
                cases.c.id.not_in(asked),
            )
            .order_by(cases.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).mappings().first()
        return _case(row) if row is not None else None

    async def move(self, case_id: int, seen: Sequence[CaseState], **values: Any) -> bool:
        """Change a case that is still in one of the `seen` states; False when somebody was faster."""
        result = await self._connection.execute(
            sa.update(cases)
            .where(cases.c.id == case_id, cases.c.state.in_([state.value for state in seen]))
            .values(**values)
        )
        return bool(result.rowcount)

    async def note(self, case_id: int, step: Step) -> None:
        """Append a line to the audit."""
        await self._connection.execute(
            sa.insert(case_steps).values(
                case_id=case_id,
                at=step.at,
                actor_id=step.actor_id,
                step=step.step,
                facts=dict(step.facts),
            )
        )

    async def steps(self, case_id: int) -> list[Step]:
        """List the audit of a case, oldest first."""
        query = (
            sa.select(case_steps).where(case_steps.c.case_id == case_id).order_by(case_steps.c.id)
        )
        return [
            Step(row["at"], row["step"], row["actor_id"], row["facts"])
            for row in (await self._connection.execute(query)).mappings()
        ]

    async def hide(self, chat_id: int, message_ids: Sequence[int]) -> None:
        """Mark journal rows as removed from the chat."""
        await self._connection.execute(
            sa.update(messages)
            .where(messages.c.chat_id == chat_id, messages.c.message_id.in_(message_ids))
            .values(hidden=True)
        )

    async def keep(self, message: Incoming, mark: Mark, body: bytes, *, hidden: bool) -> None:
        """Write the message into the journal inside this unit."""
        await keep(self._connection, [seen_of(message, mark, body, hidden=hidden)])

    async def condemned_album(self, chat_id: int, album_id: str) -> int | None:
        """Find the case an album was removed for; its late parts go too (M7)."""
        query = sa.select(cases.c.id).where(
            cases.c.chat_id == chat_id,
            cases.c.album_id == album_id,
            cases.c.action.in_(REMOVED),
            cases.c.state != CaseState.UNDONE.value,
        )
        found: int | None = await self._connection.scalar(query)
        return found

    async def copy_of(self, chat_id: int, fingerprint: int, since: datetime) -> Case | None:
        """Find the first open case about the same text."""
        query = (
            sa.select(cases)
            .where(
                cases.c.chat_id == chat_id,
                cases.c.fingerprint == fingerprint,
                cases.c.opened_at > since,
                cases.c.joined_to.is_(None),
                cases.c.state.in_([CaseState.OPEN.value, CaseState.CLAIMED.value]),
            )
            .order_by(cases.c.id)
            .limit(1)
        )
        row = (await self._connection.execute(query)).mappings().first()
        return _case(row) if row is not None else None

    async def joined(self, case_id: int) -> list[Case]:
        """List the cases joined to this one."""
        return await self._list(cases.c.joined_to == case_id)

    async def about(self, chat_id: int, message_ids: Sequence[int]) -> list[Case]:
        """List the cases of messages by their first id."""
        return await self._list(
            sa.and_(cases.c.chat_id == chat_id, cases.c.message_id.in_(message_ids))
        )

    async def waiting(self, now: datetime) -> list[Case]:
        """List undecided cases whose reminder or deadline has come; earliest due first."""
        return await self._list(
            sa.and_(
                cases.c.state.in_([CaseState.OPEN.value, CaseState.CLAIMED.value]),
                cases.c.due_at.is_not(None),
                cases.c.joined_to.is_(None),
                sa.or_(
                    cases.c.due_at <= now,
                    sa.and_(cases.c.reminded_at.is_(None), cases.c.due_at <= now + REMIND_BEFORE),
                ),
            )
        )

    async def queue(self, staff_chat_id: int | None) -> list[Case]:
        """List undecided cases of a staff forum (None: all), earliest due first."""
        here = sa.true() if staff_chat_id is None else cases.c.staff_chat_id == staff_chat_id
        return await self._list(
            sa.and_(
                here,
                cases.c.state.in_([CaseState.OPEN.value, CaseState.CLAIMED.value]),
                cases.c.due_at.is_not(None),
                cases.c.joined_to.is_(None),
            )
        )

    async def between(self, since: datetime, until: datetime) -> list[Case]:
        """List cases opened in [since, until), oldest first."""
        return await self._list(sa.and_(cases.c.opened_at >= since, cases.c.opened_at < until))

    async def set(self, case_id: int, **values: Any) -> None:
        """Change columns whatever the state."""
        await self._connection.execute(
            sa.update(cases).where(cases.c.id == case_id).values(**values)
        )

    async def add_body(self, case: Case, at: datetime, version: int, body: bytes) -> bool:
        """Keep a later version of the message; False when this version is there (M4)."""
        insert = self._dialect.insert(case_bodies).values(
            case_id=case.id, author_id=case.author_id, at=at, version=version, body=body
        )
        stored = await self._connection.execute(
            insert.on_conflict_do_nothing().returning(case_bodies.c.id)
        )
        return stored.scalar_one_or_none() is not None

    async def bodies(self, case_id: int) -> list[bytes]:
        """List the later versions of a case's message, oldest first."""
        query = (
            sa.select(case_bodies.c.body)
            .where(case_bodies.c.case_id == case_id, case_bodies.c.body.is_not(None))
            .order_by(case_bodies.c.id)
        )
        return [bytes(body) for body in (await self._connection.execute(query)).scalars()]

    async def purge_bodies(self, before: datetime) -> int:
        """Empty the words of cases opened before an instant; what was decided stays (M34)."""
        old = sa.select(cases.c.id).where(cases.c.opened_at < before)
        await self._connection.execute(
            sa.update(case_bodies)
            .where(case_bodies.c.case_id.in_(old), case_bodies.c.body.is_not(None))
            .values(body=None)
        )
        emptied = await self._connection.execute(
            sa.update(cases)
            .where(cases.c.opened_at < before, cases.c.body.is_not(None))
            .values(body=None)
        )
        return int(emptied.rowcount)

    async def _one(self, condition: sa.ColumnElement[bool]) -> Case | None:
        found = (
            (await self._connection.execute(sa.select(cases).where(condition))).mappings().first()
        )
        return _case(found) if found is not None else None

    async def _list(self, condition: sa.ColumnElement[bool]) -> list[Case]:
        query = sa.select(cases).where(condition).order_by(cases.c.due_at, cases.c.id)
        return [_case(row) for row in (await self._connection.execute(query)).mappings()]


def _case(row: sa.RowMapping) -> Case:
    return Case(
        id=row["id"],
        key=row["key"],
        chat_id=row["chat_id"],
        topic_id=row["topic_id"],
        message_id=row["message_id"],
        message_ids=tuple(row["message_ids"]),
        album_id=row["album_id"] or "",
        author_id=row["author_id"],
        author_kind=row["author_kind"],
        rule=row["rule"],
        action=row["action"],
        reason=row["reason"],
        findings=row["findings"],
        body=bytes(row["body"]) if row["body"] is not None else None,
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        state=CaseState(row["state"]),
        claimed_by=row["claimed_by"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        verdict=row["verdict"],
        staff_chat_id=row["staff_chat_id"],
        claimed_at=row["claimed_at"],
        fingerprint=row["fingerprint"],
        joined_to=row["joined_to"],
    )
