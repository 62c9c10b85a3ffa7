"""`/broadcast`: compose, narrow, preview, test, count, schedule, confirm; then watch, pause, go on, cancel, report.

Every screen is a function of the stored draft, so a restart in the middle loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from community.actions import Action
from core.effects import MessageClass
from core.errors import Refusal
from handlers.actor import Actor
from handlers.admins.broadcast_screens import Screen, draft_screen, progress_screen
from handlers.admins.broadcast_who import switched, who_screen
from handlers.admins.reasons import lines_for
from handlers.filters import Data, Private
from handlers.guard import may
from scheduler.campaigns_model import Campaign
from scheduler.service import BroadcastDesk
from texts.markup import escape, visible
from texts.say import Texts


def router() -> Router:
    """Build the router of broadcasts."""
    routes = Router(name="admins.broadcast")
    plan, confirm = may(Action.BROADCAST_PLAN), may(Action.BROADCAST_CONFIRM)
    routes.message.register(on_broadcast, Command("broadcast"), Private(), plan)
    routes.message.register(on_label, Command("broadcast_label"), Private(), plan)
    routes.message.register(on_schedule, Command("broadcast_at"), Private(), plan)
    routes.callback_query.register(on_who, Data("bc:who:"), plan)
    routes.callback_query.register(on_narrow, Data("bc:seg:"), plan)
    routes.callback_query.register(on_draft, Data("bc:draft:"), plan)
    routes.callback_query.register(on_class, Data("bc:class:"), plan)
    routes.callback_query.register(on_test, Data("bc:test:"), plan)
    routes.callback_query.register(on_count, Data("bc:count:"), plan)
    routes.callback_query.register(on_list, Data("bc:list:"), plan)
    routes.callback_query.register(on_confirm, Data("bc:send:"), confirm)
    routes.callback_query.register(on_pause, Data("bc:pause:"), confirm)
    routes.callback_query.register(on_resume, Data("bc:resume:"), confirm)
    routes.callback_query.register(on_cancel, Data("bc:cancel:"), confirm)
    routes.callback_query.register(on_missed, Data("bc:missed:"), plan)
    return routes


async def on_broadcast(
    message: Message, command: CommandObject, actor: Actor, texts: Texts, desk: BroadcastDesk
) -> None:
    """Take the words after the command, keep their markup, and show the draft."""
    if not command.args:
        await message.answer(texts.say(actor.language, "stops-broadcast-help"))
        return
    draft = await desk.broadcasts.draft(actor.id)
    body = message.html_text.partition(command.command)[2].strip()
    await _show(message, await desk.broadcasts.write(draft.key, body), actor, texts)


async def on_label(
    message: Message, command: CommandObject, actor: Actor, texts: Texts, desk: BroadcastDesk
) -> None:
    """Keep the advertising label of the draft."""
    draft = await desk.broadcasts.draft(actor.id)
    await desk.broadcasts.mark(draft.key, escape(command.args or ""))
    await message.answer(texts.say(actor.language, "stops-broadcast-label-set"))


async def on_schedule(
    message: Message, command: CommandObject, actor: Actor, texts: Texts, desk: BroadcastDesk
) -> None:
    """Set the day and hour in the recipients' own time."""
    draft = await desk.broadcasts.draft(actor.id)
    words = (command.args or "").split()
    try:
        day, at = (
            (None, None)
            if words == ["now"]
            else (date.fromisoformat(words[0]), time.fromisoformat(words[1]))
        )
    except (ValueError, IndexError):
        await message.answer(texts.say(actor.language, "stops-broadcast-at-usage"))
        return
    await _show(message, await desk.broadcasts.schedule(draft.key, day, at), actor, texts)


