"""Hosts: their plain form, the registered domain, and hosts made to look like somebody else's.

The public suffix list is the snapshot bundled with the library: nothing is ever fetched.
"""

from __future__ import annotations

import ipaddress
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from moderation.text.glyphs import TO_LATIN

if TYPE_CHECKING:
    from tldextract import TLDExtract

_LOOK = str.maketrans("013456789", "oleasbtbg")
# Letters. Shorter names have honest neighbours one letter away.
NEIGHBOUR_LENGTH = 6
_CACHE = 4096


@cache
def _suffixes() -> TLDExtract:
    # It brings an HTTP client along, a quarter of a second of every start; most messages have no link.
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(
        cache_dir=None,
        suffix_list_urls=(),
        fallback_to_snapshot=True,
        include_psl_private_domains=True,
    )


@lru_cache(_CACHE)
def plain_host(host: str) -> str:
    """Write a host one way: compatibility forms folded, lower case, punycode decoded, no final dot."""
    host = unicodedata.normalize("NFKC", host).casefold().strip(".").replace("。", ".")
    return ".".join(map(_decoded, host.split(".")))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").casefold()
    except (UnicodeError, OverflowError):
        return label


@lru_cache(_CACHE)
def registered_domain(host: str) -> str:
    """Name the part of a plain host somebody registered; an IP address names itself.

    A host under no public suffix (a local network, a reserved name) is told by its last two labels.
    """
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return _under_suffix(host) or ".".join(host.split(".")[-2:])


@lru_cache(_CACHE)
def _under_suffix(host: str) -> str:
    found = _suffixes().extract_str(host)
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else ""


def is_public_name(host: str) -> bool:
    """Tell whether the host ends in a public suffix, so that a browser could go there."""
    return bool(_under_suffix(host))


def look_alike(host: str, known: Iterable[str]) -> str | None:
    """Name the known domain this host imitates, None when it is the domain itself or resembles none.

    Imitation: another alphabet's or digit's letters, the known name as a subdomain or with extra words, or
    one letter of difference in a name of six letters or more.
    """
    own = registered_domain(host)
    names = [plain_host(name) for name in known]
    if not own or own in names or any(host == name or host.endswith(f".{name}") for name in names):
        return None
    return next((name for name in names if _imitates(host, own, name)), None)


def _imitates(host: str, own: str, name: str) -> bool:
    if f".{name}." in f".{host}.":
        return True
    brand, other = _look(name.partition(".")[0]), _look(own.partition(".")[0])
    if brand == other:
        return True
    if len(brand) < NEIGHBOUR_LENGTH:
        return False
    return brand in other or _one_edit(brand, other)


def _look(label: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", label) if not unicodedata.combining(c))
    latin = bare.translate(TO_LATIN).translate(_LOOK).replace("rn", "m").replace("vv", "w")
    return latin.replace("-", "").replace("l", "i")


def _one_edit(one: str, two: str) -> bool:
    """Tell whether one insertion, deletion, replacement or swap of neighbours makes two of one."""
    if abs(len(one) - len(two)) > 1:
        return False
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    left, right = one[start:], two[start:]
    swapped = left[1::-1] + left[2:] == right if len(left) == len(right) else False
    return swapped or right == left[1:] or left == right[1:] or left[1:] == right[1:]
