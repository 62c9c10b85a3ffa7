"""Who suits whom: an optimal assignment of families to mentors' free places, with its reasons. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from community.mentorship.model import Application, Topic
from core.cohorts import Cohort
from core.ids import PersonId

SAME_COHORT, NEAR_COHORT, SAME_TOPIC, NEAR_HOURS = 40, 15, 20, 10
"""What one likeness is worth; topics count one by one, two at most."""
MOST_TOPICS = 2
NEAR_MINUTES = 120
ENOUGH = 20
"""A pair worth less is not proposed: no common age and no common topic."""
_ORDER = [cohort for cohort in Cohort if cohort is not Cohort.UNKNOWN]
_IMPOSSIBLE = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal: who, with whom, why (codes of `mentorship-reason-<code>`)."""

    mentor: PersonId
    family: PersonId
    score: int
    reasons: tuple[str, ...]


def likeness(mentor: Application, family: Application) -> tuple[int, tuple[str, ...]]:
    """Weigh a pair and tell why. 0 when they share no language or are one person."""
    if mentor.language != family.language or mentor.person == family.person:
        return _IMPOSSIBLE, ()
    score = 0
    reasons: list[str] = []
    if set(mentor.cohorts) & set(family.cohorts) - {Cohort.UNKNOWN}:
        score, reasons = score + SAME_COHORT, [*reasons, "cohort"]
    elif _near(mentor.cohorts, family.cohorts):
        score, reasons = score + NEAR_COHORT, [*reasons, "near_cohort"]
    topics = len(set(mentor.topics) & set(family.topics))
    if topics:
        score, reasons = score + SAME_TOPIC * min(topics, MOST_TOPICS), [*reasons, "topic"]
    if score and abs(mentor.offset_minutes - family.offset_minutes) <= NEAR_MINUTES:
        score, reasons = score + NEAR_HOURS, [*reasons, "hours"]
    return score, tuple(reasons)


def match(
    mentors: Sequence[Application],
    families: Sequence[Application],
    taken: Mapping[PersonId, int],
    *,
    refused: frozenset[tuple[PersonId, PersonId]] = frozenset(),
) -> list[Match]:
    """Give families to mentors so that the sum of likeness is the largest there is.

    `taken`: families a mentor has already. `refused`: (mentor, family) pairs that are not proposed again. Earlier
    applications win ties, whatever the order of the arguments, so the same people always get the same answer.
    """
    givers, askers = sorted(mentors, key=_by_age), sorted(families, key=_by_age)
    places = [
        index
        for index, mentor in enumerate(givers)
        for _ in range(max(0, mentor.limit - taken.get(mentor.person, 0)))
    ]
    if not places or not askers:
        return []
    weights = likeness_table(givers, askers)
    rows = {family.person: row for row, family in enumerate(askers)}
    columns = {mentor.person: column for column, mentor in enumerate(givers)}
    for mentor_key, family_key in refused:
        if mentor_key in columns and family_key in rows:
            weights[rows[family_key], columns[mentor_key]] = 0
    chosen = _solve(weights, places)
    made = []
    for row, column in chosen:
        mentor, family = givers[places[column]], askers[row]
        score, reasons = likeness(mentor, family)
        made.append(Match(mentor.person, family.person, score, reasons))
    return made


def likeness_table(mentors: Sequence[Application], families: Sequence[Application]) -> Any:
    """Weigh every pair at once: rows are families, columns mentors, values those of `likeness`."""
    import numpy as np  # noqa: PLC0415 - 0.2 s to import, needed once a week

    def row(values: list[int]) -> Any:
        return np.array(values, dtype=np.int64)

    ages = row([_bits(m.cohorts, _ORDER) for m in mentors])
    wanted = row([_bits(f.cohorts, _ORDER) for f in families])[:, None]
    near = ((ages << 1) | (ages >> 1)) & wanted
    score = np.where(ages & wanted, SAME_COHORT, np.where(near, NEAR_COHORT, 0))
    known = list(Topic)
    theirs = row([_bits(f.topics, known) for f in families])[:, None]
    common = row([_bits(m.topics, known) for m in mentors]) & theirs
    shared = sum((common >> bit) & 1 for bit in range(len(known)))
    score = score + SAME_TOPIC * np.minimum(shared, MOST_TOPICS)
    hours = row([f.offset_minutes for f in families])[:, None]
    apart = np.abs(row([m.offset_minutes for m in mentors]) - hours)
    score = score + np.where((score > 0) & (apart <= NEAR_MINUTES), NEAR_HOURS, 0)
    names = sorted({a.language for a in (*mentors, *families)})
    spoken = row([names.index(f.language) for f in families])[:, None]
    alike = row([names.index(m.language) for m in mentors]) == spoken
    oneself = row([m.person for m in mentors]) == row([f.person for f in families])[:, None]
    return np.where(alike & ~oneself, score, _IMPOSSIBLE)


def _bits(values: Sequence[Any], order: Sequence[Any]) -> int:
    return sum(1 << order.index(value) for value in set(values) if value in order)


def _solve(weights: Any, places: list[int]) -> list[tuple[int, int]]:
    """Solve the assignment with scipy's shortest augmenting paths (Crouse 2016).

    Weights are scaled and given a bonus for age of application smaller than one point of likeness in all, so ties
    between optimal answers are broken in favour of earlier people and the sum of likeness stays the largest.
    """
    import numpy as np  # noqa: PLC0415 - 0.2 s to import, needed once a week
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - as above

    rows, columns = len(weights), len(places)
    value: Any = weights[:, places].astype(np.float64)
    usable = value >= ENOUGH
    bonus = np.add.outer(np.arange(rows)[::-1] * columns, np.arange(columns)[::-1])
    scale = float((rows + 1) * (columns + 1) * (min(rows, columns) + 1))
    total = np.where(usable, value * scale + bonus, 0.0)
    picked_rows, picked_columns = linear_sum_assignment(total, maximize=True)
    return [
        (int(row), int(column))
        for row, column in zip(picked_rows, picked_columns, strict=True)
        if usable[row, column]
    ]


def _near(ours: Sequence[Cohort], theirs: Sequence[Cohort]) -> bool:
    known = [[_ORDER.index(c) for c in side if c in _ORDER] for side in (ours, theirs)]
    return any(abs(a - b) == 1 for a in known[0] for b in known[1])


def _by_age(application: Application) -> tuple[float, int]:
    return application.applied_at.timestamp(), application.person
