"""Words and choices for the numbers of moderation."""

from __future__ import annotations

from enum import StrEnum

from handlers.actor import Actor
from moderation.effects import rule_key
from moderation.overrides import Knob, Value, knobs
from moderation.records import Change
from texts.dates import moment
from texts.markup import Markup
from texts.say import Texts

CHANGE_PARTS = 5
STEPS = 4
"""Numbers offered on each side of the one in force."""


def section(name: str, actor: Actor, texts: Texts) -> str:
    """Name a section."""
    key = "policy-ladder" if name == "ladder" else rule_key(name)
    return str(texts.say_by_name(actor.language, key, {}))


def knob(key: str, actor: Actor, texts: Texts) -> str:
    """Name a number."""
    name = key.partition(".")[2].replace("_", "-")
    return str(texts.say_by_name(actor.language, f"knob-{name}", {}))


def value(given: Value, actor: Actor, texts: Texts) -> str:
    """Say a value."""
    if isinstance(given, bool):
        return str(texts.say_by_name(actor.language, f"policy-{'yes' if given else 'no'}", {}))
    if isinstance(given, StrEnum):
        word = str(given).replace("_", "-")
        return str(texts.say_by_name(actor.language, f"policy-value-{word}", {}))
    return f"{given:g}" if isinstance(given, float) else str(given)


def knob_card(key: str, given: Value, actor: Actor, texts: Texts) -> Markup:
    """Show a number with its limits."""
    one = knobs()[key]
    facts = {
        "knob": knob(key, actor, texts),
        "rule": section(key.partition(".")[0], actor, texts),
        "value": value(given, actor, texts),
    }
    if one.low is None or one.high is None:
        return texts.say_by_name(actor.language, "policy-knob", facts)
    limits = {
        "low": value(_cast(one, one.low), actor, texts),
        "high": value(_cast(one, one.high), actor, texts),
    }
    return texts.say_by_name(actor.language, "policy-knob-limits", facts | limits)


def choices(key: str, given: Value) -> list[Value]:
    """Offer values around the one in force: every word of a choice, or steps, the default and off."""
    one = knobs()[key]
    if issubclass(one.kind, StrEnum):
        return [member for member in one.kind if member != given]
    if one.kind is bool:
        return [not given]
    low, high = float(one.low or 0), float(one.high or 0)
    now = float(given)
    if one.kind is float:
        around = [now + step * (high - low) / 20 for step in (-2, -1, 1, 2)]
    else:
        around = [now // 2, now - 1, now + 1, now * 2]
    found = {min(max(round(number, 2), low), high) for number in around}
    found |= {float(one.default)} | ({float(one.off)} if one.off is not None else set())
    return [_cast(one, number) for number in sorted(found) if number != now]


def _cast(one: Knob, number: float) -> Value:
    return round(number, 2) if one.kind is float else int(number)


def packed(given: Value) -> str:
    """Write a value into callback data."""
    if isinstance(given, bool):
        return "1" if given else "0"
    return str(given)


def unpacked(key: str, words: str) -> Value:
    """Read a value from callback data; what is no value is left for the check to refuse."""
    one = knobs()[key]
    if one.kind is bool:
        return words == "1"
    if issubclass(one.kind, StrEnum):
        return words
    try:
        return float(words) if one.kind is float else int(words)
    except ValueError:
        return words


def last_change(change: Change, name: str, actor: Actor, texts: Texts) -> Markup:
    """Say who changed a number last, and when (M103)."""
    return texts.say(
        actor.language,
        "policy-last",
        name=name,
        date=moment(change.at.astimezone(actor.zone), actor.language),
    )
