"""Turn a row into words when it is claimed: Fluent text or editorial item, keyboard, stop button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from core.effects import SOFT
from core.ids import PersonId
from core.outgoing import OutboxRow
from texts.markup import CAPTION_LIMIT, MESSAGE_LIMIT, Markup, escape, utf16_length, visible
from texts.pack_model import Item
from texts.pack_render import render as render_item
from texts.packs import Library
from texts.placeholders import CHILD_CASES
from texts.say import MissingText, Texts

RESERVED = frozenset(
    {
        "buttons",
        "reply_to",
        "user_id",
        "until",
        "seconds",
        "message_id",
        "message_ids",
        "of",
        "test",
        "photo",
        "silent",
        "self_delete",
        "personal",
    }
)
"""Facts that steer the act and never fill a text."""
STOP, STOP_LINK = "consent-stop-button", "consent-stop-link"
GENERIC = "-generic"
"""Suffix of a text's twin without name and age."""


class NothingToSay(Exception):  # noqa: N818 - it is no error
    """The words are personal, personalisation is not allowed, and there is no general version."""


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: callback data or an address."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a message consists of. `html` is Telegram HTML; `photo` a file id or an address."""

    html: str
    keyboard: tuple[tuple[Button, ...], ...] = ()
    photo: str = ""


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What a text may say about the child a row is for."""

    name: str | None = None
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom the words are for. `generic`: no name and no age of a child may be in them."""

    language: str
    zone: ZoneInfo
    generic: bool = True
    children: Mapping[int, ChildFacts] = field(default_factory=dict)


class Maker(Protocol):
    """Writes messages that are neither one text nor one item (a digest with sections, a chart)."""

    def __call__(self, row: OutboxRow, audience: Audience, renderer: Renderer) -> Words: ...


