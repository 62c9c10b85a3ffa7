"""Facts about learning and paying for digests, journeys and `/progress`, read in sets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from core.ids import ChildId, PersonId
from core.localtime import known_zone, zone_of
from scheduler.journeys.model import NO_CHILD, Fact
from scheduler.plan.progress import Record
from scheduler.plan.progress import week_of as progress_week
from scheduler.progress.fold import join, minutes_of, schedules, value, when
from scheduler.progress.model import Registers
from scheduler.progress.ports import Reads, Subject

Pair = tuple[PersonId, ChildId]
_AS_THEY_ARE = (
    "amount", "autopay", "course", "lesson", "lesson_url", "level", "module", "next_module", "nps", "pay_url", "plan",
    "receipt_url", "subscribed",
)  # fmt: skip
_DATES = {
    "subscription_ends": "subscription_ends",
    "trial_ends": "trial_ends",
    "invoice_due": "invoice_due",
}


class Unit(Protocol):
    """One transaction, or a look."""

    @property
    def now(self) -> datetime: ...

    @property
    def learning(self) -> Reads: ...


@dataclass(frozen=True, slots=True)
class LearningFacts:
    """Reads; never one child at a time."""

    school_zone: ZoneInfo

    async def records(self, unit: Unit, children: Collection[ChildId]) -> dict[ChildId, Record]:
        """Read what is known about children."""
        wanted = [child for child in children if child != NO_CHILD]
        if not wanted:
            return {}
        registers = await unit.learning.registers([("child", child) for child in wanted])
        lessons = await unit.learning.lessons(wanted)
        zones = await unit.learning.zones(wanted)
        amnesty = await unit.learning.amnesty()
        return {
            child: Record(
                registers=(known := registers.get(("child", child), {})),
                lessons=lessons.get(child, []),
                zone=self._zone(known, zones.get(child)),
                amnesty=amnesty,
            )
            for child in wanted
        }

    async def week(
        self, unit: Unit, children: Sequence[ChildId], first: date, last: date
    ) -> Mapping[ChildId, Mapping[str, Any]]:
        """Say what children did between two local dates, by the keys of the digest's texts."""
        records = await self.records(unit, children)
        return {
            child: progress_week(record, first, last, unit.now) for child, record in records.items()
        }

    async def facts(self, unit: Unit, pairs: Collection[Pair]) -> Mapping[Pair, Mapping[str, Fact]]:
        """Tell facts about pairs; a pair without a child sums up the parent's children."""
        wards, records, paying = await self._load(unit, pairs)
        found: dict[Pair, Mapping[str, Fact]] = {}
        for person, child in pairs:
            mine = [child] if child != NO_CHILD else wards.get(person, [])
            about = [records[one] for one in mine if one in records]
            registers = paying.get(("person", person), {})
            for record in about:
                registers = join(registers, record.registers)
            found[person, child] = facts_of(about, registers, unit.now)
        return found

    async def last(
        self, unit: Unit, event: str, pairs: Collection[Pair]
    ) -> Mapping[Pair, datetime]:
        """Tell when an event last happened; with no lesson ever there is nothing to be silent after."""
        found: dict[Pair, datetime] = {}
        for pair, registers in (await self._registers(unit, pairs)).items():
            if (at := when(registers, event)) is not None:
                found[pair] = at
        return found

    async def dates(self, unit: Unit, name: str, pairs: Collection[Pair]) -> Mapping[Pair, date]:
        """Tell dates of subscriptions and invoices."""
        if name not in _DATES:
            return {}
        return {
            pair: date.fromisoformat(str(said)[:10])
            for pair, registers in (await self._registers(unit, pairs)).items()
            if (said := value(registers, _DATES[name])) is not None
        }

    async def _registers(self, unit: Unit, pairs: Collection[Pair]) -> dict[Pair, Registers]:
        wards = await unit.learning.wards({person for person, _ in pairs})
        subjects: set[Subject] = {("person", person) for person, _ in pairs}
        subjects |= {("child", child) for mine in wards.values() for child in mine}
        known = await unit.learning.registers(subjects)
        found: dict[Pair, Registers] = {}
        for person, child in pairs:
            joined: Registers = known.get(("person", person), {})
            for one in [child] if child != NO_CHILD else wards.get(person, []):
                joined = join(joined, known.get(("child", one), {}))
            found[person, child] = joined
        return found

    async def _load(
        self, unit: Unit, pairs: Collection[Pair]
    ) -> tuple[dict[PersonId, list[ChildId]], dict[ChildId, Record], Mapping[Subject, Registers]]:
        persons = {person for person, _ in pairs}
        wards = await unit.learning.wards({person for person, child in pairs if child == NO_CHILD})
        children = {child for _, child in pairs} | {one for mine in wards.values() for one in mine}
        records = await self.records(unit, sorted(children))
        paying = await unit.learning.registers([("person", person) for person in persons])
        return wards, records, paying

    def _zone(self, registers: Registers, lived: str | None) -> ZoneInfo:
        said = value(registers, "timezone")
        told = known_zone(str(said)) if said else None
        return told or zone_of(lived, self.school_zone)


def facts_of(about: Sequence[Record], registers: Registers, now: datetime) -> dict[str, Fact]:
    """Write facts by the names of `texts.journey_model.FACTS` and `texts.placeholders`."""
    facts: dict[str, Fact] = {
        name: said for name in _AS_THEY_ARE if (said := value(registers, name)) is not None
    }
    if (due := value(registers, "invoice_due")) is not None:
        facts["due_date"] = f"{date.fromisoformat(str(due)[:10]):%d.%m.%Y}"
    if about:
        facts |= _learned(about, now)
    told = [schedule for record in about for _, schedule in schedules(record.registers)[-1:]]
    facts["has_schedule"] = any(schedule.get("days") for schedule in told)
    if hours := [str(schedule["time"]) for schedule in told if schedule.get("time")]:
        facts["lesson_hour"] = hours[0]
    return facts


def _learned(about: Sequence[Record], now: datetime) -> dict[str, Fact]:
    week_lessons = week_minutes = total = 0
    silent: list[int] = []
    best = None
    for record in about:
        today = record.today(now)
        monday = (today - timedelta(days=today.weekday())).isoformat()
        finished, minutes = record.finished, minutes_of(record.lessons)
        total += len(finished)
        this_week = [one for one in finished if one.day >= monday]
        week_lessons += len(this_week)
        week_minutes += sum(minutes[one.event] for one in this_week)
        if finished:
            silent.append(_silence(sorted(one.at for one in finished), now))
        counted = record.streak(now)
        if best is None or counted.current > best.current:
            best = counted
    facts: dict[str, Fact] = {
        "lessons_total": total,
        "lessons_week": week_lessons,
        "lessons": week_lessons,
        "minutes": week_minutes,
    }
    if silent:
        facts["days_silent"] = min(silent)
    if best is not None:
        facts |= {"streak": best.current, "freezes": best.freezes}
    return facts


def _silence(lessons: Sequence[datetime], now: datetime) -> int:
    """Count full days without a lesson: up to this day, or, on the day of a lesson, up to it (a come-back).

    `lessons` are in order; there is at least one.
    """
    if now - lessons[-1] >= timedelta(days=1):
        return (now - lessons[-1]).days
    return (lessons[-1] - lessons[-2]).days if len(lessons) > 1 else 0
