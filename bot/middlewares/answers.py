"""Refusals are answered, faults earn one apology: whatever a handler raises, the person hears something once."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import CancelHandler
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message, TelegramObject
from typing_extensions import override

from core.errors import AlreadyStored, Refusal
from handlers.actor import Actor
from handlers.filters import GROUPS
from texts.markup import Markup, visible
from texts.say import Texts

logger = logging.getLogger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
ALERT_LIMIT = 200
"""Characters of answerCallbackQuery.text (Bot API)."""


class Answers(BaseMiddleware):
    """Stands around every message and button handler."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    @override
    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except Refusal as refusal:
            logger.info("refused", extra={"code": refusal.code, "facts": refusal.facts})
            words = self._texts.refusal(_language(data, self._texts), refusal.code, refusal.facts)
            await _tell(event, words)
            return None
        except CancelHandler:
            return None
        except AlreadyStored:
            raise
        except Exception:
            await _tell(event, self._texts.say(_language(data, self._texts), "apology"))
            raise


def _language(data: dict[str, Any], texts: Texts) -> str:
    actor = data.get("actor")
    return actor.language if isinstance(actor, Actor) else texts.language(None)


async def _tell(event: TelegramObject, words: Markup) -> None:
    """Answer a press or a private message; a group is not told about one person's trouble."""
    try:
        if isinstance(event, CallbackQuery):
            await event.answer(visible(words)[:ALERT_LIMIT], show_alert=True)
        elif isinstance(event, Message) and (
            event.chat.type not in GROUPS or (event.text or "").startswith("/")
        ):
            await event.reply(words)
    except TelegramAPIError:
        logger.info("answer not delivered", exc_info=True)
