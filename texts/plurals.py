"""Choose the form of a noun after a whole number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from babel import Locale


@lru_cache(maxsize=8192)
def category(lang: str, number: int) -> str:
    """Name the CLDR plural category: one, few, many, other."""
    return str(Locale.parse(lang).plural_form(number))


def choose(lang: str, number: str | int | Decimal, forms: Sequence[str]) -> str:
    """Choose a form. Russian has three (урок, урока, уроков), English two. ValueError: not a whole number."""
    if not isinstance(number, int):
        raise ValueError("a plural needs a whole number")  # noqa: TRY004 - the value came from content
    place = {"one": 0, "few": 1}.get(category(lang, abs(number)), len(forms) - 1)
    return forms[min(place, len(forms) - 1)]
