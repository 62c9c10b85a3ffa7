"""Mentors, families who ask for one, and pairs of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.cohorts import Cohort
from core.errors import Refusal
from core.ids import CommunityId, PersonId

DEFAULT_LOAD = 3
"""Families one mentor accompanies at a time."""
LARGEST_LOAD = 10
PASS = 4
"""Right answers of QUIZ that make a mentor."""
QUIZ = ("b", "a", "c", "b", "a")
"""Right answers to the training's questions `mentorship-quiz-<n>`, options a to c."""
CHECK_IN = timedelta(days=7)
QUIET_AFTER = timedelta(days=14)
"""A pair without a message for this long is asked whether it goes on."""
LONGEST_ABOUT = 600


class Side(StrEnum):
    """Who applies."""

    MENTOR = "mentor"
    FAMILY = "family"


class Status(StrEnum):
    """Where an application is."""

    APPLIED = "applied"
    TRAINING = "training"
    """Approved; the mentor reads the rules and answers the quiz."""
    READY = "ready"
    PAUSED = "paused"
    DECLINED = "declined"
    LEFT = "left"


class Topic(StrEnum):
    """What help is about."""

    ADAPTATION = "adaptation"
    HABITS = "habits"
    TEENS = "teens"
    LEARNING = "learning"
    SLEEP = "sleep"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Application:
    """A mentor or a family, as applied. `zone` is a UTC offset in minutes at the time: near hours matter, not names."""

    id: int
    community: CommunityId
    person: PersonId
    side: Side
    status: Status
    cohorts: tuple[Cohort, ...]
    topics: tuple[Topic, ...]
    language: str
    offset_minutes: int
    limit: int
    about: str
    applied_at: datetime


class PairState(StrEnum):
    """Where a pair is."""

    PROPOSED = "proposed"
    """Both are asked; it begins when both agreed."""
    ACTIVE = "active"
    PAUSED = "paused"
    FINISHED = "finished"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor and a family. Numbers of the pair and the chat are all one learns of the other."""

    id: int
    community: CommunityId
    mentor: PersonId
    family: PersonId
    state: PairState
    reasons: tuple[str, ...]
    proposed_at: datetime
    mentor_agreed: bool = False
    family_agreed: bool = False
    started_at: datetime | None = None
    last_message_at: datetime | None = None
    check_in_at: datetime | None = None
    finished_at: datetime | None = None
    mentor_feedback: str | None = None
    family_feedback: str | None = None
    mentor_opens: bool = False
    """This side wishes to write on without the bot."""
    family_opens: bool = False

    def other(self, person: PersonId) -> PersonId:
        """Tell who is on the other side. Refused: `mentor.not_yours`."""
        if person == self.mentor:
            return self.family
        if person == self.family:
            return self.mentor
        raise Refusal("mentor.not_yours")


_MOVES = {
    "agree": ({PairState.PROPOSED}, PairState.PROPOSED),
    "refuse": ({PairState.PROPOSED}, PairState.REFUSED),
    "pause": ({PairState.ACTIVE}, PairState.PAUSED),
    "resume": ({PairState.PAUSED}, PairState.ACTIVE),
    "finish": ({PairState.ACTIVE, PairState.PAUSED}, PairState.FINISHED),
    "write": ({PairState.ACTIVE}, PairState.ACTIVE),
}


def move(pair: Pair, act: str) -> PairState:
    """Tell the state after an act. Refused: `mentor.not_now`."""
    allowed, after = _MOVES[act]
    if pair.state not in allowed:
        raise Refusal("mentor.not_now", state=pair.state.value)
    return after


def quiz_passed(answers: tuple[str, ...]) -> bool:
    """Tell whether enough answers of the training are right."""
    return sum(given == right for given, right in zip(answers, QUIZ, strict=False)) >= PASS


@dataclass(frozen=True, slots=True)
class Load:
    """What a mentor carries, for the moderator: families, limit, messages a week, red flags, and the sign it gives."""

    mentor: PersonId
    pairs: int
    limit: int
    messages: int
    red_flags: int

    @property
    def sign(self) -> str:
        """Name the sign of strain: `flags`, `busy`, `full`, `silent` or `fine`. Thresholds are a week's."""
        if self.red_flags >= 2:  # noqa: PLR2004 - two in a week wear anybody out
            return "flags"
        if self.messages >= BUSY_WEEK:
            return "busy"
        if self.pairs >= self.limit:
            return "full"
        if self.pairs and not self.messages:
            return "silent"
        return "fine"


BUSY_WEEK = 70
"""Messages a week, ten a day: more than an hour of a parent's evening."""
