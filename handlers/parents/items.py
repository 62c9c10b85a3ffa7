"""Buttons under editorial messages: ticks, answers, things done, screens, pauses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import CallableObject
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from community.children import Children
from community.replies import NO_CHILD, Pressed, Replies
from consent.centre import Centre
from consent.preferences import PAUSES
from core.errors import Refusal
from handlers import help as help_screen
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import Button
from handlers.parents import ama, consents, home, mentors, progress, questions
from handlers.parents import children as my_children
from handlers.parents import home_view as view
from handlers.parents.home_screen import below, number
from texts.keys import Key
from texts.say import Texts

TICK = "✓ "
HARD = frozenset({"ask", "bad", "hard"})
"""Answers that deserve a hand."""
STAR = "⭐"
"""What a message promises when it shows one: it comes with the press."""

Door = Callable[..., Awaitable[Any]]


def router() -> Router:
    """Make the router."""
    routes = Router(name="parents.items")
    routes.callback_query.register(on_item, Private(), Data("item:"))
    return routes


async def on_item(
    query: CallbackQuery, actor: Actor, replies: Replies, texts: Texts, **parts: Any
) -> None:
    """Take a press of `item:<row>:<action>`. Refuses `button.stale` for what the message does not offer."""
    if actor.person is None:
        raise Refusal("button.stale")
    row = number(query.data, 1)
    action = (query.data or "").partition(":")[2].partition(":")[2]
    pressed = await replies.press(actor.id, row, action, actor.language)
    match pressed.verb:
        case "tick":
            await _ticked(query, actor, row, pressed, texts)
        case "fact" | "done":
            await _answered(query, actor, pressed, texts)
        case "pause":
            await _pause(query, actor, pressed, parts["centre"], texts)
        case "open":
            given = {**parts, "actor": actor, "replies": replies, "texts": texts}
            await _open(query, pressed, given)
        case _:
            raise Refusal("button.stale")


async def _ticked(
    query: CallbackQuery, actor: Actor, row: int, pressed: Pressed, texts: Texts
) -> None:
    done, total = len(pressed.ticked), pressed.points
    if done == total:
        words = texts.plain(actor.language, "item-all-ticked-alert")
    else:
        words = texts.plain(actor.language, "item-ticked-alert", done=done, total=total)
    await query.answer(words)
    await _mark(query, f"item:{row}:tick:", {f"item:{row}:tick:{name}" for name in pressed.ticked})


async def _answered(query: CallbackQuery, actor: Actor, pressed: Pressed, texts: Texts) -> None:
    """Thank, mark the answer, and give what the message promised."""
    language = actor.language
    await query.answer(_thanks(pressed, texts, language))
    same = (query.data or "").partition("=")[0] if pressed.verb == "fact" else query.data or ""
    await _mark(query, same, {query.data or ""})
    if pressed.again:
        return
    if pressed.value in HARD:
        ask: list[Button] = [(texts.plain(language, "menu-ask-button"), "menu:ask")]
        await below(query, texts.say(language, "item-hard"), [ask])
    elif pressed.verb == "done" and STAR in pressed.item.text:
        await below(query, texts.say(language, "item-star"))


def _thanks(pressed: Pressed, texts: Texts, language: str) -> str:
    goal = view.goal_name(texts, language, pressed.value) if pressed.name == "goal" else None
    if goal is not None:
        return texts.plain(language, "item-goal-alert", goal=goal)
    key: Key = "item-done-alert" if pressed.verb == "done" else "item-saved-alert"
    return texts.plain(language, "item-again-alert" if pressed.again else key)


async def _pause(
    query: CallbackQuery, actor: Actor, pressed: Pressed, centre: Centre, texts: Texts
) -> None:
    """Pause care and marketing for the weeks the button says (`pause:2w`)."""
    weeks = int(pressed.name.removesuffix("w") or 0)
    if weeks not in PAUSES:
        raise Refusal("button.stale")
    await centre.pause(actor.id, weeks)
    await query.answer(texts.plain(actor.language, "saved-alert"))
    lasts = texts.say(actor.language, "duration-for-weeks", weeks=weeks)
    await below(query, texts.say(actor.language, "item-paused", duration=lasts))


async def _open(query: CallbackQuery, pressed: Pressed, parts: Mapping[str, Any]) -> None:
    """Open a screen below the message; the message stays."""
    door = DOORS.get(pressed.name)
    if door is None:
        raise Refusal("button.stale")
    apart = query.model_copy(update={"message": None}).as_(query.bot)
    subject = query if pressed.name in ANSWER_BELOW else apart
    await CallableObject(door).call(subject, **parts, pressed=pressed)


async def _goals(
    query: CallbackQuery, actor: Actor, children: Children, texts: Texts, pressed: Pressed
) -> None:
    """Ask for the goal of the child the message was about."""
    await query.answer()
    kids = await children.of(actor.id, actor.zone)
    kid = next((kid for kid in kids if pressed.child in (NO_CHILD, kid.id)), None)
    if kid is None:
        raise Refusal("button.stale")
    await below(query, *my_children.goals(texts, actor, children, kid))


async def _cancel(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Say how to leave, without a word against it (R327, R330)."""
    await query.answer()
    await below(query, texts.say(actor.language, "item-cancel"))


async def _mark(query: CallbackQuery, group: str, chosen: set[str]) -> None:
    """Put a tick before the chosen buttons of a group; the others of the group lose theirs."""
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return
    rows = [
        [_marked(button, group, chosen) for button in row]
        for row in message.reply_markup.inline_keyboard
    ]
    if rows == message.reply_markup.inline_keyboard:
        return
    try:
        await message.edit_reply_markup(reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))
    except TelegramBadRequest:
        return  # pressed twice at once, or too old to change: the answer is kept all the same


def _marked(button: InlineKeyboardButton, group: str, chosen: set[str]) -> InlineKeyboardButton:
    if button.callback_data is None or not button.callback_data.startswith(group):
        return button
    label = button.text.removeprefix(TICK)
    text = TICK + label if button.callback_data in chosen else label
    return button.model_copy(update={"text": text})


DOORS: Mapping[str, Door] = {
    "ama": ama.on_coming_button,
    "ask": questions.on_ask_button,
    "cancel": _cancel,
    "child": my_children.on_list,
    "community": home.on_community,
    "consent": consents.on_home,
    "digest": home.on_digest,
    "goals": _goals,
    "help": help_screen.on_help_button,
    "mentor": mentors.on_mentor_button,
    "menu": home.on_home,
    "pause": home.on_digest,
    "progress": progress.on_progress,
    "schedule": home.on_digest,
}
"""What `open:<screen>` opens (`texts.pack_model.SCREENS`)."""
ANSWER_BELOW = frozenset({"ama", "ask", "consent", "mentor", "progress"})
"""Screens that come as a message of their own anyway."""
