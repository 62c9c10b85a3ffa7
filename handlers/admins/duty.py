"""`/duty`: who is on duty this week; hours, days off, swaps and limits. A manager acts on the expert replied to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from community.actions import Action, allowed
from community.calendars import Entry, calendar
from community.dutybook import DutyBook, Week
from community.feed import Addresses, duty_entry
from community.model import Community
from community.parsing import day, span, weekday
from community.places import Places
from core.clock import Clock
from core.errors import Refusal
from core.ids import PersonId
from core.localtime import local_day
from handlers.actor import Actor
from handlers.filters import Data
from handlers.forms import number
from handlers.guard import may
from texts import dates
from texts.markup import Markup, visible
from texts.say import Texts

Spans = dict[tuple[str, str], list[str]]
"""Hours of a day, from and to, and who keeps them."""


def router() -> Router:
    """Build the router of duty."""
    routes = Router(name="admins.duty")
    routes.message.register(
        on_change, Command("duty", magic=F.args.regexp(r"^\S+ ")), may(Action.DUTY_KEEP)
    )
    routes.message.register(
        on_calendar, Command("duty", magic=F.args == "ics"), may(Action.DUTY_SEE)
    )
    routes.message.register(on_week, Command("duty"), may(Action.DUTY_SEE))
    routes.callback_query.register(on_swap, Data("duty:swap:"), may(Action.DUTY_KEEP))
    return routes


@dataclass(frozen=True, slots=True)
class Order:
    """A change of duty: whose, by whom, where, with which words."""

    home: Community
    expert: PersonId
    actor: Actor
    words: list[str]
    now: datetime

    @property
    def zone(self) -> str:
        return str(self.actor.zone)


async def on_week(
    message: Message, *, actor: Actor, duty: DutyBook, places: Places, clock: Clock, texts: Texts
) -> None:
    """Show the coming seven days on the reader's clock, and what each expert holds."""
    home, now = await places.at(message.chat.id), clock.now()
    week = await duty.week(home.id, now)
    names = await places.names({h.expert for h in week.stretches} | set(week.loads))
    language = actor.language
    lines = [texts.say(language, "duty-week-title" if week.stretches else "duty-week-empty")]
    lines += _by_day(week, names, actor, texts)
    lines += [
        texts.say(language, "duty-load-line", name=names.get(expert, "…"), open=load.open)
        for expert, load in week.loads.items()
        if load.open
    ]
    lines.append(texts.say(language, "duty-help"))
    await message.reply("\n".join(lines), parse_mode="HTML")


def _by_day(week: Week, names: Mapping[PersonId, str], actor: Actor, texts: Texts) -> list[Markup]:
    """Write a line for each day and below it one for each span of hours, with everybody who keeps it."""
    language, lines = actor.language, []
    days: dict[date, Spans] = {}
    for stretch in week.stretches:
        starts, ends = stretch.start.astimezone(actor.zone), stretch.end.astimezone(actor.zone)
        speciality = texts.say_by_name(language, f"roles-speciality-{stretch.speciality}", {})
        who = texts.say(
            language,
            "duty-week-who",
            name=names.get(stretch.expert, "…"),
            speciality=speciality,
        )
        hours = dates.hour(starts), dates.hour(ends)
        days.setdefault(starts.date(), {}).setdefault(hours, []).append(who)
    for run, spans in _runs(days):
        shown = " – ".join(
            f"{dates.weekday(on, language)}, {dates.day(on, language)}"
            for on in dict.fromkeys((run[0], run[-1]))
        )
        lines.append(texts.say(language, "duty-week-day", day=shown))
        for (starts_at, ends_at), people in spans.items():
            said = Markup(", ".join(people))
            line = texts.say(language, "duty-week-line", starts=starts_at, ends=ends_at, names=said)
            lines.append(line)
    return lines


def _runs(days: Mapping[date, Spans]) -> list[tuple[list[date], Spans]]:
    """Put days on end together that are kept by the same people in the same hours."""
    runs: list[tuple[list[date], Spans]] = []
    for on, spans in days.items():
        if runs and runs[-1][1] == spans and runs[-1][0][-1] + timedelta(days=1) == on:
            runs[-1][0].append(on)
        else:
            runs.append(([on], spans))
    return runs


