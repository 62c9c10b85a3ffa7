"""Mentorship for both sides: applying, training, agreeing, writing through the bot, red flag, finishing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from community.forms import Forms
from community.mentorship.applications import Applications, Form
from community.mentorship.model import QUIZ, Side, Topic
from community.mentorship.pairing import Pairing
from community.mentorship.relay import Relay
from community.model import Draft
from community.places import Places
from core.clock import Clock
from core.cohorts import Cohort
from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.forms import Filling, RepliesTo, number, reply_of
from handlers.keyboards import Button, grid, inline
from texts.keys import Key
from texts.markup import Markup, visible
from texts.say import Texts

APPLYING, ABOUT, WRITING = "mentor.apply", "mentor.about", "mentor.write"
FEEDBACK, QUIZZED = "mentor.feedback", "mentor.quiz"


def router() -> Router:
    """Build the router of mentorship."""
    routes = Router(name="parents.mentors")
    routes.callback_query.register(on_apply, Private(), Data("men:apply:"))
    routes.callback_query.register(
        on_toggle, Private(), Data("men:t:", "men:c:"), Filling(APPLYING)
    )
    routes.callback_query.register(on_chosen, Private(), Data("men:next"), Filling(APPLYING))
    routes.callback_query.register(on_quiz, Private(), Data("men:quiz:"))
    routes.callback_query.register(on_quiz_answer, Private(), Data("men:q:"), Filling(QUIZZED))
    routes.callback_query.register(on_agree, Private(), Data("men:agree:"))
    routes.callback_query.register(on_refuse, Private(), Data("men:refuse:"))
    routes.callback_query.register(on_write, Private(), Data("men:write:"))
    routes.callback_query.register(on_flag, Private(), Data("men:flag:"))
    routes.callback_query.register(on_pause, Private(), Data("men:pause:", "men:resume:"))
    routes.callback_query.register(on_finish, Private(), Data("men:finish:", "men:anew:"))
    routes.callback_query.register(on_feedback_button, Private(), Data("men:feedback:"))
    routes.message.register(on_reply, Private(), RepliesTo("men:write:"))
    routes.message.register(on_about, Private(), Filling(ABOUT))
    routes.message.register(on_written, Private(), Filling(WRITING))
    routes.message.register(on_feedback, Private(), Filling(FEEDBACK))
    return routes


async def on_apply(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Begin the form: ages and topics as buttons to tick."""
    side = Side((query.data or "").rsplit(":", 1)[-1])
    answers: dict[str, Any] = {"cohorts": [], "topics": []}
    await forms.start(actor.id, APPLYING, side.value, clock.now(), answers)
    words = texts.say(actor.language, "mentorship-choose")
    await _say(query, words, _choices(texts, actor.language, answers))


