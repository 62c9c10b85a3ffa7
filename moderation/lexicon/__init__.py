"""Words and phrases the rules know, found in one pass over the folded text.

A file `<tag>.txt` holds one entry per line: `слово` is a whole word or phrase, `слово*` a beginning, `*слово*` any
place. `#` starts a comment. Entries are folded like messages, so an entry matches however it is spelled.
All files share one automaton: a message is read once, whatever the number of rules and words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick

from moderation.text.fold import fold

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry seen at [start, end) of the folded text; `entry` is the folded entry without stars."""

    start: int
    end: int
    entry: str


Marks = Mapping[str, tuple[Mark, ...]]
"""Marks by tag (the file's name)."""

_NOTHING: Marks = {}
_Rule = tuple[str, bool, bool]


class Lexicon:
    """An automaton over tagged entries."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        rules: dict[str, set[_Rule]] = {}
        for tag, line in entries:
            word = fold(line.strip("*")).folded
            if word:
                rules.setdefault(word, set()).add((tag, line.startswith("*"), line.endswith("*")))
        self._automaton = ahocorasick.Automaton()
        for word, found in rules.items():
            self._automaton.add_word(word, (word, len(word), tuple(sorted(found))))
        self._automaton.make_automaton()

    def find(self, text: str) -> Marks:
        """Find every entry in a folded text, in order of its end."""
        found: dict[str, list[Mark]] = {}
        size = len(text)
        for last, (word, length, rules) in self._automaton.iter(text):
            start, end = last + 1 - length, last + 1
            opens = start == 0 or not text[start - 1].isalnum()
            closes = end == size or not text[end].isalnum()
            for tag, inside, longer in rules:
                if (opens or inside) and (closes or longer):
                    found.setdefault(tag, []).append(Mark(start, end, word))
        return {tag: tuple(marks) for tag, marks in found.items()} if found else _NOTHING


def entries_of(tag: str) -> list[str]:
    """Read the entries of one file."""
    lines = (_HERE / f"{tag}.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if (word := line.partition("#")[0].strip())]


@cache
def lexicon() -> Lexicon:
    """Build the lexicon of all files once per process."""
    tags = sorted(path.stem for path in _HERE.glob("*.txt"))
    return Lexicon((tag, entry) for tag in tags for entry in entries_of(tag))
