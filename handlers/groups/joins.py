"""Coming in and going out: join requests, arrivals, departures, migration of the chat."""

from __future__ import annotations

import logging
from contextlib import suppress

from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.filters import JOIN_TRANSITION, LEAVE_TRANSITION, ChatMemberUpdatedFilter
from aiogram.types import (
    CallbackQuery,
    ChatJoinRequest,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from aiogram.utils.deep_linking import create_start_link

from community.actions import Action
from community.arrivals import Arrivals, Newcomer
from community.join_requests import JoinRequests
from community.joining import Gate
from community.model import TopicState
from community.places import Places
from core.clock import Clock
from core.ids import TelegramId
from handlers.actor import Actor
from handlers.filters import Data, Group, Has
from handlers.guard import may
from texts.keys import Key
from texts.say import Texts

logger = logging.getLogger(__name__)

TOLD = {
    Gate.ASK: "community-join-ask-consent",
    Gate.QUEUE: "community-join-pending",
    Gate.DECLINE: "community-join-declined",
}
"""What the person who knocks is told in private."""


def router() -> Router:
    """Build the router of arrivals."""
    routes = Router(name="groups.joins")
    routes.chat_join_request.register(on_join_request)
    routes.chat_member.register(on_arrival, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    routes.chat_member.register(on_departure, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    routes.my_chat_member.register(on_bot_standing, Group())
    routes.message.register(on_service_join, Has("new_chat_members"))
    routes.message.register(on_service_leave, Has("left_chat_member"))
    routes.message.register(on_migration, Has("migrate_to_chat_id"))
    routes.message.register(on_topic_closed, Has("forum_topic_closed"))
    routes.message.register(on_topic_reopened, Has("forum_topic_reopened"))
    routes.callback_query.register(on_settle, Data("join:"), may(Action.JOIN_DECIDE))
    return routes


async def on_join_request(
    request: ChatJoinRequest, join_requests: JoinRequests, bot: Bot, clock: Clock, texts: Texts
) -> None:
    """Answer a request to join. A query must be answered in time whatever follows (M51)."""
    chat, asker, name = (
        request.chat.id,
        TelegramId(request.from_user.id),
        request.from_user.full_name,
    )
    by_query = request.query_id is not None
    decision = await join_requests.knock(chat, asker, clock.now(), by_query=by_query, name=name)
    if request.query_id is not None:
        result = "queue" if decision.gate is Gate.ASK else decision.gate.value
        try:
            await bot.answer_chat_join_request_query(
                chat_join_request_query_id=request.query_id, result=result
            )
        except TelegramAPIError:
            logger.info("join query not answered", extra={"chat": chat})
            await join_requests.too_late(chat, asker, name, clock.now())
    if (key := TOLD.get(decision.gate)) is not None:
        asks = decision.gate is Gate.ASK
        told = await _tell(request, bot, texts, key, with_start=asks)
        if asks and not told:
            await join_requests.out_of_reach(chat, asker, name)


async def _tell(
    request: ChatJoinRequest, bot: Bot, texts: Texts, key: str, *, with_start: bool
) -> bool:
    """Write to the asker in the five minutes Telegram allows it; False at a closed door (M51 M56)."""
    language = texts.language(request.from_user.language_code)
    markup = None
    if with_start:
        link = await create_start_link(bot, "join")
        label = texts.plain(language, "start-button")
        markup = InlineKeyboardMarkup(
            inline_keyboard=[[InlineKeyboardButton(text=label, url=link)]]
        )
    words = texts.say_by_name(language, key, {})
    try:
        await bot.send_message(request.user_chat_id, words, parse_mode="HTML", reply_markup=markup)
    except TelegramAPIError:
        logger.info("asker not reached", extra={"chat": request.chat.id})
        return False
    return True


async def on_arrival(event: ChatMemberUpdated, arrivals: Arrivals, clock: Clock) -> None:
    """Greet who came in, however they came."""
    user = event.new_chat_member.user
    if not user.is_bot:
        newcomer = Newcomer(TelegramId(user.id), user.first_name)
        await arrivals.arrived(event.chat.id, [newcomer], clock.now())


async def on_departure(event: ChatMemberUpdated, arrivals: Arrivals, clock: Clock) -> None:
    """Remember who left or was put out."""
    await arrivals.departed(
        event.chat.id,
        TelegramId(event.new_chat_member.user.id),
        clock.now(),
        banned=event.new_chat_member.status == "kicked",
    )


async def on_bot_standing(event: ChatMemberUpdated, places: Places, clock: Clock) -> None:
    """Note that the bot itself was put out or taken back."""
    away = event.new_chat_member.status in {"left", "kicked"}
    await places.removed(event.chat.id, clock.now(), back=not away)


async def on_service_join(message: Message, arrivals: Arrivals, clock: Clock) -> None:
    """Process every name of a join message, then remove it (M54)."""
    newcomers = [
        Newcomer(TelegramId(user.id), user.first_name)
        for user in message.new_chat_members or []
        if not user.is_bot
    ]
    await arrivals.arrived(
        message.chat.id, newcomers, clock.now(), service_message=message.message_id
    )


async def on_service_leave(message: Message, arrivals: Arrivals) -> None:
    """Remove a leave message (M54)."""
    await arrivals.tidy(message.chat.id, message.message_id)


async def on_migration(message: Message, places: Places) -> None:
    """Follow the chat to its new id."""
    if message.migrate_to_chat_id is not None:
        await places.migrated(message.chat.id, message.migrate_to_chat_id)


async def on_topic_closed(message: Message, places: Places, clock: Clock) -> None:
    """Write elsewhere while a topic is closed (M61)."""
    await places.topic_changed(
        message.chat.id, message.message_thread_id or 1, TopicState.CLOSED, clock.now()
    )


async def on_topic_reopened(message: Message, places: Places, clock: Clock) -> None:
    """Write to the topic again."""
    await places.topic_changed(
        message.chat.id, message.message_thread_id or 1, TopicState.OPEN, clock.now()
    )


async def on_settle(
    query: CallbackQuery, join_requests: JoinRequests, actor: Actor, clock: Clock, texts: Texts
) -> None:
    """Let a moderator decide on a waiting request: `join:<yes|no>:<chat>:<telegram id>`."""
    _, verdict, chat, telegram_id = (query.data or "").split(":")
    await join_requests.settle(
        int(chat), TelegramId(int(telegram_id)), actor.id, clock.now(), approve=verdict == "yes"
    )
    await query.answer(texts.plain(actor.language, "done-alert"))
    key: Key = "community-join-card-yes" if verdict == "yes" else "community-join-card-no"
    if isinstance(query.message, Message):
        decided = texts.say(actor.language, key, who=query.from_user.full_name)
        with suppress(TelegramBadRequest):
            await query.message.edit_text(
                f"{query.message.html_text}\n\n{decided}", parse_mode="HTML"
            )
