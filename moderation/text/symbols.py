"""Emoji and other signs that are no part of any word: set aside while a text is folded, put back afterwards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

STAND_IN = "†"
"""Stands for a sign set aside; the code page has it, and people hardly ever."""
_BLOCKS = (
    (0x20BD, 0x20BD), (0x2190, 0x21FF), (0x25A0, 0x27BF), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF),
    (0x1F7E0, 0x1F7EB), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF),
)  # fmt: skip
# What a phone writes for signs every keyboard has; as compatibility folding reads them.
_PLAINER = {"…": "...", "\u00a0": " ", "‼": "!!", "⁉": "!?"}


def _is_apart(sign: str) -> bool:
    same = unicodedata.normalize("NFKC", sign) == sign == unicodedata.normalize("NFKD", sign)
    return (
        same and not sign.isalnum() and unicodedata.category(sign) in {"So", "Sk", "Sc", "Sm", "Cn"}
    )


def _ranges() -> Iterator[str]:
    """Write the signs of every block as ranges, which are searched faster than lists."""
    for low, high in _BLOCKS:
        apart = (number for number in range(low, high + 1) if _is_apart(chr(number)))
        for _, run in groupby(enumerate(apart), lambda pair: pair[1] - pair[0]):
            numbers = [number for _, number in run]
            yield f"{chr(numbers[0])}-{chr(numbers[-1])}"


_SIGNS = re.compile(f"[{''.join(_ranges())}]")
_TABLE = str.maketrans(_PLAINER)
_PLAIN = re.compile(f"[{''.join(_PLAINER)}]")


def set_aside(text: str) -> tuple[str, list[str]]:
    """Replace signs outside words by the stand-in and list them; a text that holds the stand-in stays as it is."""
    if STAND_IN in text:
        return text, []
    if _PLAIN.search(text) is not None:
        text = text.translate(_TABLE)
    signs = _SIGNS.findall(text)
    return (_SIGNS.sub(STAND_IN, text), signs) if signs else (text, [])


def put_back(text: str, signs: list[str]) -> str:
    """Put the signs where their stand-ins are, in order."""
    if not signs:
        return text
    parts = text.split(STAND_IN)
    return "".join(part + sign for part, sign in zip(parts, (*signs, ""), strict=True))
