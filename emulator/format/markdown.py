"""Parse modes MarkdownV2 and Markdown, with the refusals of TDLib. Byte offsets are those of the UTF-8 text."""

from dataclasses import dataclass

from emulator.format.links import EMOJI, link_entity
from emulator.format.model import Entity, ParseError
from emulator.format.utf16 import units

RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
LAST_ESCAPED = 126
CODE = ("Code", "Pre", "PreCode")
MARKS = {
    "Bold": "*",
    "Italic": "_",
    "Underline": "__",
    "Strikethrough": "~",
    "Spoiler": "||",
    "Code": "`",
    "Pre": "```",
    "PreCode": "```",
    "TextUrl": "]",
    "CustomEmoji": "]",
}
ENTITY_TYPES = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
}


@dataclass(slots=True)
class _Open:
    kind: str
    argument: str
    offset: int
    begin: int
    position: int


class MarkdownParser:
    """Parse one MarkdownV2 text."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.at = 0
        self.out: list[str] = []
        self.size = 0
        self.entities: list[Entity] = []
        self.stack: list[_Open] = []
        self.line_start = True

    def parse(self) -> tuple[str, list[Entity]]:
        """Return the text without marks and its entities. Refuses with ParseError."""
        while self.at < len(self.source):
            self._step()
        if self.stack and self.stack[-1].kind == "BlockQuote":
            self._close_quote("blockquote")
        if self.stack:
            self._fail_unclosed()
        return "".join(self.out), self.entities

    def _fail_unclosed(self) -> None:
        last = self.stack[-1]
        offset = len(self.source[: last.begin].encode())
        raise ParseError(f"Can't find end of {last.kind} entity at byte offset {offset}")

    def _emit(self, char: str) -> None:
        self.out.append(char)
        self.size += units(char)
        self.at += 1
        self.line_start = False

    def _step(self) -> None:
        char = self.source[self.at]
        following = self.source[self.at + 1 : self.at + 2]
        if char == "\\" and following and 0 < ord(following) <= LAST_ESCAPED:
            self.at += 1
            self._emit(following)
            return
        inside_code = bool(self.stack) and self.stack[-1].kind in CODE
        if char not in RESERVED or (inside_code and char != "`"):
            self._emit(char)
        elif char == "\n":
            self._newline()
        elif self._ends_quote():
            self.at += 2
            self._close_quote("expandable_blockquote")
        elif self.stack and self._closes(self.stack[-1].kind):
            self._close()
        elif char == ">" and self.line_start:
            self._quote_mark()
        else:
            self._open(char)

    def _in_quote(self) -> bool:
        return any(one.kind == "BlockQuote" for one in self.stack)

    def _newline(self) -> None:
        quote_goes_on = self.source.startswith(">", self.at + 1)
        if self._in_quote() and not quote_goes_on:
            if self.stack[-1].kind != "BlockQuote":
                self._fail_unclosed()
            self._close_quote("blockquote")
        self._emit("\n")
        self.line_start = True

    def _quote_mark(self) -> None:
        if not self._in_quote():
            self.stack.append(_Open("BlockQuote", "", self.size, self.at, len(self.out)))
        self.at += 1
        self.line_start = False

    def _ends_quote(self) -> bool:
        """Say whether `||` here ends an expandable quotation: at its very end, with no spoiler to close."""
        if not self.stack or self.stack[-1].kind != "BlockQuote":
            return False
        if not self.source.startswith("||", self.at):
            return False
        rest = self.source[self.at + 2 :]
        return not rest or (rest[0] == "\n" and not rest.startswith("\n>"))

    def _close_quote(self, kind: str) -> None:
        opened = self.stack.pop()
        if self.size > opened.offset:
            self._add({"type": kind}, opened)

    def _closes(self, kind: str) -> bool:
        mark = MARKS.get(kind)
        if mark is None or not self.source.startswith(mark, self.at):
            return False
        return kind != "Italic" or not self.source.startswith("__", self.at)

    def _open(self, char: str) -> None:
        begin = self.at
        kind, argument = self._opening(char)
        self.line_start = False
        self.stack.append(_Open(kind, argument, self.size, begin, len(self.out)))

    def _opening(self, char: str) -> tuple[str, str]:
        double = self.source.startswith(char * 2, self.at)
        simple = {"*": "Bold", "~": "Strikethrough", "[": "TextUrl"}.get(char)
        if simple:
            self.at += 1
            return simple, ""
        if char == "_":
            self.at += 2 if double else 1
            return ("Underline" if double else "Italic"), ""
        if char == "|" and double:
            self.at += 2
            return "Spoiler", ""
        if char == "!" and self.source.startswith("![", self.at):
            self.at += 2
            return "CustomEmoji", ""
        if char == "`":
            return self._opening_code()
        raise ParseError(
            f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
        )

    def _opening_code(self) -> tuple[str, str]:
        if not self.source.startswith("```", self.at):
            self.at += 1
            return "Code", ""
        self.at += 3
        end = self.at
        while end < len(self.source) and not self.source[end].isspace() and self.source[end] != "`":
            end += 1
        language = ""
        if end != self.at and end < len(self.source) and self.source[end] != "`":
            language, self.at = self.source[self.at : end], end
        if self.source[self.at : self.at + 2] in ("\r\n", "\n\r"):
            self.at += 2
        elif self.source[self.at : self.at + 1] in ("\n", "\r"):
            self.at += 1
        return ("PreCode" if language else "Pre"), language

    def _close(self) -> None:
        opened = self.stack.pop()
        self.at += len(MARKS[opened.kind])
        self.line_start = False
        entity: Entity | None
        if opened.kind == "TextUrl":
            inside = "".join(self.out[opened.position :])
            url = self._address("a URL") if self.source.startswith("(", self.at) else inside
            entity = link_entity(url)
        elif opened.kind == "CustomEmoji":
            entity = self._emoji()
        elif opened.kind in ("Pre", "PreCode"):
            entity = {"type": "pre"}
            if opened.argument:
                entity["language"] = opened.argument
        else:
            entity = {"type": ENTITY_TYPES[opened.kind]}
        if entity is not None and self.size > opened.offset:
            self._add(entity, opened)

    def _add(self, entity: Entity, opened: _Open) -> None:
        place = {"offset": opened.offset, "length": self.size - opened.offset}
        self.entities.append({"type": entity["type"], **place, **entity})

    def _address(self, what: str) -> str:
        """Take the address in round brackets that follows."""
        self.at += 1
        begin = self.at
        address: list[str] = []
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and self.at + 1 < len(self.source):
                self.at += 1
            address.append(self.source[self.at])
            self.at += 1
        if self.at >= len(self.source):
            offset = len(self.source[:begin].encode())
            raise ParseError(f"Can't find end of {what} at byte offset {offset}")
        self.at += 1
        return "".join(address)

    def _emoji(self) -> Entity:
        if not self.source.startswith("(", self.at):
            raise ParseError("Custom emoji entity must contain a tg://emoji URL")
        address = self._address("a custom emoji URL")
        found = EMOJI.match(address)
        if found is None:
            raise ParseError(_emoji_refusal(address))
        return {"type": "custom_emoji", "custom_emoji_id": found.group(1)}


def _emoji_refusal(address: str) -> str:
    lowered = address.lower()
    if not lowered.startswith("tg:"):
        return "Custom emoji URL must have scheme tg"
    rest = lowered.removeprefix("tg:").removeprefix("//")
    if not rest.startswith("emoji") or rest[5:6].isalnum():
        return 'Custom emoji URL must have host "emoji"'
    if "id=" not in rest.partition("#")[0]:
        return "Custom emoji URL must have an emoji identifier"
    return "Invalid custom emoji identifier specified"


def parse_markdown_v2(text: str) -> tuple[str, list[Entity]]:
    """Return the visible text and its entities. Refuses with ParseError."""
    return MarkdownParser(text).parse()
