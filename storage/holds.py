"""What is stopped and when messages rest: holds and the freeze calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from core.effects import LANES, SOFT, MessageClass, RowState
from core.ids import PersonId
from core.outgoing import HOLD_ALL, Freeze, Hold
from storage.tables.delivery import delivery_holds, freezes, outbox

_STOPPED = sa.select(delivery_holds).where(
    delivery_holds.c.until.is_(None)
    | (delivery_holds.c.until > sa.bindparam("now", type_=delivery_holds.c.until.type))
)
_FREEZES = sa.select(freezes).where(freezes.c.lifted_at.is_(None)).order_by(freezes.c.id)
"""Statements are built once: building one costs more than running it."""


class Holds:
    """Stops (by hand or by the circuit breaker), pauses Telegram asked for, and freezes."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self.changed = False

    async def stop(
        self,
        scope: str,
        reason: str,
        *,
        until: datetime | None = None,
        by: PersonId | None = None,
    ) -> None:
        """Stop a scope and give its claimed rows back, so that nothing of it leaves after this commit."""
        values = {"reason": reason, "since": self._now, "until": until, "by_person": by}
        insert = (
            postgresql.insert(delivery_holds)
            if self._connection.dialect.name == "postgresql"
            else sqlite_dialect.insert(delivery_holds)
        )
        await self._connection.execute(
            insert.values(scope=scope, **values).on_conflict_do_update(
                index_elements=["scope"], set_=values
            )
        )
        self.changed = True
        condition = _rows_of(scope)
        if condition is not None:
            await self._connection.execute(
                sa.update(outbox)
                .where(
                    outbox.c.state == RowState.CLAIMED.value,
                    outbox.c.handed_at.is_(None),
                    condition,
                )
                .values(state=RowState.PLANNED.value, worker=None)
            )

    async def lift(self, scope: str) -> bool:
        """Let a scope go on; False when it was not stopped."""
        lifted = await self._connection.execute(
            sa.delete(delivery_holds).where(delivery_holds.c.scope == scope)
        )
        self.changed = True
        return bool(lifted.rowcount)

    async def listing(self) -> list[Hold]:
        """List what is stopped at this instant."""
        return [
            Hold(
                scope=row["scope"],
                reason=row["reason"],
                since=row["since"],
                until=row["until"],
                by=PersonId(row["by_person"]) if row["by_person"] is not None else None,
            )
            for row in (await self._connection.execute(_STOPPED, {"now": self._now})).mappings()
        ]

    async def freeze(
        self,
        first: date,
        last: date,
        reason: str,
        *,
        classes: Collection[MessageClass] = (MessageClass.MARKETING,),
        rule: str = "shift",
        by: PersonId | None = None,
    ) -> int:
        """Put days (both included, in the reader's calendar) into the freeze calendar; tell the freeze's id."""
        inserted = await self._connection.execute(
            sa.insert(freezes)
            .values(
                first_day=first.isoformat(),
                last_day=last.isoformat(),
                classes=sorted(one.value for one in classes),
                rule=rule,
                reason=reason,
                by_person=by,
            )
            .returning(freezes.c.id)
        )
        self.changed = True
        return int(inserted.scalar_one())

    async def thaw(self, freeze: int) -> bool:
        """Lift a freeze; False when there is no such one or it is lifted already."""
        lifted = await self._connection.execute(
            sa.update(freezes)
            .where(freezes.c.id == freeze, freezes.c.lifted_at.is_(None))
            .values(lifted_at=self._now)
        )
        self.changed = True
        return bool(lifted.rowcount)

    async def freezes(self) -> dict[int, Freeze]:
        """Map ids to freezes that are not lifted."""
        return {
            row["id"]: Freeze(
                first_day=row["first_day"],
                last_day=row["last_day"],
                classes=frozenset(MessageClass(name) for name in row["classes"]),
                rule=row["rule"],
                reason=row["reason"],
            )
            for row in (await self._connection.execute(_FREEZES)).mappings()
        }


def _rows_of(scope: str) -> sa.ColumnElement[bool] | None:
    kind, _, name = scope.partition(":")
    match kind:
        case "campaign":
            return outbox.c.campaign == name
        case "content":
            return outbox.c.content == name
        case "class":
            return outbox.c.message_class == name
    if scope == HOLD_ALL:
        return outbox.c.lane >= min(int(LANES[soft]) for soft in SOFT)
    return None
