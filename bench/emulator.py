"""How many conversations the emulator carries in one process: by itself, and with a bot of aiogram at the other end.

A conversation is two updates and three API calls: a person opens the bot and gets a message with a keyboard, presses
a button, the bot edits the message and answers the press. The goal is about the emulator, so its figure is taken with
a bot of a few lines that makes plain calls; the same through a real aiogram dispatcher stands beside it, with what
aiogram costs when every answer is canned. Figures are per CPU-second of one core, so that a busy machine shows less in
them.
"""

import asyncio
import gc
import time
from typing import Any, cast

from aiogram import Bot, Dispatcher
from aiogram.filters import CommandStart
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from typing_extensions import override

from emulator.actors import Town
from emulator.api import Emulator
from emulator.session import EmulatorSession

GOAL = 1500.0
WARM_UP = 200
ROUNDS = 3
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Да", "callback_data": "yes"}],
        [{"text": "Нет", "callback_data": "no"}],
    ]
}


class _Canned(EmulatorSession):
    """Answer each method with what the emulator once answered: aiogram's own cost and nothing else."""

    answers: dict[str, Any]

    @override
    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        content = cast("Any", {"ok": True, "result": self.answers[method.__api_method__]})
        response = self.check_response(bot=bot, method=method, status_code=200, content=content)
        return cast("TelegramType", response.result)


async def _greet(message: Message) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text="Да", callback_data="yes")],
            [InlineKeyboardButton(text="Нет", callback_data="no")],
        ]
    )
    await message.answer("Здравствуйте! <b>Начнём?</b>", reply_markup=keyboard, parse_mode="HTML")


async def _agree(query: CallbackQuery) -> None:
    if isinstance(query.message, Message):
        await query.message.edit_text("Хорошо, начинаем.")
    await query.answer("Спасибо")


def _dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()
    dispatcher.message.register(_greet, CommandStart())
    dispatcher.callback_query.register(_agree)
    return dispatcher


async def _converse(conversations: int) -> tuple[float, float]:
    """Hold so many conversations, each with another person; return CPU seconds with the emulator and without."""
    emulator = Emulator()
    town = Town(emulator)
    account = town.bot("Opora", "opora_bot")
    bot = Bot(account.token, session=EmulatorSession(emulator))
    dispatcher = _dispatcher()
    people = [town.person(f"Person {number}") for number in range(conversations)]
    updates: list[dict[str, Any]] = []

    async def deliver() -> None:
        for update in account.queue.pending():
            updates.append(update.as_json())
            await dispatcher.feed_raw_update(bot, updates[-1])
        account.queue.clear()

    started = time.process_time()
    for person in people:
        person.start()
        await deliver()
        press = person.click("Да", chat=account)
        await deliver()
        if press.text != "Спасибо":
            msg = "the conversation went wrong"
            raise RuntimeError(msg)
    spent = time.process_time() - started
    session = _Canned(emulator)
    session.answers = {call.method: call.result for call in emulator.log.calls}
    alone = Bot(account.token, session=session)
    started = time.process_time()
    for update in updates:
        await dispatcher.feed_raw_update(alone, update)
    return spent, time.process_time() - started


async def _converse_plainly(conversations: int) -> float:
    """Hold so many conversations with a bot that makes plain calls; return CPU seconds."""
    emulator = Emulator()
    town = Town(emulator)
    account = town.bot("Opora", "opora_bot")
    people = [town.person(f"Person {number}") for number in range(conversations)]

    async def deliver() -> None:
        for queued in account.queue.pending():
            update = queued.as_json()
            if "message" in update:
                await emulator.call(
                    account.token,
                    "sendMessage",
                    {
                        "chat_id": update["message"]["chat"]["id"],
                        "text": "Здравствуйте! <b>Начнём?</b>",
                        "parse_mode": "HTML",
                        "reply_markup": KEYBOARD,
                    },
                )
                continue
            query = update["callback_query"]
            place = {
                "chat_id": query["message"]["chat"]["id"],
                "message_id": query["message"]["message_id"],
            }
            edit = {**place, "text": "Хорошо, начинаем."}
            await emulator.call(account.token, "editMessageText", edit)
            answer = {"callback_query_id": query["id"], "text": "Спасибо"}
            await emulator.call(account.token, "answerCallbackQuery", answer)
        account.queue.clear()

    started = time.process_time()
    for person in people:
        person.start()
        await deliver()
        press = person.click("Да", chat=account)
        await deliver()
        if press.text != "Спасибо":
            msg = "the conversation went wrong"
            raise RuntimeError(msg)
    return time.process_time() - started


def measure(conversations: int = 1000) -> dict[str, float]:
    """Return conversations per CPU second: the emulator's (with its `goal`), with aiogram, and of aiogram alone."""
    asyncio.run(_converse(WARM_UP))
    gc.collect()
    gc.freeze()  # aiogram's models stay for ever: the collector need not look at them again and again
    rounds = [asyncio.run(_converse(conversations)) for _ in range(ROUNDS)]
    plain = min(asyncio.run(_converse_plainly(conversations)) for _ in range(ROUNDS))
    gc.unfreeze()
    spent, alone = min(one for one, _ in rounds), min(one for _, one in rounds)
    return {
        "conversations_per_cpu_s": round(conversations / plain, 1),
        "with_aiogram_per_cpu_s": round(conversations / spent, 1),
        "aiogram_alone_per_cpu_s": round(conversations / alone, 1),
        "ratio": round(alone / plain, 3),
        "with_aiogram_ratio": round(alone / spent, 3),
        "goal": GOAL,
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name}: {value}")
