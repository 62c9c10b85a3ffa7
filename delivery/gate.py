"""May this message leave, and when? Asked when planning and again in the transaction that claims the row.

Pure: a message, what is known about its reader, the policy and the instant in; a verdict with its trace out. Rules run
in a fixed order; the first that ends the message or holds it back is the reason people are told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.effects import SOFT, Effect, MessageClass, RowState
from core.ids import ChildId
from core.localtime import local_day, week_key, zone_of
from core.outgoing import Claim, Freeze, OutboxRow, Reader, Setback
from delivery.hours import Calendar, held
from delivery.policy import FIRST_WEEK, GatePolicy

CONSENTS = {MessageClass.CARE: "care", MessageClass.MARKETING: "marketing"}
"""Purpose a class rests on (DESIGN 5). The ledger's answer about `care` includes the child's data."""
PERSONALISATION = "personalisation"
COMPLAINT = "complaint_until"
"""Wish of a person (ISO instant, UTC): no offers while a complaint is open; `community.surveys` keeps it (L115)."""
_HOLDS = 60
"""Holds that may follow one another before the message is given up as never fitting."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the gate has to know of a message.

    test: sent by staff to themselves; it passes quiet hours, caps and freezes (L89).
    """

    message_class: MessageClass
    child: ChildId | None = None
    expires: datetime | None = None
    test: bool = False
    promised: bool = False
    """A message of the first week, of which the family was told when it added the child: one a day, seven in a row."""

    @classmethod
    def of(cls, message: Effect | OutboxRow) -> Ask:
        """Take what matters from an effect or a stored row."""
        return cls(
            message.message_class,
            message.child,
            message.expires,
            bool(message.facts.get("test")),
            message.campaign == FIRST_WEEK,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer. `state` PLANNED without `due` means: may leave."""

    state: RowState
    reason: str = ""
    trace: tuple[str, ...] = ()
    due: datetime | None = None
    record: str | None = None
    generic: bool = False
    """No name and no age of a child in it: personalisation is not allowed (any more)."""

    @property
    def go(self) -> bool:
        return self.state is RowState.PLANNED and self.due is None

    def setback(self, row: int, before: tuple[str, ...] = ()) -> Setback:
        """Put a no into the form storage takes."""
        return Setback(row, self.state, self.reason, merged(before, self.trace), self.due)


def decide(
    ask: Ask,
    reader: Reader | None,
    policy: GatePolicy,
    now: datetime,
    freezes: Sequence[Freeze] = (),
    *,
    early: bool = False,
) -> Verdict:
    """Decide about one message for one reader. `reader` None: there is no such person (any more).

    `early`: asked when planning, where only what forbids the message at any hour is final.
    """
    if reader is None or (reason := _unreachable(reader)):
        return _ended("person.erased" if reader is None else reason)
    if ask.expires is not None and ask.expires <= now:
        return _ended("expired", RowState.EXPIRED)
    if reason := _forbidden(ask, reader, policy, now):
        return _ended(reason)
    record = _record(ask, reader)
    allowed = Verdict(
        RowState.PLANNED,
        trace=(f"class.{ask.message_class.value}", *([f"consent={record}"] if record else ())),
        record=record,
        generic=PERSONALISATION not in reader.permissions,
    )
    if early or ask.message_class not in SOFT or ask.test:
        return allowed
    zone = zone_of(reader.zone, policy.school_zone)
    calendar = Calendar(ask.message_class, reader, policy, zone, freezes, promised=ask.promised)
    return _in_time(allowed, calendar, now, ask.expires)


def claim_of(
    row: OutboxRow, verdict: Verdict, reader: Reader | None, policy: GatePolicy, now: datetime
) -> Claim:
    """Write down for which local day a row counts and what allowed it."""
    day = local_day(now, zone_of(reader.zone if reader else None, policy.school_zone))
    trace = merged(row.reasons, verdict.trace)
    return Claim(row.id, day.isoformat(), week_key(day), verdict.record, trace)


def merged(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """Join traces; what was said already is not said again."""
    return (*before, *(line for line in after if line not in before))


def held_out(person: int, policy: GatePolicy) -> bool:
    """Tell whether a person is in the holdout: a stable share by hash, growing with the percentage (L90)."""
    digest = hashlib.sha256(f"{policy.holdout_salt}:{person}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < policy.holdout_percent


def _unreachable(reader: Reader) -> str:
    if reader.erased:
        return "person.erased"
    if reader.telegram_id is None:
        return "channel.none"
    return f"channel.{reader.channel}" if reader.channel in {"blocked", "deactivated"} else ""


def _forbidden(ask: Ask, reader: Reader, policy: GatePolicy, now: datetime) -> str:
    """Name what forbids the message at any hour; empty when nothing does."""
    if ask.test:
        return ""
    if ask.child is not None and ask.child not in reader.children:
        return "child.gone"
    is_marketing = ask.message_class is MessageClass.MARKETING
    if is_marketing and not policy.advertiser_named:
        return "advertising.no_advertiser"
    if is_marketing and now.isoformat() < str(reader.preferences.get(COMPLAINT) or ""):
        return "complaint"
    purpose = CONSENTS.get(ask.message_class)
    if purpose is not None and permit_key(purpose, ask.child) not in reader.permissions:
        return f"consent.{purpose}"
    return "holdout" if is_marketing and held_out(reader.person, policy) else ""


def permit_key(purpose: str, child: ChildId | None) -> str:
    """Name a permission in `Reader.permissions`: what is about one child carries its id."""
    return f"{purpose}/{child}" if child is not None and purpose == "care" else purpose


def _record(ask: Ask, reader: Reader) -> str | None:
    purpose = CONSENTS.get(ask.message_class)
    if purpose is None:
        return None
    return reader.permissions.get(permit_key(purpose, ask.child))


def _in_time(
    allowed: Verdict, calendar: Calendar, now: datetime, expires: datetime | None
) -> Verdict:
    """Find the first instant every rule of time allows; the first rule that said no is the reason."""
    at, reasons = now, list[str]()
    while (no := held(calendar, at)) is not None and len(reasons) < _HOLDS:
        reasons.append(no.reason)
        if no.until is None:
            return _ended(reasons[0], trace=reasons)
        at = no.until
        if expires is not None and at >= expires:
            capped = reasons[0].startswith("cap.")
            state = RowState.SUPPRESSED if capped else RowState.EXPIRED
            return _ended(reasons[0], state, trace=reasons)
    if no is not None:
        return _ended(reasons[0], trace=reasons)
    trace = merged(allowed.trace, tuple(reasons))
    reason = reasons[0] if reasons else ""
    return replace(allowed, reason=reason, trace=trace, due=at if at > now else None)


def _ended(
    reason: str, state: RowState = RowState.SUPPRESSED, trace: Sequence[str] = ()
) -> Verdict:
    return Verdict(state, reason, tuple(dict.fromkeys(trace or [reason])))
