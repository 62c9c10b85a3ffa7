"""Erasure in one transaction, by the rules of every table; acts and journal without personal data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import Refusal
from core.ids import ChildId, PersonId, uuid7
from storage.erasure_copies import emptied, erase_copies
from storage.erasure_rules import RULES, Fate, Rule, in_order
from storage.seal import Seal
from storage.tables import metadata
from storage.tables.consents import erasures, suppressions
from storage.tables.contacts import contacts
from storage.tables.intake import inbox
from storage.tables.people import children, guardians, identities, people

METHOD = "deleted or overwritten in the database (secure_delete), write-ahead log truncated"


@dataclass(frozen=True, slots=True)
class Erased:
    """One erasure: what is needed to prove it and to do it again after a restore."""

    id: str
    scope: str
    key: int
    born_at: datetime
    requested_at: datetime
    completed_at: datetime
    cause: str
    act: dict[str, Any]


@dataclass(slots=True)
class Target:
    """Whose rows are meant."""

    person: int | None = None
    child: int | None = None
    telegram: int | None = None
    counts: dict[str, int] = field(default_factory=dict)


class Erasures:
    """Erases people and children."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def person(
        self, person: PersonId, cause: str, requested: datetime, now: datetime
    ) -> list[Erased]:
        """Erase a person and the children nobody else stands for. Refuses `privacy.nothing`."""
        row = await self._row(people, person)
        if row is None or row.erased_at is not None:
            raise Refusal("privacy.nothing")
        done = [
            await self.child(child, cause, requested, now)
            for child in await self._only_children(person)
        ]
        await self._suppress(person, row.telegram_id, now)
        target = Target(person=person, telegram=row.telegram_id)
        await self._erase(target, now)
        done.append(
            await self._act("person", person, row.created_at, cause, requested, now, target.counts)
        )
        return done

    async def child(self, child: ChildId, cause: str, requested: datetime, now: datetime) -> Erased:
        """Erase one child; its brothers and sisters stay as they are. Refuses `privacy.nothing`."""
        row = await self._row(children, child)
        if row is None or row.erased_at is not None:
            raise Refusal("privacy.nothing")
        known = sa.select(identities).where(identities.c.child_id == child)
        for found in (await self._connection.execute(known)).mappings().all():
            await self._keep_out("external", f"{found['source']}:{found['external_id']}", now)
        target = Target(child=child)
        await self._erase(target, now)
        return await self._act("child", child, row.created_at, cause, requested, now, target.counts)

    async def untie(self, person: PersonId, child: ChildId) -> None:
        """End one person's tie to a child that has another parent."""
        await self._connection.execute(
            sa.delete(guardians).where(
                guardians.c.person_id == person, guardians.c.child_id == child
            )
        )

    async def suppressed(self, kind: str, value: str) -> bool:
        """Tell whether an address belongs to somebody erased, so that an import must not bring the person back."""
        query = sa.select(suppressions.c.hash).where(
            suppressions.c.hash == self._seal.blind(f"suppress:{kind}:{value}"),
            suppressions.c.lifted_at.is_(None),
        )
        return await self._connection.scalar(query) is not None

    async def lift(self, kind: str, value: str, now: datetime) -> None:
        """Let a person in again who came back by itself."""
        hashed = self._seal.blind(f"suppress:{kind}:{value}")
        await self._connection.execute(
            sa.update(suppressions).where(suppressions.c.hash == hashed).values(lifted_at=now)
        )

    async def holds(self, scope: str, key: int, born_at: datetime) -> bool:
        """Tell whether a restored database still has what was erased: the same row, made at the same instant."""
        table = people if scope == "person" else children
        row = await self._row(table, key)
        return row is not None and row.erased_at is None and row.created_at == born_at

    async def unswept(self) -> list[str]:
        """List erasures whose traces may still lie in the database's own log."""
        query = sa.select(erasures.c.id).where(erasures.c.swept_at.is_(None))
        return list((await self._connection.execute(query)).scalars())

    async def swept(self, ids: Sequence[str], now: datetime) -> None:
        await self._connection.execute(
            sa.update(erasures).where(erasures.c.id.in_(ids)).values(swept_at=now)
        )

    async def _row(self, table: sa.Table, key: int) -> Any:
        return (await self._connection.execute(sa.select(table).where(table.c.id == key))).first()

    async def _only_children(self, person: PersonId) -> list[ChildId]:
        other = guardians.alias("other")
        query = sa.select(guardians.c.child_id).where(
            guardians.c.person_id == person,
            ~sa.exists().where(
                other.c.child_id == guardians.c.child_id,
                other.c.person_id != person,
                other.c.until.is_(None),
            ),
        )
        alive = sa.select(children.c.id).where(
            children.c.id.in_(query), children.c.erased_at.is_(None)
        )
        return [ChildId(child) for child in (await self._connection.execute(alive)).scalars()]

    async def _suppress(self, person: PersonId, telegram: int | None, now: datetime) -> None:
        if telegram is not None:
            await self._keep_out("telegram", str(telegram), now)
        own = sa.select(contacts.c.kind, contacts.c.value).where(contacts.c.person_id == person)
        for row in (await self._connection.execute(own)).all():
            await self._keep_out(row.kind, self._seal.open(row.value), now)
        known = sa.select(identities).where(identities.c.person_id == person)
        for found in (await self._connection.execute(known)).mappings().all():
            await self._keep_out("external", f"{found['source']}:{found['external_id']}", now)

    async def _keep_out(self, kind: str, value: str, now: datetime) -> None:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        fields = {"kind": kind, "at": now, "lifted_at": None}
        hashed = self._seal.blind(f"suppress:{kind}:{value}")
        await self._connection.execute(
            dialect.insert(suppressions)
            .values(hash=hashed, **fields)
            .on_conflict_do_update(index_elements=["hash"], set_=fields)
        )

    async def _erase(self, target: Target, now: datetime) -> None:
        copies = await erase_copies(
            self._connection, lambda table: list(_whose(table, RULES[table.name], target)), now
        )
        for name, rule in in_order():
            table = metadata.tables[name]
            conditions = list(_whose(table, rule, target))
            if name == "inbox" and target.telegram is not None:
                conditions = list(_lanes(target.telegram))
            if rule.fate is Fate.KEEP or not conditions:
                continue
            done = await self._connection.execute(_statement(table, rule, sa.or_(*conditions), now))
            if done.rowcount:
                target.counts[name] = int(done.rowcount)
        if copies:
            target.counts["outbox"] = target.counts.get("outbox", 0) + copies

    async def _act(
        self,
        scope: str,
        key: int,
        born_at: datetime,
        cause: str,
        requested: datetime,
        now: datetime,
        counts: dict[str, int],
    ) -> Erased:
        act = {
            "scope": scope,
            "cause": cause,
            "method": METHOD,
            "log": [
                {
                    "table": name,
                    "rows": rows,
                    "done": RULES[name].fate.value,
                    "what": RULES[name].why,
                }
                for name, rows in sorted(counts.items())
            ],
            "kept": {name: rule.why for name, rule in sorted(RULES.items()) if rule.why in _SAID},
        }
        erased = Erased(uuid7(now), scope, key, born_at, requested, now, cause, act)
        await self._connection.execute(
            sa.insert(erasures).values(
                id=erased.id,
                scope=scope,
                key=key,
                born_at=born_at,
                requested_at=requested,
                completed_at=now,
                cause=cause,
                act=act,
            )
        )
        return erased


