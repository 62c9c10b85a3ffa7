"""The first meeting in private: /start, language, consents, child by month and year, home."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from community.first_steps import FirstSteps
from consent.purposes import purpose_of
from consent.record import Evidence
from consent.service import Consents
from core.clock import Clock
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.parents.screens import Screens, ages
from texts.keys import Key
from texts.say import Texts


def router() -> Router:
    """Make the router of the first steps."""
    routes = Router(name="parents.first_steps")
    routes.message.register(on_start, Private(), CommandStart())
    routes.message.register(on_menu, Private(), Command("menu"))
    routes.callback_query.register(on_language, Private(), Data("fs:lang:"))
    routes.callback_query.register(on_answer, Private(), Data("fs:yes:", "fs:no:"))
    routes.callback_query.register(on_year, Private(), Data("fs:year:"))
    routes.callback_query.register(on_month, Private(), Data("fs:month:"))
    routes.callback_query.register(on_skip, Private(), Data("fs:skip"))
    return routes


async def on_start(
    message: Message,
    command: CommandObject,
    actor: Actor,
    steps: FirstSteps,
    screens: Screens,
    texts: Texts,
) -> None:
    """Meet a person; a deep link is redeemed once."""
    known = actor.person is not None and actor.person.started_at is not None
    person, linked = await steps.start(message.chat.id, actor.language, command.args or "")
    if not linked:
        await message.answer(texts.say(person.language, "link-expired"))
    if known:
        await message.answer(texts.say(person.language, "returning"))
    await screens.show(message.chat.id, person.id)


async def on_menu(message: Message, actor: Actor, screens: Screens) -> None:
    """Show where the person is."""
    if actor.person is not None:
        await screens.show(message.chat.id, actor.id)


async def on_language(
    query: CallbackQuery, actor: Actor, steps: FirstSteps, screens: Screens, texts: Texts
) -> None:
    """Keep the language."""
    language = texts.language(last(query))
    await steps.choose_language(actor.id, language)
    await settle(query, texts.plain(language, "language-saved"))
    await screens.show(query.from_user.id, actor.id)


async def on_answer(
    query: CallbackQuery, actor: Actor, consents: Consents, screens: Screens, texts: Texts
) -> None:
    """Take "agree" or "decline" to the version that was shown."""
    _, verdict, purpose, version = (query.data or "").split(":")
    receipt = await consents.answer(
        actor.id,
        purpose_of(purpose),
        grant=verdict == "yes",
        version=int(version),
        evidence=evidence(query),
    )
    key: Key = "saved-alert" if not receipt.already else "button-stale-alert"
    await settle(query, texts.plain(actor.language, key))
    await screens.show(query.from_user.id, actor.id)


async def on_year(query: CallbackQuery, actor: Actor, screens: Screens) -> None:
    """Ask for the month of the year chosen."""
    await query.answer()
    await screens.ask_month(query.from_user.id, actor, int(last(query)))


async def on_month(
    query: CallbackQuery,
    actor: Actor,
    steps: FirstSteps,
    screens: Screens,
    texts: Texts,
    clock: Clock,
    bot: Bot,
) -> None:
    """Add the child and come home."""
    _, cohort = await steps.add_child(actor.id, last(query), actor.zone, evidence(query))
    await settle(query, texts.plain(actor.language, "saved-alert"))
    words = ages(texts, actor.language, last(query), cohort, clock.now().astimezone(actor.zone))
    await bot.send_message(query.from_user.id, words)
    await screens.show(query.from_user.id, actor.id)


async def on_skip(
    query: CallbackQuery, actor: Actor, steps: FirstSteps, screens: Screens, texts: Texts
) -> None:
    """Go on without a child."""
    await steps.skip_child(actor.id)
    await settle(query, texts.plain(actor.language, "done-alert"))
    await screens.show(query.from_user.id, actor.id)


def evidence(query: CallbackQuery) -> Evidence:
    """Name the press that carries an answer."""
    message = query.message.message_id if query.message is not None else None
    return Evidence(chat=query.from_user.id, message=message, callback=query.id)


def last(query: CallbackQuery) -> str:
    """Read the last part of the callback data."""
    return (query.data or "").rsplit(":", 1)[-1]


async def settle(query: CallbackQuery, words: str) -> None:
    """Answer a press and take the buttons away, so that what was shown stays and is answered once."""
    await query.answer(words[:200])
    if isinstance(query.message, Message) and query.message.reply_markup is not None:
        await query.message.edit_reply_markup(reply_markup=None)
