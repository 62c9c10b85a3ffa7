"""SIGKILL of the bot in the middle of a broadcast: nothing lost, no care message twice.

A broadcast of care messages and a receipt for everybody go out from a real process through real HTTP; the process is
killed at random moments and started again on the same database. Afterwards the emulator's own log of what arrived is
compared with the outbox.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.planning import move_in
from bot.demo.school import BOT_TOKEN
from core.clock import SystemClock
from core.effects import OPEN, Effect, Kind, MessageClass, RowState
from core.ids import PersonId
from core.outgoing import OutboxRow
from delivery.planning import Planning
from delivery.policy import GatePolicy
from emulator.actors import Town
from emulator.api import Emulator
from emulator.clock import SystemClock as EmulatorTime
from emulator.log import text_of
from emulator.server import EmulatorServer
from scheduler.campaigns import Broadcasts
from scheduler.digests import NAME as DIGESTS
from storage.database import Database
from storage.migrate import upgrade
from storage.tables.delivery import outbox
from tests.databases import SEAL, SEAL_KEY
from tests.processes import Bots

PEOPLE = 600
"""At 30 messages a second, two each keep the sender busy while it is killed."""
FIRST = 1001
INVITED, RECEIPT = "Открытый урок в субботу", "stops-broadcast-started"
SAID = "Рассылка запущена."


async def prove(kills: int, seed: int = 1, people: int = PEOPLE) -> Counter[str]:
    """Broadcast under `kills` kills; tell what became of the rows.

    AssertionError: a message was lost, came twice, or an outcome is missing.
    """
    with tempfile.TemporaryDirectory(prefix="opora-") as name:
        folder = Path(name)
        url = f"sqlite+aiosqlite:///{folder / 'opora.db'}"
        database = Database(url, SystemClock(), SEAL)
        await upgrade(database)
        emulator = Emulator(clock=EmulatorTime(), seed=seed)
        town = Town(emulator)
        bot = town.bot("Опора", "opora_test_bot", token=BOT_TOKEN)
        for number in range(people):
            town.person(f"Родитель {number}", user_id=FIRST + number).start(bot)
        bot.queue.clear()
        campaign = await _plan(database, people)
        async with EmulatorServer(emulator) as server:
            environment = {
                "BOT_TOKEN": BOT_TOKEN,
                "API_URL": server.url,
                "DATABASE_URL": url,
                "ENCRYPTION_KEYS": SEAL_KEY,
                "OWNERS": str(FIRST),
                "LISTEN_PORT": "0",
                "SCHOOL_NAME": "Опора",
            }
            with await asyncio.to_thread(Bots, environment, folder / "bot.log") as bots:
                chance = random.Random(seed)
                for _ in range(kills):
                    await asyncio.to_thread(bots.start)
                    await asyncio.sleep(chance.uniform(0.3, 1.1))
                    await asyncio.to_thread(bots.kill)
                await asyncio.to_thread(bots.start)
                await _finish(database)
                await asyncio.to_thread(bots.stop)
        async with database.reading() as unit:
            rows = await unit.outbox.rows(_judged(), limit=10 * people)
            report = await unit.campaigns.report(campaign)
        await database.close()
    assert report.holds, "planned is not the sum of outcomes"
    assert len(rows) == 2 * people, f"{len(rows)} rows of {2 * people}"
    return _verdict(rows, _arrived(emulator), kills)


async def _plan(database: Database, people: int) -> str:
    """Let an admin confirm a broadcast, and a receipt for everybody be due; tell the broadcast's key."""
    await move_in(database, people)
    clock, zone = SystemClock(), _noon()
    async with database.begin() as unit:
        await unit.connection.execute(sa.text("UPDATE people SET zone = :zone"), {"zone": zone})
        await unit.watermarks.advance(
            DIGESTS, unit.now
        )  # none of last week's: it would use up the cap
        await unit.outbox.enqueue(
            *(
                Effect(
                    f"receipt:{number}",
                    Kind.MESSAGE,
                    MessageClass.SERVICE,
                    person=PersonId(number),
                    content=f"text:{RECEIPT}",
                )
                for number in range(1, people + 1)
            )
        )
    planning: Any = Planning(GatePolicy())
    broadcasts: Broadcasts[Any] = Broadcasts(database, planning, clock, ZoneInfo(zone))
    campaign = await broadcasts.draft(PersonId(1))
    await broadcasts.write(campaign.key, INVITED)
    await broadcasts.choose_class(campaign.key, MessageClass.CARE)
    await broadcasts.confirm(campaign.key, PersonId(1))
    await broadcasts.tick()
    return campaign.key


def _noon() -> str:
    """Name a zone in which it is about noon, far from quiet hours."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def _judged() -> sa.ColumnElement[bool]:
    return sa.or_(outbox.c.campaign.is_not(None), outbox.c.key.startswith("receipt:"))


async def _finish(database: Database, seconds: float = 150) -> None:
    """Wait until no row is open."""
    ends = asyncio.get_running_loop().time() + seconds
    is_open = outbox.c.state.in_([one.value for one in OPEN])
    while True:
        async with database.reading() as unit:
            if not await unit.outbox.rows(_judged() & is_open, limit=1):
                return
        assert asyncio.get_running_loop().time() < ends, "the bot does not finish"
        await asyncio.sleep(0.2)


def _arrived(emulator: Emulator) -> Counter[tuple[int, MessageClass]]:
    """Count by person and class what the emulator saw arrive."""
    arrived: Counter[tuple[int, MessageClass]] = Counter()
    for one in emulator.log.arrivals:
        words = text_of(one.message)
        if INVITED in words:
            arrived[one.chat_id, MessageClass.CARE] += 1
        elif SAID in words:
            arrived[one.chat_id, MessageClass.SERVICE] += 1
    return arrived


def _verdict(
    rows: list[OutboxRow], arrived: Counter[tuple[int, MessageClass]], kills: int
) -> Counter[str]:
    found = Counter({"kills": kills})
    for row in rows:
        assert row.person is not None
        times = arrived[FIRST - 1 + row.person, row.message_class]
        most = 2 if row.message_class is MessageClass.SERVICE else 1
        assert row.state in {RowState.SENT, RowState.UNKNOWN}, (row.key, row.state, row.reason)
        assert times <= most, (row.key, times)
        assert times >= 1 or row.state is RowState.UNKNOWN, (row.key, "lost")
        found[f"{row.message_class} {row.state}"] += 1
        found[f"{row.message_class} arrived {times}"] += 1
    return found


def main(kills: int = 100, people: int = PEOPLE) -> int:
    found = asyncio.run(prove(kills, people=people))
    told = ", ".join(f"{name} {count}" for name, count in sorted(found.items()) if name != "kills")
    sys.stdout.write(f"{found['kills']} kills: {told}; 0 lost, 0 care messages twice\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
