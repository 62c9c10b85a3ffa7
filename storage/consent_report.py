"""Reads what the report about consents counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import sqlalchemy as sa

from consent.chain import read, standing_of
from consent.fold import Standing, Versions
from consent.purposes import Purpose
from consent.record import Record
from consent.report import Report, count
from core.cohorts import Cohort, cohort_of
from storage.people import parse_birth
from storage.tables.consents import ROW, consent_state, consents
from storage.tables.people import children, guardians
from storage.unit import Unit


async def report_of(unit: Unit, today: date) -> Report:
    """Count everything; the cohort is that of the line's child, else of the family's youngest."""
    versions: Versions = await unit.documents.versions()
    cohorts = await _cohorts(unit, today)
    lines = [line async for line in _lines(unit, cohorts)]
    return count(lines, await _withdrawn(unit), versions)


async def _cohorts(unit: Unit, today: date) -> dict[tuple[str, int], Cohort]:
    """Map ("child", id) and ("person", id) to cohorts."""
    query = (
        sa.select(guardians.c.person_id, children.c.id, children.c.birth)
        .join_from(guardians, children, children.c.id == guardians.c.child_id)
        .where(children.c.birth.is_not(None), guardians.c.until.is_(None))
    )
    born: dict[tuple[str, int], date] = {}
    for person, child, birth in await unit.connection.execute(query):
        day = parse_birth(unit.seal.open(birth))
        born["child", child] = day
        born["person", person] = max(day, born.get(("person", person), day))
    return {key: cohort_of(day, today) for key, day in born.items()}


async def _lines(
    unit: Unit, cohorts: dict[tuple[str, int], Cohort]
) -> AsyncIterator[tuple[Purpose, Standing, str]]:
    query = sa.select(*ROW, consent_state.c.person_id, consent_state.c.child_id).join_from(
        consent_state, consents, consents.c.seq == consent_state.c.seq
    )
    for *row, person, child in await unit.connection.execute(query):
        key = ("child", child) if child else ("person", person)
        yield Purpose(row[5]), standing_of(row), cohorts.get(key, Cohort.UNKNOWN).value


async def _withdrawn(unit: Unit) -> list[Record]:
    query = sa.select(*ROW).where(consents.c.action == "withdraw").order_by(consents.c.seq)
    return [read(tuple(row)) for row in await unit.connection.execute(query)]
