"""Updates by webhook, and two pollers with one token."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession

from bot.app import running, webhook_secret
from bot.demo.clocks import SharedClock
from bot.demo.killing import free_port
from bot.demo.school import BOT_TOKEN
from bot.demo.stage import settings_for
from bot.intake.poller import LONGEST_PAUSE
from bot.intake.webhook import SECRET_HEADER
from bot.wiring import House
from core.clock import SystemClock
from emulator.actors import Town
from emulator.api import Emulator
from emulator.server import EmulatorServer
from tests.bot.house import Place


@dataclass(slots=True)
class Hooked:
    place: Place
    url: str
    secret: str


@pytest.fixture
async def hooked(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Hooked]:
    shutil.copy(sqlite_template, tmp_path / "opora.db")
    clock = SystemClock()
    emulator = Emulator(clock=SharedClock(clock))
    town = Town(emulator)
    bot = town.bot("Опора", "opora_test_bot", token=BOT_TOKEN)
    owner = town.person("Алла", user_id=1001)
    group = town.supergroup("Родители", owner, bots=(bot,))
    port = free_port()
    async with EmulatorServer(emulator) as server:
        settings = settings_for(
            tmp_path, api_url=server.url, webhook_url=f"http://127.0.0.1:{port}", listen_port=port
        )
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
        async with running(settings, session, clock) as at:
            house: House = at.house
            yield Hooked(
                Place(house, town, bot, owner, group),
                f"http://127.0.0.1:{port}/telegram",
                webhook_secret(settings),
            )


async def test_updates_arrive_by_webhook_and_are_answered(hooked: Hooked):
    parent = hooked.place.town.person("Вера")
    parent.start(hooked.place.bot)
    await hooked.place.answered(parent)


async def test_the_webhook_wants_its_secret_and_an_update(hooked: Hooked):
    body = {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 9, "type": "private"},
            "from": {"id": 9, "is_bot": False, "first_name": "N"}, "text": "/start"}}  # fmt: skip
    async with ClientSession() as session:
        answers = [
            (await session.post(hooked.url, json=body)).status,
            (await session.post(hooked.url, json=body, headers={SECRET_HEADER: "wrong"})).status,
            (
                await session.post(hooked.url, data=b"{", headers={SECRET_HEADER: hooked.secret})
            ).status,
            (
                await session.post(
                    hooked.url, json={"a": 1}, headers={SECRET_HEADER: hooked.secret}
                )
            ).status,
            (
                await session.post(hooked.url, json=body, headers={SECRET_HEADER: hooked.secret})
            ).status,
            (
                await session.post(hooked.url, json=body, headers={SECRET_HEADER: hooked.secret})
            ).status,
        ]
    assert answers == [401, 401, 400, 400, 200, 200]
    await hooked.place.house.intake.drained()
    assert await hooked.place.rows("SELECT count(*) FROM inbox WHERE update_id = 5") == [(1,)]
    assert await hooked.place.rows("SELECT count(*) FROM people WHERE telegram_id = 9") == [(1,)]


async def test_health_tells_whether_the_product_may_send(hooked: Hooked):
    async with ClientSession() as session:
        answer = await session.get(hooked.url.replace("/telegram", "/health"))
        assert (answer.status, (await answer.json())["ok"]) == (200, True)
        metrics = await session.get(hooked.url.replace("/telegram", "/metrics"))
        assert "python_info" in await metrics.text()


async def test_a_second_poller_is_reported_once_and_the_first_recovers(
    sqlite_template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    """L96."""
    shutil.copy(sqlite_template, tmp_path / "opora.db")
    clock = SystemClock()
    emulator = Emulator(clock=SharedClock(clock))
    town = Town(emulator)
    bot = town.bot("Опора", "opora_test_bot", token=BOT_TOKEN)
    owner = town.person("Алла", user_id=1001)
    group = town.supergroup("Родители", owner, bots=(bot,))
    async with EmulatorServer(emulator) as server:
        settings = settings_for(tmp_path, api_url=server.url)
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
        with caplog.at_level(logging.ERROR, "bot.intake.poller"):
            async with running(settings, session, clock) as at:
                place = Place(at.house, town, bot, owner, group)
                async with ClientSession() as other:
                    asked = asyncio.ensure_future(
                        other.get(f"{server.url}/bot{BOT_TOKEN}/getUpdates", params={"timeout": 0})
                    )
                    while not (asked.done() and caplog.records):
                        emulator.clock.advance(1)
                        await clock.sleep(0.01)
                emulator.clock.advance(LONGEST_PAUSE)
                parent = town.person("Вера")
                parent.start(bot)
                await place.answered(parent)
    assert [r.trouble for r in caplog.records if r.name == "bot.intake.poller"] == [
        "another program polls with this token"
    ]