async def on_toggle(
    query: CallbackQuery, *, draft: Draft, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Tick or untick one choice."""
    _, kind, value = (query.data or "").split(":")
    name = "topics" if kind == "t" else "cohorts"
    chosen = [*draft.answers.get(name, ())]
    chosen = [each for each in chosen if each != value] if value in chosen else [*chosen, value]
    answers = {**draft.answers, name: chosen}
    await forms.start(actor.id, APPLYING, draft.ref, clock.now(), answers)
    await query.answer()
    if isinstance(query.message, Message):
        markup = inline(_choices(texts, actor.language, answers))
        await query.message.edit_reply_markup(reply_markup=markup)


async def on_chosen(
    query: CallbackQuery, *, draft: Draft, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Go on to a few words about oneself."""
    if not draft.answers.get("topics"):
        raise Refusal("mentor.choose_topic")
    await forms.start(actor.id, ABOUT, draft.ref, clock.now(), draft.answers)
    key: Key = (
        "mentorship-about-mentor" if draft.ref == Side.MENTOR.value else "mentorship-about-family"
    )
    await _say(query, texts.say(actor.language, key))


async def on_about(
    message: Message,
    *,
    draft: Draft,
    actor: Actor,
    applications: Applications,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Send the application in."""
    assert actor.person is not None  # noqa: S101 - a draft belongs to a person
    home, now = await places.at(message.chat.id), clock.now()
    form = Form(
        side=Side(draft.ref),
        cohorts=tuple(Cohort(value) for value in draft.answers.get("cohorts", ())),
        topics=tuple(Topic(value) for value in draft.answers.get("topics", ())),
        about=message.text or "",
    )
    await applications.apply(home.id, actor.person, form, _offset(actor, now), now)
    await message.answer(texts.say(actor.language, "mentorship-applied"))


async def on_quiz(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Show the rules of a mentor and the first question."""
    await forms.start(actor.id, QUIZZED, str(number(query.data)), clock.now(), {"given": []})
    await _say(query, texts.say(actor.language, "mentorship-training"))
    await _ask_quiz(query, actor, texts, 1)


async def on_quiz_answer(
    query: CallbackQuery,
    *,
    draft: Draft,
    actor: Actor,
    applications: Applications,
    forms: Forms,
    clock: Clock,
    texts: Texts,
) -> None:
    """Take an answer; after the last one mark them."""
    _, _, place, letter = (query.data or "").split(":")
    given = [*draft.answers.get("given", ())]
    if len(given) != int(place) - 1:
        await query.answer(texts.plain(actor.language, "button-stale-alert"))
        return
    given.append(letter)
    if len(given) < len(QUIZ):
        await forms.start(actor.id, QUIZZED, draft.ref, clock.now(), {"given": given})
        await query.answer()
        await _ask_quiz(query, actor, texts, len(given) + 1)
        return
    passed = await applications.trained(int(draft.ref), actor.id, tuple(given), clock.now())
    key: Key = "mentorship-quiz-passed" if passed else "mentorship-quiz-failed"
    again: list[list[Button]] = [
        [(texts.plain(actor.language, "mentorship-training-button"), f"men:quiz:{draft.ref}")]
    ]
    await _say(query, texts.say(actor.language, key), [] if passed else again)


async def on_agree(
    query: CallbackQuery, actor: Actor, pairing: Pairing, clock: Clock, texts: Texts
) -> None:
    """Agree to the proposed pair."""
    await pairing.agree(number(query.data), actor.id, clock.now())
    await query.answer(texts.plain(actor.language, "done-alert"))


async def on_refuse(
    query: CallbackQuery, actor: Actor, pairing: Pairing, clock: Clock, texts: Texts
) -> None:
    """Say no to the proposed pair."""
    await pairing.refuse(number(query.data), actor.id, clock.now())
    await _say(query, texts.say(actor.language, "mentorship-refused"))


async def on_write(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Wait for the message as the next one."""
    await forms.start(actor.id, WRITING, str(number(query.data)), clock.now())
    await _say(query, texts.say(actor.language, "mentorship-write"))


async def on_written(
    message: Message, *, draft: Draft, actor: Actor, relay: Relay, clock: Clock, texts: Texts
) -> None:
    """Carry the message to the other side."""
    await on_reply(message, ref=int(draft.ref), actor=actor, relay=relay, clock=clock, texts=texts)


async def on_reply(
    message: Message, *, ref: int, actor: Actor, relay: Relay, clock: Clock, texts: Texts
) -> None:
    """Carry a reply to the other side; say so when contacts were taken out."""
    hidden = await relay.write(ref, actor.id, reply_of(message), clock.now())
    if hidden:
        await message.reply(texts.say(actor.language, "mentorship-hidden"))


async def on_flag(
    query: CallbackQuery, actor: Actor, relay: Relay, clock: Clock, texts: Texts
) -> None:
    """Call an expert at once, with the message under which the button was pressed as evidence."""
    shown = query.message.text if isinstance(query.message, Message) else None
    await relay.red_flag(number(query.data), actor.id, shown or "…", clock.now())
    await query.answer(texts.plain(actor.language, "mentorship-flag-alert"), show_alert=True)


async def on_pause(
    query: CallbackQuery, actor: Actor, pairing: Pairing, clock: Clock, texts: Texts
) -> None:
    """Rest, or go on."""
    key, paused = number(query.data), (query.data or "").startswith("men:pause:")
    await pairing.pause(key, actor.id, clock.now(), paused=paused)
    resume: list[list[Button]] = [
        [(texts.plain(actor.language, "mentorship-resume-button"), f"men:resume:{key}")]
    ]
    words: Key = "mentorship-paused" if paused else "mentorship-resumed"
    await _say(query, texts.say(actor.language, words), resume if paused else [])


async def on_finish(
    query: CallbackQuery, actor: Actor, pairing: Pairing, clock: Clock, texts: Texts
) -> None:
    """Finish; `men:anew` looks for another mentor."""
    anew = (query.data or "").startswith("men:anew:")
    await pairing.finish(number(query.data), actor.id, clock.now(), anew=anew)
    await query.answer(texts.plain(actor.language, "done-alert"))


async def on_feedback_button(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Wait for the feedback as the next message."""
    await forms.start(actor.id, FEEDBACK, str(number(query.data)), clock.now())
    await _say(query, texts.say(actor.language, "mentorship-feedback"))


async def on_feedback(
    message: Message, *, draft: Draft, actor: Actor, pairing: Pairing, texts: Texts
) -> None:
    """Keep the feedback."""
    await pairing.feedback(int(draft.ref), actor.id, message.text or "")
    await message.answer(texts.say(actor.language, "mentorship-feedback-thanks"))


def _choices(texts: Texts, language: str, answers: dict[str, Any]) -> list[list[Button]]:
    def button(key: str, value: str, chosen: list[str], data: str) -> Button:
        label = visible(texts.say_by_name(language, key, {}))
        return (f"✓ {label}" if value in chosen else label, data)

    ages = [
        button(f"cohort-{c.value}", c.value, answers["cohorts"], f"men:c:{c.value}")
        for c in Cohort
        if c is not Cohort.UNKNOWN
    ]
    topics = [
        button(f"mentorship-topic-{t.value}", t.value, answers["topics"], f"men:t:{t.value}")
        for t in Topic
    ]
    done: list[Button] = [(texts.plain(language, "next-button"), "men:next")]
    return [*grid(ages, 3), *grid(topics, 2), done]


async def _ask_quiz(query: CallbackQuery, actor: Actor, texts: Texts, place: int) -> None:
    if isinstance(query.message, Message):
        words = texts.say_by_name(actor.language, f"mentorship-quiz-{place}", {})
        row: list[Button] = [(letter, f"men:q:{place}:{letter}") for letter in ("a", "b", "c")]
        await query.message.answer(words, reply_markup=inline([row]))


async def _say(query: CallbackQuery, words: Markup, rows: list[list[Button]] | None = None) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.answer(words, reply_markup=inline(rows) if rows else None)


def _offset(actor: Actor, now: datetime) -> int:
    offset = now.astimezone(actor.zone).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)
