"""Asking to look at a decision again: the button under a notice, or `/appeal` in private."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.forms import number
from handlers.keyboards import inline
from moderation.appeals import Appeals
from moderation.effects import rule_key
from texts.dates import moment
from texts.say import Texts


def router() -> Router:
    """Build the router of appeals."""
    routes = Router(name="parents.appeals")
    routes.callback_query.register(on_appeal, Data("appeal:"))
    routes.message.register(on_command, Command("appeal"), Private())
    return routes


async def on_appeal(query: CallbackQuery, actor: Actor, appeals: Appeals, texts: Texts) -> None:
    """Take an appeal; the button may stand in the group or in private (M98)."""
    if not (query.data or "").rsplit(":", 1)[-1].isdecimal():
        raise Refusal("case.not_found")
    await appeals.open(number(query.data), actor.telegram_id)
    words = texts.plain(actor.language, "notice-appeal-received")
    await query.answer(words, show_alert=True)


async def on_command(message: Message, actor: Actor, appeals: Appeals, texts: Texts) -> None:
    """Offer to appeal the latest decision, for those whose notice is gone."""
    case = await appeals.latest(actor.telegram_id)
    if case is None:
        await message.answer(texts.say(actor.language, "notice-appeal-none"))
        return
    words = texts.say(
        actor.language,
        "notice-appeal-title",
        rule=texts.say_by_name(actor.language, rule_key(case.rule), {}),
        date=moment(case.opened_at.astimezone(actor.zone), actor.language),
    )
    label = texts.plain(actor.language, "notice-appeal-button")
    await message.answer(words, reply_markup=inline([[(label, f"appeal:{case.id}")]]))
