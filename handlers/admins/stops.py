"""`/freeze`, `/stopall` and `/why`."""

from __future__ import annotations

from datetime import date

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from community.actions import Action
from core.effects import RowState
from core.outgoing import OutboxRow
from handlers.actor import Actor
from handlers.admins.reasons import trace_for, words_for
from handlers.guard import may
from scheduler.control import Control
from texts import dates
from texts.markup import Markup
from texts.say import Texts

OFF = frozenset({"off", "выкл"})
_SHOWN_DAYS = 90


def router() -> Router:
    """Build the router of switches."""
    routes = Router(name="admins.stops")
    routes.message.register(on_freeze, Command("freeze"), may(Action.DELIVERY_FREEZE))
    routes.message.register(on_stop_all, Command("stopall"), may(Action.DELIVERY_STOP))
    routes.message.register(on_why, Command("why"), may(Action.DELIVERY_WHY))
    return routes


async def on_freeze(
    message: Message, command: CommandObject, actor: Actor, texts: Texts, control: Control
) -> None:
    """Freeze days, lift a freeze, or list them."""
    words = (command.args or "").split()
    if not words:
        await message.answer(await _freezes(actor, texts, control))
        return
    try:
        if words[0] in OFF:
            await control.thaw(int(words[1]))
            await message.answer(texts.say(actor.language, "stops-freeze-thawed"))
            return
        first, last = date.fromisoformat(words[0]), date.fromisoformat(words[1])
    except (ValueError, IndexError):
        await message.answer(texts.say(actor.language, "stops-freeze-usage"))
        return
    reason = " ".join(words[2:]) or "—"
    await control.freeze(first, last, reason, actor.id)
    await message.answer(
        texts.say(
            actor.language,
            "broadcast-freeze-added",
            **{"from": dates.day(first, actor.language)},
            to=dates.day(last, actor.language),
            reason=reason,
        )
    )


async def on_stop_all(
    message: Message, command: CommandObject, actor: Actor, texts: Texts, control: Control
) -> None:
    """Stop everything nobody waits for, or let it go on."""
    if (command.args or "").strip() in OFF:
        await control.resume_all()
        await message.answer(texts.say(actor.language, "broadcast-emergency-off"))
        return
    await control.stop_all(actor.id)
    await message.answer(texts.say(actor.language, "broadcast-emergency"))


async def on_why(
    message: Message, command: CommandObject, actor: Actor, texts: Texts, control: Control
) -> None:
    """Tell every planned message of a person with its reasons, or the trace of one message."""
    words = (command.args or "").split()
    numbers = [int(word) for word in words if word.lstrip("-").isdigit()]
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None:
        numbers.insert(0, replied.from_user.id)
    if not numbers:
        await message.answer(texts.say(actor.language, "stops-why-usage"))
        return
    rows = await control.why(numbers[0], numbers[1] if len(numbers) > 1 else None)
    if not rows:
        await message.answer(texts.say(actor.language, "broadcast-why-none"))
        return
    head = texts.say(actor.language, "broadcast-why-head", days=_SHOWN_DAYS)
    await message.answer(Markup("\n".join([head, *(_line(row, actor, texts) for row in rows)])))


async def _freezes(actor: Actor, texts: Texts, control: Control) -> Markup:
    known = await control.freezes()
    lines = [
        texts.say(
            actor.language,
            "stops-freeze-line",
            id=str(number),
            **{"from": dates.day(date.fromisoformat(one.first_day), actor.language)},
            to=dates.day(date.fromisoformat(one.last_day), actor.language),
            reason=one.reason,
        )
        for number, one in known.items()
    ] or [texts.say(actor.language, "broadcast-freeze-none")]
    usage = texts.say(actor.language, "stops-freeze-usage")
    return Markup("\n".join([*lines, "", usage]))


def _line(row: OutboxRow, actor: Actor, texts: Texts) -> str:
    """Write one message: whether it went, what it was, when, and the rules that spoke."""
    arrived = row.state in {RowState.SENT, RowState.UNKNOWN}
    reason = row.reason or row.held_by
    if arrived or not reason:
        said = trace_for(texts, actor.language, row.reasons)
    else:
        said = [words_for(texts, actor.language, reason)]
    return str(
        texts.say(
            actor.language,
            "broadcast-why-sent" if arrived else "broadcast-why-not-sent",
            title=row.content or row.kind.value,
            when=dates.moment(row.done_at or row.due, actor.language, actor.zone),
            reason=Markup("; ".join(said)),
        )
    )
