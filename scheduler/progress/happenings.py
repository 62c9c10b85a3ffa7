"""Which events journeys hear of, and which of them come too late to begin anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from scheduler.journeys.model import NO_CHILD, Happening
from scheduler.progress.fold import REFUNDED, risk_of, when
from scheduler.progress.model import PlatformEvent, Registers, Whom
from texts.journey_model import EVENTS

FRESH = timedelta(days=3)
"""An older event changes what is known and begins nothing (L44)."""
_OVERTAKEN_BY: Mapping[str, tuple[str, ...]] = {
    "autopay_off": ("autopay_on", "payment_succeeded", "subscription_cancelled"),
    "autopay_on": ("autopay_off", "subscription_cancelled"),
    "checkout_abandoned": ("payment_succeeded",),
    "invoice_issued": ("payment_succeeded",),
    "payment_failed": ("payment_succeeded", "subscription_cancelled"),
    "payment_succeeded": ("refund",),
    "subscription_cancelled": ("payment_succeeded", "autopay_on"),
    "trial_started": ("payment_succeeded",),
}
"""What is not worth beginning when one of these happened after it, in whatever order they arrive (L45, L46)."""


def happenings(event: PlatformEvent, whom: Whom, known: Registers) -> list[Happening]:
    """Tell journeys of an event: for a child, each parent's. `known`: registers after every event at hand."""
    if event.type != "track" or event.name not in EVENTS:
        return []
    if event.name == "churn_risk" and risk_of(event.facts) != "high":
        return []
    persons = {one.person for one in whom.guardians}
    if whom.person is not None:
        persons.add(whom.person)
    history = event.history or overtaken(event, known)
    return [
        Happening(event.name, event.at, person, whom.child or NO_CHILD, history=history)
        for person in sorted(persons)
    ]


def is_history(event_history: bool, age: timedelta) -> bool:  # noqa: FBT001 - a fact, not a switch
    """Tell whether an event is one of the past: said to be imported, or older than the freshness window."""
    return event_history or age > FRESH


def overtaken(event: PlatformEvent, known: Registers) -> bool:
    """Tell whether something later made an event pointless."""
    payment = event.facts.get("payment_id")
    if event.name == "payment_succeeded" and payment and f"{REFUNDED}{payment}" in known:
        return True
    for name in _OVERTAKEN_BY.get(event.name, ()):
        later = when(known, name)
        if later is not None and later > event.at:
            return True
    return False
