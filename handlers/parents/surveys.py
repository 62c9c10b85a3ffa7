"""Words after a score: one message, kept without names, read by a person."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from community.forms import Forms
from community.model import Draft
from community.replies import Pressed
from community.surveys import DETRACTOR, Surveys
from handlers.actor import Actor
from handlers.filters import Private
from handlers.forms import Filling, number
from handlers.parents import leaving
from handlers.parents.home_screen import below
from texts.keys import Key
from texts.say import Texts

WORDS = "survey.words"


def router() -> Router:
    """Make the router; it masks what it keeps, so it stands before the one that takes personal data out of the chat."""
    routes = Router(name="parents.surveys")
    routes.message.register(on_words, Private(), Filling(WORDS, leaving.WORDS))
    return routes


async def ask_words(
    query: CallbackQuery, actor: Actor, pressed: Pressed, forms: Forms, now: datetime, texts: Texts
) -> None:
    """Ask for a sentence about the score that was just given; nothing is owed."""
    if pressed.again:
        return
    row = (query.data or "").split(":")[1]
    low = int(pressed.value) <= DETRACTOR
    await forms.start(actor.id, WORDS, str(number(row)), now)
    key: Key = "survey-words-low" if low else "survey-words-high"
    await below(query, texts.say(actor.language, key))


async def on_words(
    message: Message, *, draft: Draft, actor: Actor, surveys: Surveys, texts: Texts
) -> None:
    """Keep the words; say who reads them, or go on with the questions of somebody who leaves."""
    language = actor.language
    if message.text is None:
        await message.answer(texts.say(language, "text-please"))
    elif draft.kind == leaving.WORDS:
        await surveys.left(actor.id, draft.ref, message.text)
        await leaving.after(draft.ref, message, language, texts)
    else:
        ticket = await surveys.said(actor.id, int(draft.ref), message.text)
        key: Key = "survey-thanks-ticket" if ticket else "survey-thanks"
        await message.answer(texts.say(language, key))
