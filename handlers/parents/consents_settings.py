"""Settings of the preference centre: digest day and hour, quiet hours, zone, topics, pause."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from consent.centre import Centre
from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import inline
from handlers.parents import consents_view as view
from handlers.parents.consents import message_of, number, parts
from texts.say import Texts


def router() -> Router:
    """Make the router of the settings."""
    routes = Router(name="parents.consents_settings")
    routes.callback_query.register(on_setting, Private(), Data("c:set:"))
    routes.callback_query.register(on_day, Private(), Data("c:day:"))
    routes.callback_query.register(on_digest, Private(), Data("c:digest:"))
    routes.callback_query.register(on_quiet, Private(), Data("c:quiet:"))
    routes.callback_query.register(on_zone, Private(), Data("c:zone:"))
    routes.callback_query.register(on_topic, Private(), Data("c:topic:"))
    routes.callback_query.register(on_pause, Private(), Data("c:pause:"))
    return routes


async def on_setting(query: CallbackQuery, actor: Actor, centre: Centre, texts: Texts) -> None:
    """Ask for one setting."""
    name = parts(query)[-1]
    if name not in view.SETTINGS:
        raise Refusal("consent.stale")
    wishes = await centre.preferences(actor.id)
    await query.answer()
    words, rows = view.setting(texts, actor.language, name, wishes)
    await message_of(query).answer(words, reply_markup=inline(rows))


async def on_day(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Ask for the hour after the day."""
    await query.answer()
    words, rows = view.hours(texts, actor.language, number(parts(query)[-1]))
    await message_of(query).answer(words, reply_markup=inline(rows))


async def on_digest(query: CallbackQuery, actor: Actor, centre: Centre, texts: Texts) -> None:
    """Keep day and hour of the digest."""
    *_, day, hour = parts(query)
    await centre.choose_digest(actor.id, number(day), number(hour))
    await query.answer(texts.plain(actor.language, "saved-alert"))


async def on_quiet(query: CallbackQuery, actor: Actor, centre: Centre, texts: Texts) -> None:
    """Keep quiet hours."""
    *_, start, end = parts(query)
    await centre.choose_quiet(actor.id, number(start), number(end))
    await query.answer(texts.plain(actor.language, "saved-alert"))


async def on_zone(query: CallbackQuery, actor: Actor, centre: Centre, texts: Texts) -> None:
    """Keep the time zone."""
    await centre.choose_zone(actor.id, parts(query)[-1])
    await query.answer(texts.plain(actor.language, "saved-alert"))


async def on_topic(query: CallbackQuery, actor: Actor, centre: Centre, texts: Texts) -> None:
    """Switch a topic and show the list again."""
    wishes = await centre.switch_topic(actor.id, parts(query)[-1])
    await query.answer(texts.plain(actor.language, "saved-alert"))
    _, rows = view.setting(texts, actor.language, "topics", wishes)
    await message_of(query).edit_reply_markup(reply_markup=inline(rows))


async def on_pause(query: CallbackQuery, actor: Actor, centre: Centre, texts: Texts) -> None:
    """Pause for some weeks, or end a pause."""
    weeks = number(parts(query)[-1])
    await centre.pause(actor.id, weeks)
    await query.answer(texts.plain(actor.language, "saved-alert"))
    if weeks == 0:
        words = texts.say(actor.language, "consent-pause-over")
    else:
        duration = texts.say(actor.language, "duration-for-weeks", weeks=weeks)
        words = texts.say(actor.language, "consent-pause-set", duration=duration)
    await message_of(query).answer(words)
