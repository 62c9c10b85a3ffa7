"""A child's first name in the Russian case a sentence needs, or as it was written when there is any doubt."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Any


class Case(StrEnum):
    """Cases of Russian, by the names pymorphy3 gives them."""

    NOMINATIVE = "nomn"
    GENITIVE = "gent"
    DATIVE = "datv"
    ACCUSATIVE = "accs"
    INSTRUMENTAL = "ablt"
    LOCATIVE = "loct"


_AMBIGUOUS = {"софия": ("софии", "софии", "софию", "софией", "софии")}
"""Common names whose readings in the dictionary disagree: genitive, dative, accusative, instrumental, locative."""


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    """Load the dictionary on first use: about 15 MB and 0.2 s that a process without names never pays."""
    import pymorphy3  # noqa: PLC0415 - see the docstring

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=10_000)
def inflect(name: str, case: Case) -> str:
    """Put a first name in a case: `Маша`, dative is `Маше`; every part of `Анна-Мария` on its own.

    A name the dictionary does not know, a Latin one, or one its readings disagree about stays as it was written:
    a nominative reads a little stiff, a wrong guess reads as another person.
    """
    if case is Case.NOMINATIVE:
        return name
    parts = [_inflect_part(part, case) for part in name.split("-")]
    return name if any(part is None for part in parts) else "-".join(str(part) for part in parts)


def _inflect_part(part: str, case: Case) -> str | None:
    if part.lower() in _AMBIGUOUS:
        return _AMBIGUOUS[part.lower()][list(Case).index(case) - 1].capitalize()
    morph = _analyzer()
    if not part.isalpha() or not morph.word_is_known(part.lower()):
        return None
    forms = {
        form.word if "ё" in part.lower() else form.word.replace("ё", "е")
        for reading in morph.parse(part.lower())
        if {"Name", "nomn", "sing"} in reading.tag
        if (form := reading.inflect({case.value, "sing"})) is not None
    }
    if len(forms) != 1:
        return None
    word: str = forms.pop()
    return word.upper() if part.isupper() and len(part) > 1 else word.capitalize()
