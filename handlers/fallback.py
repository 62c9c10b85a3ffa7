"""The last router: what no other handler took."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.actor import Actor
from handlers.filters import Private
from handlers.guard import was_denied
from handlers.keyboards import inline
from texts.say import Texts


def router() -> Router:
    """Make the router; it must be included last."""
    routes = Router(name="fallback")
    routes.callback_query.register(on_stale_button)
    routes.message.register(on_anything, Private())
    return routes


async def on_stale_button(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Tell politely that a button is of no use any more (L98)."""
    if not was_denied(query):
        await query.answer(texts.plain(actor.language, "button-stale-alert"), show_alert=True)


async def on_anything(message: Message, actor: Actor, texts: Texts) -> None:
    """Point to the menu; somebody who has not begun begins here. What is pinned or paid is no word to answer."""
    if was_denied(message) or message.content_type in SERVICE:
        return
    language = actor.language
    if actor.person is None or actor.person.stage != "done":
        await message.answer(texts.say(language, "start-first"))
        return
    menu = inline([[(texts.plain(language, "menu-button"), "menu:home")]])
    await message.answer(texts.say(language, "menu-hint"), reply_markup=menu)


SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "write_access_allowed",
        "chat_background_set",
    }
)
"""What Telegram writes into a private chat by itself."""
