"""Questions and those who would like to know too."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from community.questions.model import Question, State
from core.cohorts import Cohort
from core.ids import ChatId, CommunityId, PersonId
from storage.seal import Seal
from storage.tables.community_questions import question_likes, questions

_LIKES = (
    sa.select(sa.func.count())
    .where(question_likes.c.question_id == questions.c.id)
    .scalar_subquery()
    .label("likes")
)


class Questions:
    """The words are sealed; what they are about is nobody's business but the answerer's."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal

    async def add(self, question: Question) -> Question | None:
        """Add a question; None when the message is known already."""
        if question.message is not None and question.chat is not None:
            known = await self._one(
                questions.c.chat_id == question.chat, questions.c.message_id == question.message
            )
            if known is not None:
                return None
        inserted = await self._connection.execute(
            sa.insert(questions)
            .values(
                community_id=question.community,
                asker_id=question.asker,
                asker_telegram=question.asker_telegram,
                sealed=self._seal.close(question.text),
                cohort=question.cohort.value,
                state=question.state.value,
                asked_at=question.asked_at,
                due_at=question.due,
                chat_id=question.chat,
                topic_id=question.topic,
                message_id=question.message,
            )
            .returning(questions.c.id)
        )
        return await self.get(inserted.scalar_one())

    async def get(self, question: int) -> Question | None:
        return await self._one(questions.c.id == question)

    async def at(self, chat: int, message: int) -> Question | None:
        return await self._one(questions.c.chat_id == chat, questions.c.message_id == message)

    async def set_state(
        self, question: int, state: State, *, due: datetime | None, answered_at: datetime | None
    ) -> None:
        await self._connection.execute(
            sa.update(questions)
            .where(questions.c.id == question)
            .values(state=state.value, due_at=due, answered_at=answered_at)
        )

    async def asked_since(self, telegram_id: int, since: datetime) -> int:
        query = sa.select(sa.func.count()).where(
            questions.c.asker_telegram == telegram_id, questions.c.asked_at > since
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def overdue(self, now: datetime, limit: int) -> list[Question]:
        """List questions nobody answered in time, oldest first."""
        return await self._list(questions.c.due_at <= now, limit=limit)

    async def waiting(self, community: CommunityId) -> list[Question]:
        """List questions standing in topics without an answer, oldest first."""
        return await self._list(
            questions.c.community_id == community,
            questions.c.state.in_([State.COMMUNITY.value, State.ROUTED.value]),
            limit=100,
        )

    async def between(
        self, community: CommunityId, start: datetime, end: datetime
    ) -> list[Question]:
        """List the questions of `[start, end)` in the order they were asked."""
        return await self._list(
            questions.c.community_id == community,
            questions.c.asked_at >= start,
            questions.c.asked_at < end,
            limit=5000,
        )

    async def like(self, question: int, telegram_id: int) -> bool:
        """Note that somebody would like to know too; False when noted before."""
        here = sa.and_(
            question_likes.c.question_id == question, question_likes.c.telegram_id == telegram_id
        )
        known = await self._connection.scalar(
            sa.select(sa.func.count()).select_from(question_likes).where(here)
        )
        if known:
            return False
        await self._connection.execute(
            sa.insert(question_likes).values(question_id=question, telegram_id=telegram_id)
        )
        return True

    async def _one(self, *conditions: sa.ColumnElement[bool]) -> Question | None:
        found = await self._list(*conditions, limit=1)
        return found[0] if found else None

    async def _list(self, *conditions: sa.ColumnElement[bool], limit: int) -> list[Question]:
        query = (
            sa.select(questions, _LIKES).where(*conditions).order_by(questions.c.id).limit(limit)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [self._question(row) for row in rows]

    def _question(self, row: sa.RowMapping) -> Question:
        return Question(
            id=row["id"],
            community=CommunityId(row["community_id"]),
            asker=PersonId(row["asker_id"]) if row["asker_id"] is not None else None,
            asker_telegram=row["asker_telegram"],
            text=self._seal.open(row["sealed"]),
            cohort=Cohort(row["cohort"]),
            state=State(row["state"]),
            asked_at=row["asked_at"],
            due=row["due_at"],
            chat=ChatId(row["chat_id"]) if row["chat_id"] is not None else None,
            topic=row["topic_id"],
            message=row["message_id"],
            likes=row["likes"],
            answered_at=row["answered_at"],
        )
