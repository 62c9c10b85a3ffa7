"""A parent and sessions: what is coming, reminders, calendar file, questions, votes, rating."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from community.ama.after import After
from community.ama.asking import Asking, NewQuestion
from community.ama.effects import asker_word
from community.ama.live import Live
from community.ama.planning import Planning, entry
from community.calendars import calendar
from community.feed import Addresses
from community.forms import Forms
from community.model import Draft
from community.places import Places
from core.clock import Clock
from core.errors import Refusal
from core.ids import ChatId
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.forms import Filling, number
from handlers.keyboards import Button, grid, inline
from texts import dates
from texts.markup import Markup
from texts.say import Texts

ASKING, NAMING = "ama.ask", "ama.name"
SHOWN = 20
"""Questions shown for voting."""


def router() -> Router:
    """Build the router of sessions for parents."""
    routes = Router(name="parents.ama")
    routes.message.register(on_coming, Private(), Command("ama"))
    routes.callback_query.register(on_coming_button, Private(), Data("menu:ama"))
    routes.callback_query.register(on_remind, Data("ama:in:"))
    routes.callback_query.register(on_forget, Data("ama:out:"))
    routes.callback_query.register(on_calendar, Data("ama:ics:"))
    routes.callback_query.register(on_ask, Data("ama:ask:"))
    routes.callback_query.register(on_name, Private(), Data("ama:name:"))
    routes.callback_query.register(on_list, Data("ama:list:"))
    routes.callback_query.register(on_withdraw, Private(), Data("ama:back:"))
    routes.callback_query.register(on_here, Data("ama:here:"))
    routes.callback_query.register(on_rate, Private(), Data("ama:rate:"))
    routes.message.register(on_written, Private(), Filling(ASKING))
    return routes


async def on_coming(
    message: Message, actor: Actor, planning: Planning, places: Places, texts: Texts
) -> None:
    """Show the sessions to come."""
    home = await places.at(message.chat.id)
    sessions = await planning.coming(home.id)
    language = actor.language
    if not sessions:
        await message.answer(texts.say(language, "ama-none"))
    for held in sessions:
        starts = dates.moment(held.starts, language, actor.zone)
        words = texts.say(language, "ama-line", id=str(held.id), title=held.title, starts=starts)
        rows: list[list[Button]] = [
            [(texts.plain(language, "ama-remind-button"), f"ama:in:{held.id}")],
            [
                (texts.plain(language, "ama-ask-button"), f"ama:ask:{held.id}"),
                (texts.plain(language, "ama-questions-button"), f"ama:list:{held.id}"),
            ],
            [
                (texts.plain(language, "ama-calendar-button"), f"ama:ics:{held.id}"),
                (texts.plain(language, "ama-unsubscribe-button"), f"ama:out:{held.id}"),
            ],
        ]
        await message.answer(words, reply_markup=inline(rows))


async def on_coming_button(
    query: CallbackQuery, actor: Actor, planning: Planning, places: Places, texts: Texts
) -> None:
    """Show the sessions to come, from the menu."""
    await query.answer()
    if isinstance(query.message, Message):
        await on_coming(query.message, actor, planning, places, texts)


async def on_remind(
    query: CallbackQuery, actor: Actor, planning: Planning, clock: Clock, texts: Texts
) -> None:
    """Remind a day before, an hour before and at the start."""
    _require_person(actor)
    await planning.remind_me(number(query.data), actor.id, clock.now())
    await query.answer(texts.plain(actor.language, "ama-remind-saved"), show_alert=True)


async def on_forget(query: CallbackQuery, actor: Actor, planning: Planning, texts: Texts) -> None:
    """Stop reminding."""
    _require_person(actor)
    await planning.forget_me(number(query.data), actor.id)
    await query.answer(texts.plain(actor.language, "ama-unsubscribed"))


async def on_calendar(
    query: CallbackQuery,
    *,
    actor: Actor,
    planning: Planning,
    addresses: Addresses,
    clock: Clock,
    texts: Texts,
) -> None:
    """Send the calendar file in private, with the address that keeps a calendar up to date."""
    held = await planning.get(number(query.data))
    await query.answer()
    name = f"{texts.plain(actor.language, 'ama-file')}-{held.id}.ics"
    data = calendar([entry(held)], clock.now(), held.title)
    assert query.bot is not None  # noqa: S101 - aiogram mounts it
    link = addresses.feed(actor.id) if actor.person is not None else None
    caption = texts.say(actor.language, "calendar-feed", link=link) if link else None
    file = BufferedInputFile(data, filename=name)
    await query.bot.send_document(actor.telegram_id, file, caption=caption)


async def on_ask(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Ask how the question shall be shown, in private."""
    _require_person(actor)
    session = number(query.data)
    await forms.start(actor.id, NAMING, str(session), clock.now())
    rows: list[list[Button]] = [
        [
            (texts.plain(actor.language, "ama-named-button"), f"ama:name:yes:{session}"),
            (texts.plain(actor.language, "ama-anonymous-button"), f"ama:name:no:{session}"),
        ]
    ]
    await query.answer()
    assert query.bot is not None  # noqa: S101 - aiogram mounts it
    words = texts.say(actor.language, "ama-ask-name")
    await query.bot.send_message(actor.telegram_id, words, reply_markup=inline(rows))


