"""Find many phrases at once in folded text, on word boundaries."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

from moderation.text.codes import BYTES, NO_SIGN, SIGNS, code_of
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


class Hit(NamedTuple):
    """A phrase found at `start:end` of the folded view."""

    start: int
    end: int
    phrase: str
    tag: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A spelling looked for. `shift` is 1 when the key begins with the gap before the word."""

    spelling: str
    shift: int
    owners: tuple[tuple[str, str], ...]


class PhraseBank:
    """An immutable set of phrases; finding costs the same for ten and for ten thousand of them."""

    def __init__(self, items: Iterable[Phrase]) -> None:
        worded: dict[str, tuple[str, int, list[tuple[str, str]]]] = {}
        gapless: dict[str, list[tuple[str, str]]] = {}
        for item in items:
            bare = item.text.strip("*")
            before, after = _gap(not item.text.startswith("*")), _gap(not item.text.endswith("*"))
            view = fold(bare)
            if not view.compact:
                raise ValueError("a phrase needs at least one letter or digit")
            for spelling in _spellings(view):
                key = f"{before}{_row(spelling, code_of(spelling))}{after}"
                named = key if _is_worded(spelling) else f"{key}\0{spelling}"
                worded.setdefault(named, (spelling, len(before), []))[2].append((bare, item.tag))
            if len(view.compact) >= GAPLESS_LETTERS:
                gapless.setdefault(view.compact, []).append((bare, item.tag))
        self._worded = _automaton(_by_key(worded))
        self._gapless = _automaton({key: tuple(owners) for key, owners in gapless.items()})

    def find(self, folded: Folded) -> list[Hit]:
        """List the phrases in the folded view, from left to right, the longer first."""
        hits: list[Hit] = []
        if self._worded is not None:
            self._in_words(folded, hits)
        if self._gapless is not None and any(trick in folded.evasion for trick in SPELLING_OUT):
            found = {hit.phrase for hit in hits}
            hits += [hit for hit in self._in_letters(folded.folded) if hit.phrase not in found]
        if len(hits) > 1:
            hits.sort(key=_place)
        return hits

    def _in_words(self, folded: Folded, hits: list[Hit]) -> None:
        text = folded.folded
        for last, (length, patterns) in self._worded.iter(f" {_row(text, folded.code)} "):
            for pattern in patterns:
                start = last - length + pattern.shift
                end = start + len(pattern.spelling)
                if text.startswith(pattern.spelling, start):
                    hits += [Hit(start, end, phrase, tag) for phrase, tag in pattern.owners]

    def _in_letters(self, text: str) -> Iterator[Hit]:
        letters, places = _without_gaps(text)
        for index, (length, owners) in self._gapless.iter(letters):
            start, end = places[index - length + 1], places[index] + 1
            for phrase, tag in owners:
                yield Hit(start, end, phrase, tag)


def _place(hit: Hit) -> tuple[int, int, str, str]:
    return hit.start, -hit.end, hit.phrase, hit.tag


def _gap(wanted: bool) -> str:  # noqa: FBT001
    return " " if wanted else ""


def _row(text: str, code: bytes | None) -> str:
    """Write a text with a gap for all that is no letter or digit, so that words end alike; places stay."""
    if code is None:
        code = _OUTSIDE.sub(lambda sign: "\xb5" if sign[0].isalnum() else " ", text).encode(
            "cp1251"
        )
    return code.translate(_ROW).decode("latin-1")


_ROW = bytes(byte if SIGNS[byte].isalnum() else 0x20 for byte in BYTES)
_OUTSIDE = re.compile(f"[^{re.escape(''.join(sign for sign in SIGNS if sign != NO_SIGN))}]")


def _by_key(
    worded: dict[str, tuple[str, int, list[tuple[str, str]]]],
) -> dict[str, tuple[_Pattern, ...]]:
    """Gather the spellings that look alike without their signs under one key."""
    keys: dict[str, list[_Pattern]] = {}
    for named, (spelling, shift, owners) in worded.items():
        pattern = _Pattern(spelling, shift, tuple(owners))
        keys.setdefault(named.partition("\0")[0], []).append(pattern)
    return {key: tuple(patterns) for key, patterns in keys.items()}


def _is_worded(spelling: str) -> bool:
    return spelling.replace(" ", "").isalnum()


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


def _automaton(owners: Mapping[str, object]) -> Any:
    if not owners:
        return None
    automaton = ahocorasick.Automaton()
    for key, value in owners.items():
        automaton.add_word(key, (len(key), value))
    automaton.make_automaton()
    return automaton
