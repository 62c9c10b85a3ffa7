"""The expert's side of a question: take, answer, ask back, hand over, close, edit."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from community.actions import Action
from community.escalation import Escalations
from community.escalation_effects import URGENCY
from community.forms import Forms
from community.model import Draft
from community.places import Places
from core.clock import Clock
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.forms import Filling, RepliesTo, number, reply_of
from handlers.guard import may
from texts import dates
from texts.keys import Key
from texts.markup import Markup
from texts.say import Texts

ANSWERING, ASKING = "escalation.answer", "escalation.ask"


def router() -> Router:
    """Build the router of experts' answers."""
    routes = Router(name="experts.answers")
    take, answer = may(Action.ESCALATION_TAKE), may(Action.ESCALATION_ANSWER)
    routes.callback_query.register(on_take, Data("esc:take:"), take)
    routes.callback_query.register(on_answer_button, Data("esc:answer:"), answer)
    routes.callback_query.register(on_ask_button, Data("esc:ask:"), answer)
    routes.callback_query.register(on_hand_over, Data("esc:over:"), take)
    routes.callback_query.register(on_close, Data("esc:close:"), answer)
    routes.message.register(on_list, Command("queue"), may(Action.ESCALATION_SEE))
    routes.message.register(on_reply, RepliesTo("esc:take:"), ~F.text.startswith("/"), answer)
    routes.message.register(on_written, Private(), Filling(ANSWERING), answer)
    routes.message.register(on_asked, Private(), Filling(ASKING), answer)
    return routes


async def on_take(
    query: CallbackQuery, actor: Actor, escalations: Escalations, clock: Clock, texts: Texts
) -> None:
    """Take the question."""
    taken = await escalations.take(number(query.data), actor.id, clock.now())
    await _say(query, texts, actor, "escalation-taken", id=str(taken.id))


async def on_answer_button(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Wait for the answer as the next message."""
    await forms.start(actor.id, ANSWERING, str(number(query.data)), clock.now())
    await _say(query, texts, actor, "escalation-answer-ask")


async def on_ask_button(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Wait for the question back as the next message."""
    await forms.start(actor.id, ASKING, str(number(query.data)), clock.now())
    await _say(query, texts, actor, "escalation-ask-write")


async def on_hand_over(
    query: CallbackQuery, actor: Actor, escalations: Escalations, clock: Clock, texts: Texts
) -> None:
    """Give the question to somebody else."""
    await escalations.hand_over(number(query.data), actor.id, clock.now())
    await _say(query, texts, actor, "escalation-hand-over-done")


async def on_close(
    query: CallbackQuery, actor: Actor, escalations: Escalations, clock: Clock, texts: Texts
) -> None:
    """Close the question."""
    await escalations.close(number(query.data), actor.id, clock.now())
    await _say(query, texts, actor, "escalation-close-done")


async def on_reply(
    message: Message,
    *,
    ref: int,
    actor: Actor,
    escalations: Escalations,
    clock: Clock,
    texts: Texts,
) -> None:
    """Take a reply to the card as the answer."""
    await escalations.answer(ref, actor.id, reply_of(message), clock.now())
    await message.reply(texts.say(actor.language, "escalation-answer-sent"), parse_mode="HTML")


async def on_written(
    message: Message,
    *,
    draft: Draft,
    actor: Actor,
    escalations: Escalations,
    clock: Clock,
    texts: Texts,
) -> None:
    """Take the next message after the button as the answer."""
    await on_reply(
        message,
        ref=int(draft.ref),
        actor=actor,
        escalations=escalations,
        clock=clock,
        texts=texts,
    )


async def on_asked(
    message: Message,
    *,
    draft: Draft,
    actor: Actor,
    escalations: Escalations,
    clock: Clock,
    texts: Texts,
) -> None:
    """Take the next message after the button as the question back."""
    await escalations.ask_back(int(draft.ref), actor.id, reply_of(message), clock.now())
    await message.reply(texts.say(actor.language, "escalation-ask-back-sent"), parse_mode="HTML")


async def on_list(
    message: Message, *, actor: Actor, escalations: Escalations, places: Places, texts: Texts
) -> None:
    """List what waits for an answer."""
    home = await places.at(message.chat.id)
    waiting = await escalations.waiting(home.id)
    language = actor.language
    lines = [texts.say(language, "escalation-list-title" if waiting else "escalation-list-empty")]
    for held in waiting:
        kind, urgency = f"escalation-kind-{held.request.speciality}", URGENCY[held.request.severity]
        due = Markup(dates.moment(held.due, language, actor.zone)) if held.due else Markup("…")
        lines.append(
            texts.say(
                language,
                "escalation-list-line",
                id=str(held.id),
                kind=texts.say_by_name(language, kind, {}),
                urgency=texts.say_by_name(language, urgency, {}),
                due=due,
            )
        )
    await message.reply("\n".join(lines), parse_mode="HTML")


async def _say(query: CallbackQuery, texts: Texts, actor: Actor, key: Key, **facts: str) -> None:
    """Answer the press, and say it under the card, where there is room for it."""
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.answer(texts.say(actor.language, key, **facts), parse_mode="HTML")
