"""What is missing between items: languages, ages without a message, weeks without a fresh tip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.cohorts import Cohort
from core.effects import MessageClass
from texts.pack_model import Item
from texts.yaml_lines import Problem

MONTHS: dict[Cohort, tuple[int, int]] = {
    Cohort.BABY: (0, 35),
    Cohort.PRESCHOOL: (36, 71),
    Cohort.EARLY_SCHOOL: (72, 107),
    Cohort.SCHOOL: (108, 155),
    Cohort.TEEN: (156, 203),
}
"""Full months of each cohort, both ends included."""
FRESH_WEEKS = 26
"""Weeks in a row a family must get a tip it has not seen (half a year)."""
_WEEKS_A_MONTH = 52 / 12
TRANSLATED = frozenset({"onboarding", "digest", "renewal", "payment", "reminder"})
"""Kinds that must speak English too, besides every service item."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An age at which the tips run out."""

    cohort: Cohort
    months: int
    weeks: int


def languages(items: Iterable[Item]) -> Iterator[Problem]:
    """Find items without their twin in the other language, or with twins of different versions."""
    latest: dict[tuple[str, str], Item] = {}
    for item in sorted(items, key=lambda one: one.version):
        latest[item.id, item.lang] = item
    for (item_id, lang), item in latest.items():
        other = "en" if lang == "ru" else "ru"
        twin = latest.get((item_id, other))
        must = lang == "en" or item.kind in TRANSLATED or item.message_class is MessageClass.SERVICE
        if twin is None and must:
            yield Problem(
                item.file,
                item.line,
                f"{item_id} is missing in {other}",
                f"the same id in a pack with language: {other}",
            )
        elif twin is not None and lang == "ru":
            yield from _differences(item, twin)


def _differences(item: Item, twin: Item) -> Iterator[Problem]:
    for what, one, two in (
        ("version", item.version, twin.version),
        ("months", item.months, twin.months),
        ("class", item.message_class.value, twin.message_class.value),
        ("cohort", sorted(item.cohorts), sorted(twin.cohorts)),
        ("actions", [b.action for b in item.buttons], [b.action for b in twin.buttons]),
    ):
        if one != two:
            yield Problem(
                twin.file,
                twin.line,
                f"{what} of {item.id} is {two}, in {item.file} it is {one}",
                "the same in both",
            )


def ages(items: Iterable[Item]) -> Iterator[Problem]:
    """Find ranges that leave their cohort, and ages for which the weekly tips of a half-year run out."""
    digest = [item for item in items if item.kind == "digest" and item.lang == "ru"]
    tips = [item for item in digest if Cohort.UNKNOWN not in item.cohorts]
    for item in tips:
        spans = [MONTHS[cohort] for cohort in item.cohorts if cohort in MONTHS]
        if item.months and not any(
            low <= item.months[0] and item.months[1] <= high for low, high in spans
        ):
            yield Problem(
                item.file, item.line, f"months {item.months} leave the cohort", f"inside {spans}"
            )
    generic = [item for item in digest if Cohort.UNKNOWN in item.cohorts]
    if generic and len(generic) < FRESH_WEEKS:
        what = f"only {len(generic)} tips for families without an age"
        yield Problem(generic[0].file, 1, what, f"at least {FRESH_WEEKS}")
    every = list(gaps(tips)) if tips else []
    for cohort in MONTHS:
        dry = [gap for gap in every if gap.cohort is cohort]
        if dry:
            file = next((item.file for item in tips if cohort in item.cohorts), tips[0].file)
            worst = min(gap.weeks for gap in dry)
            what = f"from {dry[0].months} to {dry[-1].months} months fresh tips last {worst} weeks"
            yield Problem(file, 1, what, f"items for these months, {FRESH_WEEKS} weeks in a row")


def gaps(tips: Iterable[Item], weeks: int = FRESH_WEEKS) -> Iterator[Gap]:
    """Walk on from every age week by week, giving the tip that ages out first; report where nothing is left."""
    by_month = _by_month(list(tips))
    for cohort, (low, high) in MONTHS.items():
        for start in range(low, high + 1):
            lasted = _fresh_weeks(by_month, start, weeks)
            if lasted < weeks:
                yield Gap(cohort, start, lasted)


def _by_month(tips: list[Item]) -> dict[int, list[tuple[int, str]]]:
    """List for every age in months the tips that fit as (last month, id), those that age out first in front."""
    found: dict[int, list[tuple[int, str]]] = {}
    for cohort, (low, high) in MONTHS.items():
        mine = [tip for tip in tips if cohort in tip.cohorts]
        for months in range(low, high + 1):
            fitting = [tip for tip in mine if tip.fits(cohort, months, None)]
            found[months] = sorted((t.months[1] if t.months else high, t.id) for t in fitting)
    return found


def _fresh_weeks(by_month: dict[int, list[tuple[int, str]]], start: int, weeks: int) -> int:
    """Count weeks with a fresh tip; who outgrows the programme needs none."""
    seen: set[str] = set()
    for week in range(weeks):
        months = int(start + week / _WEEKS_A_MONTH)
        if months not in by_month:
            return weeks
        fresh = next((tip for _, tip in by_month[months] if tip not in seen), None)
        if fresh is None:
            return week
        seen.add(fresh)
    return weeks
