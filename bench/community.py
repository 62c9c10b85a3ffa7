"""A live session with 1,000 people voting at once, and matching 1,000 families to 300 mentors.

    python -m bench.community [--people 1000]

Votes are real presses in the topic of a supergroup: an update of the emulator, the poller, the inbox, group commit on
durable SQLite, and the answer back, by people the bot has in no cache. CPU is the emulator's and the bot's together.
`burst` has all presses in one instant, so the slowest one has waited for all the others; `spread` has them over ten
seconds, as people who read a question do. The baseline stores every vote in a transaction of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import quick_aiogram

quick_aiogram.install()

from aiogram import Bot  # noqa: E402

from bot.app import running  # noqa: E402
from bot.demo.clocks import SharedClock  # noqa: E402
from bot.demo.school import BOT_TOKEN  # noqa: E402
from bot.demo.stage import settings_for  # noqa: E402
from bot.keys import open_seal  # noqa: E402
from community.ama.model import Asked, Question, Session, State  # noqa: E402
from community.mentorship.matching import match  # noqa: E402
from community.mentorship.model import Application, Side, Status, Topic  # noqa: E402
from core.clock import SystemClock  # noqa: E402
from core.cohorts import Cohort  # noqa: E402
from core.ids import ChatId, CommunityId, PersonId, TelegramId  # noqa: E402
from emulator.actors import Person, Town  # noqa: E402
from emulator.api import Emulator  # noqa: E402
from emulator.session import EmulatorSession  # noqa: E402
from emulator.world.model import Chat  # noqa: E402
from handlers.keyboards import inline  # noqa: E402
from storage.database import Database  # noqa: E402
from storage.migrate import upgrade  # noqa: E402
from storage.tables.community_ama import ama_votes  # noqa: E402

FIRST = 5001
"""Telegram id of the first voter."""
SPREAD = 10.0
"""Seconds over which people press."""
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def votes(people: int = 1000) -> dict[str, float]:
    """Press "vote" for everybody; milliseconds from press to answer, CPU, and what was stored."""
    with TemporaryDirectory() as name:
        clock = SystemClock()
        settings = settings_for(Path(name))
        database = Database(settings.database_url, clock, open_seal(settings))
        await upgrade(database)
        emulator = Emulator(clock=SharedClock(clock))
        town = Town(emulator)
        telegram = town.bot("Opora", "opora_bot", token=BOT_TOKEN)
        voters = [town.person(f"P{number}", user_id=FIRST + number) for number in range(people)]
        group = town.supergroup(
            "AMA", voters[0], members=tuple(voters), bots=(telegram,), topics=("AMA",)
        )
        questions = await _questions(database, group.id, people)
        baseline = await _one_by_one(database, questions[2], people)
        async with running(settings, EmulatorSession(emulator), clock) as at:
            hour = _Hour(emulator, group, voters, at.house.bot)
            await _Hour(emulator, group, voters[:20], at.house.bot).press(questions[3], 0.0)
            burst, cpu = await hour.press(questions[0], 0.0)
            spread, _ = await hour.press(questions[1], SPREAD)
        async with database.reading() as unit:
            stored = await unit.ama.question(questions[0])
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


async def _questions(database: Database, chat: int, people: int) -> list[int]:
    async with database.begin() as unit:
        for number in range(people):
            await unit.people.add(TelegramId(FIRST + number), "ru", unit.now)
        expert = await unit.people.by_telegram(FIRST)
        assert expert is not None
        home = await unit.communities.add(ChatId(chat), "School", "ru", "Europe/Moscow", unit.now)
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
            for _ in range(4)
        ]
        return [question.id for question in asked]


class _Hour:
    """A live hour: the topic, its people, the bot at work."""

    def __init__(self, emulator: Emulator, group: Chat, voters: list[Person], bot: Bot) -> None:
        self.emulator, self.group, self.voters, self.bot = emulator, group, voters, bot
        self.clock = SystemClock()

    async def press(self, question: int, seconds: float) -> tuple[list[float], float]:
        """Let everybody press the button under a question; seconds each waited, and CPU seconds of all."""
        data = f"ama:too:{question}"
        topic = next(number for number in self.group.topics if number != 1)
        shown = await self.bot.send_message(
            self.group.id, "?", message_thread_id=topic, reply_markup=inline([[("+", data)]])
        )
        log = self.emulator.log.calls
        before = len(log)
        began = time.process_time()
        presses = []
        for number, voter in enumerate(self.voters):
            if seconds and number % 10 == 0:
                await self.clock.sleep(seconds * 10 / len(self.voters))
            presses.append(voter.press_stale(self.group, shown.message_id, data))
        while any(press.answer is None for press in reversed(presses)):
            await self.clock.sleep(0.005)
        spent = time.process_time() - began
        await self.quiet()
        answered = {
            call.params["callback_query_id"]: call.at
            for call in log[before:]
            if call.method == "answerCallbackQuery"
        }
        return [answered[press.id] - press.at for press in presses], spent

    async def quiet(self) -> None:
        """Let what the bot does by the way come to rest."""
        await self.clock.sleep(0.5)


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
