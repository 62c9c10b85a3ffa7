"""Withdrawals against planning, claiming and handing over, in any order of real transactions on a real database.

`prove_interleaving` does this for a million steps against the pure fold; here the ledger, the gate, the outbox and its
claims are the product's own. A row that is handed to Telegram must be allowed by the ledger in that very transaction.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path

from consent.ports import About
from consent.purposes import Purpose
from core.clock import ManualClock
from core.effects import LANES, Effect, Kind, MessageClass, RowState
from core.ids import PersonId
from core.localtime import Window
from core.outgoing import Outcome
from delivery.facts import load_readers
from delivery.gate import Ask, claim_of, decide
from delivery.planning import Planning
from delivery.policy import GatePolicy
from storage.database import Database
from storage.migrate import upgrade
from tests.consent.school import School, opened
from tests.databases import SEAL, START

OFFER, LANE = MessageClass.MARKETING, LANES[MessageClass.MARKETING]
POLICY = GatePolicy(quiet=Window(time(0), time(0)), soft_per_day=4, soft_per_week=28)


@dataclass
class Street:
    """People who change their minds, and two workers who are always in the middle of something."""

    school: School
    chance: random.Random
    people: list[PersonId] = field(default_factory=list)
    hands: dict[str, list[int]] = field(default_factory=lambda: {"one": [], "two": []})
    rows: dict[int, PersonId] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    async def step(self, number: int) -> None:
        """Do one transaction of somebody's."""
        self.school.clock.jump(timedelta(hours=7))
        worker = self.chance.choice(list(self.hands))
        roll = self.chance.random()
        if roll < 0.3:
            await self._change_mind()
        elif roll < 0.55:
            await self._plan(number)
        elif self.hands[worker]:
            await self._hand(worker)
        else:
            await self._claim(worker)

    async def _change_mind(self) -> None:
        person, consents = self.chance.choice(self.people), self.school.consents
        act = self.chance.choice(("grant", "grant", "withdraw", "stop"))
        self.counts[act] += 1
        if act == "grant":
            await self.school.says(person, Purpose.MARKETING, grant=True)
        elif act == "withdraw":
            await consents.withdraw(person, [Purpose.MARKETING])
        else:
            await consents.stop(person)

    async def _plan(self, number: int) -> None:
        person = self.chance.choice(self.people)
        effect = Effect(
            f"offer:{number}",
            Kind.MESSAGE,
            OFFER,
            person=person,
            content="text:x",
            purpose="marketing",
        )
        async with self.school.database.begin() as unit:
            await Planning(POLICY).plan(unit, [effect])

    async def _claim(self, worker: str) -> None:
        async with self.school.database.begin() as unit:
            rows = await unit.claims.candidates(LANE, 4)
            readers = await load_readers(
                unit, [(row.person, OFFER, None) for row in rows], hold=True
            )
            for row in rows:
                reader = readers.get(row.person)
                verdict = decide(Ask.of(row), reader, POLICY, unit.now)
                if verdict.go:
                    await unit.claims.claim(
                        worker, [claim_of(row, verdict, reader, POLICY, unit.now)]
                    )
                    self.hands[worker].append(row.id)
                    self.rows[row.id] = row.person
                else:
                    await unit.claims.set_back([verdict.setback(row.id)])
                    self.counts["refused when claimed"] += verdict.state is RowState.SUPPRESSED

    async def _hand(self, worker: str) -> None:
        rows, self.hands[worker] = self.hands[worker], []
        async with self.school.database.begin() as unit:
            went = await unit.claims.hand(worker, rows)
            abouts = [About(self.rows[row]) for row in went]
            allowed = await unit.consents.permissions(abouts, Purpose.MARKETING, unit.now)
            await unit.claims.finish(
                worker, [Outcome(row, RowState.SENT, unit.now) for row in went]
            )
        self.counts["taken back after the claim"] += len(rows) - len(went)
        self.counts["sent"] += len(went)
        self.counts["violations"] += sum(not answer.allowed for answer in allowed.values())


async def walk(school: School, steps: int, seed: int = 1, people: int = 5) -> Counter[str]:
    """Take `steps` steps; `violations` must stay 0."""
    street = Street(school, random.Random(seed))
    for _ in range(people):
        person = await school.parent(Purpose.MARKETING)
        async with school.database.begin() as unit:
            await unit.people.change(person, channel="active", started_at=unit.now)
        street.people.append(person)
    for number in range(steps):
        await street.step(number)
    return street.counts


def main(steps: int = 4_000) -> None:
    """Walk on SQLite and print what happened."""

    async def work(folder: Path) -> Counter[str]:
        clock = ManualClock(START)
        database = Database(f"sqlite+aiosqlite:///{folder / 'opora.db'}", clock, SEAL)
        await upgrade(database)
        counts = await walk(await opened(database, clock), steps)
        await database.close()
        return counts

    with tempfile.TemporaryDirectory() as folder:
        counts = asyncio.run(work(Path(folder)))
    assert counts["violations"] == 0, counts
    print(f"{steps} transactions: {dict(counts)}")


if __name__ == "__main__":
    main()
