"""How fast the consent ledger is checked, and how fast the gate answers.

    python -m bench.consent [records]

The ledger is laid into an SQLite file by the product's own chain code, then checked twice: through the product's
connection (`opora consent verify`) and straight from the file. The baseline is what one writes first: parse each body,
dump it again with sorted keys and hash that.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
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
from storage.consent_verify import verify
from storage.consent_verify_file import verify_file
from storage.consents import LEDGER
from storage.database import Database
from storage.migrate import upgrade
from storage.seal import Seal
from storage.tables.consents import ROW

NAMES = ", ".join(column.name for column in ROW)
START = 1_790_000_000_000_000
PURPOSES = (Purpose.MARKETING, Purpose.PERSONALISATION, Purpose.CROSS_BORDER, Purpose.SERVICE)


def rows(count: int) -> list[Row]:
    """Make a ledger: each person answers four documents."""
    head = Head(LEDGER)
    controller = Controller(name="Онлайн-школа «Опора»", contact="privacy@school.example")
    made = []
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
            document=DocumentRef(purpose, 1, "ru", hashlib.sha256(b"text").hexdigest()),
            served=f"01990000-0000-7000-8000-{number:012d}",
            evidence=Evidence(message=number, callback=str(number), update=number),
            chat_hash=hashlib.sha256(b"chat").hexdigest(),
        )
        row, head = link(draft, f"01990000-0000-7000-a000-{number:012d}", head, controller)
        made.append(row)
    return made


async def prepare(path: Path, ledger: list[Row]) -> Database:
    """Lay the ledger, the pseudonyms and the pointers into a migrated database."""
    database = Database(f"sqlite+aiosqlite:///{path}", SystemClock(), Seal([Seal.new_key()]))
    await upgrade(database)
    places = ", ".join("?" for _ in ROW)
    people = len(ledger) // 4
    with sqlite3.connect(path) as raw:
        raw.executemany(f"INSERT INTO consents ({NAMES}) VALUES ({places})", ledger)  # noqa: S608 - our own names
        raw.execute(
            "INSERT INTO consent_heads VALUES (?, ?, ?)", (LEDGER, len(ledger), ledger[-1][10])
        )
        raw.execute(
            "INSERT INTO consent_subjects (subject, person_id) "
            "SELECT DISTINCT subject, CAST(substr(subject, 25) AS INTEGER) + 1 FROM consents"
        )
        raw.execute(
            "INSERT INTO consent_state SELECT CAST(substr(subject, 25) AS INTEGER) + 1, purpose, 0, ledger, seq "
            "FROM consents"
        )
    print(f"ledger: {len(ledger):,} records of {people:,} people")
    return database


def measured(name: str, count: int, work: Callable[[], object]) -> float:
    """Run once and print the rate."""
    started = time.perf_counter()
    work()
    rate = count / (time.perf_counter() - started)
    print(f"{name:<44}{rate:>12,.0f} /s")
    return rate


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


async def run(count: int = 400_000) -> dict[str, float]:
    """Measure and return rates per second."""
    ledger = rows(count)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        database = await prepare(path, ledger)
        del ledger
        figures = {"baseline": measured("baseline: parse, dump, hash", count, lambda: naive(path))}
        for name, workers in (("one core", 1), ("every core", None)):
            check = partial(verify_file, path, workers=workers)
            figures[name] = measured(f"verify the file, {name}", count, check)
        async with database.reading() as unit:
            started = time.perf_counter()
            verdict = await verify(unit.connection)
            spent = time.perf_counter() - started
        if not verdict.ok:
            raise ValueError(verdict.broken)
        figures["verify"] = count / spent
        print(f"{'verify, chain and pointers, by the product':<44}{figures['verify']:>12,.0f} /s")
        asked = [About(PersonId(number)) for number in range(1, min(count // 4, 20_000) + 1)]
        async with database.begin() as unit:
            started = time.perf_counter()
            await unit.consents.permissions(asked, Purpose.MARKETING, unit.now)
            figures["gate"] = len(asked) / (time.perf_counter() - started)
        print(f"{'gate: permissions of many, records checked':<44}{figures['gate']:>12,.0f} /s")
        await database.close()
    return figures


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000))
