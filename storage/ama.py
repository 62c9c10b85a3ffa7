"""AMA sessions and everything in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community.ama.model import Answer, Asked, Question, Session, State, Subscriber
from core.cohorts import Cohort
from core.ids import ChatId, CommunityId, PersonId
from storage.seal import Seal
from storage.tables.community_ama import (
    ama_answers,
    ama_questions,
    ama_sessions,
    ama_subscribers,
    ama_votes,
)
from storage.tables.intake import events

_MERGED = ama_questions.alias("merged")
_VOTES = (
    sa.select(sa.func.count(sa.distinct(ama_votes.c.person_id)))
    .where(
        sa.or_(
            ama_votes.c.question_id == ama_questions.c.id,
            ama_votes.c.question_id.in_(
                sa.select(_MERGED.c.id).where(_MERGED.c.umbrella_id == ama_questions.c.id)
            ),
        )
    )
    .scalar_subquery()
    .label("votes")
)
"""Distinct voters of a question and of those merged under it."""
_ERASED = '["", null]'  # words and name of somebody who was erased


class Ama:
    """Sessions, subscribers, questions, answers. Votes are cast through `storage.ama_votes`."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def add(self, session: Session) -> Session:
        inserted = await self._connection.execute(
            sa.insert(ama_sessions)
            .values(community_id=session.community, **_session_values(session))
            .returning(ama_sessions)
        )
        return _session(inserted.mappings().one())

    async def save(self, session: Session) -> None:
        await self._connection.execute(
            sa.update(ama_sessions)
            .where(ama_sessions.c.id == session.id)
            .values(**_session_values(session))
        )

    async def get(self, session: int, *, lock: bool = False) -> Session | None:
        query = sa.select(ama_sessions).where(ama_sessions.c.id == session)
        rows = await self._connection.execute(query.with_for_update() if lock else query)
        return next((_session(row) for row in rows.mappings()), None)

    async def of_community(self, community: CommunityId) -> list[Session]:
        return await self._sessions(ama_sessions.c.community_id == community)

    async def unfinished(self) -> list[Session]:
        """List the sessions to come and those running, of all communities."""
        open_states = [State.ANNOUNCED.value, State.LIVE.value, State.PAUSED.value]
        return await self._sessions(ama_sessions.c.state.in_(open_states))

    async def subscribe(self, session: int, person: PersonId, now: datetime) -> bool:
        """Add a subscriber; False when there already."""
        known = await self._connection.scalar(
            sa.select(ama_subscribers.c.person_id).where(_at(session, person))
        )
        if known is None:
            await self._connection.execute(
                sa.insert(ama_subscribers).values(
                    session_id=session, person_id=person, subscribed_at=now
                )
            )
        return known is None

    async def unsubscribe(self, session: int, person: PersonId) -> None:
        await self._connection.execute(sa.delete(ama_subscribers).where(_at(session, person)))

    async def subscribers(self, session: int) -> list[Subscriber]:
        query = (
            sa.select(ama_subscribers)
            .where(ama_subscribers.c.session_id == session)
            .order_by(ama_subscribers.c.subscribed_at, ama_subscribers.c.person_id)
        )
        return [
            Subscriber(PersonId(row["person_id"]), row["here_at"] is not None, row["rating"])
            for row in (await self._connection.execute(query)).mappings()
        ]

    async def mark_here(self, session: int, person: PersonId, now: datetime) -> None:
        """Note that a person showed up live; who did not subscribe before is added."""
        await self.subscribe(session, person, now)
        await self._connection.execute(
            sa.update(ama_subscribers)
            .where(_at(session, person), ama_subscribers.c.here_at.is_(None))
            .values(here_at=now)
        )

    async def rate(self, session: int, person: PersonId, stars: int) -> bool:
        """Keep a rating; False for somebody who was not there or has rated."""
        rated = await self._connection.execute(
            sa.update(ama_subscribers)
            .where(_at(session, person), ama_subscribers.c.rating.is_(None))
            .values(rating=stars)
        )
        return rated.rowcount > 0

    async def add_question(self, question: Question) -> Question:
        inserted = await self._connection.execute(
            sa.insert(ama_questions)
            .values(
                session_id=question.session,
                asker_id=question.asker,
                sealed=self._close(question),
                anonymous=question.anonymous,
                state=question.state.value,
                asked_at=question.asked_at,
                chat_id=question.chat,
                message_id=question.message,
            )
            .returning(ama_questions.c.id)
        )
        added = await self.question(inserted.scalar_one())
        assert added is not None  # noqa: S101 - inserted in this very transaction
        return added

    async def save_question(self, question: Question) -> None:
        await self._connection.execute(
            sa.update(ama_questions)
            .where(ama_questions.c.id == question.id)
            .values(
                sealed=self._close(question),
                state=question.state.value,
                umbrella_id=question.umbrella,
            )
        )

    async def question(self, question: int) -> Question | None:
        found = await self._questions(ama_questions.c.id == question)
        return found[0] if found else None

    async def question_at(self, chat: int, message: int) -> Question | None:
        found = await self._questions(
            ama_questions.c.chat_id == chat, ama_questions.c.message_id == message
        )
        return found[0] if found else None

    async def questions(self, session: int) -> list[Question]:
        return await self._questions(ama_questions.c.session_id == session)

    async def add_answer(self, answer: Answer) -> None:
        """Keep a message of an answer; an edited one replaces its words."""
        here = sa.and_(
            ama_answers.c.chat_id == answer.chat, ama_answers.c.message_id == answer.message
        )
        changed = await self._connection.execute(
            sa.update(ama_answers).where(here).values(text=answer.text)
        )
        if changed.rowcount == 0:
            await self._connection.execute(
                sa.insert(ama_answers).values(
                    chat_id=answer.chat,
                    message_id=answer.message,
                    question_id=answer.question,
                    text=answer.text,
                )
            )

    async def answer_at(self, chat: int, message: int) -> Answer | None:
        here = (ama_answers.c.chat_id == chat, ama_answers.c.message_id == message)
        query = sa.select(ama_answers).where(*here)
        row = (await self._connection.execute(query)).mappings().first()
        return _answer(row) if row is not None else None

    async def answers(self, session: int) -> list[Answer]:
        """List the messages of all answers in the order they were written."""
        query = (
            sa.select(ama_answers)
            .join(ama_questions, ama_questions.c.id == ama_answers.c.question_id)
            .where(ama_questions.c.session_id == session)
            .order_by(ama_answers.c.message_id)
        )
        return [_answer(row) for row in (await self._connection.execute(query)).mappings()]

    async def voters(self, session: int) -> int:
        """Count the votes cast in a session."""
        query = (
            sa.select(sa.func.count())
            .select_from(ama_votes)
            .join(ama_questions, ama_questions.c.id == ama_votes.c.question_id)
            .where(ama_questions.c.session_id == session)
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def returned(self, people: Sequence[PersonId], start: datetime, end: datetime) -> int:
        """Count those of `people` who did anything in `[start, end)`."""
        if not people:
            return 0
        query = sa.select(sa.func.count(sa.distinct(events.c.person_id))).where(
            events.c.person_id.in_(list(people)), events.c.at >= start, events.c.at < end
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def _sessions(self, *conditions: sa.ColumnElement[bool]) -> list[Session]:
        query = (
            sa.select(ama_sessions)
            .where(*conditions)
            .order_by(ama_sessions.c.starts, ama_sessions.c.id)
        )
        return [_session(row) for row in (await self._connection.execute(query)).mappings()]

    async def _questions(self, *conditions: sa.ColumnElement[bool]) -> list[Question]:
        query = sa.select(ama_questions, _VOTES).where(*conditions).order_by(ama_questions.c.id)
        rows = (await self._connection.execute(query)).mappings()
        return [self._question(row) for row in rows]

    def _close(self, question: Question) -> bytes:
        return self._seal.close(orjson.dumps([question.text, question.name]).decode())

    def _question(self, row: sa.RowMapping) -> Question:
        text, name = orjson.loads(self._seal.open(row["sealed"]) or _ERASED)
        return Question(
            id=row["id"],
            session=row["session_id"],
            asker=PersonId(row["asker_id"]),
            text=text,
            anonymous=row["anonymous"],
            name=name,
            state=Asked(row["state"]),
            asked_at=row["asked_at"],
            votes=row["votes"],
            umbrella=row["umbrella_id"],
            chat=ChatId(row["chat_id"]) if row["chat_id"] is not None else None,
            message=row["message_id"],
        )


def _at(session: int, person: PersonId) -> sa.ColumnElement[bool]:
    table = ama_subscribers
    return sa.and_(table.c.session_id == session, table.c.person_id == person)


def _session_values(session: Session) -> dict[str, Any]:
    return {
        "title": session.title,
        "expert_id": session.expert,
        "starts": session.starts,
        "minutes": session.minutes,
        "state": session.state.value,
        "created_by": session.created_by,
        "cohort": session.cohort.value if session.cohort is not None else None,
        "capacity": session.capacity,
        "sequence": session.sequence,
        "stage_id": session.stage,
        "expert_here": session.expert_here,
        "finished_at": session.finished_at,
        "notes": dict(session.notes),
        "thread_id": session.thread,
    }


def _session(row: sa.RowMapping) -> Session:
    return Session(
        id=row["id"],
        community=CommunityId(row["community_id"]),
        title=row["title"],
        expert=PersonId(row["expert_id"]),
        starts=row["starts"],
        minutes=row["minutes"],
        state=State(row["state"]),
        created_by=PersonId(row["created_by"]),
        cohort=Cohort(row["cohort"]) if row["cohort"] is not None else None,
        capacity=row["capacity"],
        sequence=row["sequence"],
        stage=row["stage_id"],
        expert_here=row["expert_here"],
        finished_at=row["finished_at"],
        notes=row["notes"],
        thread=row["thread_id"],
    )


def _answer(row: sa.RowMapping) -> Answer:
    return Answer(row["question_id"], ChatId(row["chat_id"]), row["message_id"], row["text"])
