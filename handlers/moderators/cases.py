"""Buttons under a case's card in the staff forum."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from community.actions import Action
from core.clock import Clock
from handlers.actor import Actor
from handlers.filters import Data
from handlers.guard import may
from moderation.cases import Verdict
from moderation.decisions import Decisions, Outcome
from texts.dates import hour
from texts.markup import Markup
from texts.say import Texts

VERDICTS = {
    "right": Verdict.CONFIRMED,
    "dismiss": Verdict.DISMISSED,
    "hide": Verdict.HIDE,
    "warn": Verdict.WARN,
    "ban": Verdict.BAN,
    "escalate": Verdict.ESCALATED,
}


def router() -> Router:
    """Make the router; undoing asks for a right of its own."""
    routes = Router(name="moderators.cases")
    routes.callback_query.register(on_undo, Data("case:undo:"), may(Action.CASE_UNDO))
    routes.callback_query.register(on_verdict, Data("case:"), may(Action.CASE_DECIDE))
    return routes


async def on_undo(
    query: CallbackQuery, actor: Actor, decisions: Decisions, texts: Texts, clock: Clock
) -> None:
    """Put back what can be put back, and say what cannot."""
    outcome = await decisions.decide(_case(query), Verdict.UNDONE, actor.telegram_id)
    await _close(query, actor, outcome, texts, clock)


async def on_verdict(
    query: CallbackQuery, actor: Actor, decisions: Decisions, texts: Texts, clock: Clock
) -> None:
    """Take a decision."""
    verdict = VERDICTS[(query.data or "").split(":")[1]]
    outcome = await decisions.decide(_case(query), verdict, actor.telegram_id)
    await _close(query, actor, outcome, texts, clock)


def _case(query: CallbackQuery) -> int:
    return int((query.data or "").rsplit(":", 1)[-1])


async def _close(
    query: CallbackQuery, actor: Actor, outcome: Outcome, texts: Texts, clock: Clock
) -> None:
    """Answer the press and write the decision under the card."""
    await query.answer(texts.plain(actor.language, "done-alert"))
    if not isinstance(query.message, Message):
        return
    lines = [
        Markup(query.message.html_text),
        texts.say(
            actor.language,
            "case-decided",
            id=str(outcome.case.id),
            decision=texts.say_by_name(actor.language, f"case-verdict-{outcome.verdict.value}", {}),
            name=query.from_user.first_name,
            time=hour(clock.now().astimezone(actor.zone)),
        ),
        *_parts(outcome, actor, texts),
    ]
    await query.message.edit_text("\n\n".join(lines), reply_markup=None)


def _parts(outcome: Outcome, actor: Actor, texts: Texts) -> list[Markup]:
    said = []
    for key, parts in (
        ("case-undo-done", outcome.restored),
        ("case-undo-impossible", outcome.lost),
    ):
        if parts:
            words = ", ".join(
                texts.say_by_name(actor.language, f"case-undo-part-{part}", {}) for part in parts
            )
            name = "restored" if key == "case-undo-done" else "lost"
            said.append(texts.say_by_name(actor.language, key, {name: Markup(words)}))
    return said
