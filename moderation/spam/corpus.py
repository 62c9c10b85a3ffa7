"""Read labelled files for training, without what gives the label away, and group near duplicates."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from moderation.text.fold import fold
from moderation.text.shingles import Fingerprint, fingerprint, likeness

# Marks an anonymiser left in place of names, sums and links, and bold text: they stand mostly in spam, so they
# would teach the model the anonymiser instead of the language.
_PLACEHOLDER = re.compile(r"\[[A-Z]+\]|\*\*")
_GAPS = re.compile(r"\s+")
_BEFORE_POINT = re.compile(r" ([.,!?:;)])")
TEXT_FIELDS = ("message", "text")
# Share of pieces in common from which two texts are one campaign. Source: docs/spam-model.md.
DUPLICATE = 0.4
# Smallest numbers of a fingerprint under which texts meet.
BANDS = 6


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text; `source` names the file it came from."""

    text: str
    spam: bool
    source: str


def stripped(text: str) -> str:
    """Take anonymiser's placeholders and markup out."""
    return _GAPS.sub(" ", _PLACEHOLDER.sub(" ", text)).strip()


def read(path: Path) -> Iterator[Example]:
    """Read a CSV (`label`, `message` or `text`) or JSON lines (the same, or `tokens` of harmless sentences).

    Refuses with ValueError a file without a text column. Empty texts are left out.
    """
    for row in _rows(path):
        text = _text_of(row)
        if text:
            yield Example(
                stripped(text), str(row.get("label", "0")) in ("1", "spam", "True"), path.stem
            )


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8", newline="") as lines:
        if path.suffix == ".csv":
            yield from csv.DictReader(lines)
        else:
            yield from (json.loads(line) for line in lines if line.strip())


def _text_of(row: dict[str, object]) -> str:
    tokens = row.get("tokens")
    if isinstance(tokens, list):
        return _BEFORE_POINT.sub(r"\1", " ".join(map(str, tokens))).replace("( ", "(")
    for name in TEXT_FIELDS:
        if name in row:
            return str(row[name])
    raise ValueError("a labelled file needs a column `message` or `text`")


def groups(texts: Iterable[str]) -> list[int]:
    """Give near-duplicate texts one number; a group must not be split between training and test."""
    compact = [fold(text).compact for text in texts]
    prints = [fingerprint(text) for text in compact]
    parent = list(range(len(prints)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for members in _candidates(compact, prints):
        first = members[0]
        for other in members[1:]:
            if (
                compact[first] == compact[other]
                or likeness(prints[first], prints[other]) >= DUPLICATE
            ):
                parent[root(other)] = root(first)
    return [root(place) for place in range(len(parent))]


def _candidates(compact: list[str], prints: list[Fingerprint]) -> Iterator[list[int]]:
    bands: dict[str | int, list[int]] = defaultdict(list)
    for place, one in enumerate(prints):
        bands[compact[place]].append(place)
        for number in one[:BANDS]:
            bands[number].append(place)
    return (members for members in bands.values() if len(members) > 1)
