"""Telegram message entities and the UTF-16 units their offsets are counted in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LAST_BMP = 0xFFFF


@dataclass(frozen=True, slots=True)
class Entity:
    """One marked span: `offset` and `length` are UTF-16 code units, as Telegram sends them.

    `kind` is Telegram's type ("text_link", "mention", "custom_emoji", ...). `url` is set for text_link,
    `user` (the id) for text_mention.
    """

    kind: str
    offset: int
    length: int
    url: str | None = None
    user: int | None = None


def utf16_length(text: str) -> int:
    """Count UTF-16 code units: what Telegram's limits and offsets mean by length."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def covered(text: str, entity: Entity) -> str:
    """Cut the part of `text` an entity covers; offsets outside the text are clamped, never an error."""
    return next(_cut(text, (entity,)))


def slices(text: str, entities: Iterable[Entity]) -> list[str]:
    """Cut the parts of `text` the entities cover, encoding the text once."""
    return list(_cut(text, entities))


def _cut(text: str, entities: Iterable[Entity]) -> Iterator[str]:
    if all(ord(character) <= LAST_BMP for character in text):
        for entity in entities:
            start = max(entity.offset, 0)
            yield text[start : max(entity.offset + entity.length, start)]
        return
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in entities:
        start = max(entity.offset, 0)
        end = max(entity.offset + entity.length, start)
        yield units[2 * start : 2 * end].decode("utf-16-le", "replace")
