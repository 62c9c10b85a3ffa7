"""A real bot process, killed again and again under load: no update is lost, no stored effect is doubled.

The emulator runs here and speaks real HTTP; people write in a group, open the bot and post adverts without pause; the
bot is killed at random moments and started again on the same database. Afterwards the world's own account of what was
sent is compared with what is stored.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.demo.school import BOT_TOKEN
from core.clock import SystemClock
from core.ids import ChatId
from emulator.actors import Person, Town
from emulator.api import Emulator
from emulator.clock import SystemClock as EmulatorTime
from emulator.server import EmulatorServer
from emulator.world.model import Chat
from storage.database import Database
from tests.databases import SEAL, SEAL_KEY
from tests.processes import Bots

ADVERT = "Заработок на крипте от 5000 в день без вложений, пишите https://t.me/+AbCdEfGhIj"


@dataclass(frozen=True, slots=True)
class Account:
    """What happened and what is stored. `wrong` lists every discrepancy in words."""

    kills: int
    messages: int
    starts: int
    adverts: int
    wrong: tuple[str, ...]


@dataclass(slots=True)
class Crowd:
    """People who write without pause."""

    town: Town
    group: Chat
    people: list[Person]
    chance: random.Random
    written: Counter[int]
    started: set[int]
    adverts: list[int]

    def act(self) -> None:
        """Let somebody do something."""
        person = self.chance.choice(self.people)
        roll = self.chance.random()
        if roll < 0.1:
            newcomer = self.town.person(f"Гость {len(self.started)}")
            newcomer.start()
            self.started.add(newcomer.id)
        elif roll < 0.13:
            spammer = self.town.person(f"Реклама {len(self.adverts)}")
            self.town.add_member(self.group, spammer)
            spammer.send(f"{ADVERT} {self.chance.random()}", chat=self.group)
            self.adverts.append(spammer.id)
        else:
            person.send(f"Сегодня занимались, урок {self.chance.random()}", chat=self.group)
            self.written[person.id] += 1


async def main(
    folder: Path, template: Path, kills: int, seed: int = 1, per_second: int = 60
) -> Account:
    """Play with `kills` kills and give the account."""
    emulator = Emulator(clock=EmulatorTime(), seed=seed)
    town = Town(emulator)
    bot = town.bot("Опора", "opora_test_bot", token=BOT_TOKEN)
    owner = town.person("Алла", user_id=1001)
    people = [town.person(f"Родитель {number}") for number in range(200)]
    group = town.supergroup("Родители", owner, members=tuple(people), bots=(bot,))
    shutil.copy(template, folder / "opora.db")
    url = f"sqlite+aiosqlite:///{folder / 'opora.db'}"
    database = Database(url, SystemClock(), SEAL)
    async with database.begin() as unit:
        await unit.communities.add(ChatId(group.id), "Родители", "ru", "Europe/Moscow", unit.now)
    crowd = Crowd(town, group, people, random.Random(seed), Counter(), set(), [])
    async with EmulatorServer(emulator) as server:
        environment = {
            "BOT_TOKEN": BOT_TOKEN,
            "API_URL": server.url,
            "DATABASE_URL": url,
            "ENCRYPTION_KEYS": SEAL_KEY,
            "OWNERS": "1001",
            "LISTEN_PORT": "0",
            "SCHOOL_NAME": "Опора",
        }
        with await asyncio.to_thread(Bots, environment, folder / "bot.log") as bots:
            for _ in range(kills):
                await asyncio.to_thread(bots.start)
                ends = asyncio.get_running_loop().time() + crowd.chance.uniform(0.05, 0.7)
                while asyncio.get_running_loop().time() < ends:
                    crowd.act()
                    await asyncio.sleep(1 / per_second)
                await asyncio.to_thread(bots.kill)
            await asyncio.to_thread(bots.start)
            await _until(lambda: not len(bot.queue))
            await _until_async(lambda: _all_done(database))
            await asyncio.to_thread(bots.stop)
    wrong = await compare(database, crowd)
    await database.close()
    return Account(
        kills, sum(crowd.written.values()), len(crowd.started), len(crowd.adverts), tuple(wrong)
    )


async def _until(condition: object, seconds: float = 60) -> None:
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds
    while not condition():  # type: ignore[operator]
        assert loop.time() < ends, "the bot does not catch up"
        await asyncio.sleep(0.02)


async def _until_async(condition: object, seconds: float = 60) -> None:
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds
    while not await condition():  # type: ignore[operator]
        assert loop.time() < ends, "the bot does not finish"
        await asyncio.sleep(0.05)


async def _all_done(database: Database) -> bool:
    async with database.reading() as unit:
        query = sa.text("SELECT count(*) FROM inbox WHERE state != 'done'")
        return (await unit.connection.execute(query)).scalar_one() == 0


async def compare(database: Database, crowd: Crowd) -> list[str]:
    """Compare what people did with what is stored."""
    wrong: list[str] = []
    async with database.reading() as unit:

        async def pairs(query: str) -> dict[int, int]:
            return dict(map(tuple, (await unit.connection.execute(sa.text(query))).all()))

        rows = await pairs("SELECT author_id, count(*) FROM messages GROUP BY author_id")
        shown = await pairs(
            "SELECT author_id, count(*) FROM messages WHERE NOT hidden GROUP BY author_id"
        )
        counted = await pairs("SELECT user_id, messages FROM members")
        begun = await pairs(
            "SELECT p.telegram_id, count(*) FROM events e JOIN people p ON p.id = e.person_id "
            "WHERE e.name = 'community.person.started' GROUP BY p.telegram_id"
        )
        cases = await pairs("SELECT author_id, count(*) FROM cases GROUP BY author_id")
        bans = await pairs(
            "SELECT user_id, count(*) FROM sanctions WHERE kind = 'ban' GROUP BY user_id"
        )
    for person, count in crowd.written.items():
        if rows.get(person, 0) != count:
            wrong.append(f"{count - rows.get(person, 0)} messages of {person} are lost")
        if counted.get(person, 0) != shown.get(person, 0):
            wrong.append(
                f"counter of {person}: {counted.get(person, 0)}, shown {shown.get(person)}"
            )
    wrong += [
        f"start of {person} stored {begun.get(person, 0)} times"
        for person in crowd.started
        if begun.get(person, 0) != 1
    ]
    wrong += [
        f"advert of {person} has {cases.get(person, 0)} cases"
        for person in crowd.adverts
        if cases.get(person, 0) != 1
    ]
    wrong += [f"{person} was banned {count} times" for person, count in bans.items() if count > 1]
    return wrong
