"""Votes, stored by group commit: a thousand presses in one second share a few commits, and none is lost or doubled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from community.ama.model import Asked, Cast, Vote
from core.clock import Clock
from storage.context import CURRENT
from storage.database import Database
from storage.group_writer import GroupWriter
from storage.tables.community_ama import ama_questions, ama_votes
from storage.tables.intake import inbox
from storage.tables.people import people

_OPEN = (Asked.OPEN.value, Asked.STAGED.value)


@dataclass(slots=True)
class Ballot:
    """A vote on its way; `vote` and `language` are filled in by its commit."""

    question: int
    voter: int
    update_id: int | None
    vote: Vote = Vote.CLOSED
    language: str | None = None


class Ballots:
    """Casts votes. `run` must be running; a vote and the mark of its update are one transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._clock = clock
        self._writer: GroupWriter[Ballot] = GroupWriter(database, self._write)

    async def cast(self, question: int, voter: int) -> Cast:
        """Vote as a Telegram user and return once it is stored.

        An update replayed after a crash finds its vote stored and is told so again: the first answer may not have left.
        """
        current = CURRENT.get()
        update_id = current.update_id if current is not None and not current.acted else None
        ballot = Ballot(question, voter, update_id)
        self._writer.submit(ballot)
        await self._writer.stored()
        if current is not None:
            current.acted = True
        return Cast(ballot.vote, ballot.language)

    async def run(self) -> None:
        """Commit batches until cancelled."""
        await self._writer.run()

    async def _write(self, connection: AsyncConnection, batch: Sequence[Ballot]) -> None:
        replayed = await _acted_before(connection, batch)
        voters = await _voters(connection, {ballot.voter for ballot in batch})
        open_ones = await _votable(connection, {ballot.question for ballot in batch})
        wanted: dict[tuple[int, int], Ballot] = {}
        again: dict[tuple[int, int], Ballot] = {}
        for ballot in batch:
            person, ballot.language = voters.get(ballot.voter, (None, None))
            if person is None:
                ballot.vote = Vote.STRANGER
            elif ballot.update_id in replayed:
                again[ballot.question, person] = ballot
            elif ballot.question in open_ones:
                ballot.vote = Vote.AGAIN
                wanted.setdefault((ballot.question, person), ballot)
        for key in await self._insert(connection, wanted):
            wanted[key].vote = Vote.COUNTED
        for key in await _stored(connection, again):
            again[key].vote = Vote.COUNTED

    async def _insert(
        self, connection: AsyncConnection, wanted: Collection[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Insert what is not there; the primary key makes it one vote per person and question."""
        if not wanted:
            return []
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        now = self._clock.now()
        statement = (
            dialect.insert(ama_votes)
            .on_conflict_do_nothing()
            .returning(ama_votes.c.question_id, ama_votes.c.person_id)
        )
        rows = [{"question_id": q, "person_id": p, "at": now} for q, p in wanted]
        return [(q, p) for q, p in (await connection.execute(statement, rows)).all()]


async def _acted_before(connection: AsyncConnection, batch: Sequence[Ballot]) -> set[int | None]:
    """Mark the updates of a batch acted; tell which had acted before a crash."""
    updates = [ballot.update_id for ballot in batch if ballot.update_id is not None]
    if not updates:
        return set()
    marked = await connection.execute(
        sa.update(inbox)
        .where(inbox.c.update_id.in_(updates), inbox.c.state == "received")
        .values(state="acted")
        .returning(inbox.c.update_id)
    )
    acted: set[int | None] = set(updates)
    return acted - set(marked.scalars())


async def _stored(
    connection: AsyncConnection, wanted: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Tell which votes are there."""
    if not wanted:
        return []
    key = sa.tuple_(ama_votes.c.question_id, ama_votes.c.person_id)
    query = sa.select(ama_votes.c.question_id, ama_votes.c.person_id).where(key.in_(list(wanted)))
    return [(q, p) for q, p in (await connection.execute(query)).all()]


async def _voters(
    connection: AsyncConnection, telegram_ids: set[int]
) -> dict[int, tuple[int, str]]:
    """Find people and their languages in one look: on the evening of a session nobody is in any cache."""
    query = sa.select(people.c.telegram_id, people.c.id, people.c.language).where(
        people.c.telegram_id.in_(telegram_ids)
    )
    return {row[0]: (row[1], row[2]) for row in (await connection.execute(query)).all()}


async def _votable(connection: AsyncConnection, questions: set[int]) -> set[int]:
    """Keep the questions that wait or are on stage; a vote for a merged one counts for its umbrella."""
    umbrella = ama_questions.alias("umbrella")
    merged = sa.exists().where(
        umbrella.c.id == ama_questions.c.umbrella_id, umbrella.c.state.in_(_OPEN)
    )
    query = sa.select(ama_questions.c.id).where(
        ama_questions.c.id.in_(questions),
        sa.or_(
            ama_questions.c.state.in_(_OPEN),
            sa.and_(ama_questions.c.state == Asked.MERGED.value, merged),
        ),
    )
    return set((await connection.execute(query)).scalars())
