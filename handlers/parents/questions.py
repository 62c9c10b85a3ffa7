"""`/ask`: ready answers, the community, an expert; replies and ratings under an expert's answer."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from community.escalation import NO_HELP, Escalations
from community.forms import Forms
from community.model import Draft, Speciality
from community.places import Places
from community.questions.service import Questions
from core.clock import Clock
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.forms import Filling, RepliesTo, number, reply_of
from handlers.keyboards import Button, inline
from texts.keys import Key
from texts.markup import Markup
from texts.say import Texts

ASKING = "question.ask"


def router() -> Router:
    """Build the router of parents' questions."""
    routes = Router(name="parents.questions")
    routes.message.register(on_ask, Command("ask"))
    routes.callback_query.register(on_ask_button, Private(), Data("menu:ask"))
    routes.callback_query.register(on_helped, Private(), Data("q:helped:"))
    routes.callback_query.register(on_to_community, Private(), Data("q:community:"))
    routes.callback_query.register(on_who, Private(), Data("q:expert:"))
    routes.callback_query.register(on_to_expert, Private(), Data("q:to:"))
    routes.callback_query.register(on_rate, Private(), Data("esc:rate:"))
    routes.message.register(on_reply_to_answer, Private(), RepliesTo("esc:rate:"))
    routes.message.register(on_written, Private(), Filling(ASKING))
    return routes


async def on_ask(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    forms: Forms,
    questions: Questions,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Ask for the question, or take the one written after the command; in a group, point to the private chat."""
    if message.chat.type != "private":
        await message.reply(texts.say(actor.language, "questions-ask-in-private"))
        return
    if actor.person is None:
        await message.answer(texts.say(actor.language, "start-first"))
        return
    if command.args:
        await _take(message, command.args, actor, questions, places, clock, texts)
        return
    await forms.start(actor.id, ASKING, "", clock.now())
    await message.answer(texts.say(actor.language, "questions-ask"))


async def on_ask_button(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Ask for the question from the menu."""
    await forms.start(actor.id, ASKING, "", clock.now())
    await _answer(query, texts.say(actor.language, "questions-ask"))


async def on_written(
    message: Message,
    *,
    draft: Draft,  # noqa: ARG001 - its presence is what matters
    actor: Actor,
    questions: Questions,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Take the question."""
    if message.text is None:
        await message.answer(texts.say(actor.language, "text-please"))
        return
    await _take(message, message.text, actor, questions, places, clock, texts)


async def _take(
    message: Message,
    text: str,
    actor: Actor,
    questions: Questions,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    assert actor.person is not None  # noqa: S101 - both callers know the person
    home = await places.at(message.chat.id)
    asked = await questions.ask(home.id, actor.person, text, clock.now())
    language = actor.language
    for found in asked.found:
        words = texts.say(
            language,
            "questions-found",
            question=found.entry.questions[0],
            answer=found.entry.answer,
        )
        await message.answer(words)
    number_ = asked.question.id
    rows: list[list[Button]] = []
    if asked.found:
        rows.append([(texts.plain(language, "questions-helped-button"), f"q:helped:{number_}")])
    rows += [
        [(texts.plain(language, "questions-to-community-button"), f"q:community:{number_}")],
        [(texts.plain(language, "questions-to-expert-button"), f"q:expert:{number_}")],
    ]
    key: Key = "questions-what-next" if asked.found else "questions-nothing-found"
    await message.answer(texts.say(language, key), reply_markup=inline(rows))


async def on_helped(
    query: CallbackQuery, actor: Actor, questions: Questions, clock: Clock, texts: Texts
) -> None:
    """Close the question: a ready answer helped."""
    await questions.helped(number(query.data), actor.id, clock.now())
    await _answer(query, texts.say(actor.language, "questions-helped"))


async def on_to_community(
    query: CallbackQuery, actor: Actor, questions: Questions, clock: Clock, texts: Texts
) -> None:
    """Publish the question without a name."""
    await questions.to_community(number(query.data), actor.id, clock.now())
    await _answer(query, texts.say(actor.language, "questions-to-community"))


async def on_who(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Ask which expert."""
    key = number(query.data)
    rows: list[list[Button]] = [
        [
            (
                str(texts.say_by_name(actor.language, f"questions-{speciality}-button", {})),
                f"q:to:{speciality}:{key}",
            )
        ]
        for speciality in Speciality
    ]
    await query.answer()
    if isinstance(query.message, Message):
        words = texts.say(actor.language, "questions-who")
        await query.message.answer(words, reply_markup=inline(rows))


async def on_to_expert(
    query: CallbackQuery, actor: Actor, questions: Questions, clock: Clock, texts: Texts
) -> None:
    """Take the question to the expert chosen; when the answer comes is told by the escalation itself."""
    _, _, speciality, key = (query.data or "").split(":")
    await questions.to_expert(int(key), actor.id, clock.now(), Speciality(speciality))
    await query.answer(texts.plain(actor.language, "done-alert"))


async def on_rate(
    query: CallbackQuery, actor: Actor, escalations: Escalations, clock: Clock, texts: Texts
) -> None:
    """Keep whether an answer helped."""
    _, _, verdict, key = (query.data or "").split(":")
    await escalations.rate(int(key), actor.id, verdict, clock.now())
    thanks: Key = "escalation-rate-no-thanks" if verdict == NO_HELP else "escalation-rate-thanks"
    await query.answer(texts.plain(actor.language, thanks), show_alert=True)


async def on_reply_to_answer(
    message: Message,
    *,
    ref: int,
    actor: Actor,
    escalations: Escalations,
    clock: Clock,
    texts: Texts,
) -> None:
    """Carry what the parent adds to the expert."""
    await escalations.asker_wrote(ref, actor.id, reply_of(message), clock.now())
    await message.answer(texts.say(actor.language, "escalation-asker-sent"))


async def _answer(query: CallbackQuery, words: Markup) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.answer(words)
