"""Votes, stored by group commit: a thousand presses in one second share a few commits, and none is lost or doubled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from community.ama.model import Asked
from core.clock import Clock
from core.errors import AlreadyStored
from core.ids import PersonId
from storage.context import CURRENT
from storage.database import Database
from storage.group_writer import GroupWriter
from storage.tables.community_ama import ama_questions, ama_votes
from storage.tables.intake import inbox

_OPEN = (Asked.OPEN.value, Asked.STAGED.value)


@dataclass(slots=True)
class Ballot:
    """A vote on its way; `counted` is filled in by its commit: None while it waits."""

    question: int
    person: PersonId
    update_id: int | None
    counted: bool | None = None
    replayed: bool = False


class Ballots:
    """Casts votes. `run` must be running; a vote and the mark of its update are one transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._clock = clock
        self._writer: GroupWriter[Ballot] = GroupWriter(database, self._write)

    async def cast(self, question: int, person: PersonId) -> bool:
        """Vote and return once it is stored: False when the person had voted or the question is not open.

        Raises AlreadyStored when the update in hand was acted on before a crash.
        """
        current = CURRENT.get()
        update_id = current.update_id if current is not None and not current.acted else None
        ballot = Ballot(question, person, update_id)
        self._writer.submit(ballot)
        await self._writer.stored()
        if ballot.replayed:
            raise AlreadyStored
        if current is not None:
            current.acted = True
        return bool(ballot.counted)

    async def run(self) -> None:
        """Commit batches until cancelled."""
        await self._writer.run()

    async def _write(self, connection: AsyncConnection, batch: Sequence[Ballot]) -> None:
        fresh = await _unacted(connection, batch)
        valid = await _votable(connection, {ballot.question for ballot in fresh})
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        wanted: dict[tuple[int, int], Ballot] = {}
        for ballot in fresh:
            ballot.counted = False
            if ballot.question in valid:
                wanted.setdefault((ballot.question, ballot.person), ballot)
        if not wanted:
            return
        now = self._clock.now()
        statement = (
            dialect.insert(ama_votes)
            .on_conflict_do_nothing()
            .returning(ama_votes.c.question_id, ama_votes.c.person_id)
        )
        rows = [{"question_id": q, "person_id": p, "at": now} for q, p in wanted]
        for question, person in (await connection.execute(statement, rows)).all():
            wanted[question, person].counted = True


async def _unacted(connection: AsyncConnection, batch: Sequence[Ballot]) -> list[Ballot]:
    """Mark the updates of a batch acted; ballots of updates that had acted are set aside."""
    updates = [ballot.update_id for ballot in batch if ballot.update_id is not None]
    marked: set[int] = set()
    if updates:
        done = await connection.execute(
            sa.update(inbox)
            .where(inbox.c.update_id.in_(updates), inbox.c.state == "received")
            .values(state="acted")
            .returning(inbox.c.update_id)
        )
        marked = set(done.scalars())
    fresh = []
    for ballot in batch:
        ballot.replayed = ballot.update_id is not None and ballot.update_id not in marked
        if not ballot.replayed:
            fresh.append(ballot)
    return fresh


async def _votable(connection: AsyncConnection, questions: set[int]) -> set[int]:
    query = sa.select(ama_questions.c.id).where(
        ama_questions.c.id.in_(questions), ama_questions.c.state.in_(_OPEN)
    )
    return set((await connection.execute(query)).scalars())
