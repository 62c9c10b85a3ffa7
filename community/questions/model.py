"""A question and what became of it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.cohorts import Cohort
from core.errors import Refusal
from core.ids import ChatId, CommunityId, PersonId

LONGEST = 2000
"""Characters of a question."""
A_DAY = 10
"""Questions one person may ask in 24 hours."""
UNANSWERED_AFTER = timedelta(hours=6)
"""A question in a topic is taken to an expert after this time; a community's `unanswered_hours` overrides it."""
_ASKING = re.compile(
    r"\b(как|что|где|когда|почему|зачем|сколько|можно ли|нужно ли|стоит ли|подскажите|посоветуйте|кто[- ]нибудь|"
    r"how|what|where|when|why|should|anyone|advice)\b",
    re.IGNORECASE,
)
_SHORTEST_WORDS = 3


class State(StrEnum):
    """Where a question is."""

    ASKED = "asked"
    """Ready answers were shown; the person decides."""
    HELPED = "helped"
    COMMUNITY = "community"
    EXPERT = "expert"
    ANSWERED = "answered"
    ROUTED = "routed"
    """Nobody in the topic answered in time: an expert was called."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as kept. `chat`, `topic`, `message`: where it stands in the group, if it does."""

    id: int
    community: CommunityId
    asker: PersonId | None
    asker_telegram: int
    text: str
    cohort: Cohort
    state: State
    asked_at: datetime
    due: datetime | None
    chat: ChatId | None = None
    topic: int | None = None
    message: int | None = None
    likes: int = 0
    answered_at: datetime | None = None


def checked(text: str) -> str:
    """Tidy a question. Refused: `question.empty`, `input.too_long`."""
    tidy = " ".join(text.split())
    if not tidy:
        raise Refusal("question.empty")
    if len(tidy) > LONGEST:
        raise Refusal("input.too_long", limit=LONGEST)
    return tidy


def looks_like_question(text: str) -> bool:
    """Tell whether a message in a topic asks for an answer: a question mark or an asking word, three words at least."""
    if len(text.split()) < _SHORTEST_WORDS or len(text) > LONGEST:
        return False
    return "?" in text or _ASKING.search(text) is not None
