"""The live hour in its topic: the expert answers by replying to the question on stage."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from community.ama.live import Live
from core.clock import Clock
from core.ids import ChatId
from handlers.actor import Actor
from handlers.filters import Group
from handlers.forms import RepliesTo


def router() -> Router:
    """Build the router of live sessions."""
    routes = Router(name="groups.ama")
    routes.message.register(on_answer, Group(), RepliesTo("ama:too:"))
    return routes


async def on_answer(message: Message, ref: int, actor: Actor, live: Live, clock: Clock) -> None:
    """Keep a message of the answer: text, voice, pictures; several may follow. Others' replies are talk."""
    if actor.person is None:
        return
    await live.answered(
        ref,
        actor.id,
        ChatId(message.chat.id),
        message.message_id,
        text=message.text or message.caption or "",
        now=clock.now(),
    )
