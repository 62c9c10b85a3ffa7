"""How long `opora run` takes to its first poll and how much memory it holds, beside the smallest bot there can be.

Ours: the real program in a process of its own, on a database of the demonstration school (30 families), against the
emulator over HTTP. Baseline: an aiogram bot of five lines, imported the stock way, against the same emulator. Wall
seconds from the start of the process until the update that waits is taken and confirmed; the best round counts.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from bot import quick_aiogram

quick_aiogram.install()

from bot.demo.clocks import SharedClock  # noqa: E402
from bot.demo.school import BOT_TOKEN, School, build_school  # noqa: E402
from bot.demo.stage import prepared, settings_for  # noqa: E402
from core.clock import SystemClock  # noqa: E402
from emulator.api import Emulator  # noqa: E402
from emulator.server import EmulatorServer  # noqa: E402
from storage.seal import Seal  # noqa: E402

ROUNDS = 3
FAMILIES = 30
REST = 1.5
"""Seconds after the first poll before memory is read."""
LONGEST = 60.0
BARE = """
import asyncio, sys
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
bot = Bot(sys.argv[1], session=AiohttpSession(api=TelegramAPIServer.from_base(sys.argv[2])))
asyncio.run(Dispatcher().start_polling(bot))
"""


async def once(
    school: School, command: list[str], environment: dict[str, str]
) -> tuple[float, float, float]:
    """Start a program; give seconds until it has taken the message that waits, CPU-seconds then, megabytes at rest."""
    school.families[0].parent.send("Добрый день", chat=school.bot)
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        while len(school.bot.queue):
            assert time.perf_counter() - began < LONGEST, "the bot does not poll"
            assert process.returncode is None, "the bot ended"
            await asyncio.sleep(0.01)
        seconds, spent = time.perf_counter() - began, cpu(process.pid)
        await asyncio.sleep(REST)
        return seconds, spent, resident(process.pid)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


def cpu(pid: int) -> float:
    """Read the CPU-seconds a process has spent."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Read the resident memory of a process, in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def compare(folder: Path) -> dict[str, float]:
    """Measure both, turn by turn."""
    clock = SystemClock()
    school = build_school(Emulator(clock=SharedClock(clock)), FAMILIES)
    key = Seal.new_key()
    async with EmulatorServer(school.emulator) as server:
        settings = settings_for(folder, encryption_keys=[key], api_url=server.url)
        async with prepared(settings, clock, school):
            pass
        ours = {
            "PATH": os.defpath,
            "BOT_TOKEN": BOT_TOKEN,
            "DATABASE_URL": settings.database_url,
            "ENCRYPTION_KEYS": key,
            "API_URL": server.url,
            "LISTEN_PORT": "0",
        }
        taken, bare = [], []
        for _ in range(ROUNDS):
            taken.append(await once(school, ["-m", "bot", "run"], ours))
            bare.append(
                await once(school, ["-c", BARE, BOT_TOKEN, server.url], {"PATH": os.defpath})
            )
    (seconds, spent, memory), (bare_seconds, bare_spent, bare_memory) = (
        [min(column) for column in zip(*rounds, strict=True)] for rounds in (taken, bare)
    )
    return {
        "first_poll_seconds": seconds,
        "first_poll_cpu_seconds": spent,
        "resident_mb": memory,
        "bare_seconds": bare_seconds,
        "bare_cpu_seconds": bare_spent,
        "bare_mb": bare_memory,
    }


def measure() -> dict[str, float]:
    """Return seconds, CPU-seconds and megabytes of ours, and the same of the baseline (`bare_...`)."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as folder:
        return asyncio.run(compare(Path(folder)))


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:24} {value:10.2f}")
