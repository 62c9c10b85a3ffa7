"""One Chromium for the module, one small school with a bot for each test."""

import asyncio
import shutil
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import pytest_asyncio
from playwright.async_api import async_playwright

from emulator.actors import Person, Town
from emulator.api import Emulator
from emulator.server import EmulatorServer
from emulator.world.model import Bot, Chat

TOKEN = "42:TEST"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class School:
    emulator: Emulator
    server: EmulatorServer
    bot: Bot
    anna: Person
    mark: Person
    group: Chat
    answers: asyncio.Event
    """The bot works while this is set."""

    async def call(self, method, **params):
        return await self.emulator.call(TOKEN, method, params)

    async def run_bot(self):
        """Answer presses by a notice and an edit, words in private by the same words."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=50):
                offset = update["update_id"] + 1
                await self.answers.wait()
                if query := update.get("callback_query"):
                    place = {
                        "chat_id": query["message"]["chat"]["id"],
                        "message_id": query["message"]["message_id"],
                    }
                    await self.call(
                        "answerCallbackQuery",
                        callback_query_id=query["id"],
                        text=f"Принято: {query['data']}",
                    )
                    await self.call("editMessageText", text="Готово", **place)
                elif (said := update.get("message", {})).get("text") and said["chat"][
                    "type"
                ] == "private":
                    await self.call(
                        "sendMessage",
                        chat_id=said["chat"]["id"],
                        text=f"Вы написали: {said['text']}",
                    )


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser():
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def server():
    emulator = Emulator()
    emulator.add_bot("Опора", "opora_bot", token=TOKEN)
    async with EmulatorServer(emulator) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def school(server):
    """A fresh school in the server of the module."""
    async with aiohttp.ClientSession() as program:
        await program.post(f"{server.url}/sim/reset")
    town = Town(server.emulator)
    bot = server.emulator.bot_of(TOKEN)
    anna = town.person("Анна", last_name="Ковалёва", user_id=1001)
    mark = town.person("Марк", user_id=1002)
    group = town.supergroup(
        "Сообщество", mark, members=(anna,), bots=(bot,), topics=("Знакомство", "Вопросы")
    )
    anna.user.started.add(bot.id)
    answers = asyncio.Event()
    answers.set()
    made = School(server.emulator, server, bot, anna, mark, group, answers)
    running = asyncio.ensure_future(made.run_bot())
    yield made
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def windows(browser):
    """One window for each kind of device; they keep their cache from test to test."""
    made = {}
    yield made
    for page, _ in made.values():
        await page.context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(browser, school, windows):
    """Open the page as on a first visit; fail the test when the browser reports an error."""
    opened = []

    async def open_(width=1280, height=800, **options):
        if width not in windows:
            context = await browser.new_context(
                viewport={"width": width, "height": height}, **options
            )
            page, errors = await context.new_page(), []
            page.set_default_timeout(5000)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on(
                "console", lambda line: errors.append(line.text) if line.type == "error" else None
            )
            await page.add_init_script("localStorage.clear()")
            windows[width] = page, errors
        page, errors = windows[width]
        opened.append(errors)
        await page.goto(school.server.url)
        await page.wait_for_selector(".person.chosen")
        await page.wait_for_selector(".chat")
        return page

    yield open_
    found = [error for errors in opened for error in errors]
    for errors in opened:
        errors.clear()
    assert found == []
