"""Answers to surveys: added, never changed; words are sealed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import PersonId
from core.surveys import Said
from storage.seal import Seal
from storage.tables.surveys import survey_answers


class Surveys:
    """Writes and reads answers."""

    def __init__(self, connection: AsyncConnection, now: datetime, seal: Seal) -> None:
        self._connection = connection
        self._now = now
        self._seal = seal

    async def add(
        self,
        person: PersonId,
        survey: str,
        question: str,
        *,
        wave: int = 0,
        value: str | None = None,
        words: str | None = None,
    ) -> None:
        """Keep one answer beside those before it."""
        await self._connection.execute(
            sa.insert(survey_answers).values(
                person_id=person,
                survey=survey,
                question=question,
                wave=wave,
                value=value,
                sealed=self._seal.close(words) if words is not None else None,
                at=self._now,
            )
        )

    async def of(self, person: PersonId) -> list[Said]:
        """List a person's answers, oldest first."""
        query = (
            sa.select(survey_answers)
            .where(survey_answers.c.person_id == person)
            .order_by(survey_answers.c.id)
        )
        return [
            Said(
                row["survey"],
                row["question"],
                row["wave"],
                row["value"],
                self._seal.open(row["sealed"]) if row["sealed"] else None,
                row["at"],
            )
            for row in (await self._connection.execute(query)).mappings()
        ]
