"""Facts about readers for the gate, loaded for a whole batch at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.effects import LANES, SOFT, Lane, MessageClass, RowState
from core.ids import ChildId, PersonId
from core.outgoing import Reader
from storage.outbox_usual import usual
from storage.people import parse_birth
from storage.seal import Seal
from storage.tables.delivery import outbox
from storage.tables.people import children, guardians, people

_LEFT = (RowState.SENT.value, RowState.CLAIMED.value, RowState.UNKNOWN.value)
"""What left, is leaving or may have left counts against the caps."""
_SOFT = min(int(LANES[soft]) for soft in SOFT)
_WEEKS_BACK = timedelta(days=9)
"""Counting starts here, so that the week of any local date is complete."""

_PERSONS: sa.BindParameter[Any] = sa.bindparam("persons", expanding=True)
_BY_ID = sa.select(people).where(people.c.id.in_(_PERSONS))
_CHILDREN = sa.select(children).where(
    children.c.id.in_(sa.bindparam("wanted", expanding=True)), children.c.erased_at.is_(None)
)
_WARDS = (
    sa.select(guardians.c.person_id, guardians.c.child_id)
    .join(children, children.c.id == guardians.c.child_id)
    .where(
        guardians.c.person_id.in_(_PERSONS),
        guardians.c.until.is_(None),
        children.c.erased_at.is_(None),
    )
)
_COUNTS = (
    sa.select(
        outbox.c.person_id,
        outbox.c.sent_day,
        outbox.c.sent_week,
        sa.func.count(),
        sa.func.sum(sa.case((outbox.c.lane >= _SOFT, 1), else_=0)),
    )
    .where(
        outbox.c.person_id.in_(_PERSONS),
        outbox.c.sent_week >= sa.bindparam("since"),
        outbox.c.state.in_(_LEFT),
        outbox.c.lane > int(Lane.CONTROL),
    )
    .group_by(outbox.c.person_id, outbox.c.sent_day, outbox.c.sent_week)
)
"""Statements are built once: building one costs more than running it."""


class Readers:
    """Reads people in sets, never one by one."""

    def __init__(self, connection: AsyncConnection, now: datetime, seal: Seal) -> None:
        self._connection = connection
        self._now = now
        self._seal = seal

    async def load(
        self, persons: Collection[PersonId], *, counted: bool = True
    ) -> dict[PersonId, Reader]:
        """Load what the gate asks about people (permissions come from the ledger).

        `counted` False leaves out what was sent to them: caps are not asked when a message is planned.
        """
        if not persons:
            return {}
        counts = await self._counts(persons) if counted else {}
        wards = await self._wards(persons)
        asked = {"persons": list(persons)}
        readers = {}
        for row in (await self._connection.execute(_BY_ID, asked)).mappings():
            person = PersonId(row["id"])
            soft_days, all_days, soft_weeks = counts.get(person, ({}, {}, {}))
            readers[person] = Reader(
                person=person,
                telegram_id=row["telegram_id"],
                language=row["language"],
                zone=row["zone"],
                channel=row["channel"],
                erased=row["erased_at"] is not None,
                preferences=row["preferences"] or {},
                children=frozenset(wards.get(person, ())),
                soft_days=soft_days,
                all_days=all_days,
                soft_weeks=soft_weeks,
            )
        return readers

    async def usual(
        self, persons: Collection[PersonId], message_class: MessageClass
    ) -> set[PersonId]:
        """List those for whom a message of this class may be planned without a closer look."""
        return await usual(self._connection, persons, message_class, self._now)

    async def children(
        self, wanted: Collection[ChildId]
    ) -> dict[ChildId, tuple[str | None, date | None]]:
        """Open the names and birth dates a batch of texts needs."""
        if not wanted:
            return {}
        asked = {"wanted": list(wanted)}
        opened = {}
        for row in (await self._connection.execute(_CHILDREN, asked)).mappings():
            name = self._seal.open(row["name"]) if row["name"] is not None else None
            born = self._seal.open(row["birth"]) if row["birth"] is not None else None
            opened[ChildId(row["id"])] = (name, parse_birth(born) if born else None)
        return opened

    async def _wards(self, persons: Collection[PersonId]) -> dict[PersonId, set[ChildId]]:
        wards: dict[PersonId, set[ChildId]] = defaultdict(set)
        asked = {"persons": list(persons)}
        for person, child in (await self._connection.execute(_WARDS, asked)).all():
            wards[PersonId(person)].add(ChildId(child))
        return wards

    async def _counts(self, persons: Collection[PersonId]) -> dict[PersonId, Any]:
        oldest = self._now - _WEEKS_BACK
        since = iso_week((oldest - timedelta(days=1)).date())
        asked = {"persons": list(persons), "since": since}
        counts: dict[PersonId, Any] = {}
        found = await self._connection.execute(_COUNTS, asked)
        for person, day, week, every, soft in found.all():
            soft_days, all_days, soft_weeks = counts.setdefault(PersonId(person), ({}, {}, {}))
            all_days[day] = all_days.get(day, 0) + every
            soft_days[day] = soft_days.get(day, 0) + soft
            soft_weeks[week] = soft_weeks.get(week, 0) + soft
        return counts


def iso_week(day: date) -> str:
    """Name the ISO week of a date: `2026-W53`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
