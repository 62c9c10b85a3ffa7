"""The buttons under the hint that a message belongs elsewhere; only its author may press them (M63)."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.actor import Actor
from handlers.filters import Data
from handlers.forms import number
from moderation.moving import Moving
from texts.say import Texts


def router() -> Router:
    """Build the router."""
    routes = Router(name="groups.moves")
    routes.callback_query.register(on_move, Data("move:yes:", "move:no:"))
    return routes


async def on_move(query: CallbackQuery, actor: Actor, moving: Moving, texts: Texts) -> None:
    """Move the message or leave it: `move:<yes|no>:<message>`."""
    if query.message is None:
        return
    await moving.move(
        query.message.chat.id,
        number(query.data),
        query.message.message_id,
        actor.telegram_id,
        name=query.from_user.full_name,
        yes=(query.data or "").startswith("move:yes:"),
    )
    await query.answer(texts.plain(actor.language, "done-alert"))
