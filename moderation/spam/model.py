"""Judge one text by the trained weights: pure Python, no numbers library, the same answer on every machine.

File: one line of JSON (`FORMAT`, counts, calibration, when and on what it was trained), then the weights as
zlib-packed little-endian 16-bit integers, one per bucket. There are no words in it.
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from moderation.spam.features import BUCKETS, ORDERS, buckets, coded
from moderation.text.fold import Folded

FORMAT = "opora-spam-1"
MODEL_FILE = "spam_model.bin"
# Beyond this the exponent says nothing more; the score stays strictly inside 0..1 and keeps its order.
LARGEST_LOGIT = 30.0


class WrongModelError(ValueError):
    """The file is no spam model, or one made for other features."""


@dataclass(frozen=True, slots=True)
class SpamModel:
    """Weights and calibration; immutable, safe to share between threads."""

    weights: array[int]
    scale: float
    bias: float
    slope: float
    shift: float

    def margin(self, folded: Folded) -> float:
        """Add up what the pieces of the text say; above zero speaks for spam."""
        weight, total, count = self.weights.__getitem__, 0, 0
        for numbers in buckets(coded(folded)):
            total += sum(map(weight, numbers))
            count += len(numbers)
        return total * self.scale / math.sqrt(count) + self.bias

    def score(self, folded: Folded) -> float:
        """Give the calibrated score, 0..1, without ties: a text without a letter or digit scores 0."""
        if not any(map(str.isalnum, folded.folded)):
            return 0.0
        logit = self.slope * self.margin(folded) + self.shift
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
        if (
            facts.get("format") != FORMAT
            or facts.get("orders") != list(ORDERS)
            or len(weights) != BUCKETS
        ):
            raise WrongModelError("a model for other features")
        return cls(weights, facts["scale"], facts["bias"], facts["slope"], facts["shift"])

    @classmethod
    def load(cls) -> SpamModel:
        """Give the shipped model, read once per process."""
        return _shipped()


@cache
def _shipped() -> SpamModel:
    return SpamModel.from_bytes(files("moderation.data").joinpath(MODEL_FILE).read_bytes())
