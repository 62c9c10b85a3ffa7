"""How fast the consent ledger is checked, and how fast the gate answers.

    python -m bench.consent [records]

The ledger is laid into an SQLite file by the product's own chain code, then the whole of it is checked, chain, head and
pointers: by the command `opora consent verify` on every core, as it reports, and in this process. The baseline is what
one writes first: parse each body, dump it again with sorted keys and hash that; it asks no pointers.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from consent.chain import Head, Row, link
from consent.ports import About
from consent.purposes import Purpose
from consent.record import (
    Action,
    Channel,
    Controller,
    DocumentRef,
    Draft,
    Evidence,
    Grantor,
    Relation,
    instant,
)
from core.clock import SystemClock
from core.ids import PersonId
from storage.consent_verify_file import verify_file
from storage.consents import LEDGER
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal
from storage.tables.consents import ROW

NAMES = ", ".join(column.name for column in ROW)
START = 1_790_000_000_000_000
PURPOSES = (Purpose.MARKETING, Purpose.PERSONALISATION, Purpose.CROSS_BORDER, Purpose.SERVICE)


def rows(count: int) -> Iterator[Row]:
    """Make a ledger: each person answers four documents."""
    head = Head(LEDGER)
    controller = Controller(name="Онлайн-школа «Опора»", contact="privacy@school.example")
    text, chat = hashlib.sha256(b"text").hexdigest(), hashlib.sha256(b"chat").hexdigest()
    for number in range(count):
        at = instant(START + number)
        purpose = PURPOSES[number % 4]
        draft = Draft(
            subject=f"00000000-0000-4000-8000-{number // 4:012d}",
            purpose=purpose,
            action=Action.REFUSE if number % 7 == 0 else Action.GRANT,
            at=at,
            received_at=at,
            grantor=Grantor(Relation.PARENT),
            channel=Channel.BOT,
            receipt=f"01990000-0000-7000-9000-{number:012d}",
            document=DocumentRef(purpose, 1, "ru", text),
            served=f"01990000-0000-7000-8000-{number:012d}",
            evidence=Evidence(message=number, callback=str(number), update=number),
            chat_hash=chat,
        )
        row, head = link(draft, f"01990000-0000-7000-a000-{number:012d}", head, controller)
        yield row


async def prepare(path: Path, count: int) -> None:
    """Lay the ledger, the pseudonyms and the pointers into a migrated database."""
    database = Database(f"sqlite+aiosqlite:///{path}", SystemClock(), Seal([Seal.new_key()]))
    await upgrade(database)
    await database.close()
    places = ", ".join("?" for _ in ROW)
    person = "CAST(substr(subject, 25) AS INTEGER) + 1"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA synchronous = OFF")
        raw.executemany(f"INSERT INTO consents ({NAMES}) VALUES ({places})", rows(count))  # noqa: S608 - our own names
        raw.execute(
            "INSERT INTO consent_heads SELECT ledger, seq, hash FROM consents ORDER BY seq DESC LIMIT 1"
        )
        raw.execute(
            f"INSERT INTO consent_subjects (subject, person_id) SELECT DISTINCT subject, {person} FROM consents"  # noqa: S608
        )
        raw.execute(
            f"INSERT INTO consent_state SELECT {person}, purpose, 0, ledger, seq FROM consents"  # noqa: S608
        )
    print(f"ledger: {count:,} records of {count // 4:,} people")


def measured(name: str, count: int, work: Callable[[], object]) -> tuple[float, float]:
    """Run once; print and give the rates by the clock and by processor time, children included."""
    started, spent = time.perf_counter(), processor_seconds()
    work()
    rate = count / (time.perf_counter() - started)
    by_processor = count / (processor_seconds() - spent)
    print(f"{name:<44}{rate:>12,.0f} /s{by_processor:>12,.0f} /s of one core")
    return rate, by_processor


def processor_seconds() -> float:
    """Sum the processor time of this process and of those it waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def command(path: Path) -> float:
    """Run what an operator runs and read the rate it reports; the start of Python is not in it."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "consent", "verify"],
        check=True,
        env={"DATABASE_URL": f"sqlite+aiosqlite:///{path}", "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parent.parent,
    )
    rate = float(done.stdout.split("hold, ")[1].split(" a second")[0].replace(",", ""))
    print(f"{'opora consent verify, every core':<44}{rate:>12,.0f} /s")
    return rate


def whole(path: Path, workers: int | None) -> None:
    """Check the whole ledger here."""
    verdict = verify_file(path, workers=workers)
    if not verdict.ok:
        raise ValueError(verdict.broken)


def naive(path: Path) -> None:
    """Check the chain the obvious way: parse, dump, hash."""
    previous = "0" * 64
    with sqlite3.connect(path) as raw:
        for row in raw.execute(f"SELECT {NAMES} FROM consents ORDER BY seq"):  # noqa: S608 - our own names
            body = json.dumps(
                json.loads(row[11]), sort_keys=True, separators=(",", ":"), ensure_ascii=False
            )
            text = "\n".join([previous, *map(str, row[:9]), body])
            previous = hashlib.sha256(text.encode()).hexdigest()
            if previous != row[10]:
                raise ValueError(row[1])


async def gate_rate(path: Path, people: int) -> float:
    """Measure how many permissions a second the sending gate answers."""
    database = Database(f"sqlite+aiosqlite:///{path}", SystemClock(), Seal([Seal.new_key()]))
    asked = [About(PersonId(number)) for number in range(1, people + 1)]
    async with database.begin() as unit:
        started = time.perf_counter()
        await unit.consents.permissions(asked, Purpose.MARKETING, unit.now)
        rate = len(asked) / (time.perf_counter() - started)
    await database.close()
    print(f"{'gate: permissions of many, records checked':<44}{rate:>12,.0f} /s")
    return rate


def run(count: int = 400_000) -> dict[str, float]:
    """Measure and return rates per second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        asyncio.run(prepare(path, count))
        figures = {
            "baseline": measured("baseline: parse, dump, hash", count, lambda: naive(path))[0]
        }
        alone = measured("whole check, one process", count, lambda: whole(path, 1))
        figures["one core"], figures["one core, by cpu"] = alone
        figures["verify"] = command(path)
        figures["gate"] = asyncio.run(gate_rate(path, min(count // 4, 20_000)))
    return figures


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
