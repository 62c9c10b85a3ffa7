"""Events over HTTP with durable dedupe: one process, one core, SQLite with an fsync per commit.

Ours: the product's own routes; an answer means that the event is on disk. Single events over 64 connections, and
batches of 100 as client libraries of the Segment protocol send them. Every tenth message comes twice. Baseline: the
same server with a commit per event. Afterwards the stored events are taken: folded into what is known of children.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from core.clock import SystemClock
from ingest.keys import WriteKeys
from ingest.routes import Door, ingest_routes
from scheduler.progress.model import Arrival
from scheduler.progress.service import Taker
from storage.database import Database
from storage.learning_intake import EventIntake, add
from storage.migrate import upgrade
from storage.seal import Seal
from tests.delivery.town import Permissive

KEY = "bench-write-key"
CONNECTIONS = 64
BATCH = 100
FAMILIES = 200
NOW = "2026-11-23T09:00:00Z"


class OneByOne:
    """The baseline: a transaction of its own for every event."""

    behind = 0

    def __init__(self, database: Database) -> None:
        self._database = database

    async def store(self, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            await self._database.run(lambda to, one=arrival: add(to, [one], self._database.seal))  # type: ignore[misc]


def message(number: int) -> dict[str, Any]:
    """Make the event of a lesson; every tenth repeats the one before."""
    number -= number % 10 == 9
    return {
        "type": "track",
        "userId": f"parent-{number % FAMILIES}",
        "event": "lesson_finish",
        "messageId": f"message-{number}",
        "timestamp": NOW,
        "properties": {"lesson_id": f"l{number % 40}", "minutes": 20, "title": "Звуки и буквы"},
        "context": {"library": {"name": "analytics-python", "version": "2.3.0"}},
    }


def request(path: str, body: dict[str, Any]) -> bytes:
    raw = json.dumps(body).encode()
    head = (
        f"POST /v1/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEY}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
    )
    return head.encode() + raw


async def pour(port: int, requests: Sequence[bytes]) -> float:
    """Send requests over many connections, one at a time on each; tell the seconds."""
    waiting = iter(requests)

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for one in waiting:
            writer.write(one)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = next(
                line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
            )
            await reader.readexactly(int(length.split(b":")[1]))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return time.perf_counter() - began


async def serve(folder: Path, kind: str) -> None:
    """Run the server in a process of its own; every line on standard input asks for its CPU seconds."""
    database = Database(
        f"sqlite+aiosqlite:///{folder / kind}.db", SystemClock(), Seal([Seal.new_key()])
    )
    await upgrade(database)
    intake = EventIntake(database)
    writing = asyncio.ensure_future(intake.run())
    store: Any = OneByOne(database) if kind == "baseline" else intake
    site = web.Application(client_max_size=4 * 2**20)
    site.add_routes(ingest_routes(Door(WriteKeys.read([f"lms:{KEY}"]), store, SystemClock())))
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    print(runner.addresses[0][1], flush=True)
    loop = asyncio.get_running_loop()
    while (line := await loop.run_in_executor(None, sys.stdin.readline)).strip():
        if line.strip() == "take":
            print(json.dumps(await taken(database)), flush=True)
        else:
            print(time.process_time(), flush=True)
    writing.cancel()
    await runner.cleanup()
    await database.close()


async def taken(database: Database) -> dict[str, float]:
    """Give every event a family and take them; count what is stored and what became of it."""
    async with database.begin() as unit:
        for number in range(FAMILIES):
            person = await unit.people.add(number + 1, "ru", unit.now)
            child = await unit.people.add_child(person.id, unit.now, name=None, born="2019-05")
            ref = unit.learning.blind(f"parent-{number}")
            await unit.learning.identify("lms", ref, person=person.id, child=child)
    units: Any = Permissive(database)
    began = time.process_time()
    count = await Taker(units, ZoneInfo("Europe/Moscow")).tick()
    spent = time.process_time() - began
    async with database.reading() as unit:
        stored = await unit.connection.exec_driver_sql("SELECT COUNT(*) FROM platform_events")
        lessons = await unit.connection.exec_driver_sql("SELECT COUNT(*) FROM learning_lessons")
        facts = {"stored": stored.scalar_one(), "lessons": lessons.scalar_one()}
    return facts | {"count": count, "seconds": spent}


class Server:
    """The server's process."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._arguments = (sys.executable, "-m", "bench.events", str(folder), kind)

    async def __aenter__(self) -> Server:
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments, stdin=pipe, stdout=pipe
        )
        self.port = int(await self._line())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")
        await self._process.wait()

    async def ask(self, what: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n".encode())
        return json.loads(await self._line())

    async def _line(self) -> bytes:
        assert self._process.stdout is not None
        return await self._process.stdout.readline()


async def rate(server: Server, requests: Sequence[bytes], events: int) -> tuple[float, float]:
    """Tell events a second by the wall and by the server's CPU."""
    before = await server.ask("cpu")
    seconds = await pour(server.port, requests)
    return events / seconds, events / (await server.ask("cpu") - before)


async def measured(singles: int, batched: int, baseline: int) -> dict[str, float]:
    folder = Path(tempfile.mkdtemp(prefix="opora-bench-"))
    try:
        alone = [request("track", message(number)) for number in range(singles)]
        async with Server(folder, "ours") as server:
            await pour(server.port, alone[:200])
            wall, cpu = await rate(server, alone, singles)
            batches = [
                request("batch", {"batch": [message(n) for n in range(start, start + BATCH)]})
                for start in range(singles, singles + batched, BATCH)
            ]
            batch_wall, batch_cpu = await rate(server, batches, batched)
            found = await server.ask("take")
        unique = (singles + batched) * 9 // 10
        assert (found["stored"], found["lessons"]) == (unique, unique), found
        async with Server(folder, "baseline") as server:
            stock_wall, stock_cpu = await rate(server, alone[:baseline], baseline)
    finally:
        shutil.rmtree(folder)
    return {
        "events_per_s": wall,
        "events_per_cpu_s": cpu,
        "batched_per_s": batch_wall,
        "batched_per_cpu_s": batch_cpu,
        "taken_per_cpu_s": found["count"] / found["seconds"],
        "commit_per_event_per_s": stock_wall,
        "commit_per_event_per_cpu_s": stock_cpu,
    }


def measure(singles: int = 6000, batched: int = 20_000, baseline: int = 1500) -> dict[str, float]:
    """Measure all in one run."""
    return asyncio.run(measured(singles, batched, baseline))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(serve(Path(sys.argv[1]), sys.argv[2]))
    else:
        for name, figure in measure().items():
            print(f"{name:28} {figure:10.0f}")
