"""Lesson days of a child: weekdays, then the hour. The choice travels in the buttons, so nothing is lost on the way."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery
from babel.dates import get_day_names

from community.children import Children
from core.errors import Refusal
from core.ids import ChildId
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import Button, grid
from handlers.parents import home_view as view
from handlers.parents.home_screen import child_of, number, put
from scheduler.progress.lesson_days import LessonDays
from texts.say import Texts

HOURS = range(8, 21)
"""Local hours offered for lessons."""
WEEK = range(1, 8)
NONE = "0"
"""Stands for no day in callback data."""


def router() -> Router:
    """Make the router."""
    routes = Router(name="parents.lesson_days")
    routes.callback_query.register(on_days, Private(), Data("kid:days:"))
    routes.callback_query.register(on_hour, Private(), Data("kid:hour:"))
    routes.callback_query.register(on_chosen, Private(), Data("kid:at:"))
    return routes


async def on_days(
    query: CallbackQuery, actor: Actor, children: Children, lesson_days: LessonDays, texts: Texts
) -> None:
    """Show the weekdays; each press turns one on or off."""
    kid = await children.get(actor.id, child_of(query.data), actor.zone)
    data = query.data or ""
    days = _days(query) if data.count(":") > 2 else await lesson_days.of(kid.id)  # noqa: PLR2004 - kid:days:<child>:<days>
    await put(query, *weekdays(texts, actor.language, kid.id, days))


async def on_hour(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Ask for the hour."""
    child, days = child_of(query.data), _written(_days(query))
    buttons = [(f"{hour}:00", f"kid:at:{child}:{days}:{hour}") for hour in HOURS]
    back = view.back(texts, actor.language, f"kid:days:{child}:{days}")
    await put(query, texts.say(actor.language, "lesson-hour-ask"), [*grid(buttons, 4), back])


async def on_chosen(
    query: CallbackQuery, actor: Actor, children: Children, lesson_days: LessonDays, texts: Texts
) -> None:
    """Keep days and hour."""
    child, days, hour = child_of(query.data), _days(query), number(query.data, 4)
    await lesson_days.choose(actor.id, child, days, hour)
    kid = await children.get(actor.id, child, actor.zone)
    language = actor.language
    names = get_day_names("wide", locale=language)
    said = ", ".join(str(names[day - 1]) for day in sorted(days))
    words = texts.say(language, "lesson-days-saved", days=said, hour=f"{hour}:00")
    rows = [view.back(texts, language, f"kid:open:{kid.id}")]
    await put(query, words, rows, texts.plain(language, "saved-alert"))


def weekdays(texts: Texts, language: str, child: ChildId, days: frozenset[int]) -> view.Screen:
    """Show the weekdays with those chosen ticked."""
    names = get_day_names("wide", locale=language)
    buttons = [
        (
            ("✓ " if day in days else "") + str(names[day - 1]),
            f"kid:days:{child}:{_written(days ^ {day})}",
        )
        for day in WEEK
    ]
    rows = grid(buttons, 2)
    if days:
        on: Button = (texts.plain(language, "next-button"), f"kid:hour:{child}:{_written(days)}")
        rows.append([on])
    rows.append(view.back(texts, language, f"kid:open:{child}"))
    return texts.say(language, "lesson-days-ask"), rows


def _days(query: CallbackQuery) -> frozenset[int]:
    """Read the weekdays of `kid:<verb>:<child>:<days>`. Refuses `button.stale`."""
    days = frozenset(int(digit) for digit in str(number(query.data, 3))) - {0}
    if not days <= set(WEEK):
        raise Refusal("button.stale")
    return days


def _written(days: frozenset[int]) -> str:
    return "".join(str(day) for day in sorted(days)) or NONE
