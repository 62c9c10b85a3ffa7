"""Buttons under editorial messages: ticks, answers, things done, screens, pauses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from typing_extensions import override

from community.children import Children, Kid
from community.forms import Forms
from community.replies import HAPPENINGS, NO_CHILD, Pressed, Replies
from consent.centre import Centre
from consent.preferences import PAUSES
from core.clock import Clock
from core.errors import Refusal
from handlers import help as help_screen
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import Button
from handlers.parents import ama, consents, home, mentors_pairs, progress, questions, surveys
from handlers.parents import children as my_children
from handlers.parents import home_view as view
from handlers.parents import lesson_days as days_screen
from handlers.parents.home_screen import ITEM, below, number, put
from scheduler.progress.lesson_days import LessonDays
from texts.keys import Key
from texts.say import Texts

TICK = "✓ "
HARD = frozenset({"ask", "bad", "hard"})
"""Answers that deserve a hand."""
WEEKS = {f"{weeks}w": weeks for weeks in PAUSES}
STAR = "⭐"
"""What a message promises when it shows one: it comes with the press."""

Door = Callable[..., Awaitable[Any]]


class Opens(Filter):
    """The press of a button that opens a screen; an old message opens it as well."""

    def __init__(self, screen: str) -> None:
        self._end = f":open:{screen}"

    @override
    async def __call__(self, query: CallbackQuery) -> bool:
        data = query.data or ""
        return data.startswith(ITEM) and data.endswith(self._end)


def router() -> Router:
    """Make the router."""
    routes = Router(name="parents.items")
    for screen, door in DOORS.items():
        routes.callback_query.register(door, Private(), Opens(screen))
    routes.callback_query.register(on_item, Private(), Data(ITEM))
    routes.callback_query.register(on_pause, Private(), Data("pause:"))
    return routes


async def on_item(
    query: CallbackQuery,
    *,
    actor: Actor,
    replies: Replies,
    centre: Centre,
    forms: Forms,
    clock: Clock,
    texts: Texts,
) -> None:
    """Take a press of `item:<row>:<action>`. Refuses `button.stale` for what the message does not offer."""
    pressed = await _press(query, actor, replies)
    match pressed.verb:
        case "tick":
            await _ticked(query, actor, number(query.data, 1), pressed, texts)
        case "fact" | "done":
            await _answered(query, actor, pressed, texts)
            if pressed.name in HAPPENINGS:
                await surveys.ask_words(query, actor, pressed, forms, clock.now(), texts)
        case "pause":
            await _pause(query, actor, pressed.name, centre, texts)
        case _:
            raise Refusal("button.stale")


async def on_pause(query: CallbackQuery, actor: Actor, centre: Centre, texts: Texts) -> None:
    """Pause from a button that is no item's: the digest's."""
    await _pause(query, actor, (query.data or "").partition(":")[2], centre, texts)


async def on_goals(
    query: CallbackQuery, actor: Actor, replies: Replies, children: Children, texts: Texts
) -> None:
    """Ask for the goal of the child the message was about."""
    kid = await _kid(query, actor, replies, children)
    await put(query, *my_children.goals(texts, actor, children, kid))


async def on_schedule(
    query: CallbackQuery,
    actor: Actor,
    replies: Replies,
    children: Children,
    lesson_days: LessonDays,
    texts: Texts,
) -> None:
    """Ask for the lesson days of the child the message was about."""
    kid = await _kid(query, actor, replies, children)
    days = await lesson_days.of(kid.id)
    await put(query, *days_screen.weekdays(texts, actor.language, kid.id, days))


async def on_cancel(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Say how to leave, without a word against it (R327, R330)."""
    await put(query, texts.say(actor.language, "item-cancel"), [])


async def _press(query: CallbackQuery, actor: Actor, replies: Replies) -> Pressed:
    if actor.person is None:
        raise Refusal("button.stale")
    action = (query.data or "").partition(":")[2].partition(":")[2]
    return await replies.press(actor.id, number(query.data, 1), action, actor.language)


async def _kid(query: CallbackQuery, actor: Actor, replies: Replies, children: Children) -> Kid:
    pressed = await _press(query, actor, replies)
    kids = await children.of(actor.id, actor.zone)
    kid = next((kid for kid in kids if pressed.child in (NO_CHILD, kid.id)), None)
    if kid is None:
        raise Refusal("button.stale")
    return kid


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
    query: CallbackQuery, actor: Actor, duration: str, centre: Centre, texts: Texts
) -> None:
    """Pause care and marketing for the weeks the button says (`2w`)."""
    weeks = WEEKS.get(duration)
    if weeks is None or actor.person is None:
        raise Refusal("button.stale")
    await centre.pause(actor.id, weeks)
    await query.answer(texts.plain(actor.language, "saved-alert"))
    lasts = texts.say(actor.language, "duration-for-weeks", weeks=weeks)
    await below(query, texts.say(actor.language, "item-paused", duration=lasts))


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
    "cancel": on_cancel,
    "child": my_children.on_list,
    "community": home.on_community,
    "consent": consents.on_home,
    "digest": home.on_digest,
    "goals": on_goals,
    "help": help_screen.on_help_button,
    "mentor": mentors_pairs.on_mentor_button,
    "menu": home.on_home,
    "pause": home.on_digest,
    "progress": progress.on_progress,
    "schedule": on_schedule,
}
"""What `open:<screen>` opens (`texts.pack_model.SCREENS`)."""
