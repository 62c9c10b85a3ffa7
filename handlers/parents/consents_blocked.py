"""Blocking the bot is a stop like any other; who comes back finds it so and turns everything on by one tap (L117)."""

from __future__ import annotations

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated

from consent.centre import Centre
from consent.record import Evidence
from consent.service import Consents
from handlers.actor import Actor
from handlers.filters import Private
from handlers.keyboards import inline
from texts.say import Texts

BLOCKED = "blocked"
"""The cause in the ledger."""


def router() -> Router:
    """Make the router."""
    routes = Router(name="parents.consents_blocked")
    routes.my_chat_member.register(on_standing, Private())
    return routes


async def on_standing(
    event: ChatMemberUpdated, actor: Actor, consents: Consents, centre: Centre, texts: Texts
) -> None:
    """Take a block as a stop, without a word; greet whoever unblocks."""
    if actor.person is None:
        return
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        await consents.stop(actor.id, evidence=Evidence(chat=event.chat.id), cause=BLOCKED)
        await centre.reached(actor.id, "blocked")
        return
    await centre.reached(actor.id, "active")
    receipt = await centre.stopped_by(actor.id, BLOCKED)
    if receipt is not None:
        rows = [[(texts.plain(actor.language, "undo-button"), f"c:undo:{receipt}")]]
        words = texts.say(actor.language, "consent-back-after-block")
        await event.answer(words, reply_markup=inline(rows))
