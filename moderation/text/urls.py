"""Every address in a message: written out, hidden behind words, or spelled so that Telegram does not link it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from moderation.text.entities import Entity, slices
from moderation.text.hosts import is_public_name, plain_host, registered_domain
from moderation.text.telegram_links import TELEGRAM_HOSTS, LinkKind, telegram_kind

# Links. A message with more is judged by these; the count alone condemns it.
MOST_LINKS = 50
# Characters searched for written-out addresses; entities are taken from anywhere.
MOST_TEXT = 8192
# Endings that are files or abbreviations in talk more often than domains; they need a scheme or a path.
_FILE_ENDINGS = frozenset(
    ("py", "md", "sh", "zip", "rs", "ps", "pl", "mov", "app", "so", "cc", "my", "no", "id", "is")
)

_INNER_STOP = re.compile(r"\.(?<=\w\.)\w")
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
_SCHEME = re.compile(
    r"(?<![\w])(?:https?:/*|hxxps?:/*|tg:/{0,2}(?=\w))[^\s<>\"«»„“”]+", re.IGNORECASE
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@((?:[\w-]+\.)+[^\W\d_]{2,24})")
_MENTION = re.compile(r"(?<![\w@/.])@([a-z][a-z0-9_]{3,31})(?![\w@])", re.IGNORECASE | re.ASCII)
_BARE = re.compile(
    r"(?<![\w@./-])((?:[^\W_][\w-]{0,62}\.){1,5}[^\W\d_][\w-]{1,23})(?::\d+)?([/?#][^\s<>\"«»„“”]*)?(?![\w@])"
)
# Cyrillic twins and gaps in the one host that matters most in a Telegram chat.
_DISGUISED = re.compile(
    r"(?<![\w])[tт]\s?[.,·•]\s?[mм][eе]\s?/\s?(\+?[a-z0-9_]{3,40}(?:/[\w-]+)?)", re.IGNORECASE
)
_MASKED = re.compile(r"[tт]\s?[.,·•]\s?[mм][eе]\s?/", re.IGNORECASE)
_TAIL = ".,;:!?)]}'*_~…"


@dataclass(frozen=True, slots=True)
class Link:
    """One address of a message.

    `host` and `registered_domain` are in plain form (lower case, punycode decoded); "" for mail without one.
    `shown` is what the reader sees; `hidden` says that it is not the address itself. `name` is the public
    Telegram name, if the link has one. `disguised` tells of an address written to deceive: credentials
    before the real host, twins of letters, another address in the visible text.
    """

    url: str
    host: str
    registered_domain: str
    hidden: bool = False
    shown: str = ""
    kind: LinkKind = LinkKind.WEB
    name: str = ""
    disguised: bool = False


def links(text: str, entities: Iterable[Entity] = ()) -> tuple[Link, ...]:
    """List the addresses of a text and its entities in order, each once; never raises, never asks the network."""
    if not entities and not _may_hold(text[:MOST_TEXT]):
        return ()
    found: dict[tuple[str, bool], Link] = {}
    marked = [entity for entity in entities if entity.kind in _ENTITY_KINDS]
    for link in (*_from_entities(text, marked), *_from_text(text)):
        found.setdefault((link.url, link.hidden), link)
        if len(found) >= MOST_LINKS:
            break
    return tuple(found.values())


_ENTITY_KINDS = frozenset(("url", "text_link", "mention", "email"))


def _from_entities(text: str, entities: list[Entity]) -> Iterator[Link]:
    if not entities:
        return
    for entity, shown in zip(entities, slices(text, entities), strict=True):
        if entity.kind == "text_link" and entity.url:
            link = address(entity.url, shown=_INVISIBLE.sub("", shown))
        elif entity.kind == "mention":
            link = _mention(shown.lstrip("@"), shown)
        elif entity.kind == "email":
            link = _email(shown, shown.rpartition("@")[2])
        else:
            link = address(_INVISIBLE.sub("", shown))
        if link is not None:
            yield link


def _from_text(text: str) -> Iterator[Link]:
    text = text[:MOST_TEXT]
    if not _may_hold(text):
        return
    text = _INVISIBLE.sub("", text)
    for match in _SCHEME.finditer(text):
        if (link := address(match[0].rstrip(_TAIL))) is not None:
            yield link
    rest = _SCHEME.sub(" ", text)
    if "@" in rest:
        yield from (_email(match[0], match[1]) for match in _EMAIL.finditer(rest))
        yield from (_mention(match[1], match[0]) for match in _MENTION.finditer(rest))
    for match in _DISGUISED.finditer(rest):
        if (link := address(f"https://t.me/{match[1]}", written=match[0])) is not None:
            yield link
    yield from _bare(_DISGUISED.sub(" ", rest))


def _may_hold(text: str) -> bool:
    """Tell cheaply that a text holds no address; a yes may be wrong."""
    if "@" in text or ("." in text and _INNER_STOP.search(text) is not None):
        return True
    if ":" in text and (":/" in text or "tg:" in text.casefold()):
        return True
    return "/" in text and _MASKED.search(text) is not None


def _bare(text: str) -> Iterator[Link]:
    for match in _BARE.finditer(text):
        host, path = plain_host(match[1]), match[2]
        ending = host.rpartition(".")[2]
        if not path and ending in _FILE_ENDINGS:
            continue
        if is_public_name(host) and (link := address(match[0].rstrip(_TAIL))) is not None:
            yield link


def address(url: str, *, shown: str | None = None, written: str | None = None) -> Link | None:
    """Parse one address as a browser would; None when it leads nowhere.

    `shown` is the visible text of a hidden link; `written` is how a disguised address stood in the text.
    """
    clean = url.strip().replace("\\", "/")
    if clean[:3].casefold() == "tg:":
        host, userinfo = "t.me", False
        clean = f"tg:{clean[3:]}"
    else:
        clean = _with_scheme(clean)
        parts = _split(clean)
        if parts is None or not parts.hostname:
            return None
        host, userinfo = plain_host(parts.hostname), "@" in parts.netloc
    kind, name = telegram_kind(clean, host) or (LinkKind.WEB, "")
    visible = shown if shown is not None else written or url
    hidden = shown is not None and not _same_address(shown, host)
    lies = hidden and shown is not None and _looks_like_address(shown)
    return Link(
        url=clean, host=host, registered_domain=registered_domain(host), hidden=hidden, shown=visible, kind=kind,
        name=name, disguised=userinfo or lies or (written is not None and not written.casefold().startswith("t.me/")),
    )  # fmt: skip


def _with_scheme(url: str) -> str:
    scheme, colon, rest = url.partition(":")
    if colon and scheme.casefold() in ("http", "https", "hxxp", "hxxps"):
        return f"{'https' if scheme[-1] in 'sS' else 'http'}://{rest.lstrip('/')}"
    return url if "://" in url else f"http://{url.lstrip('/')}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts


def _same_address(shown: str, host: str) -> bool:
    return _shown_host(shown) == host


def _looks_like_address(shown: str) -> bool:
    host = _shown_host(shown)
    return bool(host) and (is_public_name(host) or host in TELEGRAM_HOSTS)


def _shown_host(shown: str) -> str:
    text = shown.strip()
    if not text or any(map(str.isspace, text)):
        return ""
    if text.startswith("@"):
        return "t.me"
    parts = _split(_with_scheme(text))
    return (
        plain_host(parts.hostname)
        if parts is not None and parts.hostname and "." in parts.netloc
        else ""
    )


def _mention(name: str, shown: str) -> Link:
    bare = name.casefold()
    return Link(
        f"https://t.me/{bare}", "t.me", "t.me", shown=shown, kind=LinkKind.MENTION, name=bare
    )


def _email(shown: str, domain: str) -> Link:
    host = plain_host(domain)
    return Link(
        f"mailto:{shown.casefold()}",
        host,
        registered_domain(host),
        shown=shown,
        kind=LinkKind.EMAIL,
    )
