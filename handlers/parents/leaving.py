"""Three questions on leaving, a button each or in words; none needs an answer, none persuades (R329-R333)."""

from __future__ import annotations

from typing import cast

from aiogram.types import Message

from consent.privacy import LEAVING
from handlers.keyboards import grid, inline
from texts.keys import Key
from texts.say import Texts

QUESTIONS = tuple(LEAVING)
WORDS = "survey.leave"
"""Kind of the form in which a question is answered in words."""


async def ask(question: str, message: Message, language: str, texts: Texts) -> None:
    """Ask one question."""
    buttons = [
        (
            texts.plain(language, cast("Key", f"leave-{question}-{each.replace('_', '-')}")),
            f"p:why:{question}:{each}",
        )
        for each in LEAVING[question]
    ]
    last = [
        (texts.plain(language, "leave-words-button"), f"p:words:{question}"),
        (texts.plain(language, "skip-button"), f"p:why:{question}:skip"),
    ]
    words = texts.say(language, cast("Key", f"consent-leave-question-{question}"))
    await message.answer(words, reply_markup=inline([*grid(buttons, 2), last]))


async def after(question: str, message: Message, language: str, texts: Texts) -> None:
    """Ask the question that follows; after the last one, thank and leave the door open."""
    following = QUESTIONS[QUESTIONS.index(question) + 1 :]
    if following:
        await ask(following[0], message, language, texts)
    else:
        await message.answer(texts.say(language, "leave-thanks"))
