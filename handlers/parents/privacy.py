"""A person's rights: /export, /delete_me and per child, leaving in two taps."""

from __future__ import annotations

import orjson
from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from community.forms import Forms
from consent.privacy import Act179, Privacy
from consent.record import Evidence
from consent.service import Consents
from core.clock import Clock
from core.errors import Refusal
from core.ids import ChildId
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import Button, inline
from handlers.parents import leaving
from handlers.parents.consents import evidence, message_of, number, parts
from texts.keys import Key
from texts.say import Texts


def router() -> Router:
    """Make the router of export, erasure and leaving."""
    routes = Router(name="parents.privacy")
    routes.message.register(on_export, Private(), Command("export"))
    routes.message.register(on_delete, Private(), Command("delete_me", "delete"))
    routes.message.register(on_leave, Private(), Command("leave", "cancel_me"))
    routes.callback_query.register(on_child, Private(), Data("p:child:"))
    routes.callback_query.register(on_delete_child, Private(), Data("p:gone:"))
    routes.callback_query.register(on_delete_me, Private(), Data("p:erase"))
    routes.callback_query.register(on_left, Private(), Data("p:leave"))
    routes.callback_query.register(on_why, Private(), Data("p:why:"))
    routes.callback_query.register(on_words, Private(), Data("p:words:"))
    routes.callback_query.register(on_nothing, Private(), Data("p:no"))
    return routes


async def on_export(message: Message, actor: Actor, privacy: Privacy, texts: Texts) -> None:
    """Hand over everything that is stored, in one file."""
    if actor.person is None:
        raise Refusal("person.unknown")
    language = actor.language
    await message.answer(texts.say(language, "consent-export-started"))
    labels = {name: texts.plain(language, key) for name, key in _LABELS.items()}
    title = texts.plain(language, "export-title")
    packed = await privacy.export(actor.id, language, labels, title)
    name = texts.plain(language, "consent-export-file")
    await message.answer_document(
        BufferedInputFile(packed, f"{name}.zip"),
        caption=texts.say(language, "consent-export-ready"),
        parse_mode="HTML",
    )


async def on_delete(message: Message, actor: Actor, privacy: Privacy, texts: Texts) -> None:
    """Say what goes and what stays, and ask once; children can go one by one."""
    if actor.person is None:
        raise Refusal("privacy.nothing")
    language = actor.language
    named = await privacy.children(actor.id)
    rows: list[list[Button]] = []
    for child, name in named:
        called = name or texts.plain(language, "privacy-child-nameless", number=str(child))
        label = texts.plain(language, "consent-delete-child-button", name=called)
        rows.append([(label, f"p:child:{child}")])
    rows.append([(texts.plain(language, "consent-delete-button"), "p:erase")])
    rows.append([(texts.plain(language, "cancel-button"), "p:no")])
    words = texts.say(language, "consent-delete-ask")
    await message.answer(words, reply_markup=inline(rows), parse_mode="HTML")


async def on_child(query: CallbackQuery, actor: Actor, privacy: Privacy, texts: Texts) -> None:
    """Ask once about one child."""
    child = ChildId(number(parts(query)[-1]))
    named = dict(await privacy.children(actor.id))
    if child not in named:
        raise Refusal("child.not_yours")
    await query.answer()
    language = actor.language
    called = named[child] or texts.plain(language, "privacy-child-nameless", number=str(child))
    words = texts.say(language, "consent-delete-child-ask", name=called)
    rows: list[list[Button]] = [
        [(texts.plain(language, "consent-delete-button"), f"p:gone:{child}")],
        [(texts.plain(language, "cancel-button"), "p:no")],
    ]
    await message_of(query).answer(words, reply_markup=inline(rows), parse_mode="HTML")


async def on_delete_child(
    query: CallbackQuery, actor: Actor, privacy: Privacy, texts: Texts
) -> None:
    """Erase one child."""
    child = ChildId(number(parts(query)[-1]))
    act = await privacy.delete_child(actor.id, child, evidence=evidence(query))
    await _gone(query, actor.language, act, texts)


