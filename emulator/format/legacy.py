"""Parse mode Markdown, kept by Telegram for old bots: no nesting, four marks."""

from emulator.format.links import link_entity
from emulator.format.model import Entity, ParseError
from emulator.format.utf16 import length

ESCAPED = "_*`["
TYPES = {"_": "italic", "*": "bold", "`": "code"}


def parse_markdown(text: str) -> tuple[str, list[Entity]]:
    """Return the visible text and its entities. Refuses with ParseError."""
    out: list[str] = []
    entities: list[Entity] = []
    at = size = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] and text[at + 1] in ESCAPED:
            piece, at = text[at + 1], at + 2
        elif char not in ESCAPED:
            piece, at = char, at + 1
        else:
            entity, piece, at = _entity(text, at)
            if entity is not None and piece:
                kind = entity.pop("type")
                entities.append({"type": kind, "offset": size, "length": length(piece), **entity})
        out.append(piece)
        size += length(piece)
    return "".join(out), entities


def _entity(text: str, begin: int) -> tuple[Entity | None, str, int]:
    """Take the entity that begins here: its kind, its words and where the text goes on."""
    char = text[begin]
    triple = text.startswith("```", begin)
    mark = "```" if triple else "]" if char == "[" else char
    start = begin + (3 if triple else 1)
    end = text.find(mark, start)
    if end < 0:
        raise ParseError(
            f"Can't find end of the entity starting at byte offset {_bytes(text, begin)}"
        )
    inside, at = text[start:end], end + len(mark)
    if triple:
        return {"type": "pre"}, inside.removeprefix("\n"), at
    if char != "[":
        return {"type": TYPES[char]}, inside, at
    if not text.startswith("(", at):
        return link_entity(inside), inside, at
    close = text.find(")", at)
    if close < 0:
        raise ParseError(
            f"Can't find end of the entity starting at byte offset {_bytes(text, begin)}"
        )
    return link_entity(text[at + 1 : close]), inside, close + 1


def _bytes(text: str, position: int) -> int:
    return len(text[:position].encode())
