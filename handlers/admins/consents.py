"""`/consents @parent`: what a person decided, for admins; the look itself is logged."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from community.actions import Action
from consent.answers import StatusLine
from consent.staff import StaffConsents
from core.errors import Refusal
from handlers.actor import Actor
from handlers.guard import may
from handlers.parents.consents_view import state_words, title
from texts import dates
from texts.markup import Markup
from texts.say import Texts


def router() -> Router:
    """Make the router."""
    routes = Router(name="admins.consents")
    routes.message.register(on_consents, Command("consents"), may(Action.CONSENTS_SEE))
    return routes


async def on_consents(
    message: Message,
    command: CommandObject,
    actor: Actor,
    staff_consents: StaffConsents,
    texts: Texts,
) -> None:
    """Show states, dates and versions: enough to answer a complaint, nothing about who it is."""
    language = actor.language
    if actor.person is None:
        raise Refusal("roles.denied")
    name = (command.args or "").strip()
    if not name:
        await message.answer(texts.say(language, "consents-usage"))
        return
    looked = await staff_consents.look(actor.id, name, language)
    lines = [_line(line, actor, texts) for line in looked.status.lines if line.standing is not None]
    head = texts.say(language, "consents-staff-head", person=str(looked.person))
    body = Markup("\n").join(lines) if lines else texts.say(language, "consents-none")
    await message.answer(f"{head}\n\n{body}", parse_mode="HTML")


def _line(line: StatusLine, actor: Actor, texts: Texts) -> Markup:
    assert line.standing is not None  # noqa: S101 - lines without one are left out
    return texts.say(
        actor.language,
        "consents-staff-line",
        purpose=title(texts, actor.language, line.purpose),
        state=state_words(texts, actor.language, line),
        date=dates.moment(line.standing.at, actor.language, actor.zone),
        version=str(line.standing.version),
    )
