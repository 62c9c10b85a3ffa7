"""Rich messages: the blocks that Bot API 10.1 shows.

Blocks are taken as they come. HTML and Markdown sources become one paragraph for each blank-line-separated part:
the emulator keeps their words and inline entities, not Telegram's page layout.
"""

from typing import Any

from emulator.errors import bad_request
from emulator.format.html import parse_html
from emulator.format.markdown import parse_markdown_v2
from emulator.format.model import ParseError

Json = dict[str, Any]
MAX_BLOCKS = 1000
"""Blocks in one message; a bound of the emulator, Telegram publishes none."""


def rich_message(given: Json) -> Json:
    """Return the RichMessage that stands in the message. Refuses an empty or ambiguous one."""
    sources = [name for name in ("html", "markdown", "blocks") if given.get(name)]
    if not sources:
        raise bad_request("rich message must be non-empty")
    if len(sources) > 1:
        raise bad_request("exactly one of html, markdown and blocks must be specified")
    blocks = given["blocks"] if sources[0] == "blocks" else _paragraphs(given, sources[0])
    if not 0 < len(blocks) <= MAX_BLOCKS:
        raise bad_request("rich message has a wrong number of blocks")
    shown: Json = {"blocks": blocks}
    if given.get("is_rtl"):
        shown["is_rtl"] = True
    return shown


def _paragraphs(given: Json, source: str) -> list[Json]:
    parse = parse_html if source == "html" else parse_markdown_v2
    blocks: list[Json] = []
    for part in given[source].split("\n\n"):
        try:
            words, _ = parse(part)
        except ParseError as broken:
            raise bad_request(f"can't parse entities: {broken}") from None
        if words.strip():
            blocks.append({"type": "paragraph", "text": words.strip()})
    return blocks
