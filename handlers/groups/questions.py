"""Questions in topics: noticed, so that none stays unheard; replies to them end the wait."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, ReactionTypeEmoji
from typing_extensions import override

from community.questions.model import looks_like_question
from community.questions.service import Questions
from core.clock import Clock
from core.ids import ChatId
from core.roles import Role
from handlers.actor import Actor
from handlers.filters import Data, Group
from handlers.forms import RepliesTo, number, reply_of
from texts.say import Texts

MENTOR_MARK = ReactionTypeEmoji(emoji="🤝")
"""The bot's reaction under a mentor's answer, beside the mentor's tag; one of those every chat has by default."""


def router() -> Router:
    """Build the router of questions in topics."""
    routes = Router(name="groups.questions")
    routes.message.register(on_reply_to_ours, Group(), RepliesTo("q:me:"))
    routes.message.register(on_reply, Group(), RepliesToQuestion())
    routes.message.register(on_question, Group(), AsksSomething())
    routes.callback_query.register(on_me_too, Data("q:me:"))
    return routes


def topic_of(message: Message) -> int | None:
    """Tell the topic a message stands in: None in General (M59), and a thread of comments is none (M65)."""
    return message.message_thread_id if message.is_topic_message else None


def answered_message(message: Message) -> Message | None:
    """Tell what a message really replies to: the opening of its topic is what Telegram puts in by itself (M60)."""
    replied = message.reply_to_message
    return None if replied is None or replied.forum_topic_created is not None else replied


class AsksSomething(Filter):
    """A person's own words that ask for an answer; costs no look at the database."""

    @override
    async def __call__(self, message: Message) -> bool:
        if message.from_user is None or message.from_user.is_bot or message.sender_chat is not None:
            return False
        text = message.text or message.caption or ""
        return answered_message(message) is None and looks_like_question(text)


class RepliesToQuestion(Filter):
    """A reply to somebody's question, by the words replied to; hands over its message id as `asked`."""

    @override
    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        replied = answered_message(message)
        if replied is None or not looks_like_question(replied.text or replied.caption or ""):
            return False
        return {"asked": replied.message_id}


async def on_question(message: Message, questions: Questions, clock: Clock) -> None:
    """Note a question."""
    if message.from_user is not None:
        await questions.noticed(
            ChatId(message.chat.id),
            topic_of(message),
            message.message_id,
            telegram_id=message.from_user.id,
            text=message.text or message.caption or "",
            now=clock.now(),
        )


async def on_reply(
    message: Message, asked: int, actor: Actor, bot: Bot, questions: Questions, clock: Clock
) -> None:
    """Note that somebody replied; a mentor's answer is marked for everybody to see."""
    if message.from_user is None:
        return
    chat = ChatId(message.chat.id)
    await questions.replied(chat, asked, message.from_user.id, clock.now())
    if Role.MENTOR in actor.roles:
        # A chat may forbid reactions; the answer stands all the same.
        with suppress(TelegramBadRequest):
            await bot.set_message_reaction(chat, message.message_id, [MENTOR_MARK])


async def on_reply_to_ours(message: Message, ref: int, questions: Questions, clock: Clock) -> None:
    """Carry a reply to a question without a name to the one who asked."""
    if message.from_user is not None:
        await questions.answered_for_asker(
            ref, reply_of(message), message.from_user.id, clock.now()
        )


async def on_me_too(query: CallbackQuery, actor: Actor, questions: Questions, texts: Texts) -> None:
    """Count one more who would like to know."""
    counted = await questions.me_too(number(query.data), query.from_user.id)
    words = texts.plain(actor.language, "done-alert" if counted else "questions-counted-alert")
    await query.answer(words)
