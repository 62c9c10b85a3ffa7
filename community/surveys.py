"""The loop behind a survey: a low score becomes a ticket with a deadline, words reach staff without names (R128, R133).

One message asks once. Until its window closes the last answer counts, all of them are kept. While the ticket of a low
score is open, the person gets no offers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from community.escalation import Escalations
from community.escalation_effects import Reply, from_asker
from community.escalation_model import Escalation, Request, Severity, Source, State
from community.escalation_ports import EscalationUnit
from community.model import Community, Speciality
from community.survey_ports import SurveyUnit, SurveyUnits
from community.survey_words import mask
from community.words import message
from core.errors import Refusal
from core.ids import ChatId, CommunityId, PersonId

NPS = "nps"
DETRACTOR = 6
"""Scores from 0 to this one are a complaint (R122)."""
WINDOW = timedelta(days=7)
"""How long after the question an answer is taken."""
SILENCE = timedelta(days=90)
"""No offers for this long at most when nobody closes the ticket; also the least time between two waves."""
QUIET_KEY = "complaint_until"
"""Key of `people.preferences` that the sending gate reads."""
LONGEST = 1500
"""Characters of an answer in words that are kept."""


@dataclass(frozen=True, slots=True)
class Surveys:
    """Use cases of surveys. `units` open transactions of their own; ratings come inside the caller's."""

    units: SurveyUnits
    escalations: Escalations

    async def rated(
        self, unit: SurveyUnit, person: PersonId, wave: int, asked_at: datetime | None, score: int
    ) -> None:
        """Keep a score inside the caller's unit. Refuses `survey.closed` after the window."""
        if asked_at is not None and unit.now > asked_at + WINDOW:
            raise Refusal("survey.closed")
        await unit.surveys.add(person, NPS, "score", wave=wave, value=str(score))
        if score <= DETRACTOR:
            await self._complain(unit, person, wave, score)

    async def said(self, person: PersonId, wave: int, text: str) -> bool:
        """Keep words about a score, masked, and carry them to who holds the ticket; tell whether there is one."""
        async with self.units.begin() as unit:
            words = mask(text[:LONGEST], await _names(unit, person))
            await unit.surveys.add(person, NPS, "words", wave=wave, words=words)
            await unit.drafts.drop(person)
            held = await unit.escalations.by_key(_key(wave))
            if held is None:
                return False
            request = replace(held.request, text=f"{held.request.text}\n\n{words}")
            await unit.escalations.retell(held.id, request.text)
            await unit.outbox.enqueue(*await _carried(unit, replace(held, request=request), words))
            return True

    async def left(self, person: PersonId, question: str, text: str) -> None:
        """Keep what somebody who leaves writes in words, masked."""
        async with self.units.begin() as unit:
            words = mask(text[:LONGEST], await _names(unit, person))
            await unit.surveys.add(person, "leave", question, words=words)
            await unit.drafts.drop(person)

    async def _complain(self, unit: SurveyUnit, person: PersonId, wave: int, score: int) -> None:
        home = await _home(unit)
        if home is None:
            return
        request = Request(
            key=_key(wave),
            community=home.id,
            source=Source.SURVEY,
            severity=Severity.FEEDBACK,
            speciality=Speciality.SUPPORT,
            text=f"{score}/10",
            asker=person,
            private=True,
        )
        await self.escalations.open(unit, request, unit.now)
        until = (unit.now + SILENCE).isoformat()
        await _prefer(unit, person, {QUIET_KEY: until})
        await unit.outbox.hold_back(person, "complaint", purposes={"marketing"})


async def close_complaint(unit: EscalationUnit, held: Escalation) -> None:
    """Let offers come again once the ticket of a low score is closed."""
    if held.request.source is Source.SURVEY and held.state is State.CLOSED and held.request.asker:
        await _prefer(unit, held.request.asker, {QUIET_KEY: None})


async def _prefer(unit: Any, person: PersonId, wishes: dict[str, Any]) -> None:
    known = await unit.people.get(person)
    if known is not None:
        await unit.people.change(person, preferences=dict(known.preferences) | wishes)


async def _names(unit: SurveyUnit, person: PersonId) -> list[str]:
    """List the names of a family's children."""
    return [child.name for child in await unit.people.children_of(person) if child.name]


async def _home(unit: SurveyUnit) -> Community | None:
    homes: Sequence[Community] = await unit.communities.all()
    return homes[0] if homes else None


async def _carried(unit: SurveyUnit, held: Escalation, words: str) -> list[Any]:
    """Carry words to the expert who holds the ticket, else to the staff."""
    number = len(await unit.surveys.of(held.request.asker or PersonId(0)))
    reply = Reply(name="", text=words, chat=ChatId(0), message=number)
    if held.assigned is not None:
        return list(from_asker(held, reply))
    home = await unit.communities.get(CommunityId(held.community))
    if home is None or home.staff_chat is None:
        return []
    key, facts = f"escalation:{held.id}:words:{number}", {"id": str(held.id), "text": words}
    return [message(key, "survey-words-card", chat=home.staff_chat, facts=facts)]


def _key(wave: int) -> str:
    return f"{NPS}:{wave}"
