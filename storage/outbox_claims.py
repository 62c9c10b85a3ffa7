"""Claims on outbox rows: leases by heartbeat, fenced by the worker's own row, set-based on both engines.

A worker proves it lives by a growing number, not by a time stamp: whoever watches counts on a clock of its own that
never jumps, so neither a wrong host clock nor a leap of the wall clock steals rows from a living worker.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.effects import Lane, RowState
from core.outgoing import Claim, OutboxRow, Outcome, Setback
from storage.outbox import as_row
from storage.outbox_workers import Workers
from storage.tables.delivery import outbox

_CLAIM_LOCK = 0x6F_70_6F_72_61
"""PostgreSQL advisory lock: one claim at a time keeps the order within a chat across workers."""


def _literal(state: RowState) -> sa.ColumnElement[str]:
    """Write a state into the SQL text: SQLite uses a partial index only where it can read the condition."""
    return sa.literal_column(f"'{state.value}'")


_PLANNED = outbox.c.state == _literal(RowState.PLANNED)
_CLAIMED = outbox.c.state == _literal(RowState.CLAIMED)

_NOW = sa.bindparam("now", type_=outbox.c.due.type)
_ALSO = outbox.alias("claimed")
_WAITING = sa.select(
    *(
        sa.exists().where(_PLANNED, outbox.c.lane == int(lane), outbox.c.due <= _NOW)
        for lane in Lane
    )
)
_NEXT_DUE = sa.select(sa.func.min(outbox.c.due)).where(_PLANNED)
_CANDIDATES = (
    sa.select(outbox)
    .where(
        _PLANNED,
        outbox.c.lane == sa.bindparam("lane"),
        outbox.c.due <= _NOW,
        ~sa.select(_ALSO.c.id)
        .where(_ALSO.c.state == _literal(RowState.CLAIMED), _ALSO.c.target == outbox.c.target)
        .exists(),
    )
    .order_by(outbox.c.due, outbox.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)

_ROW = outbox.c.id == sa.bindparam("row")
_MINE = _CLAIMED & (outbox.c.worker == sa.bindparam("name"))
_TRACE: sa.BindParameter[Any] = sa.bindparam("trace", type_=outbox.c.reasons.type)
_AT: sa.BindParameter[datetime] = sa.bindparam("at", type_=outbox.c.due.type)
_HELD_BY = sa.func.coalesce(outbox.c.held_by, sa.bindparam("why"))
_SPENT: dict[str, Any] = {
    "attempts": outbox.c.attempts + sa.bindparam("burnt"),
    "unknowns": outbox.c.unknowns + sa.bindparam("lost"),
}
_CLAIM = (
    sa.update(outbox)
    .where(_ROW, _PLANNED)
    .values(
        state=RowState.CLAIMED.value,
        worker=sa.bindparam("name"),
        handed_at=None,
        sent_day=sa.bindparam("day"),
        sent_week=sa.bindparam("week"),
        consent_record=sa.bindparam("record"),
        reasons=_TRACE,
    )
)
_PREPARE = (
    sa.update(outbox)
    .where(_ROW)
    .values(content=sa.bindparam("what"), facts=sa.bindparam("known", type_=outbox.c.facts.type))
)
_SUPPRESS = (
    sa.update(outbox)
    .where(_ROW)
    .values(
        state=sa.bindparam("to"),
        reason=_HELD_BY,
        held_by=_HELD_BY,
        done_at=_AT,
        reasons=_TRACE,
        facts={},
    )
)
_PUT_OFF = sa.update(outbox).where(_ROW).values(due=_AT, held_by=_HELD_BY, reasons=_TRACE)
_HAND = (
    sa.update(outbox)
    .where(outbox.c.id.in_(sa.bindparam("rows", expanding=True)), _MINE)
    .values(handed_at=_AT)
    .returning(outbox.c.id)
)
_FINISH = (
    sa.update(outbox)
    .where(_ROW, _MINE)
    .values(
        state=sa.bindparam("to"),
        reason=sa.bindparam("why"),
        done_at=_AT,
        message_id=sa.bindparam("message"),
        worker=None,
        facts={},
        **_SPENT,
    )
)
_GIVE_BACK = (
    sa.update(outbox)
    .where(_ROW, _MINE)
    .values(
        state=RowState.PLANNED.value,
        due=sa.func.coalesce(_AT, outbox.c.due),
        handed_at=None,
        worker=None,
        sent_day=None,
        sent_week=None,
        **_SPENT,
    )
)
"""Statements are built once: building one costs more than running it."""


class Claims(Workers):
    """What a worker does to rows. Every write on a claimed row is fenced by the worker's name."""

    async def next_due(self, holds: Collection[str] = ()) -> datetime | None:
        """Tell when the earliest planned row is due (scopes on hold left out)."""
        query = _NEXT_DUE.where(*held) if (held := _not_held(holds)) else _NEXT_DUE
        found: datetime | None = await self._connection.scalar(query)
        return found

    async def waiting(self) -> set[Lane]:
        """Tell in which lanes something is due, whatever holds it back."""
        found = (await self._connection.execute(_WAITING, {"now": self._now})).one()
        return {lane for lane, waits in zip(Lane, found, strict=True) if waits}

    async def candidates(
        self, lane: Lane, limit: int, *, busy: Collection[str] = (), holds: Collection[str] = ()
    ) -> list[OutboxRow]:
        """Lock and list due rows of a lane, oldest due first.

        Rows of `busy` targets, of targets another worker has in hand and of scopes on hold are left out.
        """
        query = _CANDIDATES
        if self._connection.dialect.name == "postgresql":
            query = query.with_for_update(skip_locked=True, of=outbox)
        if held := _not_held(holds):
            query = query.where(*held)
        if busy:
            query = query.where(outbox.c.target.not_in(list(busy)))
        asked = {"lane": int(lane), "now": self._now, "most": limit}
        return [as_row(row) for row in (await self._connection.execute(query, asked)).mappings()]

    async def take_turn(self) -> None:
        """Wait until no other worker is claiming; the turn ends with the transaction."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLAIM_LOCK)))

    async def claim(self, worker: str, claims: Sequence[Claim]) -> None:
        """Claim rows listed by `candidates` in this very transaction."""
        await self._each(
            _CLAIM,
            [
                {
                    "row": claim.id,
                    "name": worker,
                    "day": claim.day,
                    "week": claim.week,
                    "record": claim.consent_record,
                    "trace": list(claim.trace),
                }
                for claim in claims
            ],
        )

    async def prepare(self, rows: Sequence[OutboxRow]) -> None:
        """Store what was gathered for rows at their claim."""
        prepared = [{"row": row.id, "what": row.content, "known": dict(row.facts)} for row in rows]
        await self._each(_PREPARE, prepared)

    async def set_back(self, setbacks: Sequence[Setback]) -> None:
        """Store what the gate answered; the first reason that held a row back stays."""
        endings = [setback for setback in setbacks if setback.state is not RowState.PLANNED]
        waiting = [setback for setback in setbacks if setback.state is RowState.PLANNED]
        await self._each(
            _SUPPRESS,
            [
                {
                    "row": one.id,
                    "to": one.state.value,
                    "why": one.reason,
                    "at": self._now,
                    "trace": list(one.trace),
                }
                for one in endings
            ],
        )
        await self._each(
            _PUT_OFF,
            [
                {"row": one.id, "at": one.due, "why": one.reason, "trace": list(one.trace)}
                for one in waiting
            ],
        )

    async def hand(self, worker: str, rows: Collection[int]) -> set[int]:
        """Mark rows as being handed to Telegram; only those still claimed come back."""
        if not rows:
            return set()
        asked = {"rows": list(rows), "name": worker, "at": self._now}
        return set((await self._connection.execute(_HAND, asked)).scalars())

    async def finish(self, worker: str, outcomes: Sequence[Outcome]) -> None:
        """Store outcomes of handed rows. A row another worker took over meanwhile is left alone."""
        await self._each(
            _FINISH,
            [
                {
                    "row": one.id,
                    "name": worker,
                    "to": one.state.value,
                    "why": one.reason,
                    "at": one.at,
                    "message": one.message_id,
                    "burnt": one.attempts,
                    "lost": one.unknowns,
                }
                for one in outcomes
                if one.state is not RowState.PLANNED
            ],
        )
        await self._each(
            _GIVE_BACK,
            [
                {
                    "row": one.id,
                    "name": worker,
                    "at": one.due,
                    "burnt": one.attempts,
                    "lost": one.unknowns,
                }
                for one in outcomes
                if one.state is RowState.PLANNED
            ],
        )

    async def held_rows(self, worker: str) -> list[OutboxRow]:
        """List what a worker has claimed."""
        query = sa.select(outbox).where(_CLAIMED, outbox.c.worker == worker)
        return [as_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def _each(self, statement: sa.Update, values: list[dict[str, object]]) -> None:
        if values:
            await self._connection.execute(statement, values)


def _not_held(holds: Collection[str]) -> list[sa.ColumnElement[bool]]:
    """Turn hold scopes into conditions. A chat's pause belongs to the sender, which knows chat ids."""
    by_kind: dict[str, list[str]] = {"campaign": [], "content": [], "class": []}
    for scope in holds:
        kind, _, name = scope.partition(":")
        if kind in by_kind:
            by_kind[kind].append(name)
    conditions: list[sa.ColumnElement[bool]] = []
    if by_kind["campaign"]:
        free = outbox.c.campaign.not_in(by_kind["campaign"])
        conditions.append(sa.or_(outbox.c.campaign.is_(None), free))
    if by_kind["content"]:
        conditions.append(outbox.c.content.not_in(by_kind["content"]))
    if by_kind["class"]:
        conditions.append(outbox.c.message_class.not_in(by_kind["class"]))
    if "all" in holds:
        conditions.append(outbox.c.lane < int(Lane.CARE))
    return conditions
