"""An answer to a survey, as every engine sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.ids import PersonId


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. `wave`: the message that asked, 0 for none. `value`: a score or a code; `words`: what was written."""

    survey: str
    question: str
    wave: int
    value: str | None
    words: str | None
    at: datetime


class SurveyAnswers(Protocol):
    """Where answers are kept; see `storage.surveys`."""

    async def add(
        self,
        person: PersonId,
        survey: str,
        question: str,
        *,
        wave: int = 0,
        value: str | None = None,
        words: str | None = None,
    ) -> None: ...
    async def of(self, person: PersonId) -> list[Said]: ...