async def on_calendar(
    message: Message,
    *,
    actor: Actor,
    duty: DutyBook,
    places: Places,
    addresses: Addresses,
    clock: Clock,
    texts: Texts,
) -> None:
    """Send the reader's own coming duty as an iCalendar file; all of it to those without duty.

    The address of the feed is personal: it is told in private only.
    """
    home, now = await places.at(message.chat.id), clock.now()
    week = await duty.week(home.id, now)
    data = calendar(duty_entries(week, actor, texts), now)
    name = f"{visible(texts.say(actor.language, 'duty-file'))}.ics"
    link = addresses.feed(actor.id) if actor.person and message.chat.type == "private" else None
    caption = texts.say(actor.language, "calendar-feed", link=link) if link else None
    await message.reply_document(BufferedInputFile(data, filename=name), caption=caption)


def duty_entries(week: Week, actor: Actor, texts: Texts) -> list[Entry]:
    """List duty as calendar entries, the reader's own when there is any."""
    own = [h for h in week.stretches if actor.person is not None and h.expert == actor.person.id]
    title = texts.plain(actor.language, "duty-entry-title")
    return [duty_entry(one, title) for one in own or week.stretches]


async def on_change(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    duty: DutyBook,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Change the roster: `add пн 10:00-14:00`, `drop 3`, `off 29.11`, `extra 29.11 10-12`, `limit 5`, `swap 29.11`."""
    verb, *words = (command.args or "").split()
    act = VERBS.get(verb.lower())
    if act is None or not words:
        await message.reply(texts.say(actor.language, "duty-help"), parse_mode="HTML")
        return
    home = await places.at(message.chat.id)
    replied = await _replied(message, places)
    manages = allowed(Action.DUTY_MANAGE, actor.roles) and verb.lower() != "swap"
    expert = replied if replied is not None and manages else actor.id
    order = Order(home, expert, actor, words, clock.now())
    if verb.lower() == "swap":
        if replied is None:
            raise Refusal("duty.swap_with_whom")
        when = day(words[0], local_day(order.now, actor.zone))
        await duty.offer_swap(home.id, actor.id, replied, when, order.now)
    else:
        await act(duty, order)
    await message.reply(texts.say(actor.language, "duty-saved"), parse_mode="HTML")


async def on_swap(
    query: CallbackQuery, actor: Actor, duty: DutyBook, clock: Clock, texts: Texts
) -> None:
    """Accept a swap."""
    await duty.accept_swap(number(query.data), actor.id, clock.now())
    await query.answer(texts.plain(actor.language, "done-alert"))


async def _add(duty: DutyBook, order: Order) -> None:
    starts, ends = span("".join(order.words[1:]))
    await duty.add_shift(
        order.home.id,
        order.expert,
        weekday(order.words[0]),
        starts,
        ends,
        order.zone,
        author=order.actor.id,
        now=order.now,
    )


async def _drop(duty: DutyBook, order: Order) -> None:
    if not order.words[0].isdecimal():
        raise Refusal("input.number")
    await duty.drop_shift(
        order.home.id,
        int(order.words[0]),
        author=order.actor.id,
        manager=allowed(Action.DUTY_MANAGE, order.actor.roles),
        now=order.now,
    )


async def _off(duty: DutyBook, order: Order) -> None:
    when = day(order.words[0], local_day(order.now, order.actor.zone))
    await duty.day_off(order.home.id, order.expert, when, author=order.actor.id, now=order.now)


async def _extra(duty: DutyBook, order: Order) -> None:
    when = day(order.words[0], local_day(order.now, order.actor.zone))
    starts, ends = span("".join(order.words[1:]))
    await duty.extra_hours(
        order.home.id,
        order.expert,
        when,
        starts,
        ends,
        order.zone,
        author=order.actor.id,
        now=order.now,
    )


async def _limit(duty: DutyBook, order: Order) -> None:
    if not order.words[0].isdecimal():
        raise Refusal("input.number")
    await duty.set_limit(
        order.home.id, order.expert, int(order.words[0]), author=order.actor.id, now=order.now
    )


async def _nothing(_duty: DutyBook, _order: Order) -> None:
    """Leave swaps to the caller, who knows the person replied to."""


VERBS: dict[str, Callable[[DutyBook, Order], Awaitable[None]]] = {
    "add": _add,
    "drop": _drop,
    "off": _off,
    "extra": _extra,
    "limit": _limit,
    "swap": _nothing,
}


async def _replied(message: Message, places: Places) -> PersonId | None:
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or replied.from_user is None:
        return None
    return await places.person(replied.from_user.id)
