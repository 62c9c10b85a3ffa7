"""Looking after mentors: applications, matching, load."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from community.actions import Action
from community.mentorship.applications import Applications
from community.mentorship.pairing import Pairing
from community.places import Places
from core.clock import Clock
from handlers.actor import Actor
from handlers.filters import Data
from handlers.forms import number
from handlers.guard import may
from texts.say import Texts


def router() -> Router:
    """Build the router of those who look after mentors."""
    routes = Router(name="mentors.desk")
    routes.message.register(on_mentors, Command("mentors"), may(Action.MENTOR_SEE))
    routes.message.register(on_match, Command("match"), may(Action.MENTOR_APPROVE))
    routes.callback_query.register(on_approve, Data("men:yes:"), may(Action.MENTOR_APPROVE))
    routes.callback_query.register(on_decline, Data("men:no:"), may(Action.MENTOR_APPROVE))
    return routes


async def on_mentors(
    message: Message, *, actor: Actor, pairing: Pairing, places: Places, clock: Clock, texts: Texts
) -> None:
    """Show what every mentor carries and who needs a rest."""
    home, language = await places.at(message.chat.id), actor.language
    loads = await pairing.loads(home.id, clock.now())
    names = await places.names({load.mentor for load in loads})
    lines = [texts.say(language, "mentorship-load-title" if loads else "mentorship-load-none")]
    lines += [
        texts.say(
            language,
            "mentorship-load-line",
            name=names.get(load.mentor, f"№ {load.mentor}"),
            pairs=load.pairs,
            limit=load.limit,
            messages=load.messages,
            sign=texts.say_by_name(language, f"mentorship-sign-{load.sign}", {}),
        )
        for load in loads
    ]
    await message.reply("\n".join(lines))


async def on_match(
    message: Message,
    *,
    actor: Actor,
    pairing: Pairing,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Match everybody who waits."""
    home = await places.at(message.chat.id)
    made = await pairing.propose(home.id, actor.id, clock.now())
    await message.reply(texts.say(actor.language, "mentorship-matched", count=len(made)))


async def on_approve(
    query: CallbackQuery, actor: Actor, applications: Applications, clock: Clock, texts: Texts
) -> None:
    """Approve an application."""
    await applications.approve(number(query.data), actor.id, clock.now())
    await query.answer(texts.plain(actor.language, "done-alert"))


async def on_decline(
    query: CallbackQuery, actor: Actor, applications: Applications, clock: Clock, texts: Texts
) -> None:
    """Decline an application."""
    await applications.decline(number(query.data), actor.id, clock.now())
    await query.answer(texts.plain(actor.language, "done-alert"))
