"""Turn a folded text into numbers of hashed character pieces, at the speed of C without leaving Python.

A text becomes one byte per sign; every piece of `ORDERS` bytes is read as one machine integer and reduced by a prime:
many pieces share a bucket, so weights of buckets cannot be read back as words. Pieces that reach over the end hold
zero bytes, which marks the end; a leading gap marks the beginning.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import repeat
from operator import and_, mod

from moderation.text.fold import Folded

# Bytes in a piece. Source: docs/spam-model.md, table of orders.
ORDERS = (2, 4, 6)
# A prime: the number of buckets.
BUCKETS = 1_048_573
# Bytes judged: the head and the tail of a longer text, where advertising says what it wants.
HEAD = 900
TAIL = 300
WINDOW = 8
_MASKS = tuple((1 << 8 * order) - 1 for order in reversed(ORDERS))

# Alphabets the code page lacks share one sign each: that a text is foreign matters, not its words.
_SCRIPTS = {"CJK": "\xa9", "HIRAGANA": "\xa9", "KATAKANA": "\xa9", "HANGUL": "\xae", "ARABIC": "\xb0", "HEBREW": "\xb1",
            "GREEK": "\xb5", "ARMENIAN": "\xb6", "GEORGIAN": "\xb6", "CYRILLIC": "\xa4", "LATIN": "\xa6"}  # fmt: skip
_OTHER_LETTER = "\xa7"
_FOREIGN = re.compile(r"[^\W\d_a-zа-я]")
_KEPT = (
    b"abcdefghijklmnopqrstuvwxyz0123456789?!"
    + "".join(_SCRIPTS.values()).encode("cp1251")
    + "\xa7".encode("cp1251")
)
# In the code page the small Cyrillic letters are the last 32.
_CYRILLIC = 0xE0
_DIGIT = 0x30
_GAP = 0x20
_BYTES = bytes(
    _DIGIT if code in b"0123456789" else code if code in _KEPT or code >= _CYRILLIC else _GAP
    for code in range(256)
)
_HAS_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d)[ .,'](?=\d{3}(?!\d))|(?<=\d) ?[kк](?![^\W\d_])|(?<=\d) ?тыс\w*")


def coded(folded: Folded) -> bytes:
    """Write a folded text with one byte per sign, single gaps, bounded length and thousands in one form."""
    text = folded.folded
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]} {text[-TAIL:]}"
    if _HAS_DIGIT.search(text) is not None:
        text = _THOUSANDS.sub(_in_full, text)
    if _FOREIGN.search(text) is not None:
        text = _FOREIGN.sub(_script_of, text)
    return b" ".join(text.encode("cp1251", "replace").translate(_BYTES).split())


def _script_of(letter: re.Match[str]) -> str:
    return _SCRIPTS.get(
        unicodedata.name(letter[0], "?").split(" ", maxsplit=1)[0].split("-")[0], _OTHER_LETTER
    )


def _in_full(mark: re.Match[str]) -> str:
    """Write 5k, 5 тыс. and 5.000 alike."""
    return "" if len(mark[0]) == 1 and not mark[0].isalpha() else "000"


def buckets(text: bytes) -> list[list[int]]:
    """Give the buckets of the pieces of a coded text, the longest pieces first; a repeated piece counts once.

    A leading gap and final zeros mark the ends.
    """
    count = len(text) + 1
    view = memoryview(b" " + text + bytes(WINDOW))
    found: list[int] = []
    for start in range(min(WINDOW, count)):
        items = (count - start + WINDOW - 1) // WINDOW
        found += view[start : start + WINDOW * items].cast("Q")
    orders = []
    pieces: Iterable[int] = found
    for mask in _MASKS:
        pieces = set(map(and_, pieces, repeat(mask)))
        orders.append(list(map(mod, pieces, repeat(BUCKETS))))
    return orders
