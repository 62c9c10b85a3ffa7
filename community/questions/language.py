"""Words brought to their dictionary form, so that "адаптацию" finds "адаптация"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"[а-яёa-z]{2,}", re.IGNORECASE)
_COMMON = """
а без бы быть в вы весь да для до если есть ещё же за и из или их к как какой когда кто ли мочь мы на наш не нет
ни но о об от он она они оно очень по при просто с свой себя со так такой там то тоже только тот ты у уж уже что
чтобы это этот я мой ваш подсказать посоветовать совет
помочь помогать помощь делать сделать ребёнок сын дочь дочка пожалуйста здравствуйте добрый день спасибо
a an and are as at be by can do does for from have how i if in is it my of on or our please the to what when where
who why with you your
"""
STOP_WORDS = frozenset(_COMMON.split())


@cache
def _analyser() -> Any:
    """Load the dictionary on first use: it takes a second and 15 MB, and most processes never search."""
    import pymorphy3  # noqa: PLC0415 - see above

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """Bring one lower-case word to its dictionary form; an English plural loses its ending."""
    if "a" <= word[0] <= "z":
        return word[:-1] if len(word) > 3 and word.endswith("s") else word  # noqa: PLR2004 - "is", "gas"
    return str(_analyser().parse(word)[0].normal_form).replace("ё", "е")


_STOPPED = {word.replace("ё", "е") for word in STOP_WORDS}


def lemmas(text: str) -> list[str]:
    """List the dictionary forms of the words that carry meaning, in order."""
    found = [lemma(word.lower()) for word in _WORD.findall(text)]
    return [word for word in found if word not in _STOPPED]
