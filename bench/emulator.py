"""How many conversations the emulator carries in one process.

A conversation is two updates and three API calls through a real aiogram dispatcher: a person opens the bot and gets
a message with a keyboard, presses a button, the bot edits the message and answers the press.
"""

import asyncio
import time

from aiogram import Bot, Dispatcher
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from emulator.actors import Town
from emulator.api import Emulator
from emulator.session import EmulatorSession

GOAL = 1500.0
"""Conversations in a CPU-second of one core: a busy machine changes nothing."""
WARM_UP = 200


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


async def _converse(conversations: int) -> float:
    """Hold so many conversations, each with another person, and return the CPU seconds they took."""
    emulator = Emulator()
    town = Town(emulator)
    account = town.bot("Opora", "opora_bot")
    bot = Bot(account.token, session=EmulatorSession(emulator))
    dispatcher = _dispatcher()
    people = [town.person(f"Person {number}") for number in range(conversations)]

    async def deliver() -> None:
        for update in account.queue.pending():
            await dispatcher.feed_raw_update(bot, update.as_json())
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


def measure(conversations: int = 3000) -> dict[str, float]:
    """Return `conversations_per_cpu_s` and `goal`."""
    asyncio.run(_converse(WARM_UP))
    seconds = asyncio.run(_converse(conversations))
    return {"conversations_per_cpu_s": round(conversations / seconds, 1), "goal": GOAL}


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name}: {value}")
