"""Outgoing effects at rest: planned once per key, ended once, explained for ever."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from core.effects import LANES, OPEN, SOFT, Effect, Kind, MessageClass, RowState
from core.ids import ChatId, ChildId, PersonId
from core.outgoing import Alike, OutboxRow, Setback
from storage.outbox_usual import plan_usual
from storage.tables.delivery import outbox

_SOFT_LANE = min(LANES[message_class] for message_class in SOFT)
_LEFT = [one.value for one in (RowState.SENT, RowState.CLAIMED, RowState.UNKNOWN)]
_CHUNK = 5000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Outbox:
    """Writes and reads outbox rows. `enqueued` counts rows this unit added: a commit with some wakes the sender."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self.enqueued = 0

    async def enqueue(self, *effects: Effect) -> int:
        """Plan effects and tell how many are not there yet; a known key changes nothing."""
        return await self.plan([(effect, None) for effect in effects])

    async def plan(self, decided: Sequence[tuple[Effect, Setback | None]]) -> int:
        """Plan effects the gate has looked at: a set-back one is stored with its reason, or waits until its `due`."""
        rows = [self._values(effect, setback) for effect, setback in decided]
        if not rows:
            return 0
        insert = _insert_sqlite if self._connection.dialect.name == "sqlite" else _insert_postgres
        added = 0
        for start in range(0, len(rows), _CHUNK):
            added += await insert(self._connection, rows[start : start + _CHUNK])
        self.enqueued += added
        return added

    async def plan_usual(self, persons: Collection[PersonId], alike: Alike) -> set[PersonId]:
        """Plan one message for those of `persons` the gate would surely let pass; list for whom a row was stored."""
        stored = await plan_usual(self._connection, persons, alike, self._now)
        self.enqueued += len(stored)
        return stored

    async def cancel(self, *keys: str, reason: str) -> int:
        """Cancel rows by key, also claimed ones that were not handed to Telegram yet."""
        return await self._end(outbox.c.key.in_(keys), RowState.CANCELLED, reason)

    async def cancel_campaign(self, campaign: str, reason: str) -> int:
        return await self._end(outbox.c.campaign == campaign, RowState.CANCELLED, reason)

    async def cancel_prefix(self, prefix: str, reason: str) -> int:
        """Cancel rows whose key starts with `prefix` (`streak:17:` and the like)."""
        return await self._end(
            outbox.c.key.startswith(prefix, autoescape=True), RowState.CANCELLED, reason
        )

    async def hold_back(
        self,
        person: PersonId,
        reason: str,
        *,
        purposes: Collection[str] | None = None,
        child: ChildId | None = None,
    ) -> int:
        """Suppress a person's care and marketing that has not left (consent withdrawn, guardianship ended).

        `purposes` narrows it to rows resting on them, `child` to rows about one child.
        """
        condition = (outbox.c.person_id == person) & (outbox.c.lane >= _SOFT_LANE)
        if purposes is not None:
            condition &= outbox.c.purpose.in_(list(purposes))
        if child is not None:
            condition &= outbox.c.child_id == child
        return await self._end(condition, RowState.SUPPRESSED, reason)

    async def erase_person(self, person: PersonId) -> int:
        """Suppress everything open for a person and empty the facts of every row of theirs."""
        ended = await self._end(outbox.c.person_id == person, RowState.SUPPRESSED, "person.erased")
        await self._connection.execute(
            sa.update(outbox).where(outbox.c.person_id == person).values(facts={})
        )
        return ended

    async def migrate_chat(self, old: int, new: int) -> None:
        """Send what waits for a group to the supergroup it became."""
        await self._connection.execute(
            sa.update(outbox)
            .where(outbox.c.chat_id == old, outbox.c.state.in_([one.value for one in OPEN]))
            .values(chat_id=new, target=f"c{new}")
        )

    async def by_key(self, key: str) -> OutboxRow | None:
        found = await self.rows(outbox.c.key == key, limit=1)
        return found[0] if found else None

    async def of_person(self, person: PersonId, limit: int = 200) -> list[OutboxRow]:
        """List a person's rows, the latest plan first."""
        return await self.rows(outbox.c.person_id == person, limit=limit, latest_first=True)

    async def of_message(self, person: PersonId, message_id: int) -> OutboxRow | None:
        """Find the row behind a message in a person's private chat."""
        found = await self.rows(
            (outbox.c.person_id == person) & (outbox.c.message_id == message_id), limit=1
        )
        return found[0] if found else None

    async def sent_message(self, key: str) -> int | None:
        """Tell the Telegram message id a row became."""
        found = await self._connection.scalar(
            sa.select(outbox.c.message_id).where(outbox.c.key == key)
        )
        return int(found) if found is not None else None

    async def contents(self, person: PersonId, prefix: str) -> list[str]:
        """List contents that left for a person, or may have."""
        query = sa.select(outbox.c.content).where(
            outbox.c.person_id == person,
            outbox.c.content.startswith(prefix, autoescape=True),
            outbox.c.state.in_(_LEFT),
        )
        return list((await self._connection.execute(query)).scalars())

    async def count_by_state(self, campaign: str | None = None) -> dict[RowState, int]:
        """Count rows by state; their sum is what was planned."""
        query = sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)
        if campaign is not None:
            query = query.where(outbox.c.campaign == campaign)
        rows = (await self._connection.execute(query)).all()
        return {RowState(state): count for state, count in rows}

    async def total(self) -> int:
        """Count all rows."""
        return int(
            await self._connection.scalar(sa.select(sa.func.count()).select_from(outbox)) or 0
        )

    async def reasons(self) -> dict[str, int]:
        """Count rows that did not arrive by why."""
        query = (
            sa.select(outbox.c.reason, sa.func.count())
            .where(outbox.c.reason.is_not(None), outbox.c.state != RowState.SENT.value)
            .group_by(outbox.c.reason)
        )
        rows = (await self._connection.execute(query)).all()
        return {reason: int(count) for reason, count in rows}

    async def rows(
        self, condition: sa.ColumnElement[bool], *, limit: int, latest_first: bool = False
    ) -> list[OutboxRow]:
        order = outbox.c.id.desc() if latest_first else outbox.c.id
        query = sa.select(outbox).where(condition).order_by(order).limit(limit)
        return [as_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def _end(self, condition: sa.ColumnElement[bool], state: RowState, reason: str) -> int:
        """End open rows that were not handed over; what was handed over has its own outcome coming."""
        open_rows = (
            outbox.c.state.in_([one.value for one in OPEN])
            & outbox.c.handed_at.is_(None)
            & condition
        )
        ended = await self._connection.execute(
            sa.update(outbox)
            .where(open_rows)
            .values(state=state.value, reason=reason, done_at=self._now, worker=None, facts={})
        )
        return int(ended.rowcount)

    def _values(self, effect: Effect, setback: Setback | None) -> tuple[Any, ...]:
        """List the values of a fresh row in the order of `_FIELDS`."""
        due = effect.due or self._now
        message_class = effect.message_class
        known: tuple[Any, ...] = (
            effect.key,
            effect.kind.value,
            message_class.value,
            int(LANES[message_class]),
            effect.target,
            effect.person,
            effect.chat,
            effect.topic,
            effect.child,
            effect.content,
            effect.purpose,
            effect.campaign,
            effect.deadline(self._now),
            self._now,
        )
        if setback is None:
            return (*known, effect.facts, due, _PLANNED, None, None, effect.reasons, None)
        ended = setback.state is not RowState.PLANNED
        return (
            *known,
            {} if ended else effect.facts,
            setback.due or due,
            setback.state.value,
            setback.reason if ended else None,
            setback.reason,
            (*effect.reasons, *setback.trace),
            self._now if ended else None,
        )


_PLANNED = RowState.PLANNED.value
_FIELDS = (
    "key", "kind", "message_class", "lane", "target", "person_id", "chat_id", "topic", "child_id", "content",
    "purpose", "campaign", "expires", "planned_at", "facts", "due", "state", "reason", "held_by", "reasons", "done_at",
)  # fmt: skip
_INSERT_SQLITE = (
    f"INSERT INTO outbox ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))}) "  # noqa: S608 - our own column names
    "ON CONFLICT (key) DO NOTHING"
)


async def _insert_postgres(connection: AsyncConnection, rows: list[tuple[Any, ...]]) -> int:
    statement = postgresql.insert(outbox).on_conflict_do_nothing(index_elements=["key"])
    values = [dict(zip(_FIELDS, row, strict=True)) for row in rows]
    for value in values:
        value |= {"facts": dict(value["facts"]), "reasons": list(value["reasons"])}
    inserted = await connection.execute(statement.returning(outbox.c.id), values)
    return len(inserted.all())


async def _insert_sqlite(connection: AsyncConnection, rows: list[tuple[Any, ...]]) -> int:
    """Insert in one driver call: a digest for everybody is a million rows, and bind processing is most of its cost."""
    written: dict[datetime, int] = {}
    inserted = await connection.exec_driver_sql(
        _INSERT_SQLITE, [_plain(row, written) for row in rows]
    )
    return max(0, int(inserted.rowcount))


def _plain(row: tuple[Any, ...], written: dict[datetime, int]) -> tuple[Any, ...]:
    """Write a row as SQLite keeps it (see `storage.types`); `written` remembers instants, which repeat."""
    *known, expires, planned, facts, due, state, reason, held_by, reasons, done = row
    for instant in (expires, planned, due, done):
        if instant is not None and instant not in written:
            written[instant] = (instant - _EPOCH) // _MICROSECOND
    return (
        *known,
        written.get(expires),
        written[planned],
        _json(facts),
        written[due],
        state,
        reason,
        held_by,
        _json(reasons),
        written.get(done),
    )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode() if value else "{}" if isinstance(value, Mapping) else "[]"


def as_row(row: Mapping[Any, Any]) -> OutboxRow:
    """Read a table row."""
    return OutboxRow(
        id=row["id"],
        key=row["key"],
        kind=Kind(row["kind"]),
        message_class=MessageClass(row["message_class"]),
        target=row["target"],
        person=PersonId(row["person_id"]) if row["person_id"] is not None else None,
        chat=ChatId(row["chat_id"]) if row["chat_id"] is not None else None,
        topic=row["topic"],
        child=ChildId(row["child_id"]) if row["child_id"] is not None else None,
        content=row["content"],
        facts=row["facts"] or {},
        purpose=row["purpose"],
        campaign=row["campaign"],
        due=row["due"],
        expires=row["expires"],
        planned_at=row["planned_at"],
        state=RowState(row["state"]),
        reason=row["reason"],
        held_by=row["held_by"],
        reasons=tuple(row["reasons"] or ()),
        attempts=row["attempts"],
        unknowns=row["unknowns"],
        handed_at=row["handed_at"],
        done_at=row["done_at"],
        message_id=row["message_id"],
        consent_record=row["consent_record"],
    )
