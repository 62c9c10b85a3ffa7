"""Questions to a session: asked, edited, withdrawn, looked over, merged, declined, voted for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from community.ama import effects
from community.ama.model import (
    LONGEST_QUESTION,
    QUESTIONS_EACH,
    Asked,
    Cast,
    Question,
    Session,
)
from community.ama.planning import DESK_TOPIC, home_of, session_of
from community.ama.ports import AmaUnit, AmaUnits, BallotsPort
from community.ama.rules import in_order
from community.premoderation import Premoderation
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId, PersonId

REFUSED_AT_ONCE = frozenset({"child_data"})
"""Rules whose break is for the asker to mend; the others are looked at by a moderator."""
_HELD = {Asked.PENDING, Asked.OPEN}


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """What a parent wrote, and where, so that an edit is followed."""

    text: str
    name: str
    anonymous: bool
    chat: ChatId
    message: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Use cases of askers and of those who look questions over."""

    units: AmaUnits
    premoderation: Premoderation
    ballots: BallotsPort

    async def ask(self, session: int, asker: PersonId, new: NewQuestion, now: datetime) -> Question:
        """Take a question. One too late is kept for a written answer, and the asker is told.

        Refused: `ama.question_empty`, `input.too_long`, `ama.too_many`, `ama.child_data`, `ama.not_found`.
        """
        text = _checked(new.text)
        async with self.units.reading() as look:
            community = (await session_of(look, session)).community
        objection = await self.premoderation.objection(community, text)
        if objection in REFUSED_AT_ONCE:
            raise Refusal("ama.child_data")
        async with self.units.begin() as unit:
            held = await session_of(unit, session)
            own = [q for q in await unit.ama.questions(held.id) if q.asker == asker]
            if sum(q.state in _HELD for q in own) >= QUESTIONS_EACH:
                raise Refusal("ama.too_many", limit=QUESTIONS_EACH)
            question = await unit.ama.add_question(
                Question(
                    id=0,
                    session=held.id,
                    asker=asker,
                    text=text,
                    anonymous=new.anonymous,
                    name=new.name,
                    state=_first_state(held, objection),
                    asked_at=now,
                    chat=new.chat,
                    message=new.message,
                )
            )
            await unit.drafts.drop(asker)
            await self._show(unit, held, question)
            facts = {"session": held.id, "question": question.id}
            await unit.events.record(
                Event(EventName.AMA_QUESTION_ASKED, now, person=asker, facts=facts)
            )
            return question

    async def edited(self, asker: PersonId, chat: int, message: int, text: str) -> Question | None:
        """Follow an edit while the question waits; one on stage or answered keeps its words (M100)."""
        async with self.units.reading() as look:
            known = await look.ama.question_at(chat, message)
            if known is None or known.asker != asker or known.state not in _HELD:
                return None
            session = await session_of(look, known.session)
        words = _checked(text)
        objection = await self.premoderation.objection(session.community, words)
        async with self.units.begin() as unit:
            held = await unit.ama.question(known.id)
            if held is None or held.state not in _HELD:
                return None
            if objection in REFUSED_AT_ONCE:
                withdrawn = replace(held, state=Asked.WITHDRAWN)
                await unit.ama.save_question(withdrawn)
                await unit.outbox.enqueue(effects.about_question(withdrawn, "child-data"))
                return withdrawn
            changed = replace(held, text=words, state=_first_state(session, objection))
            await unit.ama.save_question(changed)
            return changed

    async def withdraw(self, question: int, asker: PersonId) -> None:
        """Take a question back; Telegram tells no bot of deleted messages, so there is a button (M96 M100).

        Refused: `ama.not_yours`, `ama.too_late_to_withdraw`.
        """
        async with self.units.begin() as unit:
            held = await question_of(unit, question)
            if held.asker != asker:
                raise Refusal("ama.not_yours")
            if held.state not in _HELD | {Asked.WRITTEN}:
                raise Refusal("ama.too_late_to_withdraw")
            await unit.ama.save_question(replace(held, state=Asked.WITHDRAWN))

    async def approve(self, question: int) -> None:
        """Let a question through that a rule objected to. Twice is once."""
        async with self.units.begin() as unit:
            held = await question_of(unit, question)
            if held.state is Asked.PENDING:
                await unit.ama.save_question(replace(held, state=Asked.OPEN))

    async def decline(self, question: int, author: PersonId, reason: str, now: datetime) -> None:
        """Decline a question; the asker is told why (M100). Refused: `ama.question_gone` when it is not waiting."""
        async with self.units.begin() as unit:
            held = await question_of(unit, question)
            if held.state not in _HELD:
                raise Refusal("ama.question_gone")
            declined = replace(held, state=Asked.DECLINED)
            await unit.ama.save_question(declined)
            await unit.outbox.enqueue(effects.about_question(declined, "declined", reason=reason))
            facts = {"session": held.session, "question": held.id}
            await unit.events.record(
                Event(EventName.AMA_QUESTION_DECLINED, now, actor=author, facts=facts)
            )

    async def merge(self, question: int, umbrella: int) -> None:
        """Put a duplicate under another question: its voters count there, its asker is told (M100).

        Refused: `ama.merge_itself`, `ama.question_gone` when either is not waiting or they are of two sessions.
        """
        if question == umbrella:
            raise Refusal("ama.merge_itself")
        async with self.units.begin() as unit:
            held, over = await question_of(unit, question), await question_of(unit, umbrella)
            if held.state not in _HELD or over.state not in _HELD or held.session != over.session:
                raise Refusal("ama.question_gone")
            for child in await unit.ama.questions(held.session):
                if child.umbrella == held.id:
                    await unit.ama.save_question(replace(child, umbrella=over.id))
            merged = replace(held, state=Asked.MERGED, umbrella=over.id)
            await unit.ama.save_question(merged)
            await unit.outbox.enqueue(effects.about_question(merged, "merged", umbrella=over.text))

    async def vote(self, question: int, voter: int) -> Cast:
        """Vote for a question as a Telegram user, once for each person."""
        return await self.ballots.cast(question, voter)

    async def listed(self, session: int, now: datetime) -> list[Question]:
        """List the open questions in the order they will come."""
        async with self.units.reading() as unit:
            return in_order(await unit.ama.questions(session), now)

    async def mine(self, session: int, asker: PersonId) -> list[Question]:
        """List a person's own questions."""
        async with self.units.reading() as unit:
            return [q for q in await unit.ama.questions(session) if q.asker == asker]

    async def _show(self, unit: AmaUnit, session: Session, question: Question) -> None:
        if question.state is Asked.WRITTEN:
            await unit.outbox.enqueue(effects.about_question(question, "late"))
        if question.state is Asked.PENDING:
            await unit.outbox.enqueue(effects.about_question(question, "pending"))
        home = await home_of(unit, session.community)
        desk = await unit.communities.topic(home.id, DESK_TOPIC)
        await unit.outbox.enqueue(*effects.desk_card(question, home, desk))


async def question_of(unit: AmaUnit, question: int) -> Question:
    """Find a question. Refused: `ama.question_gone`."""
    held = await unit.ama.question(question)
    if held is None:
        raise Refusal("ama.question_gone")
    return held


def _first_state(session: Session, objection: str | None) -> Asked:
    if not session.open_to_questions:
        return Asked.WRITTEN
    return Asked.PENDING if objection is not None else Asked.OPEN


def _checked(text: str) -> str:
    tidy = text.strip()
    if not tidy:
        raise Refusal("ama.question_empty")
    if len(tidy) > LONGEST_QUESTION:
        raise Refusal("input.too_long", limit=LONGEST_QUESTION)
    return tidy
