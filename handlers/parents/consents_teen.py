"""A child's own answer from 14: a link the parent passes on, the text in full, two equal buttons."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart, Filter
from aiogram.types import CallbackQuery, Message
from typing_extensions import override

from consent.forms import Forms
from consent.links import LinkKind, Links
from consent.purposes import Purpose
from consent.record import Evidence
from consent.service import Consents
from core.clock import Clock
from core.errors import Refusal
from core.ids import ChildId
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import inline
from handlers.parents.consents import message_of, number, parts
from texts.say import Texts

PREFIX = "t_"
"""Start payload of a teen's link; the token behind it has 50 characters, a payload may have 64."""


class TeenStart(Filter):
    """/start with a teen's link."""

    @override
    async def __call__(self, message: Message) -> bool:
        return (message.text or "").startswith(f"/start {PREFIX}")


def router() -> Router:
    """Make the router; it stands before the first steps, which take every /start."""
    routes = Router(name="parents.consents_teen")
    routes.message.register(on_teen, Private(), TeenStart(), CommandStart())
    routes.callback_query.register(on_answer, Private(), Data("t:"))
    return routes


async def on_teen(
    message: Message,
    command: CommandObject,
    actor: Actor,
    links: Links,
    web_forms: Forms,
    texts: Texts,
    clock: Clock,
) -> None:
    """Show the text and ask. Refuses forged and expired links."""
    token = (command.args or "").removeprefix(PREFIX)
    links.read(token, LinkKind.TEEN, clock.now())
    document = await web_forms.document(Purpose.CHILD_DATA, actor.language, None)
    for part in document.parts():
        await message.answer(f"<blockquote expandable>{part}</blockquote>", parse_mode="HTML")
    agree = texts.plain(actor.language, "consent-agree-button")
    decline = texts.plain(actor.language, "consent-decline-button")
    rows = [
        [
            (agree, f"t:y:{document.version}:{token}"),
            (decline, f"t:n:{document.version}:{token}"),
        ]
    ]
    words = texts.say(actor.language, "consent-teen-ask")
    await message.answer(words, reply_markup=inline(rows))


async def on_answer(
    query: CallbackQuery,
    actor: Actor,
    links: Links,
    consents: Consents,
    texts: Texts,
    clock: Clock,
) -> None:
    """Take the child's answer; the link may be used to change it until it expires."""
    given = parts(query)
    if len(given) != 4:  # noqa: PLR2004 - t, verdict, version, token
        raise Refusal("consent.stale")
    _, verdict, version, token = given
    link = links.read(token, LinkKind.TEEN, clock.now())
    press = Evidence(chat=query.from_user.id, callback=query.id, link=link.digest)
    await consents.answer_as_child(
        ChildId(link.person),
        grant=verdict == "y",
        version=number(version),
        language=actor.language,
        evidence=press,
    )
    await query.answer(texts.plain(actor.language, "done-alert"))
    await message_of(query).answer(texts.say(actor.language, "consent-teen-done"))