@dataclass(frozen=True, slots=True)
class Renderer:
    """Words for rows. `library` gives the editorial items at this instant (hot reload swaps it).

    makers: by the word before the colon of `content`, besides `text` and `item`. snapshots: items of versions that
    left the files. MissingText: a key, a fact or an item is missing, which breaks the template for everybody.
    """

    texts: Texts
    library: Callable[[], Library] | None = None
    makers: Mapping[str, Maker] = field(default_factory=dict)
    school: Mapping[str, Any] = field(default_factory=dict)
    """What the school always knows: its name, addresses, the lesson page (`texts.placeholders`, source SCHOOL)."""
    stop_link: Callable[[PersonId], str] | None = None
    """Makes the signed address at which a person stops such messages in a browser; None: the school has no pages."""

    def words(self, row: OutboxRow, audience: Audience) -> Words:
        """Render a row for its reader."""
        kind, _, name = row.content.partition(":")
        if kind == "text":
            made = self._text(name, row, audience)
        elif kind == "item":
            made = self._item(name, row, audience)
        elif kind in self.makers:
            made = self.makers[kind](row, audience, self)
        else:
            raise MissingText(f"nobody writes {kind}")
        return self._with_stop(made, row, audience)

    def fact(self, value: Any, audience: Audience) -> Any:
        """Turn a stored fact into a value: texts in the reader's language, instants on the reader's clock."""
        match value:
            case {"text": str(key)}:
                facts = {
                    name: self.fact(part, audience)
                    for name, part in value.items()
                    if name != "text" and part is not None
                }
                return self.texts.say_by_name(audience.language, key, facts)
            case {"at": str(instant)}:
                return datetime.fromisoformat(instant).astimezone(audience.zone)
            case {"day": str(day)}:
                return date.fromisoformat(day)
            case {"list": list(parts)}:
                return Markup(", ".join(self._said(part, audience) for part in parts))
            case {"lines": list(parts)}:
                return Markup("\n".join(self._said(part, audience) for part in parts))
        return value

    def facts(self, facts: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
        return {
            name: self.fact(value, audience)
            for name, value in facts.items()
            if name not in RESERVED and value is not None
        }

    def buttons(
        self, rows: Sequence[Sequence[Sequence[str]]], audience: Audience
    ) -> tuple[tuple[Button, ...], ...]:
        """Label stored buttons: rows of (text key, callback data or https address)."""
        return tuple(
            tuple(_button(str(self._label(key, audience)), target) for key, target in row)
            for row in rows
        )

    def _said(self, part: Any, audience: Audience) -> str:
        """Say a member of a list: a bare string is a text key, `{"text": ...}` a text with facts."""
        if isinstance(part, str):
            return str(self.texts.say_by_name(audience.language, part, {}))
        said = self.fact(part, audience)
        return str(said) if isinstance(said, Markup) else escape(str(said))

    def _label(self, key: str, audience: Audience) -> str:
        return visible(self.texts.say_by_name(audience.language, key, {}))

    def _text(self, key: str, row: OutboxRow, audience: Audience) -> Words:
        facts = self.facts(row.facts, audience)
        if audience.generic and self.texts.has(audience.language, key + GENERIC):
            key += GENERIC
        elif row.child is not None and not audience.generic and "child" not in facts:
            child = audience.children.get(row.child, ChildFacts())
            if child.name is not None:
                facts["child"] = child.name
            elif self.texts.has(audience.language, key + GENERIC):
                key += GENERIC
        html = self.texts.say_by_name(audience.language, key, facts)
        keyboard = self.buttons(row.facts.get("buttons", ()), audience)
        return Words(str(html), keyboard, str(row.facts.get("photo", "")))

    def _item(self, ref: str, row: OutboxRow, audience: Audience) -> Words:
        item = self.find_item(ref, audience.language)
        facts = {**self.school, **self.facts(row.facts, audience)}
        child = audience.children.get(row.child or 0, ChildFacts())
        if child.name is not None:
            facts.setdefault("child", child.name)
        known = facts.keys() | (CHILD_CASES.keys() if "child" in facts else set())
        if audience.generic or not item.needs <= known:
            general = self.generic_of(item)
            if general is None:
                raise NothingToSay
            item = general
        made = render_item(_with_known_links(item, facts), facts)
        keyboard = tuple((_item_button(row, b.label, b.action),) for b in made.buttons)
        return Words(str(made.html), keyboard, made.media)

    def find_item(self, ref: str, language: str) -> Item:
        """Find an item by `id@version`."""
        name, _, version = ref.partition("@")
        if self.library is None:
            raise MissingText(f"no library for {ref}")
        try:
            return self.library().item(name, int(version) if version else None, language)
        except LookupError as missing:
            raise MissingText(str(missing)) from None

    def generic_of(self, item: Item) -> Item | None:
        return self.library().generic_of(item) if self.library is not None else None

    def _with_stop(self, words: Words, row: OutboxRow, audience: Audience) -> Words:
        """Put the one-tap stop under whatever nobody asked for."""
        if row.message_class not in SOFT:
            return words
        words = self._with_stop_link(words, row, audience)
        data = f"stop:{row.message_class.value}"
        if any(button.data.endswith(("stop", data)) for line in words.keyboard for button in line):
            return words
        stop = Button(self._label(STOP, audience), data)
        return Words(words.html, (*words.keyboard, (stop,)), words.photo)

    def _with_stop_link(self, words: Words, row: OutboxRow, audience: Audience) -> Words:
        """Add the way that works outside the chat too, where there is room for it."""
        if self.stop_link is None or row.person is None:
            return words
        link = self.texts.say_by_name(
            audience.language, STOP_LINK, {"link": self.stop_link(row.person)}
        )
        html = f"{words.html}\n\n{link}"
        room = CAPTION_LIMIT if words.photo else MESSAGE_LIMIT
        return replace(words, html=html) if utf16_length(visible(html)) <= room else words


def _with_known_links(item: Item, facts: Mapping[str, Any]) -> Item:
    """Leave out buttons to pages nobody named; the words stand without them."""
    kept = tuple(button for button in item.buttons if _leads_somewhere(button.action, facts))
    return replace(item, buttons=kept)


def _leads_somewhere(action: str, facts: Mapping[str, Any]) -> bool:
    verb, _, argument = action.partition(":")
    return verb != "url" or argument.startswith("http") or argument in facts


def _button(label: str, target: str) -> Button:
    if target.startswith(("https://", "http://", "tg://")):
        return Button(label, url=target)
    return Button(label, data=target)


def _item_button(row: OutboxRow, label: str, action: str) -> Button:
    verb, _, argument = action.partition(":")
    if verb == "url":
        return Button(label, url=argument)
    if verb == "stop":
        return Button(label, data=f"stop:{row.message_class.value}")
    return Button(label, data=f"item:{row.id}:{action}")
