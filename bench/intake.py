"""Intake + moderation + journal of clean group messages, durable on SQLite, against a bare aiogram echo.

Ours: raw JSON updates in batches of 100, stored in the inbox, decoded, judged by every rule, kept in the journal,
marked done; the clock stops when the last commit is done. Baseline: the stock way, `feed_raw_update` into a handler
that answers each message, request encoding and response decoding included, nothing stored.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from bot import quick_aiogram

quick_aiogram.install()

from aiogram import Bot, Dispatcher  # noqa: E402
from aiogram.client.session.aiohttp import AiohttpSession  # noqa: E402
from aiogram.types import Message  # noqa: E402
from typing_extensions import override  # noqa: E402

from bot.demo.school import BOT_TOKEN  # noqa: E402
from bot.demo.stage import settings_for  # noqa: E402
from bot.keys import open_seal  # noqa: E402
from bot.nursery import Nursery  # noqa: E402
from bot.startup import settle_memory  # noqa: E402
from bot.wiring import build  # noqa: E402
from core.clock import SystemClock  # noqa: E402
from core.ids import ChatId  # noqa: E402
from delivery.fence import NoFence  # noqa: E402
from storage.database import Database  # noqa: E402
from storage.migrate import upgrade  # noqa: E402

CHAT = -1002000000001
AUTHORS = 400
WORDS = (
    "сегодня", "занимались", "дома", "после", "школы", "читали", "вместе", "книгу", "дочка",
    "рада", "урок", "прошёл", "хорошо", "спасибо", "за", "подсказку", "завтра", "попробуем",
    "ещё", "раз", "вечером", "играли", "в", "слова", "считали", "шишки", "на",
    "прогулке", "учитель", "похвалил", "нас", "неделя", "была", "спокойной",
)  # fmt: skip


def updates(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Make group messages of about 70 characters from many authors, one every few seconds."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    now = int(time.time()) - count
    return [
        {
            "update_id": 1_000_000 + number,
            "message": {
                "message_id": 100 + number,
                "date": now + number,
                "chat": {"id": CHAT, "type": "supergroup", "title": "Родители", "is_forum": True},
                "from": {
                    "id": 5000 + chance.randrange(AUTHORS),
                    "is_bot": False,
                    "first_name": "Анна",
                },
                "message_thread_id": 7,
                "is_topic_message": True,
                "text": " ".join(chance.choices(WORDS, k=11)) + f" {number}",
            },
        }
        for number in range(count)
    ]


class Wire(AiohttpSession):
    """Encodes requests and decodes answers as the network session does, without a network."""

    @override
    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:
        assert self.build_form_data(bot, method).is_multipart is not None
        chat = {"id": CHAT, "type": "supergroup", "title": "Родители"}
        message = {"message_id": 1, "date": 1, "text": "", "chat": chat}
        result = [] if method.__api_method__ == "getChatAdministrators" else message
        answer = json.dumps({"ok": True, "result": result})
        return self.check_response(bot=bot, method=method, status_code=200, content=answer).result


async def echo(raw: list[bytes]) -> float:
    """Give CPU-seconds of the baseline."""
    dispatcher = Dispatcher()
    bot = Bot(BOT_TOKEN, session=Wire())

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await message.answer(message.text or "")

    for one in raw[:50]:
        await dispatcher.feed_raw_update(bot, json.loads(one))
    began = time.process_time()
    for one in raw:
        await dispatcher.feed_raw_update(bot, json.loads(one))
    return time.process_time() - began


async def ours(raw: list[bytes], folder: Path) -> tuple[float, float]:
    """Give CPU-seconds and wall seconds of the product, and check that everything was stored."""
    clock = SystemClock()
    settings = settings_for(folder)
    database = Database(settings.database_url, clock, open_seal(settings))
    await upgrade(database)
    async with database.begin() as unit:
        await unit.communities.add(ChatId(CHAT), "Родители", "ru", "Europe/Moscow", unit.now)
    nursery = Nursery()
    house = build(
        settings,
        clock,
        database,
        Wire(),
        lambda w, n: nursery.spawn(w, n, essential=False),
        NoFence(),
    )
    await house.directory.load_communities()
    nursery.spawn(house.journal.run(), "journal")
    settle_memory()
    await house.intake.receive([json.loads(one) for one in raw[:200]])
    await house.intake.drained()
    began, wall = time.process_time(), time.perf_counter()
    for start in range(200, len(raw), 100):
        await house.intake.receive([json.loads(one) for one in raw[start : start + 100]])
    await house.intake.drained()
    spent = time.process_time() - began, time.perf_counter() - wall
    async with database.reading() as unit:
        stored = (
            await unit.connection.exec_driver_sql("SELECT count(*) FROM messages")
        ).scalar_one()
        left = (
            await unit.connection.exec_driver_sql(
                "SELECT count(*) FROM inbox WHERE state != 'done'"
            )
        ).scalar_one()
    assert (stored, left) == (len(raw), 0), (stored, left)
    await nursery.close()
    await database.close()
    return spent


def measure(count: int = 6000) -> dict[str, float]:
    """Measure both in one run."""
    raw = [json.dumps(update).encode() for update in updates(count)]
    folder = Path(tempfile.mkdtemp(prefix="opora-bench-"))
    try:
        baseline = asyncio.run(echo(raw))
        cpu, wall = asyncio.run(ours(raw, folder))
    finally:
        shutil.rmtree(folder)
    done = count - 200
    return {
        "updates_per_cpu_second": done / cpu,
        "updates_per_second": done / wall,
        "echo_per_cpu_second": count / baseline,
        "ratio_to_echo": (done / cpu) / (count / baseline),
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:28} {value:10.2f}")
