"""The preference centre: /consent, one tap per decision, receipts, /stop and its words, undo."""

from __future__ import annotations

import logging

import orjson
from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from consent.answers import Receipt
from consent.centre import Centre
from consent.fields import as_json
from consent.purposes import STOPPABLE, Purpose, purpose_of
from consent.record import Evidence
from consent.service import Consents
from core.errors import Refusal
from core.ids import ChildId
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import inline
from handlers.parents import consents_view as view
from handlers.parents.consents_words import StopWord
from texts.keys import Key
from texts.say import Texts

logger = logging.getLogger(__name__)


def router() -> Router:
    """Make the router of the preference centre."""
    routes = Router(name="parents.consents")
    routes.message.register(on_centre, Private(), Command("consent", "consents_mine", "settings"))
    routes.message.register(on_stop, Private(), Command("stop"))
    routes.message.register(on_stop, Private(), StopWord())
    routes.callback_query.register(on_stop_button, Data("stop:"))
    routes.callback_query.register(on_home, Private(), Data("c:home"))
    routes.callback_query.register(on_open, Private(), Data("c:open:"))
    routes.callback_query.register(on_answer, Private(), Data("c:yes:", "c:no:"))
    routes.callback_query.register(on_withdraw, Private(), Data("c:end:"))
    routes.callback_query.register(on_care, Private(), Data("c:care"))
    routes.callback_query.register(on_undo, Private(), Data("c:undo:"))
    routes.callback_query.register(on_json, Private(), Data("c:json:"))
    return routes


async def on_centre(
    message: Message, actor: Actor, consents: Consents, centre: Centre, texts: Texts
) -> None:
    """Show the preference centre."""
    if actor.person is None:
        raise Refusal("person.unknown")
    await _centre(message, actor, consents, centre, texts)


async def on_home(
    query: CallbackQuery, actor: Actor, consents: Consents, centre: Centre, texts: Texts
) -> None:
    """Show the preference centre again."""
    await query.answer()
    await _centre(message_of(query), actor, consents, centre, texts)


async def on_open(query: CallbackQuery, actor: Actor, consents: Consents, texts: Texts) -> None:
    """Show a document in full, then what is decided about it and what can be."""
    purpose, child = about(query)
    status = await consents.status(actor.id, actor.language)
    line = status.of(purpose, child)
    message = message_of(query)
    await query.answer()
    if purpose is Purpose.CARE:
        await message.answer(texts.say(actor.language, "consent-care-about"))
    elif line.document is not None:
        served = await consents.serve(
            actor.id, purpose, language=actor.language, child=child, evidence=evidence(query)
        )
        for part in served.document.parts():
            await message.answer(f"<blockquote expandable>{part}</blockquote>", parse_mode="HTML")
    words, rows = view.card(texts, actor.language, line, actor.zone)
    await message.answer(words, reply_markup=inline(rows), parse_mode="HTML")


async def on_answer(query: CallbackQuery, actor: Actor, consents: Consents, texts: Texts) -> None:
    """Take "agree" or "decline"."""
    purpose, child = about(query)
    _, verdict, *_, version = parts(query)
    receipt = await consents.answer(
        actor.id,
        purpose,
        grant=verdict == "yes",
        version=number(version),
        child=child,
        evidence=evidence(query),
    )
    await _receipt(query, actor, receipt, texts)


async def on_withdraw(query: CallbackQuery, actor: Actor, consents: Consents, texts: Texts) -> None:
    """Withdraw one purpose at once."""
    purpose, child = about(query)
    receipt = await consents.withdraw(
        actor.id, [purpose], child=child, evidence=evidence(query), cause="centre"
    )
    await _receipt(query, actor, receipt, texts)


async def on_care(query: CallbackQuery, actor: Actor, consents: Consents, texts: Texts) -> None:
    """Let care messages come again."""
    receipt = await consents.resume_care(actor.id, evidence=evidence(query))
    await _receipt(query, actor, receipt, texts)


async def on_stop(message: Message, actor: Actor, consents: Consents, texts: Texts) -> None:
    """Stop care and marketing, by command or by a word."""
    if actor.person is None:
        raise Refusal("person.unknown")
    came = Evidence(chat=message.chat.id, message=message.message_id)
    receipt = await consents.stop(actor.id, evidence=came)
    await _stopped(message, actor, receipt, texts)


