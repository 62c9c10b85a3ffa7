"""`/ama new`: title, expert, day on a calendar, hour, age, a last look. Every step is kept as a draft row."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from community.actions import Action
from community.ama.planning import Plan, Planning
from community.forms import Forms
from community.model import Draft
from community.places import Places
from core.clock import Clock
from core.cohorts import Cohort
from core.ids import PersonId
from core.localtime import local_day, resolve
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.forms import Filling
from handlers.guard import may
from handlers.keyboards import Button, grid, inline
from texts import dates
from texts.say import Texts

KIND = "ama.new"
HOURS = range(9, 22)
DAYS_A_WEEK = 7
NO_DAY = "ama:new:none"


def router() -> Router:
    """Build the router of the wizard."""
    routes = Router(name="admins.ama_new")
    plan = may(Action.AMA_PLAN)
    routes.message.register(on_new, Command("ama", magic=F.args == "new"), plan)
    routes.message.register(on_title, Private(), Filling(KIND), plan)
    routes.callback_query.register(on_expert, Data("ama:new:expert:"), Filling(KIND), plan)
    routes.callback_query.register(on_month, Data("ama:new:month:"), Filling(KIND), plan)
    routes.callback_query.register(on_day, Data("ama:new:day:"), Filling(KIND), plan)
    routes.callback_query.register(on_hour, Data("ama:new:hour:"), Filling(KIND), plan)
    routes.callback_query.register(on_cohort, Data("ama:new:age:"), Filling(KIND), plan)
    routes.callback_query.register(on_confirm, Data("ama:new:go"), Filling(KIND), plan)
    routes.callback_query.register(on_cancel, Data("ama:new:stop"), Filling(KIND), plan)
    routes.callback_query.register(on_nothing, Data(NO_DAY), plan)
    return routes


@dataclass(frozen=True, slots=True)
class Wizard:
    """What every step needs."""

    forms: Forms
    actor: Actor
    texts: Texts
    now: datetime

    async def keep(self, draft: Draft, **answers: Any) -> Mapping[str, Any]:
        """Keep the answers given so far."""
        kept = {**draft.answers, **answers}
        await self.forms.start(self.actor.id, KIND, draft.ref, self.now, kept)
        return kept

    def stop(self) -> list[Button]:
        return [(self.texts.plain(self.actor.language, "cancel-button"), "ama:new:stop")]


async def on_new(
    message: Message, *, actor: Actor, forms: Forms, places: Places, clock: Clock, texts: Texts
) -> None:
    """Begin: ask for the title, in private."""
    home = await places.at(message.chat.id)
    await forms.start(actor.id, KIND, str(home.id), clock.now())
    assert message.bot is not None  # noqa: S101 - aiogram mounts it
    words = texts.say(actor.language, "ama-title-ask")
    await message.bot.send_message(actor.telegram_id, words)


async def on_title(
    message: Message,
    *,
    draft: Draft,
    actor: Actor,
    forms: Forms,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Keep the title and offer the experts."""
    wizard = Wizard(forms, actor, texts, clock.now())
    await wizard.keep(draft, title=message.text or "")
    experts = await places.experts(int(draft.ref), clock.now())
    rows = [[(name, f"ama:new:expert:{person}")] for person, name in experts.items()]
    words = texts.say(actor.language, "ama-choose-expert")
    await message.answer(words, reply_markup=inline([*rows, wizard.stop()]))


