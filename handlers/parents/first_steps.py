"""The first meeting in private: /start, language, consents, child by month and year, home."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from community.first_steps import FirstSteps, Step
from consent.purposes import purpose_of
from consent.record import Evidence
from consent.service import Consents
from core.clock import Clock
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.parents.home_screen import number, put
from handlers.parents.screens import Screens, ages
from texts.keys import Key
from texts.say import Texts


def router() -> Router:
    """Make the router of the first steps."""
    routes = Router(name="parents.first_steps")
    routes.message.register(on_start, Private(), CommandStart())
    routes.callback_query.register(on_language, Private(), Data("fs:lang:"))
    routes.callback_query.register(on_answer, Private(), Data("fs:yes:", "fs:no:"))
    routes.callback_query.register(on_years, Private(), Data("fs:years"))
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
    person, linked = await steps.start(message.chat.id, actor.language, command.args or "")
    if not linked:
        await message.answer(texts.say(person.language, "link-expired"))
    await screens.show(message.chat.id, person.id)


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


async def on_years(query: CallbackQuery, actor: Actor, steps: FirstSteps, screens: Screens) -> None:
    """Ask for the year again."""
    where = await steps.where(actor.id)
    back = "menu:children" if where.step is Step.HOME else ""
    await put(query, *screens.year(where, back))


async def on_year(query: CallbackQuery, actor: Actor, screens: Screens) -> None:
    """Ask for the month of the year chosen."""
    count, year = number(query.data, 2), number(query.data, 3)
    await put(query, *screens.month(actor, count, year))


async def on_month(
    query: CallbackQuery,
    actor: Actor,
    steps: FirstSteps,
    screens: Screens,
    texts: Texts,
    clock: Clock,
) -> None:
    """Add the child; the first one ends the first meeting."""
    before = await steps.where(actor.id)
    after = number(query.data, 2)
    born = last(query)
    child, cohort = await steps.add_child(actor.id, born, actor.zone, evidence(query), after=after)
    words = ages(texts, actor.language, born, cohort, clock.now().astimezone(actor.zone))
    name = (texts.plain(actor.language, "home-child-name-add-button"), f"kid:name:{child}")
    menu = (texts.plain(actor.language, "menu-button"), "menu:home")
    await put(query, words, [[name, menu]], texts.plain(actor.language, "saved-alert"))
    if before.step is Step.CHILD:
        await screens.finish(query.from_user.id, actor.id)


async def on_skip(
    query: CallbackQuery, actor: Actor, steps: FirstSteps, screens: Screens, texts: Texts
) -> None:
    """Go on without a child."""
    await steps.skip_child(actor.id)
    await settle(query, texts.plain(actor.language, "done-alert"))
    await screens.finish(query.from_user.id, actor.id)


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
