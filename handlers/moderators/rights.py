"""Rights of commands in groups: roles, and administrators who write as the group itself."""

from __future__ import annotations

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    CallbackQuery,
    EphemeralMessageParameters,
    InlineKeyboardMarkup,
    Message,
    TelegramObject,
)
from typing_extensions import override

from handlers.actor import Actor
from handlers.filters import GROUPS
from handlers.guard import May
from texts.markup import Markup
from texts.say import Texts


class MayOrAnonymous(May):
    """Lets in who may, and anonymous administrators: Telegram lets nobody else write as the group (M40)."""

    @override
    async def __call__(
        self, event: TelegramObject, actor: Actor | None = None, texts: Texts | None = None
    ) -> bool:
        """Pass when the table grants it or the group itself speaks."""
        if isinstance(event, Message) and is_anonymous(event):
            return True
        return await super().__call__(event, actor, texts)


def is_anonymous(message: Message) -> bool:
    """Tell whether a message was written as the group itself."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def actor_id(message: Message, actor: Actor) -> int:
    """Name who acts: a Telegram id, or the group's id for an anonymous administrator."""
    return message.chat.id if is_anonymous(message) else actor.telegram_id


async def tell(
    message: Message,
    bot: Bot,
    words: Markup,
    markup: InlineKeyboardMarkup | None = None,
    *,
    openly: bool = False,
) -> None:
    """Answer who commanded: alone in a community, `openly` in the staff forum, and in private.

    The answer stays in the topic of the command (M62).
    """
    topic = message.message_thread_id if message.is_topic_message else None
    alone = message.chat.type in GROUPS and not openly
    if alone and message.from_user is not None and not is_anonymous(message):
        try:
            await bot.send_message(
                message.chat.id,
                words,
                message_thread_id=topic,
                reply_markup=markup,
                ephemeral_message_parameters=EphemeralMessageParameters(
                    receiver_user_id=message.from_user.id
                ),
            )
        except TelegramAPIError:
            pass
        else:
            return
    await bot.send_message(message.chat.id, words, message_thread_id=topic, reply_markup=markup)


def chat_of(query: CallbackQuery) -> int:
    """Tell the chat of a button, also under a message that is too old to be seen (M84)."""
    return query.message.chat.id if query.message is not None else query.from_user.id
