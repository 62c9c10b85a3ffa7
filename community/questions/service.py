"""Asking: ready answers first, then the community, then an expert; nothing stays unheard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from community.escalation import Escalations
from community.escalation_effects import Reply
from community.escalation_model import Escalation, Request, Severity, Source
from community.model import Community, Speciality, address
from community.places import fallback_topic
from community.premoderation import Premoderation
from community.questions.model import A_DAY, UNANSWERED_AFTER, Question, State, checked
from community.questions.ports import QuestionUnit, QuestionUnits
from community.questions.search import Found, Index
from community.words import message, word
from core.cohorts import Cohort, cohort_of
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId, CommunityId, PersonId
from core.people import Person

DAY = timedelta(days=1)
BATCH = 50
QUESTIONS_TOPIC, FALLBACK_TOPIC = "questions", "parents"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question just asked and the ready answers that may already help."""

    question: Question
    found: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Questions:
    """Use cases of questions."""

    units: QuestionUnits
    index: Index
    escalations: Escalations
    premoderation: Premoderation

    async def ask(self, community: CommunityId, person: Person, text: str, now: datetime) -> Asked:
        """Take a question in private and look for ready answers.

        Refused: `question.empty`, `input.too_long`, `question.too_many` (10 in 24 hours).
        """
        words = checked(text)
        async with self.units.begin() as unit:
            telegram_id = person.telegram_id or 0
            if await unit.questions.asked_since(telegram_id, now - DAY) >= A_DAY:
                raise Refusal("question.too_many")
            cohort = await youngest(unit, person.id, now)
            question = await unit.questions.add(
                Question(
                    0, community, person.id, telegram_id, words, cohort, State.ASKED, now, None
                )
            )
            assert question is not None  # noqa: S101 - a private question has no message to collide with
            await unit.drafts.drop(person.id)
            await _record(unit, EventName.QUESTION_ASKED, question, now)
        found = self.index.find(words, language=person.language, cohort=cohort.value)
        return Asked(question, found)

    async def helped(self, question: int, asker: PersonId, now: datetime) -> None:
        """Note that a ready answer helped. Refused: `question.not_yours`."""
        async with self.units.begin() as unit:
            held = await _own(unit, question, asker)
            await unit.questions.set_state(held.id, State.HELPED, due=None, answered_at=now)
            await _record(unit, EventName.QUESTION_ANSWERED, held, now)

    async def to_expert(
        self, question: int, asker: PersonId, now: datetime, speciality: Speciality
    ) -> None:
        """Take a private question to an expert, who answers in private. Twice is once."""
        async with self.units.begin() as unit:
            held = await _own(unit, question, asker)
            await unit.questions.set_state(held.id, State.EXPERT, due=None, answered_at=None)
            request = _request(held, Source.PARENT, speciality)
            await self.escalations.open(unit, replace(request, private=True), now)

    async def to_community(self, question: int, asker: PersonId, now: datetime) -> None:
        """Publish a private question without a name. Refused: `question.objection` with the rule it would break."""
        async with self.units.reading() as look:
            asked = await _own(look, question, asker)
        if (rule := await self.premoderation.objection(asked.community, asked.text)) is not None:
            raise Refusal("question.objection", rule=rule)
        async with self.units.begin() as unit:
            held = await _own(unit, question, asker)
            home = await _home(unit, held.community)
            topics = await unit.communities.topics(home.id)
            topic = fallback_topic(topics, QUESTIONS_TOPIC, FALLBACK_TOPIC)
            due = now + unanswered_after(home)
            await unit.questions.set_state(held.id, State.COMMUNITY, due=due, answered_at=None)
            facts = {"text": held.text, "cohort": word(f"cohort-{held.cohort.value}")}
            await unit.outbox.enqueue(
                message(
                    f"question:{held.id}:topic",
                    "questions-in-topic",
                    chat=home.chat,
                    topic=address(topic),
                    language=home.language,
                    facts=facts,
                    buttons=((("questions-me-too-button", f"q:me:{held.id}"),),),
                )
            )

    async def noticed(
        self,
        chat: ChatId,
        topic: int | None,
        message_id: int,
        *,
        telegram_id: int,
        text: str,
        now: datetime,
    ) -> Question | None:
        """Note a question written in a topic, so that it cannot go unanswered unseen. None outside communities."""
        async with self.units.begin() as unit:
            home = await unit.communities.by_chat(chat)
            if home is None or home.chat != chat:
                return None
            person = await unit.people.by_telegram(telegram_id)
            cohort = await youngest(unit, person.id, now) if person is not None else Cohort.UNKNOWN
            question = Question(
                id=0,
                community=home.id,
                asker=person.id if person is not None else None,
                asker_telegram=telegram_id,
                text=checked(text),
                cohort=cohort,
                state=State.COMMUNITY,
                asked_at=now,
                due=now + unanswered_after(home),
                chat=chat,
                topic=topic,
                message=message_id,
            )
            added = await unit.questions.add(question)
            if added is not None:
                await _record(unit, EventName.QUESTION_ASKED, added, now)
            return added

    async def replied(self, chat: ChatId, message_id: int, by: int, now: datetime) -> bool:
        """Note that somebody else replied to a question in a topic; tell whether it was one."""
        async with self.units.begin() as unit:
            held = await unit.questions.at(chat, message_id)
            if held is None or held.asker_telegram == by or held.answered_at is not None:
                return False
            await unit.questions.set_state(held.id, State.ANSWERED, due=None, answered_at=now)
            await _record(unit, EventName.QUESTION_ANSWERED, held, now)
            return True

    async def answered_for_asker(self, question: int, reply: Reply, by: int, now: datetime) -> None:
        """Carry a reply to a question published without a name to the one who asked it."""
        async with self.units.begin() as unit:
            held = await unit.questions.get(question)
            if held is None or held.asker is None or held.asker_telegram == by:
                return
            await unit.questions.set_state(held.id, State.ANSWERED, due=None, answered_at=now)
            await unit.outbox.enqueue(
                message(
                    f"question:{held.id}:reply:{reply.message}",
                    "questions-reply-told",
                    person=held.asker,
                    facts={"text": reply.text or "…"},
                )
            )
            await _record(unit, EventName.QUESTION_ANSWERED, held, now)

    async def me_too(self, question: int, telegram_id: int) -> bool:
        """Count somebody who would like to know too, once."""
        async with self.units.begin() as unit:
            return await unit.questions.like(question, telegram_id)

    async def waiting(self, community: CommunityId) -> list[Question]:
        """List the questions that still stand without an answer."""
        async with self.units.reading() as unit:
            return await unit.questions.waiting(community)

    async def tick(self, now: datetime) -> int:
        """Take questions nobody answered in time to an expert; tell how many (R24)."""
        async with self.units.reading() as look:
            overdue = await look.questions.overdue(now, BATCH)
        for stale in overdue:
            async with self.units.begin() as unit:
                held = await unit.questions.get(stale.id)
                if held is None or held.due is None:
                    continue
                await unit.questions.set_state(held.id, State.ROUTED, due=None, answered_at=None)
                request = _request(held, Source.QUESTION, Speciality.METHODIST)
                await self.escalations.open(unit, replace(request, private=held.chat is None), now)
        return len(overdue)


