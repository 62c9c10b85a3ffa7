"""Turn a folded text into numbers of hashed pieces: of words, of what is inside them, of words that meet.

A text becomes one byte per sign. Every word is hashed, and every piece of `ORDERS` bytes inside it; so are neighbours,
and the ends by which they touch. Many pieces share a bucket, so weights of
buckets cannot be read back as words. What a word holds does not depend on its neighbours and is worked out once.
"""

import re
import unicodedata
from collections.abc import Iterable
from zlib import crc32

from moderation.text.codes import BYTES, SIGNS, code_of, text_of
from moderation.text.fold import Folded

# Bytes in a piece, and how much more than a piece a word or a meeting of words says.
# Source: docs/spam-model.md, table of choices.
ORDERS = (2, 4, 6)
WORTH = 1.6
# Signs at the ends by which neighbours touch.
TOUCH = 3
# Pieces of words take the first half of the buckets, words and their meetings the second.
HALF_BITS = 20
HALF = 1 << HALF_BITS
BUCKETS = 2 * HALF
_DROP = 32 - HALF_BITS
# Bytes judged: the head and the tail of a longer text, where advertising says what it wants.
HEAD = 900
TAIL = 300
# Stands before and after every text; a coded text holds no such sign.
EDGE = b"."

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
_DIGITS = b"0123456789"
_FOREIGN_BYTES = bytes(byte for byte in BYTES if _FOREIGN.match(SIGNS[byte]))
_THOUSANDS = re.compile(r"\d(?:[ .,'](?=\d{3}(?!\d))|( ?(?:[kк](?![^\W\d_])|тыс\w*)))")


def coded(folded: Folded) -> bytes:
    """Write a folded text with one byte per sign, single gaps, bounded length and thousands in one form."""
    code = folded.code
    if code is None or len(code.translate(None, _FOREIGN_BYTES)) != len(code):
        code = _FOREIGN.sub(_script_of, folded.folded).encode("cp1251", "replace")
    if len(code) > HEAD + TAIL:
        code = code[:HEAD] + b" " + code[-TAIL:]
    if len(code.translate(None, _DIGITS)) != len(code):
        code = code_of(_THOUSANDS.sub(_in_full, text_of(code))) or b""
    return b" ".join(code.translate(_BYTES).split())[: HEAD + TAIL]


def _script_of(letter: re.Match[str]) -> str:
    return _SCRIPTS.get(
        unicodedata.name(letter[0], "?").split(" ", maxsplit=1)[0].split("-")[0], _OTHER_LETTER
    )


def _in_full(mark: re.Match[str]) -> str:
    """Write 5k, 5 тыс. and 5.000 alike."""
    return f"{mark[0][0]}000" if mark[1] else mark[0][0]


def words_of(text: bytes) -> list[bytes]:
    """Give the words of a coded text between its two edges."""
    return [EDGE, *text.split(), EDGE]


def word_bucket(word: bytes) -> int:
    """Hash a whole word."""
    return HALF + (crc32(word) >> _DROP)


def inside(word: bytes) -> set[int]:
    """Hash the pieces of a word, its gaps included, each once."""
    framed = b" " + word + b" "
    return {
        crc32(framed[start : start + order], order) >> _DROP
        for order in ORDERS
        for start in range(max(len(framed) - order, 0) + 1)
    }


def ends(word: bytes) -> tuple[bytes, int]:
    """Give the beginning of a word, and the hash of its end and the gap after it."""
    return word[:TOUCH], crc32(b" ", crc32(word[-TOUCH:]))


def meetings(words: list[bytes], heads: Iterable[bytes], tails: Iterable[int]) -> set[int]:
    """Hash what neighbours say together, each once, as 32 bits: pairs, and the ends by which they touch.

    `heads` are the beginnings of the words from the second on, `tails` the hashed ends of all.
    """
    return {*map(crc32, words[1:], map(crc32, words)), *map(crc32, heads, tails)}


def meeting_buckets(met: set[int]) -> list[int]:
    """Give the buckets of meetings; two may share one."""
    return [HALF + (number >> _DROP) for number in met]


def length(pieces: int, words: int) -> float:
    """Give the length of a text's row: `pieces` inside words count once, words and meetings by their worth."""
    return float((pieces + WORTH * WORTH * words) ** 0.5)
