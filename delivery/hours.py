"""Rules of time for care and marketing: freezes, the person's own pause, quiet hours, caps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.effects import MessageClass
from core.localtime import Window, local_day, start_of_day, week_key
from core.outgoing import Freeze, Reader
from delivery.policy import GatePolicy


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the rules of time look at."""

    message_class: MessageClass
    reader: Reader
    policy: GatePolicy
    zone: ZoneInfo
    freezes: Sequence[Freeze] = ()
    promised: bool = False


class Held(NamedTuple):
    """Why not at this instant, and from when perhaps (None: never)."""

    reason: str
    until: datetime | None


def held(calendar: Calendar, at: datetime) -> Held | None:
    """Name the first rule that says no at an instant."""
    day = local_day(at, calendar.zone)
    for rule in _RULES:
        if (found := rule(calendar, at, day)) is not None:
            return found
    return None


def quiet_hours(reader: Reader, policy: GatePolicy) -> Window:
    """Take the person's own quiet hours (`quiet_from`, `quiet_until`: `HH:MM`), else the school's."""
    try:
        return Window(
            time.fromisoformat(reader.preferences["quiet_from"]),
            time.fromisoformat(reader.preferences["quiet_until"]),
        )
    except (KeyError, TypeError, ValueError):
        return policy.quiet


def _frozen(calendar: Calendar, _at: datetime, day: date) -> Held | None:
    for freeze in calendar.freezes:
        inside = freeze.first_day <= day.isoformat() <= freeze.last_day
        if inside and calendar.message_class in freeze.classes:
            behind = date.fromisoformat(freeze.last_day) + timedelta(days=1)
            until = None if freeze.rule == "skip" else start_of_day(behind, calendar.zone)
            return Held(f"freeze.{freeze.reason}", until)
    return None


def _paused(calendar: Calendar, at: datetime, _day: date) -> Held | None:
    """Keep the silence a person asked for (`paused_until`: ISO instant)."""
    try:
        until = datetime.fromisoformat(calendar.reader.preferences["paused_until"])
    except (KeyError, TypeError, ValueError):
        return None
    return Held("paused", until) if until.tzinfo is not None and at < until else None


def _quiet(calendar: Calendar, at: datetime, _day: date) -> Held | None:
    until = quiet_hours(calendar.reader, calendar.policy).until(at, calendar.zone)
    return Held("quiet", until) if until is not None else None


def _week_full(calendar: Calendar, _at: datetime, day: date) -> Held | None:
    policy, reader = calendar.policy, calendar.reader
    if policy.soft_per_day == 0 or policy.soft_per_week == 0:
        return Held("cap.off", None)
    if reader.soft_weeks.get(week_key(day), 0) < policy.soft_per_week:
        return None
    if calendar.message_class is MessageClass.CARE and calendar.promised:
        return None
    return Held("cap.week", start_of_day(day + timedelta(days=7 - day.weekday()), calendar.zone))


def _day_full(calendar: Calendar, _at: datetime, day: date) -> Held | None:
    policy, reader, name = calendar.policy, calendar.reader, day.isoformat()
    tomorrow = start_of_day(day + timedelta(days=1), calendar.zone)
    if reader.soft_days.get(name, 0) >= policy.soft_per_day:
        return Held("cap.day", tomorrow)
    if reader.all_days.get(name, 0) >= policy.ceiling_per_day:
        return Held("cap.ceiling", tomorrow)
    return None


_RULES: tuple[Callable[[Calendar, datetime, date], Held | None], ...] = (
    _frozen,
    _paused,
    _quiet,
    _week_full,
    _day_full,
)
