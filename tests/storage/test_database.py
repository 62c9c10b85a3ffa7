"""Units of work on both engines."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
import sqlalchemy as sa

from core.events import Event, EventName
from storage.database import Database
from storage.migrate import pending
from storage.tables import metadata
from storage.tables.people import people


async def test_fifty_concurrent_units_all_commit(database: Database, clock):
    async def one(number: int) -> None:
        async with database.begin() as unit:
            person = await unit.people.add(number, "ru", unit.now)
            await asyncio.sleep(0)
            await unit.people.change(person.id, stage="done")
            await unit.events.record(Event(EventName.PERSON_STARTED, unit.now, person=person.id))

    await asyncio.gather(*(one(number) for number in range(1, 51)))
    async with database.reading() as unit:
        count = await unit.connection.scalar(sa.select(sa.func.count()).select_from(people))
        assert count == 50
        assert await unit.events.count(EventName.PERSON_STARTED, clock.now()) == 50


async def test_a_unit_that_raises_leaves_nothing(database: Database):
    with pytest.raises(ZeroDivisionError):
        async with database.begin() as unit:
            await unit.people.add(7, "ru", unit.now)
            _ = 1 / 0
    async with database.reading() as unit:
        assert await unit.people.by_telegram(7) is None


async def test_a_unit_cancelled_at_any_point_leaves_no_transaction_behind(sqlite: Database):
    async def one(number: int) -> None:
        async with sqlite.begin() as unit:
            await unit.people.add(number, "ru", unit.now)

    for number in range(1, 25):
        task = asyncio.ensure_future(one(number))
        for _ in range(number):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        async with sqlite.begin() as unit:
            assert (
                await unit.people.add(1000 + number, "ru", unit.now)
            ).telegram_id == 1000 + number


async def test_a_stream_is_read_inside_its_transaction(database: Database):
    async with database.begin() as unit:
        for number in range(1, 4):
            await unit.people.add(number, "ru", unit.now)
    async with (
        database.reading() as look,
        look.connection.stream(sa.select(people.c.telegram_id)) as rows,
    ):
        async with database.begin() as unit:
            await unit.people.add(4, "ru", unit.now)
        assert sorted([row.telegram_id async for row in rows]) == [1, 2, 3]
        count = await look.connection.scalar(sa.select(sa.func.count()).select_from(people))
        assert count == (3 if database.is_sqlite else 4)


async def test_readers_are_not_held_up_by_a_writer(database: Database):
    async with database.begin() as unit:
        await unit.people.add(7, "ru", unit.now)
        async with database.reading() as look:
            assert await look.people.by_telegram(7) is None


async def test_names_and_birth_dates_are_sealed_at_rest(database: Database):
    async with database.begin() as unit:
        parent = await unit.people.add(7, "ru", unit.now)
        await unit.people.add_child(parent.id, unit.now, name="Варвара", born="2019-05")
        raw = (await unit.connection.execute(sa.text("SELECT name, birth FROM children"))).one()
        assert "Варвара".encode() not in bytes(raw.name)
        assert b"2019" not in bytes(raw.birth)
        [child] = await unit.people.children_of(parent.id)
        assert (child.name, child.born.isoformat()) == ("Варвара", "2019-05-01")


async def test_migrations_leave_nothing_pending_and_build_exactly_the_tables(database: Database):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert await pending(database) == []

    def differences(connection: sa.Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with database.writer.connect() as connection:
        assert await connection.run_sync(differences) == []