async def on_name(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Ask for the question itself."""
    _, _, named, session = (query.data or "").split(":")
    answers = {"anonymous": named == "no"}
    await forms.start(actor.id, ASKING, session, clock.now(), answers)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.answer(texts.say(actor.language, "ama-ask"))


async def on_written(
    message: Message, *, draft: Draft, actor: Actor, asking: Asking, clock: Clock, texts: Texts
) -> None:
    """Take the question."""
    if message.text is None:
        await message.answer(texts.say(actor.language, "text-please"))
        return
    name = message.from_user.first_name if message.from_user is not None else ""
    new = NewQuestion(
        message.text,
        name,
        bool(draft.answers.get("anonymous", True)),
        ChatId(message.chat.id),
        message.message_id,
    )
    asked = await asking.ask(int(draft.ref), actor.id, new, clock.now())
    rows: list[list[Button]] = [
        [(texts.plain(actor.language, "ama-withdraw-button"), f"ama:back:{asked.id}")]
    ]
    words = texts.say(actor.language, "ama-asked")
    await message.answer(words, reply_markup=inline(rows))


async def on_list(
    query: CallbackQuery, actor: Actor, asking: Asking, clock: Clock, texts: Texts
) -> None:
    """Show the questions with a button each to vote, in private."""
    language = actor.language
    questions = (await asking.listed(number(query.data), clock.now()))[:SHOWN]
    await query.answer()
    assert query.bot is not None  # noqa: S101 - aiogram mounts it
    if not questions:
        await query.bot.send_message(actor.telegram_id, texts.say(language, "ama-list-empty"))
        return
    lines = [texts.say(language, "ama-list-title")]
    for place, question in enumerate(questions, 1):
        who = asker_word(question)
        asker = who if isinstance(who, str) else texts.say(language, "ama-anonymous")
        line = texts.say(
            language,
            "ama-list-line",
            id=str(question.id),
            question=question.text,
            votes=question.votes,
            asker=asker,
        )
        lines.append(Markup(f"{place}. {line}"))
    buttons = [(str(place), f"ama:v:{q.id}") for place, q in enumerate(questions, 1)]
    for part in _messages(lines):
        markup = inline(grid(buttons, 5)) if part is lines[-1] or part.endswith(lines[-1]) else None
        await query.bot.send_message(actor.telegram_id, part, reply_markup=markup)


async def on_withdraw(query: CallbackQuery, actor: Actor, asking: Asking, texts: Texts) -> None:
    """Take a question back."""
    await asking.withdraw(number(query.data), actor.id)
    await query.answer(texts.plain(actor.language, "ama-withdrawn"), show_alert=True)


async def on_here(
    query: CallbackQuery, actor: Actor, live: Live, clock: Clock, texts: Texts
) -> None:
    """Note who showed up."""
    _require_person(actor)
    await live.here(number(query.data), actor.id, clock.now())
    await query.answer(texts.plain(actor.language, "ama-here-alert"))


async def on_rate(query: CallbackQuery, actor: Actor, after: After, texts: Texts) -> None:
    """Keep a rating."""
    _, _, stars, session = (query.data or "").split(":")
    await after.rate(int(session), actor.id, int(stars))
    await query.answer(texts.plain(actor.language, "ama-rate-thanks"), show_alert=True)


def _require_person(actor: Actor) -> None:
    """Refuse `person.start_first` to somebody who never opened the bot: a bot may not write to them."""
    if actor.person is None:
        raise Refusal("person.start_first")


def _messages(lines: list[Markup], limit: int = 3500) -> list[str]:
    messages = [""]
    for line in lines:
        if messages[-1] and len(messages[-1]) + len(line) > limit:
            messages.append("")
        messages[-1] += ("\n\n" if messages[-1] else "") + line
    return messages