def unanswered_after(home: Community) -> timedelta:
    """Tell after how long a question without an answer is taken to an expert."""
    hours = home.settings.get("unanswered_hours")
    return timedelta(hours=float(hours)) if hours is not None else UNANSWERED_AFTER


async def youngest(unit: QuestionUnit, person: PersonId, now: datetime) -> Cohort:
    """Tell the cohort of a person's youngest child that has one."""
    children = await unit.people.children_of(person)
    known = {cohort_of(child.born, now.date()) for child in children} - {Cohort.UNKNOWN}
    return next((cohort for cohort in Cohort if cohort in known), Cohort.UNKNOWN)


def _request(held: Question, source: Source, speciality: Speciality) -> Request:
    return Request(
        key=f"question:{held.id}",
        community=held.community,
        source=source,
        severity=Severity.NORMAL,
        speciality=speciality,
        text=held.text,
        asker=held.asker,
        asker_telegram=held.asker_telegram,
        cohort=held.cohort,
        chat=held.chat,
        topic=held.topic,
        message=held.message,
    )


async def _own(unit: QuestionUnit, question: int, asker: PersonId) -> Question:
    held = await unit.questions.get(question)
    if held is None or held.asker != asker:
        raise Refusal("question.not_yours")
    return held


async def _home(unit: QuestionUnit, community: CommunityId) -> Community:
    home = await unit.communities.get(community)
    if home is None:
        raise Refusal("community.unknown")
    return home


async def _record(unit: QuestionUnit, name: EventName, held: Question, now: datetime) -> None:
    facts = {"question": held.id, "community": held.community, "cohort": held.cohort.value}
    await unit.events.record(Event(name, now, person=held.asker, facts=facts))


async def close_answered(unit: Any, escalation: Escalation) -> None:
    """Mark the question behind an answered escalation: a listener of `community.escalation.Escalations`.

    `unit` is a QuestionUnit; escalations know it only as one of their own.
    """
    kind, _, key = escalation.request.key.partition(":")
    if kind == "question" and escalation.answers:
        await unit.questions.set_state(int(key), State.ANSWERED, due=None, answered_at=unit.now)
