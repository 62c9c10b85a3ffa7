"""A person's pairs: what is running, and meeting without the bot by choice of both."""

from __future__ import annotations

from contextlib import suppress

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from community.mentorship.meeting import Meeting
from community.mentorship.model import Pair, PairState
from community.mentorship.pairing import Pairing
from core.clock import Clock
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.forms import number
from handlers.keyboards import Button, inline
from texts.keys import Key
from texts.say import Texts


def router() -> Router:
    """Build the router."""
    routes = Router(name="parents.mentors_pairs")
    routes.message.register(on_mentor, Private(), Command("mentor"))
    routes.callback_query.register(on_mentor_button, Private(), Data("menu:mentor"))
    routes.callback_query.register(on_meet, Private(), Data("men:meet:"))
    routes.callback_query.register(on_open, Private(), Data("men:open:"))
    routes.callback_query.register(on_stay, Private(), Data("men:stay:"))
    return routes


async def on_mentor(message: Message, actor: Actor, pairing: Pairing, texts: Texts) -> None:
    """Show the running pairs, and offer both sides."""
    language = actor.language
    pairs = await pairing.of(actor.id) if actor.person is not None else []
    for pair in pairs:
        if pair.state is not PairState.PROPOSED:
            await message.answer(
                _title(pair, actor, texts), reply_markup=inline(_rows(pair, actor, texts))
            )
    rows: list[list[Button]] = [
        [(texts.plain(language, "mentorship-find-button"), "men:apply:family")],
        [(texts.plain(language, "mentorship-become-button"), "men:apply:mentor")],
    ]
    await message.answer(texts.say(language, "mentorship-intro"), reply_markup=inline(rows))


async def on_mentor_button(
    query: CallbackQuery, actor: Actor, pairing: Pairing, texts: Texts
) -> None:
    """Show the same from the menu."""
    await query.answer()
    if isinstance(query.message, Message):
        await on_mentor(query.message, actor, pairing, texts)


async def on_meet(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Say what meeting means before anything is shown to anybody."""
    pair, language = number(query.data), actor.language
    rows: list[list[Button]] = [
        [(texts.plain(language, "mentorship-meet-yes-button"), f"men:open:{pair}")],
        [(texts.plain(language, "mentorship-meet-no-button"), f"men:stay:{pair}")],
    ]
    await query.answer()
    if isinstance(query.message, Message):
        words = texts.say(language, "mentorship-meet-ask")
        await query.message.answer(words, reply_markup=inline(rows))


async def on_open(
    query: CallbackQuery, actor: Actor, meeting: Meeting, clock: Clock, texts: Texts
) -> None:
    """Agree to be shown."""
    both = await meeting.wish(number(query.data), actor.id, clock.now())
    key: Key = "done-alert" if both else "mentorship-meet-waiting-alert"
    await query.answer(texts.plain(actor.language, key), show_alert=not both)
    await _settle(query)


async def on_stay(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Stay with the bot; the other side is not told."""
    await query.answer(texts.plain(actor.language, "mentorship-meet-stay-alert"), show_alert=True)
    await _settle(query)


async def _settle(query: CallbackQuery) -> None:
    """Take the buttons off an answered question; one pressed twice or long ago is left as it is."""
    if isinstance(query.message, Message):
        with suppress(TelegramBadRequest):
            await query.message.edit_reply_markup(reply_markup=None)


def _title(pair: Pair, actor: Actor, texts: Texts) -> str:
    key: Key = "mentorship-pair-yours-family"
    if actor.id == pair.mentor:
        key = "mentorship-pair-yours-mentor"
    return texts.say(actor.language, key, id=str(pair.id))


def _rows(pair: Pair, actor: Actor, texts: Texts) -> list[list[Button]]:
    def button(key: Key, data: str) -> Button:
        return texts.plain(actor.language, key), f"{data}:{pair.id}"

    rest = (
        button("mentorship-resume-button", "men:resume")
        if pair.state is PairState.PAUSED
        else button("mentorship-pause-button", "men:pause")
    )
    rows = [
        [button("mentorship-red-flag-button", "men:flag")],
        [rest, button("mentorship-finish-button", "men:finish")],
    ]
    if pair.state is PairState.ACTIVE:
        rows.insert(
            0,
            [
                button("mentorship-write-button", "men:write"),
                button("mentorship-meet-button", "men:meet"),
            ],
        )
    return rows
