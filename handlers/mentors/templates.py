"""`/t`: ready words for mentors; nothing leaves with an empty place in it (M101)."""

from __future__ import annotations

from collections.abc import Mapping

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from community.actions import Action
from community.mentorship.templates import Template, check_filled, fill, read_values
from handlers.actor import Actor
from handlers.guard import may
from texts.markup import escape
from texts.say import Texts

Templates = Mapping[str, Mapping[str, Template]]
"""Templates by language and name."""


def router() -> Router:
    """Build the router of templates."""
    routes = Router(name="mentors.templates")
    routes.message.register(on_template, Command("t"), may(Action.TEMPLATE_USE))
    return routes


async def on_template(
    message: Message, command: CommandObject, actor: Actor, templates: Templates, texts: Texts
) -> None:
    """List the templates, or write one with its places filled: `/t name place=words; place=words`."""
    language = actor.language
    known = templates.get(language) or templates.get("ru") or {}
    name, _, words = (command.args or "").partition(" ")
    template = known.get(name)
    if template is None:
        lines = [texts.say(language, "mentorship-templates-title")]
        lines += [
            texts.say(language, "mentorship-templates-line", name=each.name, title=each.title)
            for each in known.values()
        ]
        await message.reply("\n".join(lines))
        return
    filled = check_filled(fill(template, read_values(words)))
    replied = message.reply_to_message
    if replied is not None and message.chat.type != "private":
        await replied.reply(escape(filled))
    else:
        await message.reply(escape(filled))
