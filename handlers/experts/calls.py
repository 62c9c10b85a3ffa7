"""`/expert` in reply to a message: a moderator or a mentor calls an expert to it."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from community.actions import Action
from community.escalation_call import Called, Calls
from community.model import Speciality
from core.clock import Clock
from core.errors import Refusal
from core.ids import ChatId, TelegramId
from handlers.actor import Actor
from handlers.filters import Group
from handlers.guard import may
from texts.say import Texts

WORDS = {
    "методист": Speciality.METHODIST,
    "methodist": Speciality.METHODIST,
    "психолог": Speciality.PSYCHOLOGIST,
    "psychologist": Speciality.PSYCHOLOGIST,
    "поддержка": Speciality.SUPPORT,
    "support": Speciality.SUPPORT,
}
URGENT = frozenset({"срочно", "urgent"})


def router() -> Router:
    """Build the router."""
    routes = Router(name="experts.calls")
    routes.message.register(on_call, Group(), Command("expert"), may(Action.ESCALATION_OPEN))
    return routes


async def on_call(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    calls: Calls,
    clock: Clock,
    texts: Texts,
) -> None:
    """Show the message replied to to an expert: `/expert психолог срочно`; a psychologist when none is named."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or replied.from_user is None:
        raise Refusal("escalation.reply_needed")
    words = (command.args or "").lower().split()
    chosen = next((WORDS[word] for word in words if word in WORDS), Speciality.PSYCHOLOGIST)
    topic = replied.message_thread_id if replied.is_topic_message else None
    called = Called(
        TelegramId(replied.from_user.id),
        replied.text or replied.caption or "…",
        ChatId(message.chat.id),
        topic,
        replied.message_id,
        media=replied.text is None,
    )
    await calls.call(called, actor.roles, chosen, clock.now(), urgent=not URGENT.isdisjoint(words))
    await message.delete()
    assert message.bot is not None  # noqa: S101 - aiogram mounts it
    await message.bot.send_message(
        actor.telegram_id, texts.say(actor.language, "escalation-called")
    )
