"""Who is in a segment, and when a broadcast reaches them. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.effects import Effect, Kind
from core.ids import PersonId
from core.localtime import resolve, zone_of
from scheduler.campaigns_model import Campaign, Recipient, Segment

WORTH = timedelta(days=2)
"""How long after its hour a broadcast is still sent to somebody."""


def is_meant(segment: Segment, one: Recipient, now: datetime) -> bool:
    """Tell whether a person belongs to a segment at this instant."""
    recent = segment.active_days == 0 or (
        one.last_seen_at is not None
        and now - one.last_seen_at <= timedelta(days=segment.active_days)
    )
    return (
        recent
        and _meets(segment.cohorts, one.cohorts)
        and _meets(segment.topics, one.topics)
        and _meets(segment.roles, one.roles)
        and (not segment.languages or one.language in segment.languages)
    )


def effect_for(campaign: Campaign, one: Recipient, now: datetime, school: ZoneInfo) -> Effect:
    """Make the effect for a recipient, at the campaign's wall time where the recipient lives.

    Where that hour is over already it is sent as soon as the gate allows.
    """
    due = now
    if campaign.day is not None and campaign.at is not None:
        due = max(now, resolve(campaign.day, campaign.at, zone_of(one.zone, school)))
    return Effect(
        key=row_key(campaign.key, one.person),
        kind=Kind.MESSAGE,
        message_class=campaign.message_class,
        person=one.person,
        content=f"campaign:{campaign.key}",
        purpose=campaign.message_class.value,
        campaign=campaign.key,
        due=due,
        expires=due + WORTH,
        reasons=(f"plan.broadcast {campaign.key}", f"segment={_words(campaign.segment)}"),
    )


def row_key(campaign: str, person: PersonId) -> str:
    """Name the row of a recipient."""
    return f"campaign:{campaign}:{person}"


def _meets(wanted: frozenset[str], has: frozenset[str]) -> bool:
    return not wanted or bool(wanted & has)


def _words(segment: Segment) -> str:
    given = {name: value for name, value in segment.to_json().items() if value}
    return ",".join(f"{name}={value}" for name, value in given.items()) or "everybody"