async def on_delete_me(query: CallbackQuery, actor: Actor, privacy: Privacy, texts: Texts) -> None:
    """Erase the person and hand over the act."""
    act = await privacy.delete_me(actor.id, evidence=evidence(query))
    await _gone(query, actor.language, act, texts)


async def on_leave(message: Message, actor: Actor, texts: Texts) -> None:
    """First tap of two: ask whether to leave, without a word against it."""
    if actor.person is None:
        raise Refusal("person.unknown")
    language = actor.language
    rows: list[list[Button]] = [
        [(texts.plain(language, "consent-leave-button"), "p:leave")],
        [(texts.plain(language, "cancel-button"), "p:no")],
    ]
    await message.answer(texts.say(language, "consent-leave-ask"), reply_markup=inline(rows))


async def on_words(
    query: CallbackQuery, actor: Actor, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Let the answer be given in words instead of a button."""
    question = parts(query)[-1]
    if question not in leaving.QUESTIONS:
        raise Refusal("consent.stale")
    await forms.start(actor.id, leaving.WORDS, question, clock.now())
    await query.answer()
    await message_of(query).answer(texts.say(actor.language, "leave-words-ask"))


async def on_left(
    query: CallbackQuery, actor: Actor, consents: Consents, privacy: Privacy, texts: Texts
) -> None:
    """Second tap: stop everything, offer three questions that need no answer."""
    press: Evidence = evidence(query)
    receipt = await consents.stop(actor.id, evidence=press, cause="leave")
    await privacy.leave(actor.id)
    await query.answer(texts.plain(actor.language, "done-alert"))
    message = message_of(query)
    back: list[list[Button]] = [
        [(texts.plain(actor.language, "undo-button"), f"c:undo:{receipt.id}")]
    ]
    await message.answer(
        texts.say(actor.language, "consent-left"),
        reply_markup=inline([] if receipt.already else back),
    )
    await message.answer(texts.say(actor.language, "consent-leave-survey"))
    await leaving.ask(leaving.QUESTIONS[0], message, actor.language, texts)


async def on_why(query: CallbackQuery, actor: Actor, privacy: Privacy, texts: Texts) -> None:
    """Keep an answer and ask the next question; the last one says thank you."""
    *_, question, answer = parts(query)
    if answer != "skip":
        await privacy.say_why(actor.id, question, answer)
    elif question not in leaving.QUESTIONS:
        raise Refusal("consent.stale")
    await query.answer(texts.plain(actor.language, "done-alert"))
    await leaving.after(question, message_of(query), actor.language, texts)


async def on_nothing(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """Change nothing."""
    await query.answer()
    await message_of(query).edit_text(texts.say(actor.language, "cancelled"))


async def _gone(query: CallbackQuery, language: str, act: Act179, texts: Texts) -> None:
    await query.answer(texts.plain(language, "done-alert"))
    message = message_of(query)
    await message.edit_reply_markup(reply_markup=None)
    text = orjson.dumps({"act": act.id, "acts": list(act.acts)}, option=orjson.OPT_INDENT_2)
    name = texts.plain(language, "act-file")
    if not act.acts:
        await message.answer(texts.say(language, "consent-child-let-go"))
        return
    key: Key = "consent-deleted" if act.acts[-1]["scope"] == "person" else "consent-deleted-child"
    words = texts.say(language, key)
    await message.answer_document(
        BufferedInputFile(text, f"{name}.json"), caption=words, parse_mode="HTML"
    )


_LABELS: dict[str, Key] = {
    "people": "export-people",
    "children": "export-children",
    "contacts": "export-contacts",
    "guardians": "export-guardians",
    "consents": "export-consents",
    "events": "export-events",
    "outbox": "export-outbox",
    "messages": "export-messages",
    "questions": "export-questions",
}
"""Names of the sections a person would look for; others keep the name of their table."""
