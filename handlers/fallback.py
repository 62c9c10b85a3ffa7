"""The last router: what no other handler took."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.actor import Actor
from handlers.filters import Private
from texts.say import Texts


def router() -> Router:
    """Make the router; it must be included last."""
    routes = Router(name="fallback")
    routes.callback_query.register(on_stale_button)
    routes.message.register(on_anything, Private())
    return routes


async def on_stale_button(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Tell politely that a button is of no use any more (L98)."""
    await query.answer(texts.plain(actor.language, "button-stale-alert"), show_alert=True)


async def on_anything(message: Message, actor: Actor, texts: Texts) -> None:
    """Point to the menu; somebody who has not begun begins here."""
    if actor.person is None or actor.person.stage != "done":
        await message.answer(texts.say(actor.language, "start-first"))
        return
    await message.answer(texts.say(actor.language, "menu-hint"))
