"""Read a message as a row of word classes, so that who stands beside what can be told by short patterns.

A text becomes a string of letters, one per word: N a name in the nominative, O a name in another case (n and o when
in lower case), F a family name, T a patronymic, # a number, "," a joint, "." the end of a sentence, X another
capitalised word, x any other word. The letters of ordinary words stand in `lexicon/names/classes.txt`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from moderation.lexicon.names import COMMON_WORDS, class_words, forms

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]|\n")
_PATRONYMIC = re.compile(r"\w+(?:ович|евич|ич|овна|евна|ична|инична)(?:а|у|ем|ом|е|ы|ой)?$")
_FAMILY = re.compile(
    r"[а-яё]{2,}(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ову|еву|ину|овой|евой|иной|ову|ому|ский|цкий|ская|цкая|ского|скую|ской|"
    r"енко|чук|юк|ук|дзе|швили|ян|янц|их|ых|ко|ец|як|ак|ик|ман|берг|ер)(?:а|у|ым|ом)?$"
)
_NOT_FAMILY = re.compile(
    r"(?:один|этих|таких|своих|моих|наших|ваших|всех|других|урок|человек|язык|ученик|детский|русский|английский|московский)$"
)

# Words remembered; about 1 MB.
WORDS_KEPT = 8192
_JOINTS = frozenset(',-–—(:«"')
_ENDS = frozenset(".!?\n;)")


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for form, nominative in forms().items():
        table[form] = "N" if nominative else "O"
    table.update((word, letter) for letter, word in class_words())
    return table


def classes(text: str) -> tuple[str, list[str]]:
    """Turn a text into its string of classes and the words behind it."""
    words = _TOKEN.findall(text)
    return "".join(map(_class_of, words)), words


@lru_cache(WORDS_KEPT)
def _class_of(word: str) -> str:
    if word in _JOINTS:
        return ","
    if word in _ENDS:
        return "."
    return "#" if word.isdecimal() else _word_class(word)


def _word_class(word: str) -> str:
    lower = word.lower().replace("ё", "е")
    letter = _table().get(lower)
    capital = word[0].isupper()
    if letter is not None:
        if letter in "NO" and not capital and lower in COMMON_WORDS:
            return "x"
        return letter if capital or letter not in "NO" else letter.lower()
    if not capital:
        return "x" if word[0].isalpha() else "%"
    if _PATRONYMIC.match(lower):
        return "T"
    if _FAMILY.match(lower) and not _NOT_FAMILY.search(lower):
        return "F"
    return "X"
