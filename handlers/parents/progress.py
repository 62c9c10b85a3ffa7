"""`/progress`: a picture of four weeks with a caption, and the same in words for those who cannot see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import time

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from core.clock import Clock
from core.errors import Refusal
from core.ids import ChildId
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import Button, inline
from handlers.parents import progress_words as words
from handlers.parents.home_screen import below, number
from scheduler.progress.card import Card
from scheduler.progress.view import ChildProgress, ProgressView
from texts.say import Texts

Picture = Callable[[Sequence[Card], time], bytes | None]
"""Draws cards in the colours of the reader's hour; None when this machine has no font for it."""
NAME = "progress.png"
MOST_CARDS = 6
"""Children of one picture: Telegram takes pictures whose sides add up to 10,000 pixels."""


def router() -> Router:
    """Make the router; it stands before the home, whose own answer is for schools without a platform."""
    routes = Router(name="parents.progress")
    routes.message.register(on_command, Private(), Command("progress"))
    routes.callback_query.register(
        on_progress, Private(), Data("menu:progress", "open:progress", "progress:picture")
    )
    routes.callback_query.register(on_words, Private(), Data("progress:text"))
    routes.callback_query.register(on_self, Private(), Data("progress:self:"))
    return routes


async def on_command(
    message: Message,
    actor: Actor,
    progress: ProgressView,
    picture: Picture,
    clock: Clock,
    texts: Texts,
) -> None:
    """Show the picture."""
    if actor.person is None:
        raise Refusal("person.unknown")
    assert message.bot is not None  # noqa: S101 - aiogram mounts it
    await _show(message.bot, actor, await progress.of(actor.id), picture, clock, texts)


async def on_progress(
    query: CallbackQuery,
    actor: Actor,
    progress: ProgressView,
    picture: Picture,
    clock: Clock,
    texts: Texts,
) -> None:
    """Show the picture below the message pressed."""
    await query.answer()
    assert query.bot is not None  # noqa: S101 - aiogram mounts it
    await _show(query.bot, actor, await progress.of(actor.id), picture, clock, texts)


async def on_words(
    query: CallbackQuery, actor: Actor, progress: ProgressView, texts: Texts
) -> None:
    """Say what the picture shows."""
    await query.answer()
    kids = await progress.of(actor.id)
    again = (texts.plain(actor.language, "progress-picture-button"), "progress:picture")
    await below(query, words.in_words(texts, actor.language, kids), [[again]])


async def on_self(query: CallbackQuery, actor: Actor, progress: ProgressView, texts: Texts) -> None:
    """Keep how the week was. Refuses `button.stale`."""
    child, answer = ChildId(number(query.data, 2)), (query.data or "").rsplit(":", 1)[-1]
    if not await progress.assess(actor.id, child, answer):
        raise Refusal("button.stale")
    await query.answer(texts.plain(actor.language, "progress-self-saved"))


async def _show(
    bot: Bot,
    actor: Actor,
    kids: Sequence[ChildProgress],
    picture: Picture,
    clock: Clock,
    texts: Texts,
) -> None:
    language = actor.language
    if not any(kid.overview.lessons for kid in kids):
        back: Button = (texts.plain(language, "back-button"), "menu:home")
        said = texts.say(language, "home-progress-none")
        await bot.send_message(actor.telegram_id, said, reply_markup=inline([[back]]))
        return
    cards = [words.card(texts, language, kid) for kid in kids[:MOST_CARDS]]
    hour = clock.now().astimezone(actor.zone).time()
    drawn = await asyncio.to_thread(picture, cards, hour)
    if drawn is None:
        await bot.send_message(actor.telegram_id, words.in_words(texts, language, kids))
    else:
        in_words: Button = (texts.plain(language, "progress-text-button"), "progress:text")
        await bot.send_photo(
            actor.telegram_id,
            BufferedInputFile(drawn, NAME),
            caption=words.caption(texts, language, kids),
            reply_markup=inline([[in_words]]),
        )
    if (asked := words.self_assessment(texts, language, kids)) is not None:
        question, rows = asked
        await bot.send_message(actor.telegram_id, question, reply_markup=inline(rows))
