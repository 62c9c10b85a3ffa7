"""Reports by members: `/report` in reply. Nobody sees who reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Group
from handlers.moderators.rights import tell
from moderation.commands import replied_to
from moderation.manual import Place
from moderation.reports import Reports
from moderation.sanctions import Sanctions
from texts.say import Texts


def router() -> Router:
    """Build the router of reports."""
    routes = Router(name="groups.reports")
    routes.message.register(on_report, Command("report"), Group())
    return routes


async def on_report(
    message: Message,
    *,
    raw: Mapping[str, Any],
    actor: Actor,
    reports: Reports,
    sanctions: Sanctions,
    bot: Bot,
    texts: Texts,
) -> None:
    """Take a report and thank for it alone; help when it replies to nothing."""
    body = (raw.get("message") or {}).get("reply_to_message")
    target = replied_to(raw.get("message") or {}, 0)
    topic = message.message_thread_id if message.is_topic_message else None
    place = Place(message.chat.id, topic, message.message_id, actor.telegram_id)
    if body is None or not target.is_known:
        await sanctions.misused(place)
        await tell(message, bot, texts.say(actor.language, "notice-report-help"))
        return
    try:
        await reports.report(body, actor.telegram_id, message.message_id)
        words = texts.say(actor.language, "notice-reported-thanks")
    except Refusal as refusal:
        await sanctions.misused(place)
        words = texts.refusal(actor.language, refusal.code, refusal.facts)
    await tell(message, bot, words)