async def on_stop_button(
    query: CallbackQuery, actor: Actor, consents: Consents, texts: Texts
) -> None:
    """Stop care and marketing by the button under one of them; whose message it was does not matter."""
    if actor.person is None:
        raise Refusal("person.unknown")
    receipt = await consents.stop(actor.id, evidence=evidence(query), cause="button")
    await query.answer(texts.plain(actor.language, "done-alert"))
    await _stopped(message_of(query), actor, receipt, texts)


async def on_undo(query: CallbackQuery, actor: Actor, consents: Consents, texts: Texts) -> None:
    """Put back what one tap withdrew."""
    receipt = await consents.undo(actor.id, parts(query)[-1], evidence=evidence(query))
    await query.answer(texts.plain(actor.language, "undone-alert"))
    words, rows = view.receipt(texts, actor.language, receipt, actor.zone)
    if all(line.purpose in STOPPABLE for line in receipt.lines):
        words = texts.say(actor.language, "consent-undo-stop")
    await message_of(query).answer(words, reply_markup=inline(rows), parse_mode="HTML")


async def on_json(query: CallbackQuery, actor: Actor, consents: Consents, texts: Texts) -> None:
    """Hand the receipt over as a JSON file."""
    records = await consents.receipt_records(actor.id, parts(query)[-1])
    text = orjson.dumps([as_json(one) for one in records], option=orjson.OPT_INDENT_2)
    name = texts.plain(actor.language, "consent-receipt-file")
    await query.answer()
    await message_of(query).answer_document(BufferedInputFile(text, f"{name}.json"))


async def _centre(
    message: Message, actor: Actor, consents: Consents, centre: Centre, texts: Texts
) -> None:
    status = await consents.status(actor.id, actor.language)
    wishes = await centre.preferences(actor.id)
    words, rows = view.centre(texts, actor.language, status, wishes)
    await message.answer(words, reply_markup=inline(rows), parse_mode="HTML")


async def _receipt(query: CallbackQuery, actor: Actor, receipt: Receipt, texts: Texts) -> None:
    key: Key = "done-alert" if receipt.already else "saved-alert"
    await query.answer(texts.plain(actor.language, key))
    if receipt.already:
        return
    words, rows = view.receipt(texts, actor.language, receipt, actor.zone)
    await message_of(query).answer(words, reply_markup=inline(rows), parse_mode="HTML")


async def _stopped(message: Message, actor: Actor, receipt: Receipt, texts: Texts) -> None:
    if receipt.already:
        await message.answer(texts.say(actor.language, "consent-stopped-already"))
        return
    _, rows = view.receipt(texts, actor.language, receipt, actor.zone)
    words = texts.say(actor.language, "consent-stopped")
    await message.answer(words, reply_markup=inline(rows), parse_mode="HTML")


def parts(query: CallbackQuery) -> list[str]:
    """Split callback data."""
    return (query.data or "").split(":")


def number(text: str) -> int:
    """Read a number of callback data; forged data is refused `consent.stale` and logged without them."""
    if not text.isdecimal() or len(text) > 18:  # noqa: PLR2004 - fits 64 bits
        logger.info("callback data refused")
        raise Refusal("consent.stale")
    return int(text)


def about(query: CallbackQuery) -> tuple[Purpose, ChildId | None]:
    """Read `c:<verb>:<purpose>:<child>`; forged data is refused."""
    given = parts(query)
    if len(given) < 4:  # noqa: PLR2004 - c, verb, purpose, child
        raise Refusal("consent.stale")
    child = number(given[3])
    return purpose_of(given[2]), ChildId(child) if child else None


def evidence(query: CallbackQuery) -> Evidence:
    """Name the press that carries a decision."""
    message = query.message.message_id if query.message is not None else None
    return Evidence(chat=query.from_user.id, message=message, callback=query.id)


def message_of(query: CallbackQuery) -> Message:
    """Take the message of a press; one that is too old or gone is refused `session.expired`."""
    if not isinstance(query.message, Message):
        raise Refusal("session.expired")
    return query.message
