"""When a session may be held, and in which order its questions come. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from community.ama.model import LONGEST_MINUTES, Asked, Question, Session, State
from community.duty import Kind, Roster
from core.errors import Refusal
from core.ids import PersonId
from core.localtime import local_day, month_key

FAIR_STEP = timedelta(hours=12)
"""Waiting this long weighs as much as one vote, so that an early question is not buried by late popular ones."""
FAIR_MOST = 6
"""Votes that waiting may add at most."""


@dataclass(frozen=True, slots=True)
class AmaPolicy:
    """Numbers of a community. 2 sessions a month by default (R47 asks 2-3, R48 one: 1 to 4 are allowed)."""

    a_month: int = 2
    most_a_month: int = 4
    spacing: timedelta = timedelta(days=5)
    """Between the starts of two sessions."""
    notice: timedelta = timedelta(hours=24)
    """Between announcing and starting, so that the day-before reminder makes sense."""


DEFAULT_POLICY = AmaPolicy()


def check(
    starts: datetime,
    minutes: int,
    expert: PersonId,
    *,
    others: Iterable[Session],
    roster: Roster,
    frozen: Collection[date],
    zone: ZoneInfo,
    policy: AmaPolicy,
    now: datetime,
) -> None:
    """Refuse a time that breaks a rule, naming the rule.

    `ama.too_soon`, `ama.length`, `ama.too_close` (with the nearest day that is free), `ama.month_full`,
    `ama.expert_away`, `ama.frozen` (the freeze calendar). Days and months are those of the community's zone.
    """
    if starts < now + policy.notice:
        raise Refusal("ama.too_soon", hours=int(policy.notice.total_seconds() // 3600))
    if not 0 < minutes <= LONGEST_MINUTES:
        raise Refusal("ama.length", limit=LONGEST_MINUTES)
    on = local_day(starts, zone)
    if on in frozen:
        raise Refusal("ama.frozen")
    if any(e.kind is Kind.OFF and e.expert == expert and e.day == on for e in roster.exemptions):
        raise Refusal("ama.expert_away")
    held = [s for s in others if s.state is not State.CANCELLED]
    if any(abs(s.starts - starts) < policy.spacing for s in held):
        raise Refusal("ama.too_close", date=_free_day(starts, held, policy, zone).isoformat())
    month = month_key(on)
    if sum(month_key(local_day(s.starts, zone)) == month for s in held) >= policy.most_a_month:
        raise Refusal("ama.month_full", limit=policy.most_a_month)


def regularity(sessions: Iterable[Session], month: str, zone: ZoneInfo) -> int:
    """Count the sessions of a month (`2026-11`) that were held or are to be."""
    return sum(
        s.state is not State.CANCELLED and month_key(local_day(s.starts, zone)) == month
        for s in sessions
    )


def in_order(questions: Sequence[Question], now: datetime) -> list[Question]:
    """Order open questions: votes and waiting time together, then the earlier one, then by number."""
    waiting = [q for q in questions if q.state is Asked.OPEN]
    return sorted(waiting, key=lambda q: (-weight(q, now), q.asked_at, q.id))


def weight(question: Question, now: datetime) -> float:
    """Weigh a question: its votes plus one for every FAIR_STEP it has waited, FAIR_MOST at most."""
    return question.votes + min((now - question.asked_at) / FAIR_STEP, FAIR_MOST)


def _free_day(wanted: datetime, held: Sequence[Session], policy: AmaPolicy, zone: ZoneInfo) -> date:
    candidate = wanted
    while any(abs(s.starts - candidate) < policy.spacing for s in held):
        candidate += timedelta(days=1)
    return local_day(candidate, zone)
