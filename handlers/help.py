"""`/help`: what each role can do here, the parent's part first."""

from __future__ import annotations

from collections.abc import Mapping

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from core.roles import Role
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.parents import home_view as view
from handlers.parents.home_screen import put
from texts.keys import Key
from texts.markup import Markup
from texts.say import Texts

PARTS: Mapping[Role, Key] = {
    Role.MENTOR: "help-mentor",
    Role.EXPERT: "help-expert",
    Role.MODERATOR: "help-moderator",
    Role.ADMIN: "help-admin",
    Role.OWNER: "help-admin",
}
"""Parts beyond the parent's own, in the order they are shown."""


def router() -> Router:
    """Make the router."""
    routes = Router(name="help")
    routes.message.register(on_help, Command("help"))
    routes.callback_query.register(on_help_button, Private(), Data("menu:help"))
    return routes


async def on_help(message: Message, actor: Actor, texts: Texts) -> None:
    """Say what can be done; in a group only the parent's part, because everybody reads it."""
    if message.chat.type != "private":
        await message.reply(texts.say(actor.language, "help-parent"))
        return
    await put(message, _help(actor, texts), [view.back(texts, actor.language)])


async def on_help_button(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Say what can be done, in place of the menu."""
    await put(query, _help(actor, texts), [view.back(texts, actor.language)])


def _help(actor: Actor, texts: Texts) -> Markup:
    keys: dict[Key, None] = {"help-parent": None}
    keys |= {key: None for role, key in PARTS.items() if role in actor.roles}
    return Markup("\n\n").join(texts.say(actor.language, key) for key in keys)
