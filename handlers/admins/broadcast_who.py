"""To whom a broadcast goes: ages, languages, topics, roles, activity. One screen, each press narrows or widens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from consent.preferences import TOPICS
from core.cohorts import Cohort
from core.roles import Role
from handlers.keyboards import Button, grid, inline
from scheduler.campaigns_model import Campaign, Segment
from texts.markup import Markup, visible
from texts.say import Texts

CHOSEN = "✓ "
LANGUAGES = ("ru", "en")
ACTIVE_DAYS = (7, 30, 90)
"""Offered bounds of activity, days."""
_FIELDS = {"a": "cohorts", "l": "languages", "t": "topics", "r": "roles"}
"""The letter in callback data and the field of the segment."""


def audience_words(segment: Segment, texts: Texts, language: str) -> str:
    """Say who is meant, in one line."""
    parts = [
        ", ".join(_label(texts, language, letter, one) for one in sorted(getattr(segment, name)))
        for letter, name in _FIELDS.items()
        if getattr(segment, name)
    ]
    if segment.active_days:
        parts.append(_active(texts, language, segment.active_days))
    if segment.missed_of is not None:
        parts.append(str(texts.say(language, "stops-who-missed")))
    return "; ".join(parts) or str(texts.say(language, "stops-everybody"))


def who_screen(
    campaign: Campaign, texts: Texts, language: str
) -> tuple[Markup, InlineKeyboardMarkup]:
    """Show everything a segment may be made of, what is chosen ticked."""

    def choice(letter: str, value: Any) -> Button:
        chosen = value in getattr(campaign.segment, _FIELDS[letter])
        label = _label(texts, language, letter, value)
        return (CHOSEN if chosen else "") + label, f"bc:seg:{campaign.key}:{letter}:{value}"

    days: list[Button] = [
        (
            (CHOSEN if campaign.segment.active_days == count else "")
            + _active(texts, language, count),
            f"bc:seg:{campaign.key}:d:{count}",
        )
        for count in ACTIVE_DAYS
    ]
    back = (str(texts.say(language, "stops-who-done-button")), f"bc:draft:{campaign.key}")
    words = texts.say(
        language, "stops-who-ask", audience=audience_words(campaign.segment, texts, language)
    )
    return words, inline(
        [
            *grid([choice("a", one) for one in Cohort], 3),
            [choice("l", one) for one in LANGUAGES],
            *grid([choice("t", one) for one in TOPICS], 2),
            *grid([choice("r", one) for one in Role], 2),
            *grid(days, 2),
            [back],
        ]
    )


def switched(segment: Segment, letter: str, value: str) -> Segment:
    """Turn one condition on or off. ValueError, KeyError: the press names nothing that exists."""
    if letter == "d":
        days = int(value)
        return replace(segment, active_days=0 if segment.active_days == days else days)
    known: dict[str, Any] = {"a": Cohort, "r": Role, "l": _known(LANGUAGES), "t": _known(TOPICS)}
    one, name = known[letter](value), _FIELDS[letter]
    changed: dict[str, Any] = {name: getattr(segment, name) ^ {one}}
    return replace(segment, **changed)


def _known(values: tuple[str, ...]) -> Any:
    return lambda value: values[values.index(value)]


def _label(texts: Texts, language: str, letter: str, value: str) -> str:
    keys = {
        "a": f"cohort-{value}",
        "l": f"language-{value}-button",
        "t": f"consent-topic-{value}",
        "r": f"role-{value}",
    }
    return visible(texts.say_by_name(language, keys[letter], {}))


def _active(texts: Texts, language: str, days: int) -> str:
    return texts.plain(language, "stops-who-active", days=days)
