"""The ladder: what a violation costs somebody with this history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.facts import AuthorFacts
from moderation.model import Finding, Severity
from moderation.policy import LadderPolicy


@dataclass(frozen=True, slots=True)
class Step:
    """A rung. `seconds` of mute, 0 for none; `confirm` asks staff to ban; `ban` bans at once."""

    points: int = 0
    seconds: int = 0
    ban: bool = False
    confirm: bool = False


def live_points(author: AuthorFacts, policy: LadderPolicy, now: datetime) -> int:
    """Sum the strikes that still count: those given in the half-open window (now - strike_days, now]."""
    since = now - timedelta(days=policy.strike_days)
    return sum(strike.points for strike in author.strikes if strike.at > since)


def is_standing(author: AuthorFacts, policy: LadderPolicy, now: datetime) -> bool:
    """Tell whether the person is a member of standing: long here, wrote enough, or vouched for."""
    age = author.age(now)
    long_here = age is not None and age >= timedelta(days=policy.standing_days)
    return author.is_trusted or (long_here and author.messages_before >= policy.standing_messages)


def may_ban_at_once(author: AuthorFacts, policy: LadderPolicy, now: datetime) -> bool:
    """Tell whether a ban needs nobody's word: the person is not 30 days old here and has nothing to lose.

    Telegram erases every message of a banned member, so a history makes the ban a person's decision.
    """
    age = author.age(now)
    if author.is_trusted or (age is not None and age >= timedelta(days=policy.standing_days)):
        return False
    return author.messages_before < policy.history_messages


def climb(finding: Finding, author: AuthorFacts, policy: LadderPolicy, now: datetime) -> Step:
    """Choose the rung for the leading finding.

    A soft rule costs nothing the first time; members of standing are forgiven `standing_points`. Points decide the
    mute; at `ban_at` staff are asked. Severity MUTE or BAN of the finding itself is a floor.
    """
    if (
        not finding.punishes
        or finding.severity < Severity.WARN
        or finding.severity == Severity.ESCALATE
    ):
        return Step()
    if finding.severity == Severity.BAN:
        if may_ban_at_once(author, policy, now):
            return Step(points=2, ban=True)
        return Step(points=2, seconds=policy.held_seconds, confirm=True)
    if finding.soft_first and not _repeated(finding, author, policy, now):
        return Step()
    total = live_points(author, policy, now) + 1
    if is_standing(author, policy, now):
        total -= policy.standing_points
    seconds = _mute_seconds(total, policy)
    if finding.severity == Severity.MUTE:
        seconds = max(seconds, finding.mute_seconds or policy.mute_seconds)
    return Step(points=1, seconds=seconds, confirm=total >= policy.ban_at)


def clamp(seconds: int, policy: LadderPolicy) -> int:
    """Keep a duration inside what Telegram reads as a duration; outside it would be for ever."""
    return max(policy.shortest_seconds, min(seconds, policy.longest_seconds))


def _repeated(finding: Finding, author: AuthorFacts, policy: LadderPolicy, now: datetime) -> bool:
    since = now - timedelta(days=policy.strike_days)
    return any(strike.rule == finding.rule and strike.at > since for strike in author.strikes)


def _mute_seconds(points: int, policy: LadderPolicy) -> int:
    if points >= policy.longest_mute_at:
        return policy.longest_mute_seconds
    if points >= policy.long_mute_at:
        return policy.long_mute_seconds
    if points >= policy.mute_at:
        return policy.mute_seconds
    return 0
