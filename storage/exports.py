"""Everything stored about one person, read by the rules of erasure: own rows only, nobody else in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import ChildId, PersonId
from storage.erasure_rules import RULES, Rule
from storage.seal import Seal
from storage.tables import metadata
from storage.tables.people import people

SEALED = frozenset(
    {
        "ama_questions.sealed",
        "children.name",
        "children.birth",
        "contacts.value",
        "drafts.sealed",
        "member_notes.sealed",
        "mentor_applications.about",
        "mentor_pairs.family_feedback",
        "mentor_pairs.mentor_feedback",
        "platform_events.sealed",
        "questions.sealed",
        "survey_answers.sealed",
        "escalations.sealed",
    }
)
"""Sealed columns: opened for their owner, sealed again by key rotation."""
RAW = frozenset({"messages.body", "cases.body", "case_bodies.body", "inbox.payload"})
"""Binary columns that are not sealed: short-lived, purged by retention."""
BODIES = frozenset({"messages.body", "cases.body"})
"""Raw messages: they may quote somebody else, so only the person's own words are taken."""
OTHERS = frozenset(
    {
        "actor_id",
        "assigned_id",
        "author_id",
        "blind",
        "by_person",
        "card_message_id",
        "claimed_by",
        "decided_by",
        "ended_by",
        "fingerprint",
        "gives_id",
        "granted_by",
        "staff_chat_id",
        "takes_id",
        "withdrawn_by",
        "worker",
        "family_feedback",
        "family_id",
        "mentor_feedback",
        "mentor_id",
    }
)
"""Columns that name other people or mean nothing outside."""

Sections = dict[str, list[dict[str, Any]]]


class Exports:
    """Reads a person's data."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def of_person(self, person: PersonId, children: Sequence[ChildId]) -> Sections:
        """Read every exportable table; empty ones are left out."""
        telegram = await self._connection.scalar(
            sa.select(people.c.telegram_id).where(people.c.id == person)
        )
        sections: Sections = {}
        for name, rule in RULES.items():
            table = metadata.tables[name]
            condition = _mine(table, rule, person, children, telegram)
            if not rule.export or condition is None:
                continue
            query = sa.select(table).where(condition).order_by(*table.primary_key.columns)
            rows = (await self._connection.execute(query)).mappings().all()
            if rows:
                sections[name] = [self._plain(name, row) for row in rows]
        return sections

    def _plain(self, table: str, row: sa.RowMapping) -> dict[str, Any]:
        return {
            str(name): self._value(f"{table}.{name}", value)
            for name, value in row.items()
            if name not in OTHERS and value is not None
        }

    def _value(self, column: str, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, bytes | memoryview):
            return self._opened(column, bytes(value))
        return value

    def _opened(self, column: str, value: bytes) -> Any:
        if column in BODIES:
            return own_words(value)
        try:
            return self._seal.open(value) if column in SEALED and value else None
        except InvalidToken:
            return None


def own_words(body: bytes) -> dict[str, Any]:
    """Take a message's own words, without what it answers or quotes."""
    try:
        raw = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return {key: raw[key] for key in ("date", "text", "caption") if key in raw}


def _mine(
    table: sa.Table,
    rule: Rule,
    person: PersonId,
    children: Sequence[ChildId],
    telegram: int | None,
) -> sa.ColumnElement[bool] | None:
    """Select rows of the person, and rows of the children that are not another person's."""
    mine: list[sa.ColumnElement[bool]] = [table.c[name] == person for name in rule.person]
    nobody = sa.and_(sa.true(), *(table.c[name].is_(None) for name in rule.person))
    mine += [sa.and_(table.c[name].in_(children), nobody) for name in rule.child if children]
    if telegram is not None:
        mine += [table.c[name] == telegram for name in (*rule.telegram, *rule.chat)]
    return sa.or_(*mine) if mine else None
