"""Telegram HTML: escaping, what is visible, and what Telegram would refuse."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import ClassVar, Self
from urllib.parse import urlsplit

from typing_extensions import override

MESSAGE_LIMIT = 4096
"""UTF-16 units of visible text in a message (Bot API, sendMessage)."""
CAPTION_LIMIT = 1024
"""UTF-16 units of visible text in a caption (Bot API, sendPhoto)."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_LINK_SCHEMES = frozenset({"http", "https", "tg", "mailto", "tel"})


class Markup(str):
    """Text that already is Telegram HTML and must not be escaped again."""

    __slots__ = ()

    @override
    def join(self, parts: object) -> Self:
        """Join pieces of Telegram HTML; plain strings among them are escaped."""
        pieces = (p if isinstance(p, Markup) else escape(str(p)) for p in parts)  # type: ignore[attr-defined]
        return type(self)(str.join(self, pieces))


def escape(text: str) -> Markup:
    """Turn plain text into Telegram HTML that shows it as it is."""
    return text if isinstance(text, Markup) else Markup(text.translate(_ESCAPES))


def visible(html: str) -> str:
    """Tell what a reader sees: tags dropped, entities resolved."""
    return unescape(_TAG.sub("", html)) if "<" in html or "&" in html else html


def utf16_length(text: str) -> int:
    """Measure text as Telegram does: in UTF-16 code units, an emoji being two or more."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)  # noqa: PLR2004 - end of the basic plane


class _Checker(HTMLParser):
    """Walks the tags and notes what Telegram would answer with `can't parse entities`."""

    ATTRIBUTES: ClassVar[dict[str, frozenset[str]]] = {
        **dict.fromkeys(("b", "strong", "i", "em", "u", "ins", "s", "strike", "del"), frozenset()),
        **dict.fromkeys(("tg-spoiler", "pre"), frozenset()),
        "code": frozenset({"class"}),
        "span": frozenset({"class"}),
        "a": frozenset({"href"}),
        "tg-emoji": frozenset({"emoji-id"}),
        "blockquote": frozenset({"expandable"}),
    }

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.problems: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = self.ATTRIBUTES.get(tag)
        if allowed is None:
            self.problems.append(f"tag <{tag}> is not known to Telegram")
            return
        self.problems += [
            f"<{tag}> has no attribute {name}" for name, _ in attrs if name not in allowed
        ]
        if tag == "a":
            self._check_link(dict(attrs).get("href"))
        if tag in self.open:
            self.problems.append(f"<{tag}> inside <{tag}>")
        self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes nothing")
            return
        self.open.pop()

    def _check_link(self, href: str | None) -> None:
        if not href:
            self.problems.append("a link without an address")
            return
        if "{" in href:
            return
        address = urlsplit(href)
        if address.scheme not in _LINK_SCHEMES or not (address.netloc or address.path):
            self.problems.append(f"link {href} has no known scheme")


@lru_cache(maxsize=4096)
def html_problems(html: str) -> tuple[str, ...]:
    """List why Telegram would refuse this HTML; empty when it would take it."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    problems = list(checker.problems)
    problems += [f"<{tag}> is never closed" for tag in checker.open]
    rest = _TAG.sub("", html)
    if "<" in rest or ">" in rest:
        problems.append("a bare < or > (write &lt; or &gt;)")
    if _ENTITY.search(html):
        problems.append("a bare & (write &amp;)")
    return tuple(problems)
