"""Reporting in private: send the link of a message and press the button. Nothing shows in the group."""

from __future__ import annotations

import re

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message
from typing_extensions import override

from community.places import Places
from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.keyboards import inline
from moderation.reports import Reports
from texts.say import Texts

_LINK = re.compile(
    r"\s*(?:https?://)?t\.me/c/(\d{1,15})/(?:\d{1,10}/)?(\d{1,10})(?:\?\S*)?\s*", re.ASCII
)
_PARTS = 3


class MessageLink(Filter):
    """A message that is nothing but the link of a message in a private supergroup."""

    @override
    async def __call__(self, message: Message) -> bool | dict[str, tuple[int, int]]:
        found = _LINK.fullmatch(message.text or "")
        return {"reported": (int(f"-100{found[1]}"), int(found[2]))} if found else False


def router() -> Router:
    """Build the router of reports in private."""
    routes = Router(name="parents.reports")
    routes.message.register(on_command, Command("report"), Private())
    routes.message.register(on_link, Private(), MessageLink())
    routes.callback_query.register(on_report, Data("report:"))
    return routes


async def on_command(message: Message, actor: Actor, texts: Texts) -> None:
    """Tell how to report without a word in the group."""
    await message.answer(texts.say(actor.language, "notice-report-help-private"))


async def on_link(
    message: Message, reported: tuple[int, int], actor: Actor, places: Places, texts: Texts
) -> None:
    """Offer to report the message behind a link. Refused: `community.unknown` for a chat that is none of ours."""
    chat, number = reported
    await places.at(chat)
    label = texts.plain(actor.language, "notice-report-button")
    await message.answer(
        texts.say(actor.language, "notice-report-ask"),
        reply_markup=inline([[(label, f"report:{chat}:{number}")]]),
    )


async def on_report(query: CallbackQuery, actor: Actor, reports: Reports, texts: Texts) -> None:
    """Take the report; a message nobody kept, or a forged number, is refused alike."""
    parts = (query.data or "").split(":")
    if len(parts) != _PARTS or not parts[2].isdecimal() or not parts[1].lstrip("-").isdecimal():
        raise Refusal("report.not_possible")
    await reports.report_at(int(parts[1]), int(parts[2]), actor.telegram_id)
    await query.answer(texts.plain(actor.language, "notice-reported-thanks"), show_alert=True)
    if isinstance(query.message, Message):
        await query.message.edit_reply_markup(reply_markup=None)
