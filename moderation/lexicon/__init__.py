"""Words and phrases the rules know, found in one pass over the folded text.

A file `<tag>.txt` holds one entry per line: `слово` is a whole word or phrase, `слово*` a beginning, `*слово*` any
place. `#` starts a comment. Entries are folded like messages, so an entry matches however it is spelled.
All files share one automaton: a message is read once, whatever the number of rules and words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from moderation.lexicon.names import forms
from moderation.text.fold import Folded
from moderation.text.phrases import Hit, Phrase, PhraseBank

_HERE = Path(__file__).parent

Marks = Mapping[str, tuple[Hit, ...]]
"""Hits by tag (the file's name); positions count in the folded view."""

FIRST_NAMES = "first_names"
"""Tag of every case form of every first name; only a reason to look closer."""

_NOTHING: Marks = {}


def entries_of(tag: str) -> list[str]:
    """Read the entries of one file."""
    lines = (_HERE / f"{tag}.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if (word := line.partition("#")[0].strip())]


def find_marks(folded: Folded) -> Marks:
    """Find every entry in a folded text, by tag, from left to right."""
    hits = _bank().find(folded)
    if not hits:
        return _NOTHING
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.tag, []).append(hit)
    return {tag: tuple(marks) for tag, marks in found.items()}


@cache
def _bank() -> PhraseBank:
    tags = sorted(path.stem for path in _HERE.glob("*.txt"))
    words = [Phrase(entry, tag) for tag in tags for entry in entries_of(tag)]
    return PhraseBank([*words, *(Phrase(form, FIRST_NAMES) for form in sorted(forms()))])
