"""Rich messages: from HTML, Markdown or input blocks to the blocks that stand in the message.

HTML covers headings, paragraphs, lists, tables, quotations, details, rules and inline marks; Markdown is read as
MarkdownV2 with one paragraph for each part between blank lines. Media inside rich messages are not played.
"""

from typing import Any

from emulator.errors import bad_request
from emulator.format.markdown import parse_markdown_v2
from emulator.format.model import ParseError
from emulator.format.richhtml import parse_rich_html

Json = dict[str, Any]
MEDIA = frozenset(
    {
        "animation",
        "audio",
        "document",
        "photo",
        "video",
        "voice_note",
        "collage",
        "slideshow",
        "map",
    }
)


def rich_message(given: Json) -> Json:
    """Return the RichMessage that stands in the message. Refuses an empty or ambiguous one."""
    sources = [name for name in ("html", "markdown", "blocks") if given.get(name)]
    if not sources:
        raise bad_request("rich message must be non-empty")
    if len(sources) > 1:
        raise bad_request("exactly one of html, markdown and blocks must be specified")
    try:
        blocks = _blocks(given, sources[0])
    except ParseError as broken:
        raise bad_request(f"can't parse entities: {broken}") from None
    if not blocks:
        raise bad_request("rich message must be non-empty")
    shown: Json = {"blocks": blocks}
    if given.get("is_rtl"):
        shown["is_rtl"] = True
    return shown


def _blocks(given: Json, source: str) -> list[Json]:
    if source == "html":
        return parse_rich_html(given["html"])
    if source == "blocks":
        return [_shown(block) for block in given["blocks"]]
    parts = (parse_markdown_v2(part)[0].strip() for part in given["markdown"].split("\n\n"))
    return [{"type": "paragraph", "text": words} for words in parts if words]


def _shown(block: Json) -> Json:
    """Turn an input block into what is shown: the items of a list get their labels."""
    if block["type"] in MEDIA:
        raise bad_request(
            f"rich blocks of type {block['type']} are not implemented by the emulator"
        )
    if block["type"] == "list":
        items = [_item(item, number) for number, item in enumerate(block["items"], 1)]
        return block | {"items": items}
    if "blocks" in block:
        return block | {"blocks": [_shown(inner) for inner in block["blocks"]]}
    return block


def _item(item: Json, number: int) -> Json:
    label = f"{item.get('value', number)}." if item.get("type") else "•"
    return item | {"label": label, "blocks": [_shown(inner) for inner in item["blocks"]]}


def plain_text(message: Json) -> str:
    """Return the words of a rich message, a line for each block, cells apart by tabs."""
    return "\n".join(words for block in message["blocks"] if (words := _words(block)))


def _words(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, list):
        return "".join(map(_words, part))
    if part.get("type") == "table":
        rows = ["\t".join(_words(cell.get("text", "")) for cell in row) for row in part["cells"]]
        return "\n".join([*rows, *([_words(part["caption"])] if part.get("caption") else [])])
    if part.get("type") == "list":
        return "\n".join(f"{item['label']} {_lines(item['blocks'])}" for item in part["items"])
    inner = [_words(part[name]) for name in ("summary", "text") if name in part]
    inner += [_lines(part["blocks"])] if "blocks" in part else []
    return "\n".join(inner)


def _lines(blocks: list[Json]) -> str:
    return "\n".join(map(_words, blocks))
