"""Write an item for one family: placeholders filled, plurals chosen, the advertising label put under it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from texts.catalogue import FALLBACK
from texts.markup import Markup, escape, visible
from texts.names import inflect
from texts.pack_model import Button, Item
from texts.placeholders import CHILD_CASES, SLOT
from texts.plurals import choose
from texts.say import MissingText

Filling = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready for Telegram. Actions of buttons are still `verb:argument`; delivery turns them into data."""

    html: Markup
    buttons: tuple[Button, ...]
    sticker: str = ""
    media: str = ""


def render(item: Item, facts: Mapping[str, Filling]) -> Rendered:
    """Fill an item with facts; strings are escaped. The cases of `child` are made from its nominative.

    A family that gave no name gets the generic text. MissingText: a placeholder has no fact and no generic text helps.
    Without consent to personalisation ask `Library.generic_of` for the item first.
    """
    nameless = item.generic is not None and "child" not in facts
    words = item.generic if item.generic is not None and nameless else item.text
    words = f"{words}\n\n<i>{_label(item.label, facts)}</i>" if item.label else words
    return Rendered(
        html=Markup(fill(words, facts, item.lang)),
        buttons=tuple(
            Button(visible(Markup(fill(b.label, facts, item.lang))), _action(b.action, facts))
            for b in item.buttons
        ),
        sticker=item.sticker,
        media=item.media,
    )


def _label(label: str, facts: Mapping[str, Filling]) -> str:
    """Leave the register's token out where the school has none; a school's own offers need none (38-FZ 18.1)."""
    return label if facts.get("erid") else _ERID.sub("", label)


_ERID = re.compile(r"[\s.,;]*erid:?\s*\{erid\}", re.IGNORECASE)


def fill(text: str, facts: Mapping[str, Filling], lang: str = FALLBACK) -> str:
    """Fill the braces of a text. A number with forms gives the right form: `{lessons|урок|урока|уроков}`."""
    pieces = []
    end = 0
    for slot in SLOT.finditer(text):
        pieces.append(text[end : slot.start()])
        value = _value(slot.group(1), facts, lang)
        forms = slot.group(2).split("|")[1:]
        pieces.append(choose(lang, value, forms) if forms else escape(str(value)))
        end = slot.end()
    return "".join([*pieces, text[end:]])


def _value(name: str, facts: Mapping[str, Filling], lang: str) -> Filling:
    if name in facts:
        return facts[name]
    if name in CHILD_CASES and "child" in facts:
        child = str(facts["child"])
        return inflect(child, CHILD_CASES[name]) if lang == "ru" else child
    raise MissingText(f"no fact for {{{name}}}")


def _action(action: str, facts: Mapping[str, Filling]) -> str:
    """Put the address into `url:lesson_url`; other actions stay as they are."""
    verb, _, argument = action.partition(":")
    if verb == "url" and not argument.startswith("http"):
        if argument not in facts:
            raise MissingText(f"no fact for {action}")
        return f"url:{facts[argument]}"
    return action
