"""Links inside formatted text: what Telegram keeps, what it silently drops."""

import re

from emulator.format.model import Entity

MENTION = re.compile(r"tg:(?://)?user\?id=(\d+)$", re.IGNORECASE)
EMOJI = re.compile(r"tg:(?://)?emoji\?(?:[^#]*&)?id=([1-9]\d*)(?:[&#].*)?$", re.IGNORECASE)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?://)?", re.IGNORECASE)
HOST = re.compile(r"[^\s/?#@]+@?[^\s/?#]*")
ALLOWED = frozenset({"http", "https", "ftp", "tg", "ton", "tonsite", "mailto", "tel"})


def check_link(url: str) -> str | None:
    """Return the link as Telegram keeps it, None when it is not a link."""
    url = url.strip()
    found = SCHEME.match(url)
    scheme = found.group(1).lower() if found and "." not in found.group(1) else ""
    if scheme and scheme not in ALLOWED:
        return None
    if scheme in ("tg", "ton", "mailto", "tel"):
        return url
    rest = url[found.end() :] if found and scheme else url
    host = HOST.match(rest)
    if host is None or "." not in host.group().rstrip("."):
        return None
    tail = rest[host.end() :]
    return f"{scheme or 'http'}://{host.group().lower()}{tail or '/'}"


def link_entity(url: str) -> Entity | None:
    """Return the entity of a link without its place: a mention of a user by id, or a link; None to drop it."""
    if mention := MENTION.match(url):
        return {"type": "text_mention", "user": {"id": int(mention.group(1))}}
    kept = check_link(url)
    return None if kept is None else {"type": "text_link", "url": kept}
