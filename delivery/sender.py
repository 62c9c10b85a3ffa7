"""One call to Telegram for one claimed row, with the fallbacks that keep a message from being lost."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import ForumTopic, Message, MessageId

from core.clock import Clock
from core.effects import Effect, Kind, MessageClass, RowState
from core.ids import ChatId
from core.outgoing import OutboxRow, Outcome
from delivery.claimer import Parcel
from delivery.limiter import BOOKED
from delivery.methods import SPEAKING, as_method, ephemeral, message
from delivery.outcomes import Failure, Fate, classify, settle
from delivery.policy import SenderPolicy
from delivery.render import NothingToSay, Renderer, Words
from texts.say import MissingText

logger = logging.getLogger(__name__)

SELF_DELETE = 60
"""Seconds a notice that could only be shown to everybody stays."""
_NO_TOPIC = ("message thread not found", "topic_deleted")
_NO_PHOTO = ("wrong file identifier", "failed to get http url content", "photo_invalid")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a row's turn ended; `follow` are effects that come out of it."""

    row: OutboxRow
    chat: int
    outcome: Outcome
    failure: Failure | None = None
    follow: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Renders and calls. `now` comes from the clock, because the call itself takes time."""

    bot: Bot
    renderer: Renderer
    policy: SenderPolicy
    clock: Clock

    def words(self, parcel: Parcel) -> Words | Ending | None:
        """Render what speaks; a text that cannot be written ends the row before anything is handed over."""
        if parcel.row.kind not in SPEAKING:
            return None
        try:
            return self.renderer.words(parcel.row, parcel.audience)
        except NothingToSay:
            reason = "consent.personalisation" if parcel.audience.generic else "facts.missing"
            ended = Outcome(parcel.row.id, RowState.SUPPRESSED, self._now(), reason)
            return Ending(parcel.row, parcel.chat, ended)
        except MissingText:
            logger.exception("text missing", extra={"row": parcel.row.id})
            return self._failed(parcel, Failure(Fate.BROKEN, "template.missing"))

    async def send(self, parcel: Parcel, words: Words | None) -> Ending:
        """Make the call and tell how it ended; never raises but for cancellation."""
        token = BOOKED.set(True)
        try:
            return await self._attempt(parcel, words)
        except Exception as error:
            failure = classify(error)
            level = logging.ERROR if failure.reason == "sender.fault" else logging.INFO
            logger.log(
                level,
                "call failed",
                extra={"row": parcel.row.id, "fate": failure.fate, "reason": failure.reason},
                exc_info=error if level == logging.ERROR else None,
            )
            return self._failed(parcel, failure)
        finally:
            BOOKED.reset(token)

    async def _attempt(self, parcel: Parcel, words: Words | None) -> Ending:
        if parcel.row.kind is Kind.NOTICE and words is not None:
            return await self._notice(parcel, words)
        try:
            method = as_method(parcel.row, parcel.chat, words, self._now(), parcel.original)
        except (ValueError, KeyError):
            return self._failed(parcel, Failure(Fate.RETRY, "effect.incomplete"))
        try:
            return self._sent(parcel, await self.bot(method))
        except TelegramAPIError as error:
            other = _without(error, parcel, words)
            if other is None:
                raise
        return self._sent(parcel, await self.bot(other))

    async def _notice(self, parcel: Parcel, words: Words) -> Ending:
        """Tell one member: ephemeral, else in private, else for everybody and then deleted."""
        row, user = parcel.row, int(parcel.row.facts["user_id"])
        private = SendMessage(chat_id=user, text=words.html, parse_mode="HTML")
        for method in (ephemeral(row, parcel.chat, words), private):
            try:
                return self._sent(parcel, await self.bot(method))
            except TelegramAPIError as error:
                if classify(error).fate not in _TRY_ELSE:
                    raise
        shown = self._sent(parcel, await self.bot(message(row, parcel.chat, words, row.topic)))
        number = shown.outcome.message_id
        gone = Effect(
            key=f"{row.key}:gone",
            kind=Kind.DELETE,
            message_class=MessageClass.CONTROL,
            chat=ChatId(parcel.chat),
            facts={"message_ids": [number]},
            due=self._now() + timedelta(seconds=row.facts.get("self_delete", SELF_DELETE)),
        )
        return replace(shown, follow=(gone,))

    def _sent(self, parcel: Parcel, result: Any) -> Ending:
        outcome = Outcome(
            parcel.row.id,
            RowState.SENT,
            self._now(),
            message_id=_number(result),
            attempts=1,
        )
        return Ending(parcel.row, parcel.chat, outcome)

    def _failed(self, parcel: Parcel, failure: Failure) -> Ending:
        outcome = settle(parcel.row, failure, self._now(), self.policy)
        return Ending(parcel.row, parcel.chat, outcome, failure)

    def _now(self) -> datetime:
        return self.clock.now()


_TRY_ELSE = frozenset(
    {Fate.REFUSED, Fate.LOST, Fate.BLOCKED, Fate.DEACTIVATED, Fate.BROKEN, Fate.DONE}
)


def _without(
    error: TelegramAPIError, parcel: Parcel, words: Words | None
) -> TelegramMethod[Any] | None:
    """Find the poorer message that says the same: without the lost topic, or without the lost photo (L80)."""
    if parcel.row.kind is not Kind.MESSAGE or words is None:
        return None
    reason = error.message.lower()
    if parcel.row.topic is not None and any(part in reason for part in _NO_TOPIC):
        return message(parcel.row, parcel.chat, words)
    if words.photo and any(part in reason for part in _NO_PHOTO):
        return message(parcel.row, parcel.chat, replace(words, photo=""), parcel.row.topic)
    return None


def _number(result: Any) -> int | None:
    match result:
        case Message() if result.message_id:
            return result.message_id
        case Message():
            return result.ephemeral_message_id
        case MessageId():
            return result.message_id
        case ForumTopic():
            return result.message_thread_id
    return None
