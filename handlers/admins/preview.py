"""`/preview ITEM [family] [language]`: any item as a family gets it. Sent to the one who asks, counted nowhere."""

from __future__ import annotations

from collections.abc import Callable

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from community.actions import Action
from handlers.actor import Actor
from handlers.guard import may
from handlers.keyboards import Button, inline
from texts.markup import Markup
from texts.pack_sample import FAMILIES, NoSuchItem, preview
from texts.packs import Library
from texts.say import Texts

DEFAULT = "3-5"
NOWHERE = "preview:"
"""Callback data of a preview's buttons: no handler takes it, so they do nothing."""


def router() -> Router:
    """Make the router."""
    routes = Router(name="admins.preview")
    routes.message.register(on_preview, Command("preview"), may(Action.CONTENT_PREVIEW))
    return routes


async def on_preview(
    message: Message,
    command: CommandObject,
    actor: Actor,
    library: Callable[[], Library],
    texts: Texts,
) -> None:
    """Show an item, with a line above it that says it is a preview."""
    language = actor.language
    item, *rest = (command.args or "").split() or [""]
    families = [FAMILIES[word] for word in rest if word in FAMILIES]
    spoken = next((word for word in rest if word in texts.languages), language)
    known = {*FAMILIES, *texts.languages}
    if not item or any(word not in known for word in rest):
        usage = texts.say(language, "preview-usage", families=", ".join(FAMILIES))
        await message.answer(usage)
        return
    try:
        made = preview(library(), item, families[0] if families else FAMILIES[DEFAULT], spoken)
    except NoSuchItem as missing:
        close = ", ".join(missing.close) or "—"
        await message.answer(texts.say(language, "preview-unknown", item=item[:60], close=close))
        return
    facts = {"item": made.item.ref, "family": made.family.name}
    if made.rendered is None:
        await message.answer(texts.say_by_name(language, "preview-nothing", facts))
        return
    head = texts.say_by_name(language, "preview-head", {**facts, "units": made.units})
    rows: list[list[Button]] = [
        [(b.label, b.action[4:] if b.action.startswith("url:http") else f"{NOWHERE}{b.action}")]
        for b in made.rendered.buttons
    ]
    await message.answer(
        Markup("\n\n").join([head, made.rendered.html]), reply_markup=inline(rows) if rows else None
    )
