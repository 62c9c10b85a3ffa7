"""Where one engine asks another: siblings do not import each other, so the frame hands them these."""

from __future__ import annotations

from dataclasses import dataclass

from community.escalation import Escalations
from community.escalation_model import Escalation, Request, Severity, Source, State
from community.escalation_ports import EscalationUnit
from community.join_requests import JoinRequests
from community.model import Speciality
from community.ports import CommunityUnit
from consent import children as consent_children
from consent.answers import Question
from consent.ports import About
from consent.purposes import Purpose
from consent.record import Evidence
from consent.service import Consents
from core.cohorts import Cohort, cohort_of
from core.ids import ChatId, ChildId, CommunityId, PersonId
from core.people import Person
from moderation.cases import CaseState, Step, Verdict
from moderation.decide import judge
from moderation.facts import NEWCOMER, ChatFacts
from moderation.model import EscalationKind, Incoming, Passage, Urgency
from moderation.model import Severity as Sternness
from moderation.model import Source as Place
from moderation.policy import Policy
from moderation.raw import EPOCH
from scheduler.journeys.engine import JourneyEngine
from scheduler.journeys.model import Happening
from storage.unit import Unit

_SPECIALITY = {
    EscalationKind.METHODIST: Speciality.METHODIST,
    EscalationKind.DUTY: Speciality.PSYCHOLOGIST,
}
LONGEST_EXCERPT = 1500
"""Characters of the message an expert's card shows."""


@dataclass(frozen=True, slots=True)
class ModerationCalls:
    """Moderation hands a message to an expert, inside its own unit of work."""

    escalations: Escalations

    async def escalate(
        self,
        unit: Unit,
        message: Incoming,
        kind: EscalationKind,
        urgency: Urgency,
        case_id: int | None,
    ) -> None:
        """Open an escalation for the community the message stands in."""
        home = await unit.communities.by_chat(message.chat_id)
        if home is None:
            return
        person = await unit.people.by_telegram(message.author_id)
        request = Request(
            key=f"case:{case_id}:{kind.value}",
            community=home.id,
            source=Source.RULE,
            severity=_severity(kind, urgency),
            speciality=_SPECIALITY.get(kind, Speciality.METHODIST),
            text=message.own_text[:LONGEST_EXCERPT],
            asker=person.id if person is not None else None,
            asker_telegram=message.author_id,
            cohort=await _cohort(unit, person),
            chat=ChatId(message.chat_id),
            topic=message.topic_id,
            message=message.message_id,
            media=bool(message.media),
        )
        await self.escalations.open(unit, request, unit.now)


async def close_case(unit: EscalationUnit, escalation: Escalation) -> None:
    """Decide the case an escalation came from once an expert has closed it."""
    word, _, rest = escalation.request.key.partition(":")
    if word != "case" or escalation.state is not State.CLOSED:
        return
    assert isinstance(unit, Unit)  # noqa: S101 - the only unit there is
    case_id = int(rest.split(":")[0])
    seen = (CaseState.OPEN, CaseState.CLAIMED)
    done = CaseState.DECIDED.value
    verdict = Verdict.ESCALATED.value
    if await unit.cases.move(case_id, seen, state=done, verdict=verdict, decided_at=unit.now):
        await unit.cases.note(case_id, Step(unit.now, "closed by an expert"))


def _severity(kind: EscalationKind, urgency: Urgency) -> Severity:
    if urgency is Urgency.AT_ONCE or kind is EscalationKind.DUTY:
        return Severity.RED
    return Severity.MEDICAL if kind is EscalationKind.EXPERT else Severity.NORMAL


async def _cohort(unit: Unit, person: Person | None) -> Cohort:
    if person is None:
        return Cohort.UNKNOWN
    children = await unit.people.children_of(person.id)
    return cohort_of(children[0].born, unit.now.date()) if children else Cohort.UNKNOWN


@dataclass(frozen=True, slots=True)
class ConsentAnswers:
    """The first steps and the community ask the consent engine."""

    consents: Consents

    async def pending_questions(self, person: PersonId, language: str = "ru") -> list[Question]:
        return await self.consents.pending_questions(person, language)

    async def may_about_children(self, person: PersonId) -> bool:
        return (await self.consents.may(person, Purpose.CHILD_DATA)).allowed

    async def carry_to_child(
        self, unit: Unit, person: PersonId, child: ChildId, evidence: Evidence
    ) -> None:
        await consent_children.attach(self.consents.book, unit, person, child, evidence)

    async def to_the_service(self, unit: CommunityUnit, person: PersonId) -> bool:
        """Tell whether nothing forbids serving this person, inside the asker's unit."""
        assert isinstance(unit, Unit)  # noqa: S101 - the only unit there is
        about = About(person)
        found = await unit.consents.permissions(
            [about], Purpose.SERVICE, unit.now, self.consents.book.policy
        )
        return found[about].allowed


class PlatformLinks:
    """Deep links, redeemed inside the unit of /start."""

    async def redeem(self, unit: Unit, person: PersonId, payload: str) -> bool:
        return await unit.links.redeem(person, payload, unit.now)

    async def attach_child(self, unit: Unit, person: PersonId, child: ChildId) -> None:
        await unit.links.attach_child(person, child, unit.now)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What starts when somebody finished the first steps, and when a child is added."""

    requests: JoinRequests
    journeys: JourneyEngine[Unit]

    async def __call__(self, unit: Unit, person: Person) -> None:
        """Let in who waited at the community's door."""
        await self.requests.let_in(unit, person, unit.now)

    async def child_added(self, unit: Unit, person: Person, child: ChildId) -> None:
        """Begin the journeys of a child."""
        await self.journeys.happened(unit, Happening("child_added", unit.now, person.id, child))


@dataclass(frozen=True, slots=True)
class Answered:
    """The engine of journeys hears what families answer by buttons."""

    journeys: JourneyEngine[Unit]

    async def answered(self, unit: Unit, person: PersonId) -> None:
        """Look at the family's journeys at once: a step may have waited for this answer."""
        running = await unit.enrolments.active(person)
        await unit.enrolments.move([(one.id, one.step, unit.now) for one in running])

    async def happened(self, unit: Unit, name: str, person: PersonId, child: ChildId) -> None:
        """Tell of an event that a button stands for."""
        await self.journeys.happened(unit, Happening(name, unit.now, person, child))


@dataclass(frozen=True, slots=True)
class BeforeAsking:
    """Moderation's word on a question written in private, before others see it."""

    policy: Policy

    async def objection(self, community: CommunityId, text: str) -> str | None:
        """Name the rule that would hide the text in a group; None when it may stand."""
        message = Incoming(
            chat_id=-int(community),
            message_id=0,
            author_id=1,
            at=EPOCH,
            passages=(Passage(Place.TEXT, text),),
        )
        decision = judge(message, NEWCOMER, ChatFacts(), self.policy)
        leading = decision.leading
        return leading.rule if leading is not None and decision.action >= Sternness.HIDE else None
