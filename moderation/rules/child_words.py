"""Read a message as a row of word classes, so that who stands beside what can be told by short patterns.

A text becomes a string of letters, one per word: N a name in the nominative, O a name in another case (n and o when
in lower case), F a family name, T a patronymic, # a number, "," a joint, "." the end of a sentence, X another
capitalised word, x any other word. The letters of ordinary words stand in `lexicon/names/classes.txt`.
"""

from __future__ import annotations

import re
from functools import cache

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

_JOINTS = frozenset(',-–—(:«"')
_ENDS = frozenset(".!?\n;)")


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for form, nominative in forms().items():
        table[form] = "N" if nominative else "O"
    table.update((word, letter) for letter, word in class_words())
    return table


def classes(text: str) -> tuple[str, list[re.Match[str]]]:
    """Turn a text into its string of classes and the words behind it."""
    table = _table()
    tokens = list(_TOKEN.finditer(text))
    row = []
    for token in tokens:
        word = token[0]
        if word in _JOINTS:
            row.append(",")
        elif word in _ENDS:
            row.append(".")
        elif word.isdecimal():
            row.append("#")
        else:
            row.append(_class_of(word, table))
    return "".join(row), tokens


def _class_of(word: str, table: dict[str, str]) -> str:
    lower = word.lower().replace("ё", "е")
    letter = table.get(lower)
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
