"""The sender under a digest in simulated time: share of the rate used, refusals, and how long a receipt waits.

    python -m bench.delivery [--digest 3000]

Real worker, gate, limiter and SQLite; the emulator enforces 30 a second and 1 a second per chat.
The baseline is the usual loop of a bot author, `send_message` and `sleep(1/30)`: a receipt waits for its end.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiogram import Bot

from bot.simulate.clock import EmulatorTime, FlowingClock
from bot.simulate.house import Plain
from core.effects import Effect, Kind, MessageClass
from core.ids import ChatId
from delivery.bucket import LocalBucket
from delivery.fence import NoFence
from delivery.limiter import Limiter
from delivery.policy import GatePolicy, SenderPolicy
from delivery.render import Renderer
from delivery.sender import Sender
from delivery.worker import Worker
from emulator.actors import Town
from emulator.api import Emulator
from emulator.session import EmulatorSession
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal
from texts.say import Texts

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_SEAL = Seal(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])
EVERY = timedelta(milliseconds=1370)
"""A receipt comes this often while the digest runs; no multiple of the sender's own beat."""
RATE = 30


async def measure(digest: int = 3_000) -> dict[str, float]:
    """Send a digest with receipts in between; all times are simulated but `sender_per_cpu_s`."""
    with TemporaryDirectory() as name:
        clock = FlowingClock(NOON)
        database = Database(f"sqlite+aiosqlite:///{Path(name) / 'opora.db'}", clock, _SEAL)
        await upgrade(database)
        emulator = Emulator(clock=EmulatorTime(clock))
        emulator.limits.enabled = True
        town = Town(emulator)
        telegram = town.bot("Opora", "opora_bot")
        bot = Bot(telegram.token, session=EmulatorSession(emulator))
        chats = []
        for number in range(digest + digest // 20):
            actor = town.person(f"P{number}")
            actor.user.started.add(telegram.id)
            chats.append(actor.id)
        worker = _worker(database, bot, clock)
        async with database.begin() as unit:
            await unit.outbox.enqueue(
                *(_row(f"digest:{n}", MessageClass.CARE, chats[n]) for n in range(digest))
            )
        cpu = time.process_time()
        waits, seconds = await _run(database, worker, clock, chats[digest:], digest)
        cpu = time.process_time() - cpu
        await database.close()
        refused = sum(1 for call in emulator.log.calls if not call.ok)
        sent = digest + len(waits)
        waits.sort()
        return {
            "rate_used": round(sent / seconds / RATE, 4),
            "refusals_429": refused,
            "receipt_p50_s": round(statistics.median(waits), 3),
            "receipt_p99_s": round(waits[int(len(waits) * 0.99)], 3),
            "receipts": len(waits),
            "loop_with_sleep_p50_s": round(digest / RATE / 2, 1),
            "sender_per_cpu_s": round(sent / cpu),
        }


async def _run(
    database: Database, worker: Worker, clock: FlowingClock, chats: list[int], digest: int
) -> tuple[list[float], float]:
    """Turn the worker until the digest is out; give the waits of the receipts and the simulated seconds."""
    began, coming, asked, sent = clock.monotonic(), NOON + EVERY, dict[str, float](), 0
    waits: list[float] = []
    while True:
        while coming <= clock.now() and len(asked) < len(chats) and sent < digest:
            key = f"receipt:{len(asked)}"
            asked[key] = (coming - NOON).total_seconds()
            async with database.begin() as unit:
                await unit.outbox.enqueue(_row(key, MessageClass.SERVICE, chats[len(asked) - 1]))
            coming += EVERY
        jobs, rest = await worker.turn()
        for job in jobs:
            await job
        for ending in worker.unstored():
            if ending.row.key.startswith("receipt:"):
                at = (ending.outcome.at - NOON).total_seconds()
                waits.append(at - asked[ending.row.key])
            else:
                sent += 1
        if not jobs and sent >= digest and len(waits) == len(asked):
            return waits, clock.monotonic() - began
        if not jobs:
            await clock.sleep(max(rest, 0.001))


def _row(key: str, message_class: MessageClass, chat: int) -> Effect:
    return Effect(key, Kind.MESSAGE, message_class, chat=ChatId(chat), content="plain:words")


def _worker(database: Any, bot: Bot, clock: FlowingClock) -> Worker:
    policy = SenderPolicy(per_second=RATE)
    renderer = Renderer(Texts.load(), makers={"plain": Plain()})
    return Worker(
        "bench",
        database,
        Sender(bot, renderer, policy, clock),
        Limiter(LocalBucket(RATE, clock), clock),
        clock,
        NoFence(),
        gate=GatePolicy(),
        policy=policy,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--digest", type=int, default=3_000)
    print(asyncio.run(measure(parser.parse_args().digest)))
