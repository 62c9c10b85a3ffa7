"""Votes for questions of a session, taken from the update as Telegram sent it.

In a live hour a thousand people press one button in the same seconds. A press is not decoded and passes no filter of
the other handlers: it joins the next commit of the ballot box and is answered (`bench.community` measures it).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from community.ama.asking import Asking
from community.ama.model import Vote
from texts.markup import visible
from texts.say import Texts

logger = logging.getLogger(__name__)

PREFIXES = ("ama:v:", "ama:too:")
"""Callback data of the list of questions, and of the question on stage."""

LONGEST_NUMBER = 18
"""Digits a database key can have: a forged longer one would break the commit it shares with everybody else's votes."""
WORDS = {
    Vote.COUNTED: "ama-vote-counted-alert",
    Vote.AGAIN: "ama-vote-again-alert",
    Vote.CLOSED: "ama-vote-closed-alert",
    Vote.STRANGER: "ama-vote-stranger-alert",
}


def is_vote(update: Mapping[str, Any]) -> bool:
    """Tell whether a raw update is the press of a vote."""
    query = update.get("callback_query")
    data = query.get("data") if isinstance(query, Mapping) else None
    return isinstance(data, str) and data.startswith(PREFIXES)


class Votes:
    """Takes presses of votes; everything else is left to the others."""

    def __init__(self, asking: Asking, bot: Bot, texts: Texts) -> None:
        self._asking = asking
        self._bot = bot
        self._texts = texts
        self._words: dict[tuple[str, str], str] = {}

    async def __call__(self, update: Mapping[str, Any]) -> bool:
        """Count a vote and answer its press; False for any other update. A forged number is no vote."""
        if not is_vote(update):
            return False
        query = update["callback_query"]
        number = query["data"].rsplit(":", 1)[-1]
        if not number.isdecimal() or len(number) > LONGEST_NUMBER:
            return False
        voter = query["from"]
        try:
            cast = await self._asking.vote(int(number), voter["id"])
        except Exception:
            await self._answer(query["id"], self._say(voter.get("language_code"), "apology"))
            raise
        language = cast.language or voter.get("language_code")
        await self._answer(
            query["id"], self._say(language, f"ama-vote-{cast.vote}-alert"), cast.vote
        )
        return True

    async def _answer(self, press: str, words: str, vote: Vote | None = None) -> None:
        alert = vote is Vote.STRANGER or None
        try:
            await self._bot.answer_callback_query(press, words, show_alert=alert)
        except TelegramBadRequest:
            # Pressed before a long halt: the vote is stored, nobody waits for the answer any more.
            logger.info("press too old to answer")

    def _say(self, code: str | None, key: str) -> str:
        """Say ready words; there are a handful, so they are kept."""
        language = self._texts.language(code)
        if (language, key) not in self._words:
            self._words[language, key] = visible(self._texts.say_by_name(language, key, {}))
        return self._words[language, key]
