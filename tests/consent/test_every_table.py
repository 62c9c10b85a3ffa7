"""No table keeps what is planted in it: every column that could hold words, in every table that says whose a row is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from core.errors import Refusal
from storage.erasure_rules import RULES, Fate, Rule
from storage.tables import metadata
from storage.tables.delivery import outbox
from storage.types import Instant
from tests.consent.school import School
from tests.consent.test_erasure import journal, privacy_of, scan
from tests.databases import SEAL

CANARY = "К7731"
TELEGRAM = 7731773177
KEPT = frozenset({"people", "children", "guardians", "inbox", "consent_subjects"})
"""Tables with rows the product itself makes in this test, or that are found by another key."""
CODES = {
    "kind": "phone",
    "state": "asked",
    "ama_questions.state": "open",
    "outbox.state": "planned",
    "outbox.kind": "message",
    "outbox.message_class": "service",
    "source": "parent",
    "severity": "normal",
    "speciality": "support",
    "step": "assign",
    "cohort": "unknown",
}
"""What rows must hold to be read again."""
__all__ = ["journal"]


def planted(table: sa.Table, rule: Rule, person: int, child: int) -> dict[str, Any]:
    """Fill a row: its owner's keys where the rule looks, and the canary wherever words fit."""
    owners = {
        **dict.fromkeys(rule.person, person),
        **dict.fromkeys(rule.child, child),
        **dict.fromkeys((*rule.telegram, *rule.chat), TELEGRAM),
    }
    return {column.name: owners.get(column.name, _value(column, rule)) for column in table.c}


def _value(column: sa.Column[Any], rule: Rule) -> Any:
    kind = column.type
    if isinstance(kind, sa.String):
        words = rule.fate is Fate.DELETE or isinstance(kind, sa.Text) or column.name in rule.empty
        code = CODES.get(f"{column.table.name}.{column.name}", CODES.get(column.name, "x"))
        said = CANARY if words and column.name != "kind" else code
        return said[: kind.length]
    if isinstance(kind, sa.LargeBinary):
        return SEAL.close(CANARY) if column.table.name == "contacts" else CANARY.encode()
    return next((value for known, value in VALUES if isinstance(kind, known)), 7)


VALUES = (
    (sa.JSON, {"said": [CANARY]}),
    (sa.Boolean, False),
    (Instant, datetime(2026, 11, 23, tzinfo=UTC)),
)


async def left(connection: AsyncConnection) -> list[str]:
    """Name the tables in which the canary or the person's Telegram id stands."""
    needles = (CANARY, json.dumps(CANARY).strip('"'), str(CANARY.encode()), str(TELEGRAM))
    return [
        table.name
        for table in metadata.sorted_tables
        for row in (await connection.execute(sa.text(f"SELECT * FROM {table.name}"))).all()
        if any(needle in "|".join(map(str, row)) for needle in needles)
    ]


async def plant(
    connection: AsyncConnection, wanted: dict[str, Rule], person: int, child: int
) -> None:
    """Lay rows that hang together with nothing, as parts of a product that is not here would."""
    for name, rule in wanted.items():
        table = metadata.tables[name]
        await connection.execute(sa.insert(table).values(planted(table, rule, person, child)))
    told = planted(outbox, RULES["outbox"], 0, 0) | {
        "person_id": None,
        "handed_at": None,
        "child_id": None,
        "chat_id": -100,
    }
    for number, key in enumerate(TOLD, 100):
        await connection.execute(
            sa.insert(outbox).values(told | {"id": number, "key": key, "target": "c-100"})
        )
    assert set(wanted) <= {*await left(connection), *NUMBERS}


async def test_nothing_planted_in_any_table_is_left_and_everything_can_still_be_read(
    school: School, journal, tmp_path
):
    """L109: queued, parked, evidence of moderation, drafts, meetings, mentorship, surveys, whatever comes next."""
    person = await school.parent()
    child = await school.child(person, name=CANARY)
    async with school.database.begin() as unit:
        await unit.people.change(person, telegram_id=TELEGRAM, display_name=CANARY)
    wanted = {
        name: rule
        for name, rule in RULES.items()
        if rule.fate is not Fate.KEEP
        and name not in KEPT
        and (rule.person or rule.child or rule.telegram or rule.chat)
    }
    loose = create_async_engine(school.database.url)
    async with loose.begin() as connection:
        if not school.database.is_sqlite:
            await connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        await plant(connection, wanted, person, child)
    await privacy_of(school, journal).delete_me(person)
    async with loose.begin() as connection:
        assert await left(connection) == []
    await loose.dispose()
    if school.database.is_sqlite:
        assert [found for found in scan(tmp_path, CANARY.encode()) if "log" not in found] == []
    async with school.database.reading() as unit:
        assert await unit.escalations.get(7) is not None
        assert await unit.questions.get(7) is not None
        assert (await unit.ama.question(7)).text == ""
        assert await unit.escalations.due(unit.now, 10) == []
        assert await unit.questions.overdue(unit.now, 10) == []
        assert {(await unit.outbox.by_key(key)).state.value for key in TOLD[:-1]} == {"suppressed"}
        assert await unit.outbox.by_key(TOLD[-1]) is None
    with pytest.raises(Refusal, match=r"privacy\.nothing"):
        await privacy_of(school, journal).delete_me(person)


TOLD = (
    "escalation:7:card:0:staff",
    "question:7:topic",
    "ama:7:question:7:pending",
    "case:7:notice",
    "mentor:application:7:1",
    "mentor:pair:7:message:1:2",
    f"join:7:{TELEGRAM}:1",
)
"""Keys of rows in which others were told of the person; the last names the person and is replaced."""
NUMBERS = frozenset(
    name
    for name, table in metadata.tables.items()
    if not any(isinstance(column.type, sa.String | sa.JSON | sa.LargeBinary) for column in table.c)
)
"""Tables of keys and counts alone."""
