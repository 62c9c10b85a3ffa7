"""HTML of rich messages."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from typing_extensions import override

from emulator.format.links import check_link
from emulator.format.model import ParseError

Json = dict[str, Any]
RichText = Any

MARKS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "mark": "marked",
    "sub": "subscript",
    "sup": "superscript",
    "tg-spoiler": "spoiler",
    "a": "url",
}
TEXT_BLOCKS = {"p": "paragraph", "footer": "footer", "pre": "pre"} | {
    f"h{size}": "heading" for size in range(1, 7)
}
HOLDERS = frozenset({"blockquote", "details", "ul", "ol", "li", "table", "thead", "tbody", "tr"})
CELLS = frozenset({"td", "th", "summary", "caption"})
KNOWN = frozenset({*MARKS, *TEXT_BLOCKS, *HOLDERS, *CELLS})
VOID = frozenset({"br", "hr"})


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    inside: list[Any] = field(default_factory=list)


class _Tree(HTMLParser):
    """Build a tree of nodes and words; refuse unknown and unmatched tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [_Node("")]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.stack[-1].inside.append("\n" if tag == "br" else _Node("hr"))
            return
        if tag not in KNOWN:
            raise ParseError(f'Unsupported start tag "{tag}"')
        node = _Node(tag, dict(attrs))
        self.stack[-1].inside.append(node)
        self.stack.append(node)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if len(self.stack) == 1 or self.stack[-1].tag != tag:
            expected = self.stack[-1].tag
            raise ParseError(f'Unmatched end tag, expected "</{expected}>", found "</{tag}>"')
        self.stack.pop()

    @override
    def handle_data(self, data: str) -> None:
        self.stack[-1].inside.append(data)


def parse_rich_html(source: str) -> list[Json]:
    """Return the blocks of a rich message. Refuses broken HTML with ParseError."""
    tree = _Tree()
    tree.feed(source)
    tree.close()
    if len(tree.stack) > 1:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{tree.stack[-1].tag}"')
    return _blocks(tree.stack[0].inside)


def _blocks(inside: list[Any]) -> list[Json]:
    """Group loose words and marks into paragraphs between the blocks."""
    blocks: list[Json] = []
    loose: list[Any] = []
    for part in [*inside, _Node("hr-end")]:
        if isinstance(part, str) or part.tag in MARKS:
            loose.append(part)
            continue
        text = _text(loose)
        if text:
            blocks.append({"type": "paragraph", "text": text})
        loose = []
        if part.tag != "hr-end":
            blocks.append(_block(part))
    return blocks


def _block(node: _Node) -> Json:
    tag = node.tag
    if tag == "hr":
        return {"type": "divider"}
    if tag in TEXT_BLOCKS:
        block: Json = {"type": TEXT_BLOCKS[tag], "text": _text(node.inside)}
        if tag.startswith("h"):
            block["size"] = int(tag[1])
        return block
    if tag in ("ul", "ol"):
        items = [part for part in node.inside if isinstance(part, _Node)]
        labels = [f"{number}." if tag == "ol" else "•" for number in range(1, len(items) + 1)]
        shown = [
            {"label": label, "blocks": _blocks(item.inside)}
            for label, item in zip(labels, items, strict=True)
        ]
        return {"type": "list", "items": shown}
    if tag == "table":
        return _table(node)
    if tag == "details":
        summary = next((part for part in _nodes(node) if part.tag == "summary"), _Node("summary"))
        rest = [part for part in node.inside if part is not summary]
        return {"type": "details", "summary": _text(summary.inside), "blocks": _blocks(rest)}
    if tag == "blockquote":
        return {"type": "blockquote", "blocks": _blocks(node.inside)}
    raise ParseError(f'Unexpected tag "{tag}"')


def _nodes(node: _Node) -> list[_Node]:
    return [part for part in node.inside if isinstance(part, _Node)]


def _table(node: _Node) -> Json:
    rows: list[list[Json]] = []
    table: Json = {"type": "table", "cells": rows}
    for part in _nodes(node):
        if part.tag == "caption":
            table["caption"] = _text(part.inside)
        group = [part] if part.tag == "tr" else _nodes(part)
        rows += [[_cell(cell) for cell in _nodes(row)] for row in group if row.tag == "tr"]
    return table | {"is_bordered": True} if "bordered" in node.attributes else table


def _cell(node: _Node) -> Json:
    cell: Json = {"align": node.attributes.get("align") or "left", "valign": "top"}
    if text := _text(node.inside):
        cell["text"] = text
    if node.tag == "th":
        cell["is_header"] = True
    return cell


def _text(inside: list[Any]) -> RichText:
    """Return words as they are, marked words as objects, a mixture as a list."""
    parts = [part if isinstance(part, str) else _mark(part) for part in inside]
    parts = [part for part in parts if part != ""]
    if all(isinstance(part, str) for part in parts):
        return "".join(parts).strip()
    return parts[0] if len(parts) == 1 else parts


def _mark(node: _Node) -> RichText:
    kind = MARKS.get(node.tag)
    text = _text(node.inside)
    if kind is None:
        raise ParseError(f'Unexpected tag "{node.tag}"')
    if kind != "url":
        return {"type": kind, "text": text}
    url = check_link(node.attributes.get("href") or "")
    return text if url is None else {"type": "url", "text": text, "url": url}
