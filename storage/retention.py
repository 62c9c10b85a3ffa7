"""The nightly purge: what is past its time goes, and the report says what and why."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from consent.retention import NEVER, Keep
from storage.database import Database
from storage.tables.community import drafts
from storage.tables.community_questions import questions
from storage.tables.consents import access_log
from storage.tables.contacts import used_links
from storage.tables.delivery import outbox
from storage.tables.intake import events, inbox
from storage.tables.moderation import case_bodies, cases, messages
from storage.tables.surveys import survey_answers

logger = logging.getLogger(__name__)

Statement = Callable[[datetime], sa.Delete | sa.Update]


@dataclass(frozen=True, slots=True)
class Purged:
    """One line of the report."""

    name: str
    rows: int
    what: str
    why: str
    before: datetime


def _gone(table: sa.Table, column: str, *conditions: sa.ColumnElement[bool]) -> Statement:
    return lambda before: sa.delete(table).where(table.c[column] < before, *conditions)


def _emptied(
    table: sa.Table, column: str, empty: Mapping[str, Any], *conditions: sa.ColumnElement[bool]
) -> Statement:
    return lambda before: (
        sa.update(table).where(table.c[column] < before, *conditions).values(dict(empty))
    )


STATEMENTS: Mapping[str, Statement] = {
    "group_messages": _emptied(messages, "at", {"body": None}, messages.c.body.is_not(None)),
    "case_bodies": _emptied(cases, "opened_at", {"body": None}, cases.c.body.is_not(None)),
    "case_versions": _emptied(case_bodies, "at", {"body": None}, case_bodies.c.body.is_not(None)),
    "inbox": _gone(inbox, "done_at"),
    "outbox_facts": _emptied(outbox, "done_at", {"facts": {}, "reasons": []}),
    "outbox": _gone(outbox, "done_at"),
    "questions": _emptied(questions, "answered_at", {"sealed": b""}),
    "survey_words": _emptied(
        survey_answers, "at", {"sealed": None}, survey_answers.c.sealed.is_not(None)
    ),
    "drafts": _gone(drafts, "changed_at"),
    "used_links": _gone(used_links, "used_at"),
    "access_log": _gone(access_log, "at"),
    "events": _gone(events, "at"),
}
"""What each line of `consent.retention.SCHEDULE` does."""


async def purge(database: Database, schedule: Mapping[str, Keep], now: datetime) -> list[Purged]:
    """Purge line by line, each in a transaction of its own; safe to run again."""
    report = []
    for name, keep in schedule.items():
        if keep.days == NEVER:
            continue
        before = now - keep.days
        async with database.begin() as unit:
            done = await unit.connection.execute(STATEMENTS[name](before))
        report.append(Purged(name, int(done.rowcount), keep.what, keep.why, before))
    logger.info("retention done", extra={"rows": {line.name: line.rows for line in report}})
    return report
