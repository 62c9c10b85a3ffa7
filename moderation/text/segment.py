"""Part words that were run together: what is left when a message was spelled out letter by letter without word gaps.

The vocabulary is a Bloom filter of folded Russian words, common and less common; it cannot be read back. A missing
file only means that run-together words stay together.
"""

from functools import cache
from importlib.resources import files
from zlib import crc32

WORDS_FILE = "words.bin"
# Bits per level of the filter. Source: 40,000 words, two places each, about 1 % false yes.
BITS = 1 << 19
MASK = BITS - 1
LEVELS = 2
# Letters. Longer words are met as unknown letters in a row; longer runs are parted only at their head.
LONGEST_WORD = 18
LONGEST_RUN = 200
# Prices in the search for the cheapest parting: a common word, a less common one, one letter of no word.
COMMON = 1.0
RARE = 1.7
LOOSE = 1.3
# A short run is most likely one word, known or not.
SHORT_RUN, SHORT_LETTERS = 1.9, 7
# A word the vocabulary lacks, and its shortest length.
UNKNOWN, UNKNOWN_PER_LETTER, UNKNOWN_LETTERS = 2.0, 0.15, 4
# A letter more makes a word a little cheaper: long words are rarely an accident.
PER_LETTER = 0.02
SINGLE = frozenset("авикосуя")


def places(word: str) -> tuple[int, int]:
    """Give the two bits of a folded word."""
    code = crc32(word.encode("utf-8", "surrogatepass"))
    return code & MASK, (code >> 13) & MASK


def segmented(letters: str) -> str:
    """Put gaps between the words of a run of letters; what is no known word stays together."""
    levels = _levels()
    if not levels or len(letters) < 2:  # noqa: PLR2004 - nothing to part
        return letters
    head, tail = letters[:LONGEST_RUN], letters[LONGEST_RUN:]
    best: list[tuple[float, int, bool]] = [(0.0, 0, True)]
    best += [(best[0][0] + LOOSE * end, end - 1, False) for end in range(1, len(head) + 1)]
    for start in range(len(head)):
        paid = best[start][0]
        if paid + LOOSE < best[start + 1][0]:
            best[start + 1] = (paid + LOOSE, start, False)
        word = ""
        for end in range(start + 1, min(start + LONGEST_WORD, len(head)) + 1):
            if head[end - 1] != word[-1:]:
                word += head[end - 1]
            price = (
                SHORT_RUN
                if (start, end) == (0, len(head)) and end <= SHORT_LETTERS
                else _price(word, levels)
            )
            if price is not None and paid + price < best[end][0]:
                best[end] = (paid + price, start, True)
    return " ".join(_parts(head, best)) + tail


def _price(word: str, levels: tuple[bytes, ...]) -> float | None:
    if len(word) == 1:
        return RARE if word in SINGLE else None
    one, two = places(word)
    for price, level in zip((COMMON, RARE), levels, strict=True):
        if level[one >> 3] >> (one & 7) & 1 and level[two >> 3] >> (two & 7) & 1:
            return price - PER_LETTER * len(word)
    return UNKNOWN + UNKNOWN_PER_LETTER * len(word) if len(word) >= UNKNOWN_LETTERS else None


def _parts(letters: str, best: list[tuple[float, int, bool]]) -> list[str]:
    parts: list[str] = []
    loose = ""
    end = len(letters)
    while end:
        _, start, known = best[end]
        if known:
            parts += [loose] * bool(loose) + [letters[start:end]]
            loose = ""
        else:
            loose = letters[start:end] + loose
        end = start
    parts += [loose] * bool(loose)
    return parts[::-1]


@cache
def _levels() -> tuple[bytes, ...]:
    source = files("moderation.data").joinpath(WORDS_FILE)
    if not source.is_file():
        return ()
    content = source.read_bytes()
    size = BITS // 8
    return tuple(content[level * size : (level + 1) * size] for level in range(LEVELS))


def filled(common: set[str], rare: set[str]) -> bytes:
    """Make the file's content from folded words."""
    content = b""
    for words in (common, rare):
        level = bytearray(BITS // 8)
        for word in words:
            for place in places(word):
                level[place >> 3] |= 1 << (place & 7)
        content += bytes(level)
    return content
