"""Compile patterns for the folded view and cut it into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DOUBLED = re.compile(r"([а-я])\1")
_CLAUSE_END = re.compile(r"[.!?;…]+(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the text between full stops. `end_sign` is what closes it, empty at the end of the text."""

    start: int
    end: int
    text: str
    end_sign: str

    @property
    def asks(self) -> bool:
        """Tell whether a question mark closes it."""
        return "?" in self.end_sign


def folded(pattern: str) -> re.Pattern[str]:
    """Compile a pattern written in ordinary Russian so that it matches folded text (no й, no ё, no doubled letters).

    White space in the pattern is layout; a space is written as its class.
    """
    text = pattern.replace("ё", "е").replace("й", "и")
    return re.compile(_DOUBLED.sub(r"\1", text), re.VERBOSE)


def clauses(text: str) -> Iterator[Clause]:
    """Yield the clauses of a text in order, empty ones left out."""
    start = 0
    for end in _CLAUSE_END.finditer(text):
        if text[start : end.start()].strip():
            yield Clause(start, end.start(), text[start : end.start()], end[0])
        start = end.end()
    if text[start:].strip():
        yield Clause(start, len(text), text[start:], "")
