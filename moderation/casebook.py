"""Cases as a table for people who count: ids, codes and times, never what somebody wrote."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TextIO

from moderation.cases import Case, Step

COLUMNS = (
    "case", "chat", "topic", "message", "author", "rule", "action", "reason", "state", "verdict", "opened_at",
    "due_at", "claimed_by", "claimed_at", "decided_by", "decided_at", "joined_to", "rules", "steps",
)  # fmt: skip


def write_csv(target: TextIO, cases: Sequence[Case], steps: Mapping[int, Sequence[Step]]) -> int:
    """Write the cases, oldest first, and tell how many. Times are UTC in ISO 8601."""
    rows = csv.writer(target)
    rows.writerow(COLUMNS)
    for case in cases:
        rows.writerow(_row(case, steps.get(case.id, ())))
    return len(cases)


def _row(case: Case, steps: Sequence[Step]) -> list[str]:
    audit = "; ".join(f"{_at(step.at)} {step.step} {step.actor_id or 'bot'}" for step in steps)
    rules = " ".join(f"{finding['rule']}={finding['score']}" for finding in case.findings)
    cells = (
        case.id, case.chat_id, case.topic_id, case.message_id, case.author_id, case.rule, case.action, case.reason,
        case.state.value, case.verdict, _at(case.opened_at), _at(case.due_at), case.claimed_by, _at(case.claimed_at),
        case.decided_by, _at(case.decided_at), case.joined_to, rules, audit,
    )  # fmt: skip
    return ["" if cell is None else str(cell) for cell in cells]


def _at(instant: datetime | None) -> str:
    return instant.isoformat(timespec="seconds") if instant is not None else ""