async def on_expert(
    query: CallbackQuery, *, draft: Draft, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Keep the expert and show the calendar of this month."""
    wizard = Wizard(forms, actor, texts, clock.now())
    await wizard.keep(draft, expert=int((query.data or "").rsplit(":", 1)[-1]))
    await _show_month(query, wizard, local_day(clock.now(), actor.zone))


async def on_month(
    query: CallbackQuery, *, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Turn the calendar's page."""
    wizard = Wizard(forms, actor, texts, clock.now())
    await _show_month(query, wizard, date.fromisoformat((query.data or "").rsplit(":", 1)[-1]))


async def on_day(
    query: CallbackQuery, *, draft: Draft, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Keep the day and offer the hours."""
    wizard = Wizard(forms, actor, texts, clock.now())
    await wizard.keep(draft, day=(query.data or "").rsplit(":", 1)[-1])
    buttons = [(f"{hour}:00", f"ama:new:hour:{hour}") for hour in HOURS]
    await _say(query, wizard, "ama-choose-hour", [*grid(buttons, 4), wizard.stop()])


async def on_hour(
    query: CallbackQuery, *, draft: Draft, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Keep the hour and offer the ages."""
    wizard = Wizard(forms, actor, texts, clock.now())
    await wizard.keep(draft, hour=int((query.data or "").rsplit(":", 1)[-1]))
    ages = [cohort.value for cohort in Cohort if cohort is not Cohort.UNKNOWN]
    buttons: list[Button] = [
        (str(texts.say_by_name(actor.language, f"ama-age-{age}", {})), f"ama:new:age:{age}")
        for age in ["any", *ages]
    ]
    await _say(query, wizard, "ama-choose-cohort", [*grid(buttons, 1), wizard.stop()])


async def on_cohort(
    query: CallbackQuery,
    *,
    draft: Draft,
    actor: Actor,
    forms: Forms,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Keep the age and show everything for a last look."""
    wizard, language = Wizard(forms, actor, texts, clock.now()), actor.language
    answers = await wizard.keep(draft, age=(query.data or "").rsplit(":", 1)[-1])
    plan = plan_of(answers, actor)
    names = await places.names({plan.expert})
    words = texts.say(
        language,
        "ama-confirm",
        title=plan.title,
        starts=dates.moment(plan.starts, language, actor.zone),
        minutes=plan.minutes,
        age=texts.say_by_name(language, f"ama-age-{answers['age']}", {}),
        expert=names.get(plan.expert, "…"),
    )
    confirm: list[Button] = [(texts.plain(language, "ama-confirm-button"), "ama:new:go")]
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.answer(words, reply_markup=inline([confirm, wizard.stop()]))


async def on_confirm(
    query: CallbackQuery,
    *,
    draft: Draft,
    actor: Actor,
    planning: Planning,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Announce; a rule that refuses says so, and the draft stays for another day."""
    home = await places.by_number(int(draft.ref))
    await planning.announce(home.id, plan_of(draft.answers, actor), actor.id, clock.now())
    await query.answer(texts.plain(actor.language, "done-alert"))


async def on_cancel(query: CallbackQuery, actor: Actor, forms: Forms, texts: Texts) -> None:
    """Leave the wizard."""
    await forms.drop(actor.id)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.answer(texts.say(actor.language, "cancelled"))


async def on_nothing(query: CallbackQuery) -> None:
    """Answer a press on a day that is not free or on a heading."""
    await query.answer()


def plan_of(answers: Mapping[str, Any], actor: Actor) -> Plan:
    """Read the answers; the hour is on the planner's own clock."""
    on, at = date.fromisoformat(answers["day"]), time(int(answers["hour"]))
    age = answers.get("age", "any")
    return Plan(
        title=str(answers["title"]),
        expert=PersonId(int(answers["expert"])),
        starts=resolve(on, at, actor.zone),
        cohort=Cohort(age) if age != "any" else None,
    )


async def _show_month(query: CallbackQuery, wizard: Wizard, month: date) -> None:
    today = local_day(wizard.now, wizard.actor.zone)
    await _say(
        query,
        wizard,
        "ama-choose-day",
        [*month_rows(month, today, wizard.actor.language), wizard.stop()],
    )


def month_rows(month: date, today: date, language: str) -> list[list[Button]]:
    """Lay a month out as buttons, Monday first; days of other months and those past are dots."""
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    rows: list[list[Button]] = [
        [
            ("‹", f"ama:new:month:{before}" if after > today.replace(day=1) else NO_DAY),
            (dates.month(first, language), NO_DAY),
            ("›", f"ama:new:month:{after}"),
        ]
    ]
    for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
        row: list[Button] = []
        for on in week:
            if on.month != first.month or on <= today:
                row.append(("·", NO_DAY))
            else:
                row.append((str(on.day), f"ama:new:day:{on}"))
        rows.append(row)
    return rows


async def _say(query: CallbackQuery, wizard: Wizard, key: str, rows: list[list[Button]]) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        words = wizard.texts.say_by_name(wizard.actor.language, key, {})
        await query.message.answer(words, reply_markup=inline(rows))
