"""The consent ledger in the database: serialised appends, pointers to the records in force, reads for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.chain import GENESIS, Head, link, read
from consent.fold import ConsentPolicy, Permission, as_standing
from consent.ports import About, Entry, Line
from consent.purposes import Purpose
from consent.record import Action, Controller, Draft, Record, microseconds
from core.ids import ChildId, PersonId, uuid7
from storage.consent_gate import permissions
from storage.seal import Seal
from storage.tables.consents import ROW, consent_heads, consent_state, consent_subjects, consents

LEDGER = "consents"
DEFAULT_POLICY = ConsentPolicy()


class ConsentLedger:
    """Append-only records. Pseudonyms stand for people; chat ids are kept as keyed hashes."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def subject(self, person: PersonId) -> str:
        """Find or make the pseudonym of a person."""
        return await self._pseudonym(consent_subjects.c.person_id, person)

    async def child_subject(self, child: ChildId) -> str:
        return await self._pseudonym(consent_subjects.c.child_id, child)

    async def append(self, entries: Sequence[Entry], controller: Controller) -> list[Record]:
        """Append in order under the lock of the chain's head, and move the pointers of the lines concerned."""
        head = await self._lock_head()
        records = []
        for entry in entries:
            current = await self._in_force(entry)
            draft = self._prepared(entry.draft, current)
            row, head = link(draft, uuid7(draft.received_at), head, controller)
            values = dict(zip((column.name for column in ROW), row, strict=True))
            await self._connection.execute(sa.insert(consents).values(values))
            record = read(row)
            if _takes_over(record, current):
                await self._point(entry, record)
            records.append(record)
        await self._connection.execute(
            sa.update(consent_heads)
            .where(consent_heads.c.ledger == LEDGER)
            .values(seq=head.seq, hash=head.hash)
        )
        return records

    async def lines(self, person: PersonId) -> list[Line]:
        """List a person's own lines."""
        return await self._lines(consent_state.c.person_id == person)

    async def child_lines(self, child: ChildId, purpose: Purpose) -> list[Line]:
        """List everybody's lines about a child (the child's own has person 0)."""
        return await self._lines(
            (consent_state.c.child_id == child) & (consent_state.c.purpose == purpose.value)
        )

    async def permissions(
        self,
        subjects: Sequence[About],
        purpose: Purpose,
        at: datetime,
        policy: ConsentPolicy = DEFAULT_POLICY,
        *,
        hold: bool = False,
    ) -> Mapping[About, Permission]:
        """Answer for many at once, inside the caller's transaction; see `storage.consent_gate`."""
        return await permissions(self._connection, subjects, purpose, at, policy=policy, hold=hold)

    async def of_receipt(self, receipt: str) -> list[Record]:
        """List the records of one tap."""
        return await self._read(consents.c.receipt == receipt)

    async def get(self, record: str) -> Record | None:
        found = await self._read(consents.c.id == record)
        return found[0] if found else None

    async def records(self, person: PersonId) -> list[Record]:
        """List a person's records, oldest first."""
        known = sa.select(consent_subjects.c.subject).where(consent_subjects.c.person_id == person)
        return await self._read(consents.c.subject.in_(known))

    async def child_records(self, child: ChildId) -> list[Record]:
        """List everybody's records about a child, oldest first."""
        known = sa.select(consent_subjects.c.subject).where(consent_subjects.c.child_id == child)
        return await self._read(consents.c.child.in_(known))

    async def _read(self, condition: sa.ColumnElement[bool]) -> list[Record]:
        query = sa.select(*ROW).where(condition).order_by(consents.c.ledger, consents.c.seq)
        return [read(tuple(row)) for row in await self._connection.execute(query)]

    async def _lines(self, condition: sa.ColumnElement[bool]) -> list[Line]:
        query = (
            sa.select(*ROW, consent_state.c.person_id, consent_state.c.child_id)
            .join_from(consent_state, consents, _in_force())
            .where(condition)
            .order_by(consents.c.seq)
        )
        found = []
        for row in await self._connection.execute(query):
            *columns, person, child = row
            record = read(columns)
            key = ChildId(child) if child else None
            found.append(Line(PersonId(person), record.purpose, key, as_standing(record)))
        return found

    async def _pseudonym(self, column: sa.Column[int], key: int) -> str:
        query = sa.select(consent_subjects.c.subject).where(column == key)
        if (known := await self._connection.scalar(query)) is not None:
            return str(known)
        values = {"subject": str(uuid4()), column.name: key}
        await self._connection.execute(self._insert_once(consent_subjects, values))
        return str(await self._connection.scalar(query))

    def _insert_once(self, table: sa.Table, values: dict[str, object]) -> sa.Insert:
        if self._connection.dialect.name == "postgresql":
            return postgresql.insert(table).values(values).on_conflict_do_nothing()
        return sqlite.insert(table).values(values).on_conflict_do_nothing()

    async def _lock_head(self) -> Head:
        start = {"ledger": LEDGER, "seq": 0, "hash": GENESIS}
        query = (
            sa.select(consent_heads.c.seq, consent_heads.c.hash)
            .where(consent_heads.c.ledger == LEDGER)
            .with_for_update()
        )
        row = (await self._connection.execute(query)).first()
        if row is None:
            await self._connection.execute(self._insert_once(consent_heads, start))
            row = (await self._connection.execute(query)).one()
        return Head(LEDGER, row.seq, row.hash)

    async def _in_force(self, entry: Entry) -> Record | None:
        query = (
            sa.select(*ROW)
            .join_from(consent_state, consents, _in_force())
            .where(
                consent_state.c.person_id == (entry.person or 0),
                consent_state.c.purpose == entry.draft.purpose.value,
                consent_state.c.child_id == (entry.child or 0),
            )
        )
        row = (await self._connection.execute(query)).first()
        return read(tuple(row)) if row is not None else None

    def _prepared(self, draft: Draft, current: Record | None) -> Draft:
        """Hash the chat, and keep the time of a line from going back when the host's clock does."""
        at = min(draft.at, draft.received_at)
        if current is not None and not draft.source.startswith("import"):
            at = max(at, current.at)
        chat = draft.evidence.chat
        return replace(
            draft, at=at, chat_hash=self._seal.blind(f"chat:{chat}") if chat is not None else None
        )

    async def _point(self, entry: Entry, record: Record) -> None:
        keys = {
            "person_id": entry.person or 0,
            "purpose": record.purpose.value,
            "child_id": entry.child or 0,
        }
        place = {"ledger": record.ledger, "seq": record.seq}
        kind = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        await self._connection.execute(
            kind.insert(consent_state)
            .values(keys | place)
            .on_conflict_do_update(index_elements=list(keys), set_=place)
        )


def _in_force() -> sa.ColumnElement[bool]:
    return sa.and_(
        consents.c.ledger == consent_state.c.ledger, consents.c.seq == consent_state.c.seq
    )


def _takes_over(record: Record, current: Record | None) -> bool:
    """Tell whether a record comes into force; the same law as `consent.fold.standing`."""
    if current is None:
        return True
    speaks = record.proven or record.action is not Action.GRANT
    spoke = current.proven or current.action is not Action.GRANT
    if speaks != spoke:
        return speaks
    return (microseconds(record.at), record.seq) > (microseconds(current.at), current.seq)
