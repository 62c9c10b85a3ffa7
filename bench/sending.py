"""The sender over real HTTP at 1,000 messages a second: gate, claims, marks and outcomes on SQLite, one core.

    python -m bench.sending [--messages 5000] [--server canned|emulator] [--profile]

The server is a process of its own. `canned` answers every call alike, so that what is measured is the sender; the
emulator checks each call against the schema and keeps a world, which costs it more than the sender spends.

The baseline is a bot author's loop over the same people: `await bot.send_message(...)`, a hundred at once, nothing
stored, nobody asked.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time as time_of_day
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from typing_extensions import override

from bot import quick_aiogram

quick_aiogram.install()

from aiogram import Bot  # noqa: E402 - after aiogram was made quick
from aiogram.client.default import DefaultBotProperties  # noqa: E402
from aiogram.client.session.aiohttp import AiohttpSession  # noqa: E402
from aiogram.client.session.base import BaseSession  # noqa: E402
from aiogram.client.telegram import TelegramAPIServer  # noqa: E402

from bench.planning import move_in  # noqa: E402
from bot.simulate.house import Plain  # noqa: E402
from core.clock import SystemClock  # noqa: E402
from core.effects import Effect, Kind, MessageClass, RowState  # noqa: E402
from core.ids import PersonId  # noqa: E402
from core.localtime import Window  # noqa: E402
from delivery.bucket import LocalBucket  # noqa: E402
from delivery.fence import FileFence  # noqa: E402
from delivery.limiter import Limiter  # noqa: E402
from delivery.policy import GatePolicy, SenderPolicy  # noqa: E402
from delivery.render import Renderer  # noqa: E402
from delivery.sender import Sender  # noqa: E402
from delivery.session import LeanSession  # noqa: E402
from delivery.worker import Worker  # noqa: E402
from emulator.actors import Town  # noqa: E402
from emulator.api import Emulator  # noqa: E402
from emulator.clock import SystemClock as EmulatorTime  # noqa: E402
from emulator.server import EmulatorServer  # noqa: E402
from storage.database import Database  # noqa: E402
from storage.migrate import upgrade  # noqa: E402
from storage.seal import Seal  # noqa: E402
from texts.say import Texts  # noqa: E402

TOKEN = "9876543210:" + "A" * 35
RATE = 1000.0
FIRST = 1001
"""Telegram id of the first person, see `bench.planning.move_in`."""


async def measure(messages: int = 5_000, server: str = "canned") -> dict[str, float]:
    """Measure messages a second by the wall and by this process's CPU, and the baseline beside them."""
    with TemporaryDirectory() as name:
        async with other_process(server, messages) as address:
            ours = await _ours(Path(name), address, messages)
            stock = await _stock(address, min(messages, 2_000))
    return {**ours, **stock}


async def _ours(folder: Path, address: str, messages: int) -> dict[str, float]:
    clock = SystemClock()
    database = Database(f"sqlite+aiosqlite:///{folder / 'opora.db'}", clock, Seal([Seal.new_key()]))
    await upgrade(database)
    await move_in(database, messages)
    async with database.begin() as unit:
        await unit.outbox.enqueue(
            *(
                Effect(
                    f"digest:{number}",
                    Kind.MESSAGE,
                    MessageClass.CARE,
                    person=PersonId(number),
                    content="plain:words",
                    campaign="digest",
                )
                for number in range(1, messages + 1)
            )
        )
    session = LeanSession(api=TelegramAPIServer.from_base(address))
    worker = _worker(database, session, clock, folder)
    before, began, cpu = time.thread_time(), time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        while await _left(database):
            await clock.sleep(0.25)
        worker.stop()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    loop = time.thread_time() - before
    async with database.reading() as unit:
        states = await unit.outbox.count_by_state()
    await session.close()
    await database.close()
    assert states == {RowState.SENT: messages}, states
    return {
        "sent_per_s": round(messages / seconds),
        "sent_per_cpu_s": round(messages / cpu),
        "sent_per_loop_s": round(messages / loop),
    }


async def _left(database: Database) -> bool:
    async with database.reading() as unit:
        return await unit.claims.next_due() is not None or bool(
            await unit.claims.held_rows("bench")
        )


def _worker(database: Any, session: BaseSession, clock: SystemClock, folder: Path) -> Worker:
    policy = SenderPolicy.at(RATE)
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    limiter = Limiter(LocalBucket(RATE, clock), clock)
    session.middleware(limiter)
    renderer = Renderer(Texts.load(), makers={"plain": Plain()})
    always = GatePolicy(quiet=Window(time_of_day(0), time_of_day(0)))
    return Worker(
        "bench",
        database,
        Sender(bot, renderer, policy, clock),
        limiter,
        clock,
        FileFence(folder / "fence.json", "bench"),
        gate=always,
        policy=policy,
    )


async def _stock(address: str, messages: int) -> dict[str, float]:
    """Send as a bot author would: aiogram's own session, a hundred at once, nothing stored."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    numbers = iter(range(messages))

    async def some() -> None:
        for number in numbers:
            await bot.send_message(FIRST + number, "Сообщение", parse_mode="HTML")

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(some() for _ in range(100)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    await bot.session.close()
    return {"stock_per_s": round(messages / seconds), "stock_per_cpu_s": round(messages / cpu)}


@asynccontextmanager
async def other_process(kind: str, people: int) -> AsyncIterator[str]:
    """Run the server; gives its address."""
    pipe = asyncio.subprocess.PIPE
    arguments = (sys.executable, "-m", "bench.sending", "--serve", kind, "--messages", str(people))
    process = await asyncio.create_subprocess_exec(*arguments, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()
        await process.wait()


async def serve(kind: str, people: int) -> None:
    """Answer until standard input ends."""
    stop = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    if kind == "emulator":
        emulator = Emulator(clock=EmulatorTime())
        town = Town(emulator)
        telegram = town.bot("Opora", "opora_bot", token=TOKEN)
        for number in range(people):
            town.person(f"P{number}", user_id=FIRST + number).user.started.add(telegram.id)
        async with EmulatorServer(emulator) as server:
            print(server.url, flush=True)
            await stop
        return
    canned = await asyncio.get_running_loop().create_server(Canned, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{canned.sockets[0].getsockname()[1]}", flush=True)
    await stop
    canned.close()


class Canned(asyncio.Protocol):
    """Answers every request with one sent message, as small and quick as HTTP allows."""

    number = 0

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._waiting = b""

    @override
    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head = self._waiting[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 : (head + b"\r\n").find(b"\r\n", at)]) if at >= 0 else 0
            if len(self._waiting) < end + 4 + length:
                return
            self._waiting = self._waiting[end + 4 + length :]
            Canned.number += 1
            body = _ANSWER % Canned.number
            self._transport.write(_HEAD % len(body) + body)


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_ANSWER = (
    b'{"ok":true,"result":{"message_id":%d,"date":1790000000,"chat":{"id":1001,"type":"private","first_name":"P"},'
    b'"from":{"id":4242,"is_bot":true,"first_name":"Opora","username":"opora_bot"},"text":"words"}}'
)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--server", choices=("canned", "emulator"), default="canned")
    parser.add_argument("--serve", default="")
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(serve(asked.serve, asked.messages))
    else:
        print(asyncio.run(measure(asked.messages, asked.server)))