_SAID = frozenset({RULES["consents"].why, RULES["suppressions"].why})
"""Why something stays, as told to the parent."""


def _whose(table: sa.Table, rule: Rule, target: Target) -> Iterator[sa.ColumnElement[bool]]:
    for names, key in (
        (rule.person, target.person),
        (rule.child, target.child),
        (rule.telegram, target.telegram),
        (rule.chat, target.telegram),
    ):
        if key is not None:
            yield from (table.c[name] == key for name in names)
    for columns, other, keys in rule.via:
        owner = metadata.tables[other]
        whose = list(_whose(owner, RULES[other], target))
        if whose:
            found = sa.select(*(owner.c[key] for key in keys)).where(sa.or_(*whose))
            yield sa.tuple_(*(table.c[column] for column in columns)).in_(found)


def _lanes(telegram: int) -> Iterator[sa.ColumnElement[bool]]:
    """Find a person's updates by the keys of their order: `c<chat>` and `p<person>`, separated by a space."""
    padded = sa.literal(" ") + inbox.c.lane + sa.literal(" ")
    yield padded.contains(f" c{telegram} ")
    yield padded.contains(f" p{telegram} ")


def _statement(
    table: sa.Table, rule: Rule, condition: sa.ColumnElement[bool], now: datetime
) -> sa.Delete | sa.Update:
    if rule.fate is Fate.DELETE:
        return sa.delete(table).where(condition)
    values: dict[str, Any] = dict(rule.empty)
    if rule.ended is not None:
        name, open_, end = rule.ended
        values[name] = sa.case((table.c[name].in_(open_), end), else_=table.c[name])
    if "erased_at" in table.c:
        values["erased_at"] = now
    if table.name == "outbox":
        values = emptied(now) | dict(rule.empty)
    if table.name == "inbox":
        values["state"] = sa.case((table.c.state == "received", "done"), else_=table.c.state)
    return sa.update(table).where(condition).values(values)
