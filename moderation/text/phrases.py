"""Find many phrases at once in folded text, on word boundaries."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import ahocorasick

from moderation.text.fold import Folded, fold
from moderation.text.glyphs import LATIN_ONLY, TO_CYRILLIC
from moderation.text.tricks import Trick

# Letters. A phrase this long is looked for without gaps when a message is spelled out letter by letter,
# where word boundaries are lost; shorter ones would be found inside other words.
GAPLESS_LETTERS = 7
_DOUBLED = re.compile(r"([a-z])\1+")
SPELLING_OUT = (Trick.SPACED, Trick.DOTTED)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What to look for, in ordinary spelling. A star at either end lets the word go on there: "заработ*"."""

    text: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at `start:end` of the folded view."""

    start: int
    end: int
    phrase: str
    tag: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    phrase: str
    tag: str
    open_left: bool
    open_right: bool


class PhraseBank:
    """An immutable set of phrases; finding costs the same for ten and for ten thousand of them."""

    def __init__(self, items: Iterable[Phrase]) -> None:
        worded: dict[str, list[_Pattern]] = {}
        gapless: dict[str, list[_Pattern]] = {}
        for item in items:
            bare = item.text.strip("*")
            pattern = _Pattern(bare, item.tag, item.text.startswith("*"), item.text.endswith("*"))
            view = fold(bare)
            if not view.compact:
                raise ValueError("a phrase needs at least one letter or digit")
            for spelling in _spellings(view):
                worded.setdefault(spelling, []).append(pattern)
            if len(view.compact) >= GAPLESS_LETTERS:
                gapless.setdefault(view.compact, []).append(pattern)
        self._worded = _automaton(worded)
        self._gapless = _automaton(gapless)

    def find(self, folded: Folded) -> list[Hit]:
        """List the phrases in the folded view, from left to right, the longer first."""
        hits = list(self._in_words(folded.folded)) if self._worded is not None else []
        if self._gapless is not None and any(trick in folded.evasion for trick in SPELLING_OUT):
            found = {hit.phrase for hit in hits}
            hits += [hit for hit in self._in_letters(folded.folded) if hit.phrase not in found]
        if len(hits) > 1:
            hits.sort(key=lambda hit: (hit.start, -hit.end, hit.phrase, hit.tag))
        return hits

    def _in_words(self, text: str) -> Iterator[Hit]:
        last = len(text) - 1
        for index, (length, patterns) in self._worded.iter(text):
            start = index - length + 1
            left = start == 0 or not text[start - 1].isalnum()
            right = index == last or not text[index + 1].isalnum()
            for pattern in patterns:
                if (left or pattern.open_left) and (right or pattern.open_right):
                    yield Hit(start, index + 1, pattern.phrase, pattern.tag)

    def _in_letters(self, text: str) -> Iterator[Hit]:
        letters, places = _without_gaps(text)
        for index, (length, patterns) in self._gapless.iter(letters):
            start, end = places[index - length + 1], places[index] + 1
            for pattern in patterns:
                yield Hit(start, end, pattern.phrase, pattern.tag)


def _spellings(view: Folded) -> set[str]:
    """Add what a Latin abbreviation folds to in a Cyrillic message ("btc" turns Cyrillic) and in a Latin one."""
    folded = view.folded
    words = [
        word if any(letter in LATIN_ONLY for letter in word) else word.translate(TO_CYRILLIC)
        for word in folded.split(" ")
    ]
    latin = {_DOUBLED.sub(r"\1", view.plain)} if view.plain.isascii() else set()
    return {folded, " ".join(words)} | latin


def _without_gaps(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isalnum() and not (letters and letters[-1] == sign and sign.isalpha()):
            letters.append(sign)
            places.append(place)
    return "".join(letters), places


def _automaton(patterns: dict[str, list[_Pattern]]) -> Any:
    if not patterns:
        return None
    automaton = ahocorasick.Automaton()
    for text, owners in patterns.items():
        automaton.add_word(text, (len(text), tuple(owners)))
    automaton.make_automaton()
    return automaton
