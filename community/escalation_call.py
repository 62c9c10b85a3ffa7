"""Calling an expert to a message: what a moderator or a mentor does when no rule noticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from community.escalation import Escalations
from community.escalation_model import Escalation, Request, Severity, Source
from community.escalation_ports import EscalationUnits
from community.model import Speciality
from core.cohorts import Cohort, cohort_of
from core.errors import Refusal
from core.ids import ChatId, TelegramId
from core.roles import Role

LONGEST = 1500
"""Characters of the message an expert's card shows."""


@dataclass(frozen=True, slots=True)
class Called:
    """The message an expert is called to, as it stands in the group."""

    author: TelegramId
    text: str
    chat: ChatId
    topic: int | None
    message: int
    media: bool = False


@dataclass(frozen=True, slots=True)
class Calls:
    """The use case; rights were asked at the door."""

    units: EscalationUnits
    escalations: Escalations

    async def call(
        self,
        called: Called,
        roles: frozenset[Role],
        speciality: Speciality,
        now: datetime,
        *,
        urgent: bool,
    ) -> Escalation:
        """Open an escalation for a message, once however many call. Refused: `community.unknown`."""
        async with self.units.begin() as unit:
            home = await unit.communities.by_chat(called.chat)
            if home is None:
                raise Refusal("community.unknown")
            person = await unit.people.by_telegram(called.author)
            children = await unit.people.children_of(person.id) if person is not None else []
            cohort = cohort_of(children[0].born, now.date()) if children else Cohort.UNKNOWN
            mentor = roles == {Role.MENTOR}
            request = Request(
                key=f"call:{called.chat}:{called.message}",
                community=home.id,
                source=Source.MENTOR if mentor else Source.MODERATOR,
                severity=Severity.RED if urgent else Severity.NORMAL,
                speciality=speciality,
                text=called.text[:LONGEST],
                asker=person.id if person is not None else None,
                asker_telegram=called.author,
                cohort=cohort,
                chat=called.chat,
                topic=called.topic,
                message=called.message,
                media=called.media,
            )
            return await self.escalations.open(unit, request, now)
