"""A bot at work on an empty community, for tests of the frame: small, quick, no seeding."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.app import running
from bot.demo.clocks import SharedClock
from bot.demo.school import BOT_TOKEN
from bot.demo.stage import settings_for
from bot.wiring import House
from core.clock import SystemClock
from core.ids import ChatId
from emulator.actors import Person, Town
from emulator.api import Emulator
from emulator.faults import Fault
from emulator.session import EmulatorSession
from emulator.world.model import Bot, Chat
from storage.database import Database


@dataclass(slots=True)
class Place:
    """The world and the house in it."""

    house: House
    town: Town
    bot: Bot
    owner: Person
    group: Chat

    @property
    def emulator(self) -> Emulator:
        return self.town.emulator

    async def until(self, condition: Callable[[], Any], seconds: float = 10.0) -> Any:
        """Wait until `condition` gives something."""
        clock = SystemClock()
        ends = clock.monotonic() + seconds
        while not (found := condition()):
            assert clock.monotonic() < ends, "it did not happen"
            await clock.sleep(0.005)
        return found

    async def answered(self, person: Person) -> None:
        """Wait until the bot has written to a person in private."""
        await self.until(
            lambda: any(seen.from_id == self.bot.id for seen in person.messages(self.bot))
        )

    async def settled(self) -> None:
        """Wait until every update sent so far is handled and marked."""
        await self.until(lambda: not len(self.bot.queue))
        await self.house.intake.drained()

    async def rows(self, query: str) -> list[sa.Row[Any]]:
        async with self.house.database.reading() as unit:
            return list((await unit.connection.execute(sa.text(query))).all())


@asynccontextmanager
async def at_work(
    template: Path, folder: Path, *, faults: Sequence[Fault] = (), **settings: Any
) -> AsyncIterator[Place]:
    """Start a bot in one community with one topic, on a copy of a migrated database; `faults` wait for it."""
    if not (folder / "opora.db").exists():
        shutil.copy(template, folder / "opora.db")
    clock = SystemClock()
    emulator = Emulator(clock=SharedClock(clock))
    town = Town(emulator)
    bot = town.bot("Опора", "opora_test_bot", token=BOT_TOKEN)
    owner = town.person("Алла", user_id=1001, language_code="ru")
    group = town.supergroup("Родители", owner, bots=(bot,), topics=("Общение",))
    for fault in faults:
        emulator.faults.add(fault)
    async with running(settings_for(folder, **settings), EmulatorSession(emulator), clock) as at:
        await add_community(at.house.database, group)
        await at.house.directory.load_communities()
        yield Place(at.house, town, bot, owner, group)


async def add_community(database: Database, group: Chat) -> None:
    async with database.begin() as unit:
        await unit.communities.add(
            ChatId(group.id), group.title or "", "ru", "Europe/Moscow", unit.now
        )
