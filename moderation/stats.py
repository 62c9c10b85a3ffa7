"""Figures of moderation: load, speed, reversals, and which rules were of use. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from moderation.cases import Case, CaseState, Verdict
from moderation.records import Appeal, AppealState

RIGHT = frozenset(
    {Verdict.CONFIRMED, Verdict.HIDE, Verdict.WARN, Verdict.MUTE, Verdict.BAN, Verdict.ESCALATED}
)
"""Verdicts by which the rule that opened the case was of use."""
BY_PEOPLE = frozenset({"manual", "by_hand"})
"""Cases no rule opened."""


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """How often a rule opened a case, and what people said of it."""

    rule: str
    cases: int
    right: int
    wrong: int

    @property
    def precision(self) -> float | None:
        """Tell the share people agreed with; None while nobody has decided."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None


@dataclass(frozen=True, slots=True)
class Week:
    """A community's week."""

    cases: int
    decided: int
    undone: int
    waiting: int
    median_minutes: int | None
    """Minutes from a case's opening to its decision; None when nothing was decided."""
    slowest_minutes: int | None
    appeals: int
    upheld: int
    load: tuple[tuple[int, int], ...]
    """Decisions by moderator (Telegram id), most first."""
    rules: tuple[RuleFigures, ...]
    """Most cases first."""


def week(cases: Sequence[Case], appeals: Sequence[Appeal]) -> Week:
    """Count a week's cases and appeals."""
    decided = [case for case in cases if case.decided_at is not None]
    undone = [case for case in cases if case.state is CaseState.UNDONE]
    times = sorted(
        (case.decided_at - case.opened_at) // timedelta(minutes=1)
        for case in decided
        if case.decided_at is not None and case.rule not in BY_PEOPLE
    )
    load = Counter(case.decided_by for case in decided if case.decided_by is not None)
    return Week(
        cases=len(cases),
        decided=len(decided),
        undone=len(undone),
        waiting=sum(1 for case in cases if case.due_at is not None and case.decided_at is None),
        median_minutes=int(median(times)) if times else None,
        slowest_minutes=times[-1] if times else None,
        appeals=len(appeals),
        upheld=sum(1 for appeal in appeals if appeal.state is AppealState.UPHELD),
        load=tuple(load.most_common()),
        rules=_rules(cases),
    )


def _rules(cases: Sequence[Case]) -> tuple[RuleFigures, ...]:
    by_rule: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        if case.rule in BY_PEOPLE:
            continue
        counts = by_rule[case.rule]
        counts["cases"] += 1
        if case.verdict is not None:
            counts["right" if case.verdict in RIGHT else "wrong"] += 1
    figures = [
        RuleFigures(rule, counts["cases"], counts["right"], counts["wrong"])
        for rule, counts in by_rule.items()
    ]
    return tuple(sorted(figures, key=lambda one: (-one.cases, one.rule)))
