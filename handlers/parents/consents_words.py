"""Words by which people ask to be left alone, in any case and with any punctuation."""

from __future__ import annotations

import re

from aiogram.filters import Filter
from aiogram.types import Message
from typing_extensions import override

STOP_WORDS = frozenset(
    {
        "стоп",
        "stop",
        "отпишите",
        "отпишите меня",
        "отписаться",
        "отписка",
        "отпиши",
        "отпиши меня",
        "хватит писать",
        "не пишите",
        "не пишите мне",
        "не присылайте",
        "не присылайте больше",
        "больше не пишите",
        "прекратите рассылку",
        "unsubscribe",
        "unsubscribe me",
        "stop messages",
        "opt out",
    }
)
_NOISE = re.compile(r"[^\w\s]|_")
LONGEST = 40
"""Characters; a longer message is about something else."""


class StopWord(Filter):
    """A whole message that says "stop"."""

    @override
    async def __call__(self, message: Message) -> bool:
        return says_stop(message.text or "")


def says_stop(text: str) -> bool:
    """Tell whether a text says nothing but "stop" ("Стоп!", "отпишите меня, пожалуйста")."""
    if len(text) > LONGEST:
        return False
    words = _NOISE.sub(" ", text.lower()).replace("ё", "е").split()
    return " ".join(word for word in words if word not in _POLITE) in STOP_WORDS


_POLITE = frozenset({"пожалуйста", "плиз", "please", "спасибо", "уже", "thanks"})
