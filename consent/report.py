"""Figures about consents: by purpose and version, those suspended, withdrawals by week and cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from consent.fold import REFUSALS, Standing, Versions, outdated
from consent.purposes import Purpose
from consent.record import Action, Record


@dataclass(slots=True)
class Report:
    """Counts. `states`: (purpose, version, state); `cohorts`: (purpose, cohort) of people who agreed."""

    states: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    cohorts: Counter[tuple[str, str]] = field(default_factory=Counter)
    withdrawals: Counter[tuple[date, str, str]] = field(default_factory=Counter)

    @property
    def suspended(self) -> int:
        return sum(count for (_, _, state), count in self.states.items() if state == "suspended")


def state_of(purpose: Purpose, own: Standing, versions: Versions) -> str:
    """Name the state of a line for counting."""
    if own.action is not Action.GRANT:
        return REFUSALS[own.action]
    if not own.proven:
        return "unproven"
    newest = versions.get(purpose, ())
    if newest and outdated(own.version, newest, newest[-1].published_at):
        return "suspended"
    return "granted"


def count(
    lines: Iterable[tuple[Purpose, Standing, str]],
    withdrawn: Iterable[Record],
    versions: Versions,
) -> Report:
    """Count lines in force (with the cohort of the family's child) and withdrawals by ISO week and cause."""
    report = Report()
    for purpose, standing, cohort in lines:
        state = state_of(purpose, standing, versions)
        report.states[purpose.value, standing.version, state] += 1
        if state == "granted":
            report.cohorts[purpose.value, cohort] += 1
    for record in withdrawn:
        day = record.at.date()
        monday = day - timedelta(days=day.weekday())
        report.withdrawals[monday, record.purpose.value, record.cause or record.source] += 1
    return report
