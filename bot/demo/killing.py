"""A bot in a process of its own, against the emulator over HTTP, killed whenever the story likes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientError, ClientSession

from bot.demo.clocks import SharedClock
from bot.demo.school import BOT_TOKEN, OWNER_ID, build_school
from bot.demo.stage import NotAsTold, Stage, free_port, opening, prepared, settings_for
from bot.settings import Settings
from core.clock import SystemClock
from emulator.api import Emulator
from emulator.server import EmulatorServer
from storage.seal import Seal

START_SECONDS = 90.0
PATIENCE_APART = 60.0
"""Real seconds within which something must happen when the bot has to start first."""


class Process:
    """The bot as `opora run`. `kill` is SIGKILL and a fresh start on the same database."""

    def __init__(self, environment: dict[str, str], log: Path, site: str) -> None:
        self._environment = environment
        self._log = log
        self._site = site
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the program."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=self._environment, stderr=log
            )
        await self._until_it_answers()

    async def _until_it_answers(self) -> None:
        """Wait for the bot's health page; raises NotAsTold when it does not come up."""
        clock = SystemClock()
        ends = clock.monotonic() + START_SECONDS
        async with ClientSession() as session:
            while clock.monotonic() < ends:
                try:
                    async with session.get(f"{self._site}/health") as answer:
                        if answer.ok:
                            return
                except ClientError:
                    await clock.sleep(0.05)
        raise NotAsTold("бот запустился")

    async def kill(self) -> None:
        """Kill it as a power cut would, and start it again."""
        await self.end(signal.SIGKILL)
        await self.start()

    async def end(self, number: int) -> None:
        """End it and wait until it is gone."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)
            await self._process.wait()


@asynccontextmanager
async def apart(folder: Path, families: int = 5) -> AsyncIterator[Stage]:
    """Set the stage with the bot in another process that follows the emulator's clock."""
    clock = SystemClock()
    shared = SharedClock(clock)
    shared.advance((opening(clock.now()) - clock.now()).total_seconds())
    school = build_school(Emulator(clock=shared), families)
    port = free_port()
    key = Seal.new_key()
    async with EmulatorServer(school.emulator) as server:
        settings = settings_for(folder, encryption_keys=[key], api_url=server.url)
        async with prepared(settings, clock, school) as database:
            site = f"http://127.0.0.1:{port}"
            environment = _environment(settings, key, server.url, port)
            process = Process(environment, folder / "bot.log", site)
            try:
                await process.start()
                yield Stage(school, shared, settings, database, process, site, PATIENCE_APART)
            finally:
                await process.end(signal.SIGTERM)


def _environment(settings: Settings, key: str, emulator: str, port: int) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "BOT_TOKEN": BOT_TOKEN,
        "OWNERS": str(OWNER_ID),
        "DATABASE_URL": settings.database_url,
        "ENCRYPTION_KEYS": key,
        "SCHOOL_NAME": settings.school_name,
        "API_URL": emulator,
        "CLOCK_URL": f"{emulator}/sim/clock",
        "LISTEN_PORT": str(port),
        "PRIVATE_INTERVAL": "0.02",
        "WRITE_KEYS": "demo:demo-write-key",
    }
