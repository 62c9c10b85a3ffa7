"""No table keeps what is planted in it: every column that could hold words, in every table that says whose a row is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from core.errors import Refusal
from storage.erasure_rules import RULES, Fate, Rule
from storage.tables import metadata
from storage.types import Instant
from tests.consent.school import School
from tests.consent.test_erasure import journal, privacy_of, scan
from tests.databases import SEAL

CANARY = "Канарейкина-7731"
TELEGRAM = 7731773177
KEPT = frozenset({"people", "children", "guardians", "inbox"})
"""Tables with rows the product itself makes in this test, or that are found by another key."""
CODES = {
    "kind": "phone",
    "state": "asked",
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
        return CANARY if words and column.name != "kind" else CODES.get(column.name, "x")
    if isinstance(kind, sa.LargeBinary):
        return SEAL.close(CANARY) if column.table.name == "contacts" else CANARY.encode()
    return next((value for known, value in VALUES if isinstance(kind, known)), 7)


VALUES = (
    (sa.JSON, {"said": [CANARY]}),
    (sa.Boolean, False),
    (Instant, datetime(2026, 11, 23, tzinfo=UTC)),
)


def left(connection: sa.Connection) -> list[str]:
    """Name the tables in which the canary or the person's Telegram id stands."""
    needles = (CANARY, json.dumps(CANARY).strip('"'), str(CANARY.encode()), str(TELEGRAM))
    return [
        table.name
        for table in metadata.sorted_tables
        for row in connection.execute(sa.text(f"SELECT * FROM {table.name}"))
        if any(needle in "|".join(map(str, row)) for needle in needles)
    ]


async def test_nothing_planted_in_any_table_is_left_and_everything_can_still_be_read(
    small_school: School, journal, tmp_path
):
    """L109: queued, parked, evidence of moderation, drafts, meetings, mentorship, surveys, whatever comes next."""
    person = await small_school.parent()
    child = await small_school.child(person, name=CANARY)
    async with small_school.database.begin() as unit:
        await unit.people.change(person, telegram_id=TELEGRAM, display_name=CANARY)
    engine = sa.create_engine(f"sqlite:///{small_school.database.url.database}")
    wanted = {
        name: rule
        for name, rule in RULES.items()
        if rule.fate is not Fate.KEEP
        and name not in KEPT
        and (rule.person or rule.child or rule.telegram or rule.chat)
    }
    with engine.begin() as connection:
        for name, rule in wanted.items():
            table = metadata.tables[name]
            if name == "consent_subjects":
                continue
            connection.execute(sa.insert(table).values(planted(table, rule, person, child)))
        assert set(wanted) - {"consent_subjects", "children", "people"} <= {
            *left(connection),
            *NUMBERS,
        }
    await privacy_of(small_school, journal).delete_me(person)
    with engine.begin() as connection:
        assert left(connection) == []
    engine.dispose()
    assert [found for found in scan(tmp_path, CANARY.encode()) if "log" not in found] == []
    async with small_school.database.reading() as unit:
        assert await unit.escalations.get(7) is not None
        assert await unit.questions.get(7) is not None
        assert (
            await unit.escalations.due(unit.now, 10),
            await unit.questions.overdue(unit.now, 10),
        ) == ([], [])
    with pytest.raises(Refusal, match=r"privacy\.nothing"):
        await privacy_of(small_school, journal).delete_me(person)


NUMBERS = frozenset(
    name
    for name, table in metadata.tables.items()
    if not any(isinstance(column.type, sa.String | sa.JSON | sa.LargeBinary) for column in table.c)
)
"""Tables of keys and counts alone."""
