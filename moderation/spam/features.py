"""Turn a folded text into numbers of hashed character pieces, at the speed of C without leaving Python.

A text becomes one byte per sign; every piece of `ORDERS` bytes is hashed to a bucket. Many pieces share a bucket, so
weights of buckets cannot be read back as words. Pieces that reach over the end hold zero bytes, which marks the end; a
leading gap marks the beginning.
"""

import re
import unicodedata

from moderation.text.fold import Folded

# Bytes in a piece. Source: docs/spam-model.md, table of orders.
ORDERS = (2, 4, 6)
BUCKET_BITS = 20
BUCKETS = 1 << BUCKET_BITS
# Bytes judged: the head and the tail of a longer text, where advertising says what it wants.
HEAD = 900
TAIL = 300
# Bytes of a lane: a piece and room for its products.
LANE = 8
_HALF = 24
_MOST_LANES = HEAD + TAIL + 8


def _every_lane(bits: int) -> int:
    return int.from_bytes(((1 << bits) - 1).to_bytes(LANE, "little") * _MOST_LANES, "little")


_LOW, _TWO, _FOUR, _BUCKET = (
    _every_lane(_HALF),
    _every_lane(16),
    _every_lane(8),
    _every_lane(BUCKET_BITS),
)
# Odd, under 39 bits, so that a lane never runs over: one pair for pieces of four, one for pieces of six.
_FACTORS = ((0x2545F4914F, 0x5851F42D4D), (0x369DEA0F31, 0x4F1BBCDCBF))

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
    return b" ".join(text.encode("cp1251", "replace").translate(_BYTES).split())[: HEAD + TAIL]


def _script_of(letter: re.Match[str]) -> str:
    return _SCRIPTS.get(
        unicodedata.name(letter[0], "?").split(" ", maxsplit=1)[0].split("-")[0], _OTHER_LETTER
    )


def _in_full(mark: re.Match[str]) -> str:
    """Write 5k, 5 тыс. and 5.000 alike."""
    return "" if len(mark[0]) == 1 and not mark[0].isalpha() else "000"


def buckets(text: bytes) -> list[set[int]]:
    """Give the buckets of the pieces of a coded text, order by order; a repeated piece counts once.

    A leading gap and final zeros mark the ends. All pieces are hashed at once, as lanes of one long integer: two
    halves of a piece times two odd constants, the middle bits of the sum are the bucket.
    """
    count = len(text) + 1
    padded = b" " + text + bytes(LANE)
    lanes = b"".join(
        [
            padded[start : start + LANE * ((count - start + LANE - 1) // LANE)]
            for start in range(min(LANE, count))
        ]
    )
    whole = int.from_bytes(lanes, "little")
    low, high = whole & _LOW, whole >> _HALF
    found = [_read(whole & _TWO, count)]
    for kept, (one, two) in zip((_FOUR, _LOW), _FACTORS, strict=True):
        mixed = low * one + (high & kept) * two
        found.append(_read(mixed >> _HALF & _BUCKET, count))
    return found


def _read(lanes: int, count: int) -> set[int]:
    return set(memoryview(lanes.to_bytes(LANE * count, "little")).cast("Q"))
