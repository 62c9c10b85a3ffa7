"""SIGKILL of the bot while people vote: no answered vote is lost, none counts twice, everybody is answered in the end.

For every kill a fresh question goes on stage in the topic of a live session, everybody presses at once, and the process
dies after a random number of answers. Who got no answer presses again, as people do, while the restarted bot also goes
through what it had taken. What people were told is compared with what is stored, at the kill and at the end.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from bot.demo.school import BOT_TOKEN
from bot.reading import all_texts
from community.ama.model import Asked, Question, Session, State
from core.clock import SystemClock
from core.ids import ChatId, TelegramId
from emulator.actors import Person, Town
from emulator.api import Emulator
from emulator.clock import SystemClock as EmulatorTime
from emulator.server import EmulatorServer
from emulator.world.model import Chat
from emulator.world.queries import Press
from storage.database import Database
from storage.migrate import upgrade
from storage.tables.community_ama import ama_votes
from storage.tables.people import people
from tests.databases import SEAL, SEAL_KEY
from tests.processes import Bots

FIRST = 5001
TEXTS = all_texts()
COUNTED, AGAIN = (
    TEXTS.plain("ru", "ama-vote-counted-alert"),
    TEXTS.plain("ru", "ama-vote-again-alert"),
)


@dataclass
class Ballot:
    """One question and everybody's presses of it."""

    number: int
    message: int
    presses: dict[int, list[Press]] = field(default_factory=dict)

    def answered(self) -> set[int]:
        """Tell who has been told that the vote counts."""
        return {
            person
            for person, presses in self.presses.items()
            if any(press.text in {COUNTED, AGAIN} for press in presses)
        }


class Hour:
    """A live session: its topic, its people, the database behind it."""

    def __init__(self, emulator: Emulator, database: Database, voters: int) -> None:
        self.emulator, self.database = emulator, database
        town = Town(emulator)
        telegram = town.bot("Опора", "opora_test_bot", token=BOT_TOKEN)
        self.voters: list[Person] = [
            town.person(f"Родитель {n}", user_id=FIRST + n) for n in range(voters)
        ]
        self.group: Chat = town.supergroup(
            "Встречи", self.voters[0], members=tuple(self.voters), bots=(telegram,), topics=("AMA",)
        )
        self.session = 0

    async def open(self) -> None:
        """Store the people, the community and the running session."""
        async with self.database.begin() as unit:
            for voter in self.voters:
                await unit.people.add(TelegramId(voter.id), "ru", unit.now)
            expert = await unit.people.by_telegram(FIRST)
            assert expert is not None
            home = await unit.communities.add(
                ChatId(self.group.id), "Встречи", "ru", "Europe/Moscow", unit.now
            )
            held = Session(0, home.id, "Сон", expert.id, unit.now, 60, State.LIVE, expert.id)
            self.session = (await unit.ama.add(held)).id

    async def stage(self, number: int) -> Ballot:
        """Ask a question and post it with its button."""
        async with self.database.begin() as unit:
            asker = await unit.people.by_telegram(FIRST)
            assert asker is not None
            asked = Question(
                0, self.session, asker.id, f"{number}?", False, "", Asked.STAGED, unit.now
            )
            key = (await unit.ama.add_question(asked)).id
        button = {"text": "Тоже интересно", "callback_data": f"ama:too:{key}"}
        said = {
            "chat_id": self.group.id,
            "text": f"{number}?",
            "message_thread_id": next(one for one in self.group.topics if one != 1),
            "reply_markup": {"inline_keyboard": [[button]]},
        }
        shown = await self.emulator.call(BOT_TOKEN, "sendMessage", said)
        return Ballot(key, shown["message_id"])

    def press(self, ballot: Ballot) -> None:
        """Let everybody press who was not answered yet."""
        done = ballot.answered()
        for voter in self.voters:
            if voter.id not in done:
                made = voter.press_stale(self.group, ballot.message, f"ama:too:{ballot.number}")
                ballot.presses.setdefault(voter.id, []).append(made)

    async def stored(self, ballot: Ballot) -> Counter[int]:
        """Count the stored votes of each Telegram user."""
        query = (
            sa.select(people.c.telegram_id)
            .join(ama_votes, ama_votes.c.person_id == people.c.id)
            .where(ama_votes.c.question_id == ballot.number)
        )
        async with self.database.reading() as unit:
            return Counter((await unit.connection.execute(query)).scalars())


async def prove(kills: int, voters: int, seed: int = 1) -> Counter[str]:
    """Vote under `kills` kills; tell what was counted. AssertionError: a vote was lost or counted twice."""
    chance, found = random.Random(seed), Counter({"kills": kills})
    with tempfile.TemporaryDirectory(prefix="opora-") as name:
        url = f"sqlite+aiosqlite:///{Path(name) / 'opora.db'}"
        database = Database(url, SystemClock(), SEAL)
        await upgrade(database)
        emulator = Emulator(clock=EmulatorTime(), seed=seed)
        hour = Hour(emulator, database, voters)
        await hour.open()
        async with EmulatorServer(emulator) as server:
            environment = {
                "BOT_TOKEN": BOT_TOKEN,
                "API_URL": server.url,
                "DATABASE_URL": url,
                "ENCRYPTION_KEYS": SEAL_KEY,
                "LISTEN_PORT": "0",
                "SCHOOL_NAME": "Опора",
            }
            with await asyncio.to_thread(Bots, environment, Path(name) / "bot.log") as bots:
                await asyncio.to_thread(bots.start)
                for number in range(kills):
                    ballot = await hour.stage(number)
                    hour.press(ballot)
                    most = chance.randrange(voters)
                    await _until(lambda b=ballot, m=most: len(b.answered()) >= m)
                    await asyncio.to_thread(bots.kill)
                    told, kept = ballot.answered(), await hour.stored(ballot)
                    assert told <= set(kept), f"told and not stored: {len(told - set(kept))}"
                    found["stored and not told at the kill"] += len(set(kept) - told)
                    found["neither stored nor told at the kill"] += voters - len(kept)
                    hour.press(ballot)
                    await asyncio.to_thread(bots.start)
                    await _until(lambda b=ballot: len(b.answered()) == voters)
                    _judge(ballot, await hour.stored(ballot), found)
                await asyncio.to_thread(bots.stop)
        await database.close()
    return found


def _judge(ballot: Ballot, stored: Counter[int], found: Counter[str]) -> None:
    assert set(stored) == ballot.answered() == set(ballot.presses), "a vote was lost"
    assert set(stored.values()) == {1}, "a vote counts twice"
    found["votes"] += len(stored)
    found["presses"] += sum(map(len, ballot.presses.values()))


async def _until(condition, seconds: float = 60) -> None:
    ends = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < ends, "it did not happen"
        await asyncio.sleep(0.002)


def main(kills: int = 20, voters: int = 200) -> int:
    found = asyncio.run(prove(kills, voters))
    told = ", ".join(f"{name} {count}" for name, count in sorted(found.items()) if name != "kills")
    sys.stdout.write(f"{found['kills']} kills: {told}; 0 lost, 0 counted twice\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
