"""Joining: who is let in, who is asked something first, where the greeting goes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from core.cohorts import Cohort


class Gate(StrEnum):
    """What happens to a join request. The values are those of answerChatJoinRequestQuery where it has them."""

    APPROVE = "approve"
    ASK = "ask"
    """The person still owes a consent: the bot writes to them, the request waits."""
    QUEUE = "queue"
    """A moderator decides."""
    DECLINE = "decline"


QUERY_SECONDS = 10
"""Within this time a join query must be answered (Bot API)."""
SURGE_WINDOW = timedelta(minutes=10)
SURGE_LIMIT = 20
"""Arrivals in SURGE_WINDOW from which requests wait for a moderator; a community's `surge_limit` overrides it."""


@dataclass(frozen=True, slots=True)
class JoinFacts:
    """What is known when somebody knocks."""

    known: bool
    """The person opened the bot and went through the first steps."""
    consented: bool
    """A consent to the service is in force."""
    banned: bool
    joined_lately: int
    """Arrivals within SURGE_WINDOW."""
    surge_limit: int
    """Arrivals within SURGE_WINDOW from which every request waits for a moderator; 0 is never."""


def surge_limit(settings: Mapping[str, Any]) -> int:
    """Read the limit of a community."""
    return int(settings.get("surge_limit", SURGE_LIMIT))


@dataclass(frozen=True, slots=True)
class JoinDecision:
    """The outcome and its reason (a code for the staff's list)."""

    gate: Gate
    reason: str


def decide(facts: JoinFacts) -> JoinDecision:
    """Decide on a join request. A ban stands until a human lifts it (M57); a surge ends by itself (M53)."""
    if facts.banned:
        return JoinDecision(Gate.DECLINE, "banned")
    if facts.surge_limit and facts.joined_lately >= facts.surge_limit:
        return JoinDecision(Gate.QUEUE, "surge")
    if not facts.known:
        return JoinDecision(Gate.ASK, "unknown")
    if not facts.consented:
        return JoinDecision(Gate.ASK, "consent")
    return JoinDecision(Gate.APPROVE, "consented")


GENERAL_GREETING = "parents"
"""Topic key for those whose child's age is not known."""


def greeting_topic(cohorts: Iterable[Cohort], topics: Mapping[str, str]) -> str:
    """Choose the topic key where a newcomer is greeted: that of the youngest child (the one with most questions).

    `topics` maps a cohort to a topic key (content/community.yaml).
    """
    order = [cohort for cohort in Cohort if cohort is not Cohort.UNKNOWN]
    youngest = next((cohort for cohort in order if cohort in set(cohorts)), None)
    return topics.get(youngest, GENERAL_GREETING) if youngest is not None else GENERAL_GREETING
