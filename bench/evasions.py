"""Spelling tricks people hide advertising behind, applied to any text: the attackers of the benchmarks and tests."""

import random
from collections.abc import Callable

_TWINS = str.maketrans("аеорсухкАВЕКМНОРСТХ", "aeopcyxkABEKMHOPCTX")
_LEET = {"о": "0", "з": "3", "ч": "4", "б": "6", "а": "@"}
LONG_WORD = 4
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"

Evasion = Callable[[str, random.Random], str]


def homoglyph(text: str, chance: random.Random) -> str:
    """Replace letters by their Latin twins."""
    return "".join(c.translate(_TWINS) if chance.random() < 0.6 else c for c in text)


def zero_width(text: str, chance: random.Random) -> str:
    """Put invisible signs between letters."""
    return "".join(
        c + chance.choice(ZERO_WIDTH) if c.isalpha() and chance.random() < 0.5 else c for c in text
    )


def spaced_whole(text: str, chance: random.Random) -> str:
    """Put a gap after every character, so that words are parted by three."""
    del chance
    return " ".join(text)


def spaced_words(text: str, chance: random.Random) -> str:
    """Spell every longer word out; where two stand together, nothing marks the border."""
    del chance
    return " ".join(" ".join(word) if len(word) >= LONG_WORD else word for word in text.split(" "))


def _spelled(separator: str) -> Evasion:
    def spell(text: str, chance: random.Random) -> str:
        return " ".join(
            separator.join(word) if len(word) > LONG_WORD and chance.random() < 0.5 else word
            for word in text.split(" ")
        )

    return spell


def leet(text: str, chance: random.Random) -> str:
    """Replace letters that stand inside words."""
    signs = list(text)
    for place in range(1, len(signs) - 1):
        inside = signs[place - 1].isalpha() and text[place + 1].isalpha()
        if inside and chance.random() < 0.5:
            signs[place] = _LEET.get(signs[place], signs[place])
    return "".join(signs)


def strike_through(text: str, chance: random.Random) -> str:
    """Strike every letter through."""
    mark = chance.choice("\u0335\u0336\u0337\u0338")
    return "".join(c + mark if c.isalpha() else c for c in text)


def mixed(text: str, chance: random.Random) -> str:
    """Do three at once."""
    for trick in (leet, homoglyph, zero_width):
        text = trick(text, chance)
    return text


EVASIONS: dict[str, Evasion] = {
    "homoglyph": homoglyph,
    "zero_width": zero_width,
    "spaced": _spelled(" "),
    "dotted": _spelled("."),
    "leet": leet,
    "strike_through": strike_through,
    "mixed": mixed,
    "spaced_whole": spaced_whole,
    "spaced_words": spaced_words,
}
