"""A live session with 1,000 people voting at once, and matching 1,000 families to 300 mentors.

    python -m bench.community [--people 1000]

Votes are real presses: an update of the emulator, the dispatcher, group commit on durable SQLite, and the answer back.
`burst` has all presses in one instant, so the slowest one has waited for all the others; `spread` has them over ten
seconds, as people who read a question do. The baseline stores every vote in a transaction of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.types import TelegramObject, Update, User

from community.ama.asking import Asking
from community.ama.model import Asked, Question, Session, State
from community.mentorship.matching import match
from community.mentorship.model import Application, Side, Status, Topic
from community.premoderation import NoObjections
from core.clock import SystemClock
from core.cohorts import Cohort
from core.ids import ChatId, CommunityId, PersonId, TelegramId
from core.people import Person
from emulator.actors import Town
from emulator.api import Emulator
from emulator.session import EmulatorSession
from emulator.updates import Pending
from handlers.actor import Actor
from handlers.keyboards import inline
from handlers.parents import ama
from storage.ama_votes import Ballots
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal
from storage.tables.community_ama import ama_votes
from texts.say import Texts

_SEAL = Seal(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])
SPREAD = 10.0
"""Seconds over which people press."""
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def votes(people: int = 1000) -> dict[str, float]:
    """Press "vote" for everybody at once; milliseconds from press to answer, and what was stored."""
    with TemporaryDirectory() as name:
        clock = SystemClock()
        database = Database(f"sqlite+aiosqlite:///{Path(name) / 'opora.db'}", clock, _SEAL)
        await upgrade(database)
        question = await _question(database)
        ballots = Ballots(database, clock)
        baseline = await _one_by_one(database, question + 2, people)
        async with asyncio.TaskGroup() as tasks:
            writer = tasks.create_task(ballots.run())
            burst, cpu = await _press(database, ballots, question, people, 0.0)
            spread, _ = await _press(database, ballots, question + 1, people, SPREAD)
            writer.cancel()
        async with database.reading() as unit:
            stored = await unit.ama.question(question)
        await database.close()
    return {
        "presses": len(burst),
        "stored": stored.votes if stored is not None else 0,
        "spread_p50_ms": _share(spread, 0.5),
        "spread_p99_ms": _share(spread, 0.99),
        "burst_p50_ms": _share(burst, 0.5),
        "burst_p99_ms": _share(burst, 0.99),
        "burst_cpu_ms_each": cpu / len(burst) * 1000,
        "one_by_one_p99_ms": _share(baseline, 0.99),
    }


def _share(waited: list[float], share: float) -> float:
    return sorted(waited)[int(len(waited) * share)] * 1000


async def _question(database: Database) -> int:
    async with database.begin() as unit:
        expert = await unit.people.add(1, "ru", unit.now)
        home = await unit.communities.add(ChatId(-100), "School", "ru", "Europe/Moscow", unit.now)
        session = await unit.ama.add(
            Session(0, home.id, "AMA", expert.id, unit.now, 60, State.LIVE, expert.id)
        )
        asked = [
            await unit.ama.add_question(
                Question(
                    0,
                    session.id,
                    expert.id,
                    "?",
                    anonymous=False,
                    name="",
                    state=Asked.OPEN,
                    asked_at=unit.now,
                )
            )
            for _ in range(3)
        ]
        return asked[0].id


async def _press(
    database: Database, ballots: Ballots, question: int, people: int, seconds: float
) -> tuple[list[float], float]:
    emulator = Emulator()
    town = Town(emulator)
    telegram = town.bot("Opora", "opora_bot")
    bot = Bot(telegram.token, session=EmulatorSession(emulator))
    dispatcher = Dispatcher(
        asking=Asking(database, NoObjections(), ballots), texts=Texts.load(), clock=SystemClock()
    )
    dispatcher.callback_query.outer_middleware(_who)
    dispatcher.include_router(ama.router())
    button = inline([[("1", f"ama:v:{question}")]])
    for number in range(people):
        voter = town.person(f"P{number}")
        voter.user.started.add(telegram.id)
        await bot.send_message(voter.id, "?", reply_markup=button)
        voter.click("1")

    async def one(number: int, pending: Pending) -> float:
        await SystemClock().sleep(number / people * seconds)
        started = time.perf_counter()
        update = Update.model_validate(pending.as_json(), context={"bot": bot})
        await dispatcher.feed_update(bot, update)
        return time.perf_counter() - started

    presses = [p for p in telegram.queue.pending() if p.kind == "callback_query"]
    began = time.process_time()
    waited = await asyncio.gather(*(one(number, p) for number, p in enumerate(presses)))
    return list(waited), time.process_time() - began


async def _who(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
    event: TelegramObject,
    data: dict[str, Any],
) -> Any:
    user: User = data["event_from_user"]
    person = _person(user.id)
    zone = ZoneInfo("Europe/Moscow")
    data["actor"] = Actor(TelegramId(user.id), person, "ru", zone, frozenset())
    return await handler(event, data)


def _person(number: int) -> Person:
    return Person(
        id=PersonId(number),
        telegram_id=None,
        language="ru",
        zone=None,
        channel="active",
        stage="done",
        started_at=None,
        created_at=NOON,
        erased_at=None,
        preferences={},
    )


async def _one_by_one(database: Database, question: int, people: int) -> list[float]:
    async def one(number: int) -> float:
        started = time.perf_counter()
        async with database.begin() as unit:
            await unit.connection.execute(
                ama_votes.insert().values(question_id=question, person_id=number, at=unit.now)
            )
        return time.perf_counter() - started

    return list(await asyncio.gather(*(one(number) for number in range(people))))


def matching(families: int = 1000, mentors: int = 300) -> dict[str, float]:
    """Match random people; seconds of CPU, without the first import of the solver."""
    chance = random.Random(7)  # noqa: S311 - a seed, not a secret

    def some(key: int, side: Side) -> Application:
        return Application(
            id=key,
            community=CommunityId(1),
            person=PersonId(key),
            side=side,
            status=Status.READY,
            cohorts=(chance.choice(list(Cohort)),),
            topics=tuple(chance.sample(list(Topic), 2)),
            language="ru",
            offset_minutes=chance.choice((120, 180, 420)),
            limit=3,
            about="",
            applied_at=NOON + timedelta(minutes=key),
        )

    givers = [some(number, Side.MENTOR) for number in range(mentors)]
    askers = [some(10_000 + number, Side.FAMILY) for number in range(families)]
    match(givers[:1], askers[:1], {})
    started = time.process_time()
    made = match(givers, askers, {})
    return {"pairs": len(made), "matching_cpu_seconds": time.process_time() - started}


async def measure(people: int = 1000) -> dict[str, float]:
    """Measure both."""
    return {**await votes(people), **matching()}


def main() -> None:
    """Print both figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    people = parser.parse_args().people
    print(json.dumps(asyncio.run(measure(people)), indent=2))


if __name__ == "__main__":
    main()
