"""Duty: who answers when, in local hours; and the working clock that stands still outside them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from community.model import Speciality
from core.errors import Refusal
from core.ids import PersonId
from core.localtime import local_day, resolve

_DAY = timedelta(days=1)
HORIZON = timedelta(days=35)
"""How far ahead hours are searched: a month of vacation and a few days."""
DEFAULT_LIMIT = 8
"""Open questions one expert holds at a time, unless the expert's own limit says otherwise."""


class Kind(StrEnum):
    """What an exception to the weekly schedule does."""

    OFF = "off"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Shift:
    """Weekly hours of one expert on their own clock. `ends` not after `starts` means until the next day.

    `first` and `last` are local dates between which it holds, both included; None is open.
    """

    id: int
    expert: PersonId
    speciality: Speciality
    weekday: int
    starts: time
    ends: time
    zone: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """One local day that differs: off altogether, or extra hours."""

    id: int
    expert: PersonId
    speciality: Speciality
    day: date
    kind: Kind
    starts: time = time(0)
    ends: time = time(0)
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Swap:
    """One expert takes another's hours that begin on a local day. It counts once accepted."""

    id: int
    day: date
    gives: PersonId
    takes: PersonId
    accepted: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """The whole schedule of a community."""

    shifts: tuple[Shift, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    swaps: tuple[Swap, ...] = ()
    limits: Mapping[PersonId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of duty as instants (UTC), half-open."""

    start: datetime
    end: datetime
    expert: PersonId
    speciality: Speciality


def hours(
    roster: Roster, start: datetime, end: datetime, speciality: Speciality | None = None
) -> list[Hours]:
    """List duty that touches `[start, end)`, earliest first, offsets taken at each day itself."""
    found = [
        stretch
        for shift in roster.shifts
        if speciality is None or shift.speciality is speciality
        for day in _days(start, end, ZoneInfo(shift.zone))
        if (stretch := _on(roster, shift, day)) is not None
    ]
    found += [
        _stretch(extra.day, extra.starts, extra.ends, extra.zone, extra.expert, extra.speciality)
        for extra in roster.exemptions
        if extra.kind is Kind.EXTRA and (speciality is None or extra.speciality is speciality)
    ]
    touching = [h for h in found if h.start < end and start < h.end]
    return sorted(touching, key=lambda h: (h.start, h.end, h.expert))


def on_duty(roster: Roster, speciality: Speciality, at: datetime) -> list[PersonId]:
    """Tell who is on duty at an instant, each once, by key."""
    return sorted({h.expert for h in hours(roster, at, at + timedelta.resolution, speciality)})


def next_start(roster: Roster, speciality: Speciality, after: datetime) -> datetime | None:
    """Tell when somebody of this speciality is next on duty: `after` itself if so then; None within HORIZON."""
    for stretch in hours(roster, after, after + HORIZON, speciality):
        return max(stretch.start, after)
    return None


def check_shift(roster: Roster, wanted: Shift) -> None:
    """Refuse `duty.overlap` when the expert already has hours of the same weekday that meet these."""
    for shift in roster.shifts:
        if shift.expert == wanted.expert and shift.id != wanted.id and _meet(shift, wanted):
            raise Refusal("duty.overlap")


# The working clock


Span = tuple[datetime, datetime]


def merged(stretches: Iterable[Hours]) -> list[Span]:
    """Unite overlapping and touching stretches into spans during which somebody is there."""
    spans: list[Span] = []
    for stretch in sorted(stretches, key=lambda h: h.start):
        if spans and stretch.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], stretch.end))
        else:
            spans.append((stretch.start, stretch.end))
    return spans


def due_after(spans: Sequence[Span], start: datetime, length: timedelta) -> datetime | None:
    """Tell when `length` of working time has passed since `start`; None when the spans do not hold that much."""
    left = length
    for opens, closes in spans:
        begins = max(opens, start)
        if closes <= begins:
            continue
        if closes - begins >= left:
            return begins + left
        left -= closes - begins
    return None


def worked(spans: Sequence[Span], start: datetime, end: datetime) -> timedelta:
    """Tell how much working time lies in `[start, end)`."""
    parts = (min(closes, end) - max(opens, start) for opens, closes in spans)
    return sum((part for part in parts if part > timedelta()), timedelta())


# Fair choice


@dataclass(frozen=True, slots=True)
class Load:
    """What an expert holds: open questions, and when the last one was given (None: never)."""

    open: int = 0
    last: datetime | None = None


def choose(
    roster: Roster,
    speciality: Speciality,
    at: datetime,
    loads: Mapping[PersonId, Load],
    *,
    without: Collection[PersonId] = (),
) -> PersonId | None:
    """Choose who gets the next question: fewest open, then the one who waited longest, then by key.

    Those at their limit and those in `without` are passed over; None when nobody is left.
    """
    nobody = Load()
    free = [
        expert
        for expert in on_duty(roster, speciality, at)
        if expert not in without
        and loads.get(expert, nobody).open < roster.limits.get(expert, DEFAULT_LIMIT)
    ]

    def order(expert: PersonId) -> tuple[int, float, PersonId]:
        load = loads.get(expert, nobody)
        return (load.open, load.last.timestamp() if load.last is not None else 0.0, expert)

    return min(free, key=order, default=None)


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> Iterable[date]:
    day, last = local_day(start, zone) - _DAY, local_day(end, zone)
    while day <= last:
        yield day
        day += _DAY


def _on(roster: Roster, shift: Shift, day: date) -> Hours | None:
    """Give a shift's stretch on a local day, by whoever keeps it then."""
    if day.weekday() != shift.weekday:
        return None
    if (shift.first is not None and day < shift.first) or (shift.last and day > shift.last):
        return None
    keeper = next(
        (s.takes for s in roster.swaps if s.accepted and s.day == day and s.gives == shift.expert),
        shift.expert,
    )
    if keeper == shift.expert and any(
        e.kind is Kind.OFF and e.day == day and e.expert == keeper for e in roster.exemptions
    ):
        return None
    return _stretch(day, shift.starts, shift.ends, shift.zone, keeper, shift.speciality)


def _stretch(
    day: date, starts: time, ends: time, zone_name: str, expert: PersonId, speciality: Speciality
) -> Hours:
    zone = ZoneInfo(zone_name)
    last_day = day if ends > starts else day + _DAY
    return Hours(resolve(day, starts, zone), resolve(last_day, ends, zone), expert, speciality)


def _meet(one: Shift, other: Shift) -> bool:
    if one.last and other.first and one.last < other.first:
        return False
    if other.last and one.first and other.last < one.first:
        return False
    return any(
        a_start < b_end and b_start < a_end
        for a_start, a_end in _week_minutes(one)
        for b_start, b_end in _week_minutes(other)
    )


def _week_minutes(shift: Shift) -> list[tuple[int, int]]:
    """Give the shift as minutes of the week, split where it runs over Sunday's midnight."""
    week = 7 * 24 * 60
    start = shift.weekday * 24 * 60 + shift.starts.hour * 60 + shift.starts.minute
    end = shift.weekday * 24 * 60 + shift.ends.hour * 60 + shift.ends.minute
    if shift.ends <= shift.starts:
        end += 24 * 60
    return [(start, end)] if end <= week else [(start, week), (0, end - week)]
