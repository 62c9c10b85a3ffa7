"""No update is lost, none acts twice, an odd one delays nobody."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramUnauthorizedError

from bot.app import NAME_SECONDS
from emulator.faults import Fault, FaultKind
from emulator.poison import POISONS, poison
from tests.bot.house import Place, at_work


@pytest.fixture
async def place(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with at_work(sqlite_template, tmp_path) as place:
        yield place


async def test_a_message_is_stored_handled_and_its_payload_purged(place: Place):
    parent = place.town.person("Вера")
    place.town.add_member(place.group, parent)
    parent.send("Добрый день", chat=place.group)
    await place.settled()
    assert await place.rows("SELECT DISTINCT state, payload FROM inbox") == [("done", None)]
    assert await place.rows(f"SELECT messages FROM members WHERE user_id = {parent.id}") == [(1,)]


@pytest.mark.parametrize("kind", POISONS)
async def test_a_poison_update_is_put_aside_and_delays_nobody(place: Place, kind: str):
    parent = place.town.person("Вера")
    parent.start(place.bot)
    place.bot.queue.push(*poison(kind, now=int(place.emulator.clock.now())))
    other = place.town.person("Ольга")
    other.start(place.bot)
    await place.answered(parent)
    await place.answered(other)
    await place.settled()
    [(state, error, payload)] = await place.rows(
        "SELECT state, error, payload FROM inbox WHERE state != 'done'"
    )
    assert (state, error.split(":")[0], bool(payload)) == ("quarantined", "decode", True)


@pytest.mark.parametrize(
    "kind",
    [FaultKind.HTML, FaultKind.TOO_MANY_REQUESTS_BARE, FaultKind.SERVER_ERROR, FaultKind.RESET_BEFORE,
     FaultKind.TIMEOUT_AFTER],
)  # fmt: skip
async def test_polling_survives_what_stands_between_us_and_telegram(
    place: Place, kind: FaultKind, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.ERROR):
        place.emulator.faults.add(Fault(kind, method="getUpdates", count=1))
        parent = place.town.person("Вера")
        parent.start(place.bot)
        await place.answered(parent)
    assert [r.message for r in caplog.records if r.name == "bot.intake.poller"].count(
        "polling interrupted"
    ) <= 1


async def test_a_start_while_telegram_is_away_waits_for_it(sqlite_template: Path, tmp_path: Path):
    away = [Fault(FaultKind.RESET_BEFORE, count=None)]
    async with at_work(sqlite_template, tmp_path, faults=away) as place:
        assert place.house.services["own_name"].username == ""
        place.emulator.faults.clear()
        place.emulator.clock.advance(NAME_SECONDS + 1)
        await place.until(lambda: place.house.services["own_name"].username == "opora_test_bot")


async def test_a_refused_token_ends_the_start_in_words(sqlite_template: Path, tmp_path: Path):
    with pytest.raises(TelegramUnauthorizedError):
        async with at_work(sqlite_template, tmp_path, bot_token="700:" + "A" * 35):
            pass


async def test_a_redelivered_update_acts_once(place: Place):
    """L97 M81."""
    place.emulator.faults.add(Fault(FaultKind.DUPLICATE, count=None))
    place.emulator.faults.add(Fault(FaultKind.REDELIVER, count=None))
    parent = place.town.person("Вера")
    parent.start(place.bot)
    await place.answered(parent)
    place.emulator.faults.clear()
    await place.settled()
    assert await place.rows(
        "SELECT count(*) FROM events WHERE name = 'community.person.started'"
    ) == [(1,)]


async def test_what_was_received_and_not_handled_is_replayed_at_start(
    sqlite_template: Path, tmp_path: Path
):
    async with at_work(sqlite_template, tmp_path) as place:
        parent = place.town.person("Вера", user_id=4001)
        parent.start(place.bot)
        await place.answered(parent)
        await place.settled()
        async with place.house.database.begin() as unit:
            await unit.connection.exec_driver_sql(
                "UPDATE inbox SET state = 'received', payload = "
                """'{"update_id": 1, "message": {"message_id": 9, "date": 1, "chat": {"id": 4002, "type": "private"}, """
                """"from": {"id": 4002, "is_bot": false, "first_name": "N"}, "text": "/start"}}'"""
            )
    async with at_work(sqlite_template, tmp_path) as place:
        await place.settled()
        assert await place.rows("SELECT count(*) FROM people WHERE telegram_id = 4002") == [(1,)]