async def on_narrow(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Turn one condition of the segment on or off. Refuses `button.stale`."""
    key = _argument(query)
    campaign, _ = await desk.broadcasts.report(key)
    try:
        segment = switched(campaign.segment, _argument(query, 3), _argument(query, 4))
    except (ValueError, KeyError, IndexError):
        raise Refusal("button.stale") from None
    await _redraw(query, await desk.broadcasts.narrow(key, segment), actor, texts, who_screen)


async def on_who(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Show to whom it may be narrowed."""
    campaign, _ = await desk.broadcasts.report(_argument(query))
    await _redraw(query, campaign, actor, texts, who_screen)


async def on_draft(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Go back to the draft."""
    campaign, _ = await desk.broadcasts.report(_argument(query))
    await _redraw(query, campaign, actor, texts)


async def on_class(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Choose what kind of message it is, and with it the consent it needs."""
    wanted = MessageClass(_argument(query, 3))
    await _redraw(query, await desk.broadcasts.choose_class(_argument(query), wanted), actor, texts)


async def on_test(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Send it to the person who wrote it."""
    await desk.broadcasts.test(_argument(query), actor.id)
    await query.answer(texts.plain(actor.language, "stops-test-sent-alert"))


async def on_count(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Tell how many it would reach and why the others are left out."""
    counts = dict(await desk.broadcasts.count(_argument(query)))
    go = counts.pop("go", 0)
    words = texts.say(
        actor.language,
        "broadcast-count",
        planned=go,
        excluded=sum(counts.values()),
        reasons=lines_for(texts, actor.language, counts),
    )
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.answer(words)


async def on_confirm(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Start it once; the draft's message becomes the progress."""
    key = _argument(query)
    campaign = await desk.broadcasts.confirm(key, actor.id)
    await query.answer(texts.plain(actor.language, "stops-broadcast-started"))
    if isinstance(query.message, Message):
        await desk.follow(key, query.message.chat.id, query.message.message_id)
        _, report = await desk.broadcasts.report(key)
        words, markup = progress_screen(campaign, report, texts, actor.language)
        await query.message.edit_text(words, reply_markup=markup)


async def on_pause(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Stop sending at once."""
    key = _argument(query)
    await desk.broadcasts.pause(key, actor.id)
    await _progress(query, key, actor, texts, desk)


async def on_resume(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Go on where it stopped."""
    key = _argument(query)
    await desk.broadcasts.resume(key)
    await _progress(query, key, actor, texts, desk)


async def on_cancel(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """End it; what was handed over already is told apart from what was taken back."""
    key = _argument(query)
    cancelled = await desk.broadcasts.cancel(key)
    _, report = await desk.broadcasts.report(key)
    await query.answer()
    if isinstance(query.message, Message):
        sent = sum(report.states.values()) - cancelled - report.open
        words = texts.say(
            actor.language, "broadcast-cancelled", sent=max(0, sent), cancelled=cancelled
        )
        await query.message.edit_text(words)


async def on_missed(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Draft the same words for those it certainly did not reach (L87)."""
    draft = await desk.broadcasts.draft(actor.id, missed_of=_argument(query))
    await query.answer()
    if isinstance(query.message, Message):
        await _show(query.message, draft, actor, texts)


async def on_list(query: CallbackQuery, actor: Actor, texts: Texts, desk: BroadcastDesk) -> None:
    """Send the outcome of every recipient as CSV."""
    await query.answer()
    if isinstance(query.message, Message):
        name = visible(texts.say(actor.language, "stops-recipients-file"))
        content = await desk.csv(_argument(query))
        await query.message.answer_document(BufferedInputFile(content, filename=name))


async def _show(message: Message, campaign: Campaign, actor: Actor, texts: Texts) -> None:
    words, markup = draft_screen(campaign, texts, actor.language)
    await message.answer(texts.say(actor.language, "broadcast-preview"))
    await message.answer(campaign.body)
    await message.answer(words, reply_markup=markup)


async def _redraw(
    query: CallbackQuery,
    campaign: Campaign,
    actor: Actor,
    texts: Texts,
    screen: Callable[[Campaign, Texts, str], Screen] = draft_screen,
) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        words, markup = screen(campaign, texts, actor.language)
        await query.message.edit_text(words, reply_markup=markup)


async def _progress(
    query: CallbackQuery, key: str, actor: Actor, texts: Texts, desk: BroadcastDesk
) -> None:
    campaign, report = await desk.broadcasts.report(key)
    await query.answer()
    if isinstance(query.message, Message):
        words, markup = progress_screen(campaign, report, texts, actor.language)
        await query.message.edit_text(words, reply_markup=markup)


def _argument(query: CallbackQuery, place: int = 2) -> str:
    """Read a part of `bc:verb:key:more`."""
    return (query.data or "").split(":")[place]
