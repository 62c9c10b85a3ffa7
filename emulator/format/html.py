"""Parse mode HTML, with the refusals of TDLib. Byte offsets are those of the UTF-8 text."""

import re
from dataclasses import dataclass

from emulator.format.links import link_entity
from emulator.format.model import Entity, ParseError
from emulator.format.utf16 import length

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
KNOWN = frozenset({*TYPES, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"})
SPACE = " \t\r\n\0\v"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]+)|(\d+))|(lt|gt|amp|quot));?")
LAST_CHARACTER = 0x10FFFF
PLAIN = re.compile(r"[^<&]+")
SIMPLE_TAG = re.compile(r"<(b|i|u|s|strong|em|code|pre|tg-spoiler)>")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    position: int


class HtmlParser:
    """Parse one text."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.at = 0
        self.out: list[str] = []
        self.size = 0
        self.entities: list[Entity] = []
        self.stack: list[_Open] = []

    def parse(self) -> tuple[str, list[Entity]]:
        """Return the text without tags and its entities. Refuses with ParseError."""
        while self.at < len(self.source):
            if plain := PLAIN.match(self.source, self.at):
                self._emit(plain.group())
                self.at = plain.end()
            elif self.source[self.at] == "&":
                self._emit(self._character())
            elif self.source.startswith("/", self.at + 1):
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            raise ParseError(
                f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"'
            )
        return "".join(self.out), self.entities

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.size += length(text)

    def _character(self) -> str:
        """Take a character reference, or the ampersand itself when it is none."""
        found = CHARACTER.match(self.source, self.at)
        if found is not None:
            hexadecimal, decimal, name = found.groups()
            code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
            if name or 0 < code <= LAST_CHARACTER:
                self.at = found.end()
                return NAMED[name] if name else chr(code)
        self.at += 1
        return "&"

    def _char(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else "\0"

    def _skip_spaces(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in SPACE:
            self.at += 1

    def _offset(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _unclosed(self, begin: int, tag: str = "") -> ParseError:
        named = f' "{tag}"' if tag else ""
        return ParseError(f"Unclosed start tag{named} at byte offset {self._offset(begin)}")

    def _start_tag(self) -> None:
        begin = self.at
        if simple := SIMPLE_TAG.match(self.source, begin):
            self.at = simple.end()
            self.stack.append(_Open(simple.group(1), "", self.size, len(self.out)))
            return
        self.at += 1
        while self._char() not in SPACE and self._char() != ">":
            self.at += 1
        if self.at >= len(self.source):
            raise self._unclosed(begin)
        tag = self.source[begin + 1 : self.at].lower()
        if tag not in KNOWN:
            raise ParseError(f'Unsupported start tag "{tag}" at byte offset {self._offset(begin)}')
        argument = ""
        while self._char() != ">":
            self._skip_spaces()
            if self._char() == ">":
                break
            argument = self._attribute(tag, begin, argument)
        if tag == "span" and argument != "spoiler":
            raise ParseError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset(begin)}'
            )
        self.at += 1
        self.stack.append(_Open(tag, argument, self.size, len(self.out)))

    def _attribute(self, tag: str, begin: int, argument: str) -> str:
        start = self.at
        while self._char() not in SPACE and self._char() not in "=>/\"'":
            self.at += 1
        name = self.source[start : self.at]
        if not name:
            raise ParseError(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._offset(begin)}'
            )
        self._skip_spaces()
        if self._char() != "=":
            if self.at >= len(self.source):
                raise self._unclosed(begin, tag)
            return "1" if tag == "blockquote" and name == "expandable" else argument
        self.at += 1
        self._skip_spaces()
        if self.at >= len(self.source):
            raise self._unclosed(begin)
        value = self._string(begin) if self._char() in "\"'" else self._token()
        if self.at >= len(self.source):
            raise self._unclosed(begin)
        return _argument(tag, name.lower(), value, argument)

    def _token(self) -> str:
        found = NAME_TOKEN.match(self.source, self.at)
        start, self.at = self.at, found.end() if found else self.at
        if self._char() not in SPACE and self._char() != ">":
            raise ParseError(f"Unexpected end of name token at byte offset {self._offset(start)}")
        return self.source[start : self.at].lower()

    def _string(self, begin: int) -> str:
        quote = self._char()
        self.at += 1
        value: list[str] = []
        while self.at < len(self.source) and self._char() != quote:
            if self._char() == "&":
                value.append(self._character())
            else:
                value.append(self._char())
                self.at += 1
        if self.at >= len(self.source):
            raise self._unclosed(begin)
        self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise ParseError(f"Unexpected end tag at byte offset {self._offset(begin)}")
        self.at += 2
        while self._char() not in SPACE and self._char() != ">":
            self.at += 1
        name = self.source[begin + 2 : self.at]
        self._skip_spaces()
        if self._char() != ">":
            raise ParseError(f"Unclosed end tag at byte offset {self._offset(begin)}")
        self.at += 1
        opened = self.stack.pop()
        if name and name.lower() != opened.tag:
            raise ParseError(
                f"Unmatched end tag at byte offset {self._offset(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.size > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        place = {"offset": opened.offset, "length": self.size - opened.offset}
        tag, argument = opened.tag, opened.argument
        if tag in TYPES:
            self.entities.append({"type": TYPES[tag], **place})
        elif tag == "a":
            inside = "".join(self.out[opened.position :])
            if link := link_entity(argument or inside):
                self.entities.append({**link, **place})
        elif tag in ("pre", "code"):
            self._close_code(tag, argument, place)
        elif tag == "tg-emoji":
            self.entities.append({"type": "custom_emoji", **place, "custom_emoji_id": argument})
        elif tag == "blockquote":
            kind = "expandable_blockquote" if argument else "blockquote"
            self.entities.append({"type": kind, **place})

    def _close_code(self, tag: str, argument: str, place: dict[str, int]) -> None:
        """Join `pre` and `code` around the same text into one block with its language."""
        last = self.entities[-1] if self.entities else None
        twin = last is not None and all(last[name] == place[name] for name in place)
        if last is not None and twin and tag == "pre" and last["type"] == "code":
            language = last.pop("language", None)
            if language:
                last.update(type="pre", language=language)
                return
        if last is not None and twin and tag == "code" and last["type"] == "pre" and argument:
            last["language"] = argument
            return
        entity: Entity = {"type": tag, **place}
        if tag == "code" and argument:
            entity["language"] = argument
        self.entities.append(entity)


def _argument(tag: str, name: str, value: str, before: str) -> str:
    """Return what the tag keeps of its attributes."""
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return before


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Return the visible text and its entities. Refuses with ParseError."""
    plain, entities = HtmlParser(text).parse()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return plain, entities
