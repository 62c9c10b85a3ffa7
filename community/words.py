"""What an effect carries instead of words: facts that are turned into words in the reader's language and zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from core.effects import Effect, Kind, MessageClass
from core.ids import ChatId, PersonId

Button = tuple[str, str]
"""Text key and callback data (at most 64 bytes)."""


def word(key: str, **facts: Any) -> dict[str, Any]:
    """Make a fact that is itself a text, said in the reader's language when the message is rendered."""
    return {"text": key, **facts}


def instant(at: datetime) -> dict[str, str]:
    """Make a fact that is an instant, shown as the reader's wall clock shows it."""
    return {"at": at.isoformat()}


def local_day(on: date) -> dict[str, str]:
    """Make a fact that is a day."""
    return {"day": on.isoformat()}


def message(
    key: str,
    text: str,
    *,
    person: PersonId | None = None,
    chat: ChatId | None = None,
    topic: int | None = None,
    language: str | None = None,
    facts: Mapping[str, Any] | None = None,
    buttons: tuple[tuple[Button, ...], ...] = (),
    due: datetime | None = None,
    expires: datetime | None = None,
    campaign: str | None = None,
    message_class: MessageClass = MessageClass.SERVICE,
    reasons: tuple[str, ...] = (),
) -> Effect:
    """Make a message effect. `key` is its unique key, `text` the Fluent key; it reaches `person` or `chat`.

    `language` is that of a group; a person has their own.
    """
    carried: dict[str, Any] = dict(facts or {})
    if language is not None:
        carried["language"] = language
    if buttons:
        carried["buttons"] = [[list(button) for button in row] for row in buttons]
    return Effect(
        key=key,
        kind=Kind.MESSAGE,
        message_class=message_class,
        person=person,
        chat=chat,
        topic=topic,
        content=f"text:{text}",
        facts=carried,
        due=due,
        expires=expires,
        campaign=campaign,
        reasons=reasons,
    )


def act(key: str, kind: Kind, chat: ChatId, *, topic: int | None = None, **facts: Any) -> Effect:
    """Make an effect without words: an approval, a tag, a deletion, a topic."""
    return Effect(
        key=key,
        kind=kind,
        message_class=MessageClass.CONTROL,
        chat=chat,
        topic=topic,
        facts=facts,
    )
