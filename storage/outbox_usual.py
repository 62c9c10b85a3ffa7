"""Whom a message may be planned for without a closer look: one set-based statement for thousands of people.

It names only those with whom nothing is special: reachable, their own consent in force, nobody else has a word in it.
Everybody else is looked at one by one by the gate. It trusts the pointers of the ledger; the record itself is checked
against its hash when the row is claimed, so a broken record stops the message there.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.fold import ConsentPolicy
from consent.purposes import Purpose
from consent.record import Action, microseconds
from core.effects import LANES, MessageClass, RowState
from core.ids import PersonId
from core.outgoing import Alike
from storage.consent_gate import read_versions
from storage.tables.consents import consent_alarms, consent_stages, consent_state, consents
from storage.tables.delivery import outbox
from storage.tables.people import children, guardians, people

_RESTS_ON = {MessageClass.CARE: Purpose.CHILD_DATA, MessageClass.MARKETING: Purpose.MARKETING}
"""The consent a class rests on."""
_MAY_OBJECT = (Purpose.CARE.value, Purpose.CROSS_BORDER.value)
"""Lines of the parent that could forbid care; who has one is looked at closer."""
_DEFAULT = ConsentPolicy()
Condition = sa.ColumnElement[bool]


async def usual(
    connection: AsyncConnection,
    persons: Collection[PersonId],
    message_class: MessageClass,
    at: datetime,
    policy: ConsentPolicy = _DEFAULT,
) -> set[PersonId]:
    """List those of `persons` for whom the gate would surely let a message of this class be planned.

    For messages about no particular child; where a message concerns one, its reader is looked at closer.
    """
    purpose = _RESTS_ON.get(message_class)
    if purpose is None or policy.cross_border_required or await _alarmed(connection):
        return set()
    wanted = await _wanted(connection, persons, purpose, at)
    found = await connection.execute(_statement(purpose, sqlite=_is_sqlite(connection)), wanted)
    return {PersonId(person) for person in found.scalars()}


async def plan_usual(
    connection: AsyncConnection,
    persons: Collection[PersonId],
    alike: Alike,
    at: datetime,
    policy: ConsentPolicy = _DEFAULT,
) -> set[PersonId]:
    """Plan one message for all of `persons` who are usual, and list for whom a row was stored.

    One statement: a digest for a million people makes no object for any of them.
    """
    effect = alike.effect
    purpose = _RESTS_ON.get(effect.message_class)
    if purpose is None or policy.cross_border_required or await _alarmed(connection):
        return set()
    row = {
        "before": alike.before,
        "after": alike.after,
        "kind": effect.kind.value,
        "message_class": effect.message_class.value,
        "lane": int(LANES[effect.message_class]),
        "content": effect.content,
        "facts": dict(effect.facts),
        "purpose": effect.purpose,
        "campaign": effect.campaign,
        "due": effect.due or at,
        "expires": effect.deadline(at),
        "planned_at": at,
        "state": RowState.PLANNED.value,
        "reasons": list(effect.reasons),
    }
    wanted = await _wanted(connection, persons, purpose, at)
    statement = _insertion(purpose, sqlite=_is_sqlite(connection))
    stored = await connection.execute(statement, {**wanted, **row})
    return {PersonId(person) for person in stored.scalars()}


def _is_sqlite(connection: AsyncConnection) -> bool:
    return connection.dialect.name == "sqlite"


async def _wanted(
    connection: AsyncConnection, persons: Collection[PersonId], purpose: Purpose, at: datetime
) -> dict[str, Any]:
    versions = (await read_versions(connection)).get(purpose, ())
    binding = (one.number for one in versions if one.material and one.published_at <= at)
    return {
        "persons": json.dumps([*persons]) if _is_sqlite(connection) else [*persons],
        "at": microseconds(at),
        "version": max(binding, default=0),
    }


async def _alarmed(connection: AsyncConnection) -> bool:
    query = sa.select(consent_alarms.c.id).where(consent_alarms.c.cleared_at.is_(None)).limit(1)
    return await connection.scalar(query) is not None


@cache
def _statement(purpose: Purpose, *, sqlite: bool) -> sa.Select[Any]:
    return sa.select(people.c.id).where(*_are_usual(purpose, sqlite=sqlite))


@cache
def _insertion(purpose: Purpose, *, sqlite: bool) -> sa.sql.Executable:
    given = {
        name: sa.bindparam(name, type_=outbox.c[name].type)
        for name in (
            "kind", "message_class", "lane", "content", "facts", "purpose", "campaign", "due", "expires", "planned_at",
            "state", "reasons",
        )
    }  # fmt: skip
    number = sa.cast(people.c.id, sa.String)
    before, after = (sa.bindparam(name, type_=sa.String) for name in ("before", "after"))
    rows = sa.select(
        before.concat(number).concat(after),
        sa.literal_column("'p'", sa.String).concat(number),
        people.c.id,
        *given.values(),
    ).where(*_are_usual(purpose, sqlite=sqlite))
    insert = (sqlite_dialect if sqlite else postgresql).insert(outbox)
    statement: sa.sql.Executable = (
        insert.from_select(["key", "target", "person_id", *given], rows)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(outbox.c.person_id)
    )
    return statement


def _are_usual(purpose: Purpose, *, sqlite: bool) -> tuple[Condition, ...]:
    allowed = _for_a_child(sqlite=sqlite)
    if purpose is not Purpose.CHILD_DATA:
        allowed = _granted(purpose, people.c.id, sa.literal(0), sqlite=sqlite)
    return (
        _among(people.c.id, sqlite=sqlite),
        people.c.channel == "active",
        people.c.telegram_id.is_not(None),
        people.c.erased_at.is_(None),
        allowed,
    )


def _for_a_child(*, sqlite: bool) -> Condition:
    """Ask for a child too young to be asked, of this guardian alone, with consent and no word against it."""
    other = guardians.alias("other")
    others = (other.c.child_id == guardians.c.child_id) & (
        other.c.person_id != guardians.c.person_id
    )
    asked = consent_stages.c.child_id == guardians.c.child_id
    child = (
        sa.select(guardians.c.child_id)
        .join(children, children.c.id == guardians.c.child_id)
        .where(
            guardians.c.person_id == people.c.id,
            guardians.c.until.is_(None),
            children.c.erased_at.is_(None),
            ~sa.exists().where(others, other.c.until.is_(None)),
            ~sa.exists().where(asked),
            _granted(
                Purpose.CHILD_DATA, guardians.c.person_id, guardians.c.child_id, sqlite=sqlite
            ),
        )
    )
    word = consent_state.alias("word")
    against = sa.exists().where(word.c.person_id == people.c.id, word.c.purpose.in_(_MAY_OBJECT))
    return child.exists() & ~against


def _granted(
    purpose: Purpose, person: Any, child: sa.ColumnElement[int], *, sqlite: bool
) -> Condition:
    """Ask for a line that points at a proven grant that is valid and of a version that still binds."""
    record = (consents.c.ledger == consent_state.c.ledger) & (consents.c.seq == consent_state.c.seq)
    return sa.exists().where(
        consent_state.c.person_id == person,
        consent_state.c.purpose == purpose.value,
        consent_state.c.child_id == child,
        record,
        consents.c.purpose == purpose.value,
        consents.c.action == Action.GRANT.value,
        *_in_force(sqlite=sqlite),
    )


def _in_force(*, sqlite: bool) -> tuple[Condition, ...]:
    at, version = sa.bindparam("at", type_=sa.BigInteger), sa.bindparam("version", type_=sa.Integer)
    proven: Any
    until: sa.ColumnElement[int]
    shown: sa.ColumnElement[int]
    if sqlite:
        proven = sa.func.json_extract(consents.c.body, "$.proven") == 1
        until = sa.func.json_extract(consents.c.body, "$.valid_until", type_=sa.BigInteger)
        shown = sa.func.json_extract(consents.c.body, "$.document.version", type_=sa.Integer)
    else:
        body = sa.cast(consents.c.body, JSONB)
        proven = body["proven"].as_boolean()
        until = sa.cast(body["valid_until"].astext, sa.BigInteger)
        shown = sa.cast(body["document"]["version"].astext, sa.Integer)
    return proven, until.is_(None) | (until > at), sa.func.coalesce(shown, 0) >= version


def _among(column: sa.ColumnElement[int], *, sqlite: bool) -> Condition:
    """Take the ids as one parameter: thousands of them would have to be written into the statement each time."""
    if sqlite:
        each = sa.func.json_each(sa.bindparam("persons", type_=sa.Text)).table_valued("value")
        return column.in_(sa.select(each.c.value))
    return column == sa.any_(sa.bindparam("persons", type_=ARRAY(sa.BigInteger)))
