"""From the parameters of a request to the text and entities that stand in a message."""

from collections.abc import Callable
from typing import Any

from emulator.errors import bad_request
from emulator.format.detect import detect
from emulator.format.html import parse_html
from emulator.format.legacy import parse_markdown
from emulator.format.markdown import parse_markdown_v2
from emulator.format.model import Entity, ParseError
from emulator.format.utf16 import cut, length

MAX_TEXT = 4096
"""UTF-16 units after parsing, as MAX_CAPTION."""
MAX_CAPTION = 1024
MAX_RAW = 32_768
"""Bytes before parsing."""

PARSERS: dict[str, Callable[[str], tuple[str, list[Entity]]]] = {
    "html": parse_html,
    "markdownv2": parse_markdown_v2,
    "markdown": parse_markdown,
}
PLACES = ("offset", "length")
EXTRA = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "pre": "language",
    "date_time": "unix_time",
}
MAX_ENTITIES = 100


def formatted(
    text: str, parse_mode: str | None = None, entities: list[Any] | None = None
) -> tuple[str, list[Entity]]:
    """Return the text as it will stand in the message, and its entities.

    Refuses what Telegram refuses: an unknown parse mode, broken markup, entities outside the text. A parse mode wins
    over explicit entities.
    """
    if len(text) > MAX_RAW // 4 and len(text.encode()) > MAX_RAW:
        raise bad_request("text is too long")
    if parse_mode:
        parser = PARSERS.get(parse_mode.lower())
        if parser is None:
            raise bad_request("unsupported parse_mode")
        try:
            text, found = parser(text)
        except ParseError as broken:
            raise bad_request(f"can't parse entities: {broken}") from None
    else:
        found = explicit(text, entities) if entities else []
    text, found = trimmed(text, found)
    found += detect(text, found)
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return text, found[:MAX_ENTITIES]


def explicit(text: str, entities: list[Any]) -> list[Entity]:
    """Check the entities of a request. Refuses a negative place; one outside the text is refused too."""
    size = length(text)
    kept: list[Entity] = []
    for entity in entities:
        offset, extent = entity["offset"], entity["length"]
        if offset < 0 or extent < 0 or offset > size or offset + extent > size:
            raise bad_request(
                "entity beyond the end of the text" if offset >= 0 else "wrong entity offset"
            )
        needed = EXTRA.get(entity["type"])
        if needed in ("url", "user", "custom_emoji_id") and not entity.get(needed):
            raise bad_request(f"can't parse MessageEntity: there is no {needed}")
        if extent:
            names = ("type", *PLACES, needed) if needed else ("type", *PLACES)
            kept.append({name: entity[name] for name in names if entity.get(name) is not None})
    return kept


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space off both ends, as Telegram does, and keep the entities in place."""
    text = text.replace("\r", "") if "\r" in text and not entities else text
    stripped = text.strip()
    if stripped == text:
        return text, entities
    skipped = length(text) - length(text.lstrip())
    size = length(stripped)
    kept: list[Entity] = []
    for entity in entities:
        begin = max(0, entity["offset"] - skipped)
        end = min(size, entity["offset"] - skipped + entity["length"])
        if end > begin:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return stripped, kept


def words_of(text: str, entity: Entity) -> str:
    """Return the part of the text an entity covers."""
    return cut(text, entity["offset"], entity["length"])
