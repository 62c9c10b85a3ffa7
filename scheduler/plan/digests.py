"""The weekly digest: one per parent and ISO week, at the parent's own local day and hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from core.effects import Effect, Kind, MessageClass
from core.ids import PersonId
from core.localtime import local_day, next_slot, week_key, zone_of
from core.outgoing import Alike

Slot = tuple[datetime, str]
"""When a digest is due, and the ISO week of that local day."""
SUNDAY = 6
KIND = "digest"


@dataclass(frozen=True, slots=True)
class DigestPolicy:
    """When digests leave.

    weekday: local, Monday 0. hour: local. ahead: how early a digest is planned, so that a changed zone or a changed
    rule of a region still moves it. worth: how long after its hour it is still sent; the next morning at the latest.
    """

    school_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    weekday: int = SUNDAY
    hour: int = 18
    ahead: timedelta = timedelta(minutes=15)
    worth: timedelta = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class DigestReader:
    """A parent who may get a digest. `preferences`: `digest_weekday` (0-6) and `digest_hour` (0-23) of their own."""

    person: PersonId
    zone: str | None
    preferences: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """Slots after `since` up to `until` are planned in one run."""

    since: datetime
    until: datetime


def has_own_hour(preferences: Mapping[str, Any]) -> bool:
    """Tell whether the person chose a day or an hour for the digest."""
    return "digest_weekday" in preferences or "digest_hour" in preferences


def due_zones(zones: Iterable[str | None], span: Span, policy: DigestPolicy) -> list[str | None]:
    """List zones in which the school's digest hour falls into the span; nobody else has to be read."""
    return [zone for zone in zones if _slot(zone, policy.weekday, policy.hour, span, policy)]


def plan_digests(
    readers: Iterable[DigestReader], span: Span, policy: DigestPolicy
) -> dict[Slot, list[PersonId]]:
    """Plan the digests whose hour falls into the span: who gets one at which instant, for which ISO week."""
    usual: dict[str | None, Slot | None] = {}
    planned: dict[Slot, list[PersonId]] = {}
    for reader in readers:
        if reader.preferences:
            weekday, hour = own_hour(reader.preferences, policy)
            slot = _slot(reader.zone, weekday, hour, span, policy)
        else:
            if reader.zone not in usual:
                usual[reader.zone] = _slot(reader.zone, policy.weekday, policy.hour, span, policy)
            slot = usual[reader.zone]
        if slot is not None:
            planned.setdefault(slot, []).append(reader.person)
    return planned


def digest_for_many(slot: Slot, policy: DigestPolicy) -> Alike:
    """Make the digest of a slot, for whoever gets it."""
    due, week = slot
    return Alike.of(
        replace(digest(PersonId(0), due, week, policy), key=f"{KIND}:{{person}}:{week}")
    )


def digest(person: PersonId, due: datetime, week: str, policy: DigestPolicy) -> Effect:
    """Make the effect; what stands in it is gathered when it is claimed."""
    return Effect(
        key=f"{KIND}:{person}:{week}",
        kind=Kind.MESSAGE,
        message_class=MessageClass.CARE,
        person=person,
        content=f"{KIND}:{week}",
        facts={"personal": 1},
        purpose="care",
        campaign=f"{KIND}:{week}",
        due=due,
        expires=due + policy.worth,
        reasons=(f"plan.digest week={week}",),
    )


def own_hour(preferences: Mapping[str, Any], policy: DigestPolicy) -> tuple[int, int]:
    """Take the person's weekday and hour, the school's where they chose none or nonsense."""
    weekday = preferences.get("digest_weekday", policy.weekday)
    hour = preferences.get("digest_hour", policy.hour)
    known_day = weekday if weekday in range(7) else policy.weekday
    return known_day, hour if hour in range(24) else policy.hour


def _slot(
    zone: str | None, weekday: int, hour: int, span: Span, policy: DigestPolicy
) -> Slot | None:
    return _first_slot(zone_of(zone, policy.school_zone), weekday, hour, span)


@lru_cache(maxsize=4096)
def _first_slot(zone: ZoneInfo, weekday: int, hour: int, span: Span) -> Slot | None:
    """Find the slot in the span; readers of one zone share the answer."""
    slot = next_slot(span.since + timedelta(microseconds=1), weekday, time(hour), zone)
    return (slot, week_key(local_day(slot, zone))) if slot <= span.until else None


def moved(reader: DigestReader, now: datetime, policy: DigestPolicy) -> Effect | None:
    """Make up for a digest whose hour a change of zone skipped, while it is fresh; its key keeps it single (L6, L7)."""
    weekday, hour = own_hour(reader.preferences, policy)
    zone = zone_of(reader.zone, policy.school_zone)
    slot = next_slot(now - policy.worth, weekday, time(hour), zone)
    if slot > now:
        return None
    return digest(reader.person, now, week_key(local_day(slot, zone)), policy)
