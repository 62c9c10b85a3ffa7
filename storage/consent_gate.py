"""The gate's read: permissions of many people in a few set-based statements of the caller's transaction.

Every answer comes from the ledger row itself, checked against its own hash and against the pseudonym of the person, so
that a row changed behind our back allows nothing. For purposes about children it also brings the other parents, the
child's own word and its stage.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.ages import Stage
from consent.chain import holds, standing_of
from consent.fold import (
    ABROAD,
    ConsentPolicy,
    Family,
    Permission,
    Standing,
    Version,
    Versions,
    judge,
)
from consent.ports import About
from consent.purposes import TERMS, Purpose
from consent.record import Action
from storage.tables.consents import (
    ROW,
    consent_alarms,
    consent_documents,
    consent_stages,
    consent_state,
    consent_subjects,
    consents,
)
from storage.tables.people import guardians

logger = logging.getLogger(__name__)

BATCH = 500
"""Keys in one statement; SQLite takes 32,766 parameters, short lists plan better."""
EVERYTHING = "*"
_MESSAGES_ABOUT_CHILDREN = {Purpose.CHILD_DATA, Purpose.CARE}

_PEOPLE: sa.BindParameter[Any] = sa.bindparam("people", expanding=True)
_CHILDREN: sa.BindParameter[Any] = sa.bindparam("children", expanding=True)
_STOPPED = sa.select(consent_alarms.c.purpose).where(consent_alarms.c.cleared_at.is_(None))
_VERSIONS = (
    sa.select(
        consent_documents.c.purpose,
        consent_documents.c.version,
        sa.func.max(sa.case((consent_documents.c.material, 1), else_=0)).label("material"),
        sa.func.min(
            consent_documents.c.published_at, type_=consent_documents.c.published_at.type
        ).label("published_at"),
    )
    .group_by(consent_documents.c.purpose, consent_documents.c.version)
    .order_by(consent_documents.c.purpose, consent_documents.c.version)
)
_WARDS = sa.select(guardians.c.child_id).where(
    guardians.c.person_id.in_(_PEOPLE), guardians.c.until.is_(None)
)
_GUARDIANS = sa.select(guardians.c.person_id, guardians.c.child_id).where(
    guardians.c.child_id.in_(_CHILDREN), guardians.c.until.is_(None)
)
_STAGES = sa.select(consent_stages).where(consent_stages.c.child_id.in_(_CHILDREN))
_CHILD_SUBJECTS = consent_subjects.alias("child_subjects")
_LINES = (
    sa.select(
        *ROW,
        consent_state.c.person_id,
        consent_state.c.purpose,
        consent_state.c.child_id,
        consent_subjects.c.subject,
        _CHILD_SUBJECTS.c.subject,
    )
    .join_from(
        consent_state,
        consents,
        sa.and_(consents.c.ledger == consent_state.c.ledger, consents.c.seq == consent_state.c.seq),
        isouter=True,
    )
    .outerjoin(consent_subjects, consent_subjects.c.person_id == consent_state.c.person_id)
    .outerjoin(_CHILD_SUBJECTS, _CHILD_SUBJECTS.c.child_id == consent_state.c.child_id)
)
_WORDS = _LINES.where(
    consent_state.c.person_id.in_(_PEOPLE),
    consent_state.c.purpose.in_(sa.bindparam("purposes", expanding=True)),
)
_OWN_WORDS = _LINES.where(consent_state.c.child_id.in_(_CHILDREN), consent_state.c.person_id == 0)
"""Statements are built once: building one costs more than running it."""

Key = tuple[int, Purpose, int]
"""Person (0: the child itself), purpose, child (0: none)."""


@dataclass(slots=True)
class Facts:
    """What the lines of a batch stand on."""

    lines: dict[Key, Standing] = field(default_factory=dict)
    children: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    parents: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    stages: dict[int, tuple[Stage, datetime]] = field(default_factory=dict)


async def permissions(
    connection: AsyncConnection,
    subjects: Sequence[About],
    purpose: Purpose,
    at: datetime,
    *,
    policy: ConsentPolicy,
    hold: bool = False,
) -> Mapping[About, Permission]:
    """Answer for every subject whether a message for `purpose` may be sent at `at`.

    `child_data` and `care` are one gate: consent to the child's data and no "stop" for care messages. Without a child
    the answer is yes when it is yes for any of the person's children. `hold` keeps the lines from changing until the
    transaction ends (PostgreSQL row locks; on SQLite the writer is alone anyway).
    """
    versions = await read_versions(connection)
    stopped = await _stopped(connection)
    answers: dict[About, Permission] = {}
    for start in range(0, len(subjects), BATCH):
        batch = subjects[start : start + BATCH]
        if purpose.value in stopped or EVERYTHING in stopped:
            answers |= {about: Permission.no(None, "ledger_broken") for about in batch}
            continue
        facts = await _facts(connection, batch, purpose, hold=hold)
        bench = Bench(facts, at, versions, policy)
        answers |= {about: bench.decide(about, purpose) for about in batch}
    return answers


async def read_versions(connection: AsyncConnection) -> Versions:
    """Read which versions of each document were published, and when."""
    found: dict[Purpose, list[Version]] = defaultdict(list)
    for row in await connection.execute(_VERSIONS):
        version = Version(row.version, bool(row.material), row.published_at)
        found[Purpose(row.purpose)].append(version)
    return found


@dataclass(frozen=True, slots=True)
class Bench:
    """Judges one batch."""

    facts: Facts
    at: datetime
    versions: Versions
    policy: ConsentPolicy

    def decide(self, about: About, purpose: Purpose) -> Permission:
        """Answer for one subject; see `permissions`."""
        if purpose not in _MESSAGES_ABOUT_CHILDREN:
            return self._judged(about.person, purpose, None)
        care = self._judged(about.person, Purpose.CARE, None)
        if not care.allowed:
            return care
        known = sorted(self.facts.children[about.person])
        if about.child is not None and about.child not in known:
            return Permission.no(None, "foreign_child")
        named = [about.child] if about.child is not None else known
        answers = [
            self._judged(about.person, Purpose.CHILD_DATA, child) for child in named or [None]
        ]
        return next((answer for answer in answers if answer.allowed), answers[0])

    def _judged(self, person: int, purpose: Purpose, child: int | None) -> Permission:
        lines = self.facts.lines
        about = child or 0

        def word_of(who: int) -> Standing | None:
            return lines.get((who, purpose, about)) or lines.get((who, purpose, 0))

        family = Family()
        if child is not None and TERMS[purpose].about_child:
            others = (word_of(who) for who in sorted(self.facts.parents[child]) if who != person)
            stage, since = self.facts.stages.get(child, (Stage.CHILD, None))
            family = Family(
                tuple(other for other in others if other),
                lines.get((0, purpose, child)),
                stage,
                since,
            )
        return judge(
            purpose,
            word_of(person),
            self.at,
            self.versions,
            policy=self.policy,
            family=family,
            abroad=lines.get((person, Purpose.CROSS_BORDER, 0)),
        )


async def _facts(
    connection: AsyncConnection, batch: Sequence[About], purpose: Purpose, *, hold: bool
) -> Facts:
    facts = Facts()
    people = {int(about.person) for about in batch}
    wanted = {purpose}
    if purpose in ABROAD or purpose in _MESSAGES_ABOUT_CHILDREN:
        wanted.add(Purpose.CROSS_BORDER)
    if purpose in _MESSAGES_ABOUT_CHILDREN:
        wanted |= _MESSAGES_ABOUT_CHILDREN
        await _add_families(connection, facts, people, {about.child for about in batch})
        people |= {parent for known in facts.parents.values() for parent in known}
        await _add_lines(
            connection, facts, _OWN_WORDS, {"children": list(facts.parents)}, hold=hold
        )
    asked: dict[str, list[Any]] = {
        "people": list(people),
        "purposes": sorted(one.value for one in wanted),
    }
    await _add_lines(connection, facts, _WORDS, asked, hold=hold)
    return facts


async def _add_families(
    connection: AsyncConnection, facts: Facts, people: set[int], named: set[int | None]
) -> None:
    mine = await connection.execute(_WARDS, {"people": list(people)})
    children = {int(child) for child in mine.scalars()}
    children |= {int(child) for child in named if child is not None}
    wanted = {"children": list(children)}
    for person, child in await connection.execute(_GUARDIANS, wanted):
        facts.children[person].add(child)
        facts.parents[child].add(person)
    for row in await connection.execute(_STAGES, wanted):
        facts.stages[row.child_id] = (Stage(row.stage), row.since)


async def _add_lines(
    connection: AsyncConnection,
    facts: Facts,
    query: sa.Select[Any],
    wanted: Mapping[str, list[Any]],
    *,
    hold: bool,
) -> None:
    if hold and connection.dialect.name == "postgresql":
        query = query.with_for_update(read=True, of=consent_state)
    for row in await connection.execute(query, wanted):
        *columns, person, purpose, child, subject, child_subject = row
        key = (int(person), Purpose(purpose), int(child))
        facts.lines[key] = _checked(columns, purpose, subject or child_subject, child_subject)


def _checked(columns: list[Any], purpose: str, subject: str, child_subject: str) -> Standing:
    """Read the record a line points at; one that is gone, changed or another person's allows nothing."""
    if columns[0] is None or not holds(columns):
        logger.error("consent record does not verify", extra={"record": columns[2]})
        return _broken(str(columns[2] or ""))
    if (columns[3], columns[4], columns[5]) != (subject, child_subject or "", purpose):
        logger.error("consent pointer is wrong", extra={"record": columns[2]})
        return _broken(str(columns[2]))
    return standing_of(columns)


def _broken(record: str) -> Standing:
    return Standing(Action.WITHDRAW, record, datetime.min.replace(tzinfo=UTC), intact=False)


async def _stopped(connection: AsyncConnection) -> set[str]:
    return set((await connection.execute(_STOPPED)).scalars())
