"""Judge one text by the trained weights: pure Python, whole numbers, the same answer on every machine.

File: one line of JSON (`FORMAT`, features, calibration), then the weights as zlib-packed little-endian 16-bit integers,
one per bucket. There are no words in it.
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Self

from moderation.spam.features import (
    BUCKETS,
    ORDERS,
    coded,
    ends,
    inside,
    length,
    meeting_buckets,
    meetings,
    word_bucket,
    words_of,
)
from moderation.text.fold import Folded

FORMAT = "opora-spam-2"
MODEL_FILE = "spam_model.bin"
# Beyond this the exponent says nothing more; the score stays strictly inside 0..1 and keeps its order.
LARGEST_LOGIT = 30.0
# What a coded text keeps besides letters and digits.
SIGNS = b" ?!"


class WrongModelError(ValueError):
    """The file is no spam model, or one made for other features."""


_Word = tuple[int, int, bytes, int]
# Words whose weights are remembered; about 8 MB. A chat uses fewer.
WORDS_KEPT = 32_768
_TOTAL: Callable[[_Word], int] = itemgetter(0)
_PIECES: Callable[[_Word], int] = itemgetter(1)
_HEAD: Callable[[_Word], bytes] = itemgetter(2)
_TAIL: Callable[[_Word], int] = itemgetter(3)


class Words(dict[bytes, _Word]):
    """What is known of a word: what it adds, how many pieces it holds, its two ends. Worked out when first met."""

    def __init__(self, weights: array[int]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, word: bytes) -> _Word:
        if len(self) >= WORDS_KEPT:
            self.clear()
        pieces = inside(word)
        total = sum(map(self._weights.__getitem__, pieces)) + self._weights[word_bucket(word)]
        found = self[word] = total, len(pieces), *ends(word)
        return found


@dataclass(frozen=True, slots=True)
class SpamModel:
    """Weights and calibration; safe to share between threads, which at worst work a word out twice."""

    weights: array[int]
    words: Words
    scale: float
    bias: float
    slope: float
    shift: float

    def margin(self, folded: Folded) -> float:
        """Add up what the words of the text say; above zero speaks for spam."""
        return self._margin(coded(folded))

    def _margin(self, text: bytes) -> float:
        words = words_of(text)
        read = [*map(self.words.__getitem__, words)]
        met = meetings(words, map(_HEAD, read[1:]), map(_TAIL, read))
        each = dict(zip(words, read, strict=True)).values()
        total = sum(map(_TOTAL, each)) + sum(map(self.weights.__getitem__, meeting_buckets(met)))
        size = length(sum(map(_PIECES, each)), len(each) + len(met))
        return total * self.scale / size + self.bias

    def score(self, folded: Folded) -> float:
        """Give the calibrated score, 0..1, without ties: a text without a letter or digit scores 0."""
        text = coded(folded)
        if not text.strip(SIGNS):
            return 0.0
        logit = self.slope * self._margin(text) + self.shift
        return 1 / (1 + math.exp(-max(-LARGEST_LOGIT, min(LARGEST_LOGIT, logit))))

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read a model file; refuses another format, other features and damaged weights with `WrongModelError`."""
        head, _, body = content.partition(b"\n")
        try:
            facts = json.loads(head)
            raw = zlib.decompress(body)
        except (ValueError, zlib.error) as damage:
            raise WrongModelError("not a model file") from damage
        weights: array[int] = array("h")
        weights.frombytes(raw)
        if sys.byteorder != "little":
            weights.byteswap()
        known = facts.get("format") == FORMAT and facts.get("orders") == list(ORDERS)
        if not known or len(weights) != BUCKETS:
            raise WrongModelError("a model for other features")
        numbers = (facts[name] for name in ("scale", "bias", "slope", "shift"))
        return cls(weights, Words(weights), *numbers)

    @classmethod
    def load(cls) -> SpamModel:
        """Give the shipped model, read once per process."""
        return _shipped()


@cache
def _shipped() -> SpamModel:
    return SpamModel.from_bytes(files("moderation.data").joinpath(MODEL_FILE).read_bytes())
