"""Phone, e-mail or full birth date typed into the private chat: not stored, asked to be removed, a form offered."""

from __future__ import annotations

import logging

from aiogram import Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Filter
from aiogram.types import Message
from typing_extensions import override

from consent.links import LinkKind, Links
from consent.typed import holds_personal_data
from core.clock import Clock
from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Private
from handlers.forms import Filling, RepliesTo
from handlers.parents.mentors import WRITING
from texts.say import Texts

logger = logging.getLogger(__name__)


class HoldsPersonalData(Filter):
    """A message with a phone, an e-mail, a full birth date, or a shared contact."""

    @override
    async def __call__(self, message: Message) -> bool:
        return message.contact is not None or holds_personal_data(
            message.text or message.caption or ""
        )


def router() -> Router:
    """Make the router; it stands before whatever keeps words of parents.

    What is written to a mentor is carried on without contacts and never kept, so it is left to the relay.
    """
    routes = Router(name="parents.consents_typed")
    carried = (RepliesTo("men:write:"), Filling(WRITING))
    routes.message.register(
        on_personal_data, Private(), HoldsPersonalData(), *(~each for each in carried)
    )
    return routes


async def on_personal_data(
    message: Message, actor: Actor, links: Links, public_url: str, texts: Texts, clock: Clock
) -> None:
    """Take the message away where Telegram lets us, and point to the school's own form."""
    if actor.person is None:
        raise Refusal("person.unknown")
    language = actor.language
    removed = texts.say(language, "consent-typed-gone")
    try:
        await message.delete()
    except TelegramAPIError:
        logger.info("message not deleted", extra={"chat": message.chat.id})
        removed = texts.say(language, "consent-typed-stays")
    words = texts.say(language, "consent-typed-data-nowhere", removed=removed)
    if public_url:
        link = f"{public_url}/form/{links.make(LinkKind.FORM, actor.id, clock.now())}"
        words = texts.say(language, "consent-typed-data", link=link, removed=removed)
    await message.answer(words, parse_mode="HTML")
