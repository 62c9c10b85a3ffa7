"""Who may press and say what: the filter every privileged handler carries."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import CancelHandler
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject
from typing_extensions import override

from community.actions import Action, allowed
from handlers.actor import Actor
from texts.markup import visible
from texts.say import Texts

logger = logging.getLogger(__name__)

_DENIED: ContextVar[tuple[int, int | str] | None] = ContextVar("denied", default=None)
"""The event denied last in this task."""
ALERT_LIMIT = 200
"""Characters of a callback alert (Bot API, answerCallbackQuery)."""


class May(Filter):
    """Lets in those whose roles allow `action`; everybody else is told so. No actor, no entry.

    It stands last among a handler's filters, because a denial is an answer: nothing is refused that was not asked.
    """

    def __init__(self, action: Action) -> None:
        self.action = action

    @override
    async def __call__(
        self, event: TelegramObject, actor: Actor | None = None, texts: Texts | None = None
    ) -> bool:
        """Pass when the table of `community.actions` grants it."""
        if actor is not None and allowed(self.action, actor.roles):
            return True
        logger.info(
            "action denied",
            extra={
                "action": self.action.value,
                "telegram_id": actor.telegram_id if actor is not None else None,
            },
        )
        _DENIED.set(_name(event))
        if texts is not None:
            await _refuse(event, texts, actor.language if actor is not None else None)
            if isinstance(event, CallbackQuery):
                # A press is answered once: no later handler may answer it again.
                raise CancelHandler
        return False


def may(action: Action) -> May:
    """Make the filter that a handler registers last: `may(Action.MEMBER_BAN)`."""
    return May(action)


def was_denied(event: TelegramObject) -> bool:
    """Tell whether a filter of this kind has answered an event, so that nobody answers it once more."""
    return _name(event) is not None and _DENIED.get() == _name(event)


def _name(event: TelegramObject) -> tuple[int, int | str] | None:
    if isinstance(event, CallbackQuery):
        return event.from_user.id, event.id
    return (event.chat.id, event.message_id) if isinstance(event, Message) else None


async def _refuse(event: TelegramObject, texts: Texts, language: str | None) -> None:
    words = texts.refusal(texts.language(language), "roles.denied")
    try:
        if isinstance(event, CallbackQuery):
            await event.answer(visible(words)[:ALERT_LIMIT], show_alert=True)
        elif isinstance(event, Message):
            await event.reply(words, parse_mode="HTML")
    except TelegramAPIError:
        logger.info("refusal not shown", exc_info=True)


def unguarded(router: Router) -> list[str]:
    """Name the handlers of a router and its sub-routers that do not end their filters with `may`.

    An empty list is the proof that a privileged router denies by default.
    """
    return [name for name, filters in _handlers(router) if not _ends_with_may(filters)]


def _handlers(router: Router) -> Iterator[tuple[str, list[Any]]]:
    for observer_name, observer in router.observers.items():
        if observer_name in {"error", "update"}:
            continue
        for handler in observer.handlers:
            name = getattr(handler.callback, "__qualname__", repr(handler.callback))
            filters = [each.callback for each in handler.filters or []]
            yield f"{router.name}.{observer_name}.{name}", filters
    for child in router.sub_routers:
        yield from _handlers(child)


def _ends_with_may(filters: list[Any]) -> bool:
    return bool(filters) and isinstance(filters[-1], May)
