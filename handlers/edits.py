"""Edits of what somebody wrote for others: carried on to whoever it reached. Anybody may edit; nobody is refused."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from community.ama.asking import Asking
from community.ama.live import Live
from community.escalation import Escalations
from community.mentorship.relay import Relay
from handlers.actor import Actor
from handlers.filters import Group, Private
from handlers.forms import RepliesTo, reply_of


def router() -> Router:
    """Build the router of edits."""
    routes = Router(name="edits")
    routes.edited_message.register(on_private, Private())
    routes.edited_message.register(on_staff_answer, Group(), RepliesTo("esc:take:"))
    routes.edited_message.register(on_live_answer, Group(), RepliesTo("ama:too:"))
    return routes


async def on_private(
    message: Message, actor: Actor, escalations: Escalations, asking: Asking, relay: Relay
) -> None:
    """Follow an edit of an answer, of a message between mentor and parent, of a question to a session."""
    if actor.person is None:
        return
    reply = reply_of(message)
    if await escalations.edited(actor.id, reply) or await relay.edited(actor.id, reply):
        return
    if reply.text:
        await asking.edited(actor.id, reply.chat, reply.message, reply.text)


async def on_staff_answer(message: Message, actor: Actor, escalations: Escalations) -> None:
    """Follow an edit of an answer given in the staff forum."""
    if actor.person is not None:
        await escalations.edited(actor.id, reply_of(message))


async def on_live_answer(message: Message, live: Live) -> None:
    """Follow an edit of a live answer into the transcript."""
    text = message.text or message.caption or ""
    await live.answer_edited(message.chat.id, message.message_id, text)
