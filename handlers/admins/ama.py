"""Running sessions: `/ama start|next|skip|pause|resume|extend|finish|move|cancel|merge|decline|figures|...`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from community.actions import Action
from community.ama.after import After, page
from community.ama.asking import Asking
from community.ama.live import Live
from community.ama.planning import Planning
from community.parsing import day, hour
from core.clock import Clock
from core.errors import Refusal
from core.localtime import local_day, resolve
from handlers.actor import Actor
from handlers.filters import Data
from handlers.forms import number
from handlers.guard import may
from texts.say import Texts


def router() -> Router:
    """Build the router of those who run sessions."""
    routes = Router(name="admins.ama")
    planned = F.args.regexp(r"^(move|cancel|figures)\b")
    ran = F.args.regexp(
        r"^(start|next|skip|pause|resume|extend|finish|merge|decline|approve|note|transcript)\b"
    )
    routes.message.register(on_order, Command("ama", magic=planned), may(Action.AMA_PLAN))
    routes.message.register(on_order, Command("ama", magic=ran), may(Action.AMA_RUN))
    routes.message.register(on_help, Command("ama", magic=F.args == "help"), may(Action.AMA_RUN))
    routes.callback_query.register(on_run, Data("ama:run:"), may(Action.AMA_RUN))
    routes.callback_query.register(on_approve, Data("ama:yes:"), may(Action.AMA_MODERATE))
    routes.callback_query.register(on_decline, Data("ama:no:"), may(Action.AMA_MODERATE))
    return routes


@dataclass(frozen=True, slots=True)
class Desk:
    """The services an order may need."""

    planning: Planning
    asking: Asking
    live: Live
    after: After


@dataclass(frozen=True, slots=True)
class Order:
    """An order: its words, who gives it, when."""

    ref: int
    words: list[str]
    actor: Actor
    now: datetime


async def on_order(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    planning: Planning,
    asking: Asking,
    live: Live,
    after: After,
    clock: Clock,
    texts: Texts,
) -> None:
    """Carry out one order."""
    verb, *words = (command.args or "").split()
    if not words or not words[0].isdecimal():
        raise Refusal("input.number")
    order = Order(int(words[0]), words[1:], actor, clock.now())
    desk = Desk(planning, asking, live, after)
    if verb == "figures":
        await message.reply(await _figures(desk, order, texts))
    elif verb == "transcript":
        await message.reply_document(await _transcript(desk, order, texts))
    else:
        await ORDERS[verb](desk, order)
        await message.reply(texts.say(actor.language, "ama-done"))


async def on_help(message: Message, actor: Actor, texts: Texts) -> None:
    """Show the orders."""
    await message.reply(texts.say(actor.language, "ama-help"))


async def on_run(
    query: CallbackQuery,
    *,
    actor: Actor,
    planning: Planning,
    asking: Asking,
    live: Live,
    after: After,
    clock: Clock,
    texts: Texts,
) -> None:
    """Carry out the order of a button."""
    verb = (query.data or "").split(":")[2]
    order = Order(number(query.data), [], actor, clock.now())
    await ORDERS[verb](Desk(planning, asking, live, after), order)
    await query.answer(texts.plain(actor.language, "done-alert"))


async def on_approve(query: CallbackQuery, actor: Actor, asking: Asking, texts: Texts) -> None:
    """Let a question through."""
    await asking.approve(number(query.data))
    await query.answer(texts.plain(actor.language, "done-alert"))


async def on_decline(
    query: CallbackQuery, actor: Actor, asking: Asking, clock: Clock, texts: Texts
) -> None:
    """Decline a question with the usual reason; `/ama decline` gives another."""
    reason = texts.plain(actor.language, "ama-declined-reason")
    await asking.decline(number(query.data), actor.id, reason, clock.now())
    await query.answer(texts.plain(actor.language, "done-alert"))


async def _start(desk: Desk, order: Order) -> object:
    return await desk.live.start(order.ref, order.actor.id, order.now)


async def _next(desk: Desk, order: Order) -> object:
    return await desk.live.next(order.ref, order.now)


async def _skip(desk: Desk, order: Order) -> object:
    return await desk.live.next(order.ref, order.now, skip=True)


async def _pause(desk: Desk, order: Order) -> object:
    return await desk.live.pause(order.ref, order.now)


async def _resume(desk: Desk, order: Order) -> object:
    return await desk.live.resume(order.ref, order.now)


async def _extend(desk: Desk, order: Order) -> object:
    if not order.words or not order.words[0].isdecimal():
        raise Refusal("input.number")
    return await desk.live.extend(order.ref, int(order.words[0]))


async def _finish(desk: Desk, order: Order) -> object:
    return await desk.after.finish(order.ref, order.actor.id, order.now)


async def _move(desk: Desk, order: Order) -> object:
    if len(order.words) != 2:  # noqa: PLR2004 - a day and an hour
        raise Refusal("input.date")
    zone = order.actor.zone
    on = day(order.words[0], local_day(order.now, zone))
    starts = resolve(on, hour(order.words[1]), zone)
    return await desk.planning.move(order.ref, starts, order.actor.id, order.now)


async def _cancel(desk: Desk, order: Order) -> object:
    return await desk.planning.cancel(order.ref, order.actor.id, order.now)


async def _merge(desk: Desk, order: Order) -> None:
    if not order.words or not order.words[-1].isdecimal():
        raise Refusal("input.number")
    await desk.asking.merge(order.ref, int(order.words[-1]))


async def _decline(desk: Desk, order: Order) -> None:
    await desk.asking.decline(order.ref, order.actor.id, " ".join(order.words) or "…", order.now)


async def _approve(desk: Desk, order: Order) -> None:
    await desk.asking.approve(order.ref)


async def _note(desk: Desk, order: Order) -> None:
    await desk.after.note(order.ref, order.actor.id, " ".join(order.words), order.now)


ORDERS: dict[str, Callable[[Desk, Order], Awaitable[object]]] = {
    "approve": _approve,
    "cancel": _cancel,
    "decline": _decline,
    "extend": _extend,
    "finish": _finish,
    "merge": _merge,
    "move": _move,
    "next": _next,
    "note": _note,
    "pause": _pause,
    "resume": _resume,
    "skip": _skip,
    "start": _start,
}


async def _figures(desk: Desk, order: Order, texts: Texts) -> str:
    found = await desk.after.figures(order.ref)
    rating = f"{found.rating:.1f}" if found.rating is not None else "…"
    return texts.say(
        order.actor.language,
        "ama-figures",
        asked=found.asked,
        answered=found.answered,
        votes=found.votes,
        subscribed=found.subscribed,
        attended=found.attended,
        returned=found.returned,
        rating=rating,
    )


async def _transcript(desk: Desk, order: Order, texts: Texts) -> BufferedInputFile:
    held, chapters = await desk.after.transcript(order.ref)
    language = order.actor.language
    title = texts.plain(language, "ama-transcript-title", title=held.title)
    html = page(held, chapters, title, texts.plain(language, "ama-anonymous"))
    name = f"{texts.plain(language, 'ama-file')}-{held.id}.html"
    return BufferedInputFile(html.encode(), filename=name)
