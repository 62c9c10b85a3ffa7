"""Buttons under a case's card in the staff forum, and `/cases`: what waits."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from typing_extensions import override

from community.actions import Action
from community.places import Places
from core.clock import Clock
from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Data
from handlers.forms import RepliesTo, number
from handlers.guard import may
from handlers.keyboards import inline
from handlers.moderators.rights import tell
from moderation.appeals import Appeals
from moderation.cards import buttons, settled_buttons
from moderation.cases import Case, CaseState, Verdict
from moderation.decisions import Decisions
from moderation.effects import rule_key
from moderation.queue import Queue
from moderation.samples import SampleBook
from moderation.verdicts import Outcome
from texts.dates import hour
from texts.markup import Markup
from texts.say import Texts

VERDICTS = {
    "right": Verdict.CONFIRMED,
    "dismiss": Verdict.DISMISSED,
    "hide": Verdict.HIDE,
    "warn": Verdict.WARN,
    "mute": Verdict.MUTE,
    "ban": Verdict.BAN,
    "escalate": Verdict.ESCALATED,
}


class Words(Filter):
    """A message that is no command."""

    @override
    async def __call__(self, message: Message) -> bool:
        return not (message.text or "").startswith("/")


def router() -> Router:
    """Make the router; undoing and appeals ask for rights of their own."""
    routes = Router(name="moderators.cases")
    routes.message.register(on_cases, Command("cases"), may(Action.CASE_SEE))
    routes.message.register(on_reason, Words(), RepliesTo("case:"), may(Action.CASE_DECIDE))
    routes.callback_query.register(on_undo, Data("case:undo:"), may(Action.CASE_UNDO))
    routes.callback_query.register(on_claim, Data("case:claim:"), may(Action.CASE_DECIDE))
    routes.callback_query.register(on_release, Data("case:release:"), may(Action.CASE_DECIDE))
    routes.callback_query.register(
        on_sample, Data("case:spam:", "case:ham:", "case:forget:"), may(Action.CASE_DECIDE)
    )
    routes.callback_query.register(on_verdict, Data("case:"), may(Action.CASE_DECIDE))
    routes.callback_query.register(on_appeal, Data("again:"), may(Action.APPEAL_DECIDE))
    return routes


async def on_undo(
    query: CallbackQuery, actor: Actor, decisions: Decisions, texts: Texts, clock: Clock
) -> None:
    """Put back what can be put back, and say what cannot."""
    outcome = await decisions.decide(number(query.data), Verdict.UNDONE, actor.telegram_id)
    await _close(query, actor, outcome, texts, clock)


async def on_verdict(
    query: CallbackQuery, actor: Actor, decisions: Decisions, texts: Texts, clock: Clock
) -> None:
    """Take a decision. Forged data names no verdict (M85)."""
    parts = (query.data or "").split(":")
    verdict = VERDICTS.get(parts[1])
    if verdict is None or not parts[-1].isdecimal():
        raise Refusal("case.not_found")
    outcome = await decisions.decide(int(parts[-1]), verdict, actor.telegram_id)
    await _close(query, actor, outcome, texts, clock)


async def on_claim(query: CallbackQuery, actor: Actor, decisions: Decisions, texts: Texts) -> None:
    """Give a case to who asked first; the others are told who (M83)."""
    case = await decisions.claim(number(query.data), actor.telegram_id)
    due = hour((case.due_at or case.opened_at).astimezone(actor.zone))
    claimed = texts.plain(actor.language, "case-claimed", id=str(case.id), hour=due)
    await query.answer(claimed)
    line = texts.say(actor.language, "case-assigned-to", name=query.from_user.first_name)
    await _write(query, [line], _held(case, actor, texts))


async def on_release(
    query: CallbackQuery, actor: Actor, decisions: Decisions, texts: Texts
) -> None:
    """Give a case back to everybody."""
    case = await decisions.release(number(query.data), actor.telegram_id)
    await query.answer(texts.plain(actor.language, "done-alert"))
    rows = buttons(case.id, case.reason)
    await _write(query, [texts.say(actor.language, "case-nobody-yet")], _keys(rows, actor, texts))


async def on_sample(query: CallbackQuery, actor: Actor, samples: SampleBook, texts: Texts) -> None:
    """Mark the text as a sample, or take the mark back: `case:<spam|ham|forget>:<id>`."""
    what, case_id = (query.data or "").split(":")[1], number(query.data)
    if what == "forget":
        await samples.forget(case_id, actor.telegram_id)
        rows = [[("case-undo-button", f"case:undo:{case_id}")]]
        alert = "case-sample-gone"
    else:
        await samples.mark(case_id, actor.telegram_id, spam=what == "spam")
        rows = [
            [("case-undo-button", f"case:undo:{case_id}")],
            [("case-sample-forget-button", f"case:forget:{case_id}")],
        ]
        alert = "case-sample-saved"
    await query.answer(texts.say_by_name(actor.language, alert, {}))
    if isinstance(query.message, Message):
        await query.message.edit_reply_markup(reply_markup=_keys(rows, actor, texts))


async def on_appeal(
    query: CallbackQuery, actor: Actor, appeals: Appeals, texts: Texts, clock: Clock
) -> None:
    """Decide an appeal: `again:<yes|no>:<id>`."""
    _, answer, appeal_id = (query.data or "").split(":")
    await appeals.decide(int(appeal_id), actor.telegram_id, uphold=answer == "yes")
    await query.answer(texts.plain(actor.language, "done-alert"))
    key = "case-appeal-upheld" if answer == "yes" else "case-appeal-rejected"
    facts = {
        "name": query.from_user.first_name,
        "time": hour(clock.now().astimezone(actor.zone)),
    }
    await _write(query, [texts.say_by_name(actor.language, key, facts)], None)


async def on_reason(
    message: Message, ref: int, actor: Actor, decisions: Decisions, bot: Bot, texts: Texts
) -> None:
    """Keep a reply to a card as the reason of its decision."""
    words = (message.text or "").strip()
    if words:
        await decisions.reason(ref, actor.telegram_id, words)
        await tell(message, bot, texts.say(actor.language, "case-note-saved"))


async def on_cases(
    message: Message, actor: Actor, queue: Queue, places: Places, texts: Texts
) -> None:
    """List the cases nobody has decided, earliest due first."""
    home = await places.at(message.chat.id)
    waiting = await queue.waiting(home.staff_chat)
    if not waiting:
        await message.reply(texts.say(actor.language, "case-queue-empty"))
        return
    lines = [_line(case, holder, actor, texts) for case, holder in waiting]
    await message.reply(
        texts.say(actor.language, "case-queue", count=len(waiting), lines=Markup("\n".join(lines)))
    )


def _line(case: Case, holder: str, actor: Actor, texts: Texts) -> Markup:
    facts = {
        "id": str(case.id),
        "rule": texts.say_by_name(actor.language, rule_key(case.rule), {}),
        "hour": hour((case.due_at or case.opened_at).astimezone(actor.zone)),
    }
    if case.state is CaseState.CLAIMED:
        return texts.say_by_name(
            actor.language, "case-queue-line-claimed", {**facts, "name": holder}
        )
    return texts.say_by_name(actor.language, "case-queue-line", facts)


async def _close(
    query: CallbackQuery, actor: Actor, outcome: Outcome, texts: Texts, clock: Clock
) -> None:
    """Answer the press and write the decision under the card."""
    await query.answer(texts.plain(actor.language, "done-alert"))
    decision = f"case-verdict-{outcome.verdict.value}"
    lines = [
        texts.say(
            actor.language,
            "case-decided",
            id=str(outcome.case.id),
            decision=texts.say_by_name(actor.language, decision, {}),
            name=query.from_user.first_name,
            time=hour(clock.now().astimezone(actor.zone)),
        ),
        *_parts(outcome, actor, texts),
    ]
    undone = outcome.verdict in {Verdict.UNDONE, Verdict.DISMISSED}
    if outcome.by_hand:
        lines.append(texts.say(actor.language, "case-by-hand", link=outcome.by_hand))
    if undone:
        await _write(query, lines, None)
    else:
        lines.append(texts.say(actor.language, "case-reason-hint"))
        await _write(query, lines, _keys(settled_buttons(outcome.case), actor, texts))


async def _write(
    query: CallbackQuery, lines: list[Markup], markup: InlineKeyboardMarkup | None
) -> None:
    """Write lines under the card; a message Telegram no longer shows us is left as it is (M84)."""
    if isinstance(query.message, Message):
        text = Markup("\n\n".join([query.message.html_text, *lines]))
        await query.message.edit_text(text, reply_markup=markup)


def _held(case: Case, actor: Actor, texts: Texts) -> InlineKeyboardMarkup:
    rows = [
        [key for key in row if not key[1].startswith("case:claim:")]
        for row in buttons(case.id, case.reason)
    ]
    rows.append([("case-release-button", f"case:release:{case.id}")])
    return _keys(rows, actor, texts)


def _keys(rows: list[list[tuple[str, str]]], actor: Actor, texts: Texts) -> InlineKeyboardMarkup:
    return inline(
        [(str(texts.say_by_name(actor.language, key, {})), data) for key, data in row]
        for row in rows
        if row
    )


def _parts(outcome: Outcome, actor: Actor, texts: Texts) -> list[Markup]:
    said = []
    for key, name, parts in (
        ("case-undo-done", "restored", outcome.restored),
        ("case-undo-impossible", "lost", outcome.lost),
    ):
        if parts:
            words = ", ".join(
                texts.say_by_name(actor.language, f"case-undo-part-{part}", {}) for part in parts
            )
            said.append(texts.say_by_name(actor.language, key, {name: Markup(words)}))
    return said
