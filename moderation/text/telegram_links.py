"""What a Telegram address leads to: a chat by name, an invitation, a service page."""

import re
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

TELEGRAM_HOSTS = frozenset(("t.me", "telegram.me", "telegram.dog"))
_NAME = re.compile(r"[a-z][a-z0-9_]{2,31}", re.ASCII)
_INVITE_PATHS = frozenset(("joinchat", "addlist"))
_SERVICE_PATHS = frozenset(
    ("addstickers", "addemoji", "addtheme", "bg", "boost", "c", "confirmphone", "contact", "giftcode", "invoice",
     "iv", "login", "m", "msg", "nft", "proxy", "setlanguage", "share", "socks")
)  # fmt: skip
_INVITE_DEEP = frozenset(("join", "addlist"))
_NAMED_DEEP = frozenset(("resolve", "boost"))


class LinkKind(StrEnum):
    """What kind of address a link is."""

    WEB = "web"
    CHAT = "chat"
    INVITE = "invite"
    MENTION = "mention"
    TELEGRAM = "telegram"
    EMAIL = "email"


def telegram_kind(url: str, host: str) -> tuple[LinkKind, str] | None:
    """Tell what a Telegram address is and the public name it holds ("" if none); None for other hosts."""
    if url.startswith("tg:"):
        return _deep(url)
    if host in TELEGRAM_HOSTS:
        return _path(urlsplit(url).path)
    name, _, parent = host.partition(".")
    if parent in TELEGRAM_HOSTS:
        return (LinkKind.TELEGRAM, "") if name == "www" else (LinkKind.CHAT, name)
    return None


def _path(path: str) -> tuple[LinkKind, str]:
    parts = [part for part in path.casefold().split("/") if part]
    if not parts:
        return LinkKind.TELEGRAM, ""
    first = parts[0]
    if first.startswith(("+", "%2b", " ")) or first in _INVITE_PATHS:
        return LinkKind.INVITE, ""
    if first == "s" and len(parts) > 1:
        first = parts[1]
    if first in _SERVICE_PATHS or _NAME.fullmatch(first) is None:
        return LinkKind.TELEGRAM, ""
    return LinkKind.CHAT, first


def _deep(url: str) -> tuple[LinkKind, str]:
    """Read tg://resolve?domain=name and tg://join?invite=code, also without the slashes."""
    action, _, query = url[len("tg:") :].lstrip("/").partition("?")
    action = action.rstrip("/").casefold()
    if action in _INVITE_DEEP:
        return LinkKind.INVITE, ""
    names = parse_qs(query).get("domain", [""]) if action in _NAMED_DEEP else [""]
    return (LinkKind.CHAT, names[0].casefold()) if names[0] else (LinkKind.TELEGRAM, "")
