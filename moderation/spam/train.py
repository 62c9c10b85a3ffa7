"""Train the spam model from labelled files. Needs the `analysis` extra; the result needs nothing.

A linear model over hashed pieces, with three additions that make it hold outside the chat it was trained on: harmless
texts of other domains, messages in our own words about everything advertising talks about, and harmless messages
joined together, so that length alone proves nothing.
"""

import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import moderation
from moderation.spam import samples
from moderation.spam.calibrate import Anchors, anchors
from moderation.spam.corpus import Example, groups, read
from moderation.spam.features import (
    BUCKETS,
    HALF,
    ORDERS,
    WORTH,
    coded,
    ends,
    inside,
    length,
    meeting_buckets,
    meetings,
    word_bucket,
    words_of,
)
from moderation.spam.model import FORMAT
from moderation.text.fold import fold
from moderation.text.segment import WORDS_FILE, filled

# Source of the numbers: docs/spam-model.md, chosen by grouped cross-validation.
REGULARISATION = 0.015
LEAST_DOCUMENTS = 2
WAYS_HAM = 6
WAYS_SPAM = 12
JOINED = 3000
JOINED_PARTS = (2, 2, 3, 3, 4, 5)
# Share of examples copied with words spelled out, the signs put between letters, the words it is done to.
SPELLED = 0.2
SPELLING = (" ", " ", ".", "-")
SHORT_WORD = 3
HALF_OF_WORDS = 0.6
# Times a word stands in the corpus to be common, and to be known at all.
COMMON_COUNT = 25
RARE_COUNT = 3
FOLDS = 5
LARGEST_WEIGHT = 32767
OWN = "own"
LEXICON = Path(moderation.__file__).parent / "lexicon"
_WORD = re.compile(r"[^\W\d_]{2,}")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by bucket (a numpy array) and the bias."""

    weights: Any
    bias: float

    def margins(self, matrix: Any) -> Any:
        """Give the margin of every row."""
        return matrix @ self.weights + self.bias


@dataclass(frozen=True, slots=True)
class Trained:
    """What training measured on groups it had not seen, besides the file it wrote."""

    examples: int
    spam: int
    groups: int
    anchors: Anchors
    recall: dict[str, float]
    size: int


def train(
    files: Sequence[Path],
    out: Path,
    *,
    seed: int = 20_26,
    with_samples: bool = True,
    folds: int = FOLDS,
    progress: Progress = lambda _: None,
) -> Trained:
    """Train on the files and our own samples, calibrate on held-out groups, write the model to `out`.

    The same files and seed give the same model; `with_samples` adds our own messages. Beside it `words.bin` is written,
    the vocabulary that parts run-together words. Refuses with ValueError files without spam or without ham.
    """
    examples, group = gather(files, seed, with_samples=with_samples)
    if len({example.spam for example in examples}) < 2:  # noqa: PLR2004 - two classes
        raise ValueError("training needs both spam and ham")
    progress("cross-validation")
    held_out = held_out_margins(examples, group, seed, folds)
    ends = anchors(examples, held_out)
    progress("final fit")
    model = fit(examples, seed)
    content = packed(model, ends)
    out.write_bytes(content)
    out.with_name(WORDS_FILE).write_bytes(vocabulary(examples))
    spam = [margin for margin, example in zip(held_out, examples, strict=True) if example.spam]
    recall = {
        name: sum(m > limit for m in spam) / len(spam) for name, limit in ends.limits().items()
    }
    return Trained(len(examples), len(spam), len(set(group)), ends, recall, len(content))


def gather(
    files: Sequence[Path], seed: int, *, with_samples: bool = True
) -> tuple[list[Example], list[int]]:
    """Read the files, add our own samples, number the groups: near duplicates, or one template written many ways."""
    examples = [example for path in files for example in read(path)]
    group = groups(example.text for example in examples)
    chance = random.Random(seed)  # noqa: S311 - repeatable samples, not a secret
    number = len(examples)
    if not with_samples:
        return examples, group
    for names, ways, spam in ((samples.HAM, WAYS_HAM, False), (samples.SPAM, WAYS_SPAM, True)):
        for template in samples.templates(names):
            number += 1
            texts = samples.written(template, ways, chance)
            examples += [Example(text, spam, OWN) for text in texts]
            group += [number] * len(texts)
    return examples, group


def fit(examples: Sequence[Example], seed: int) -> Linear:
    """Fit a linear support vector machine with idf folded into the weights, on the examples and joined ham."""
    import numpy as np  # noqa: PLC0415 - the analysis extra, only here
    from scipy import sparse  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    extra = [Example(text, spam=False, source=OWN) for text in joined_ham(examples, seed)]
    every = [*examples, *extra, *spelled_out(examples, seed)]
    rows = matrix([example.text for example in every])
    labels = np.array([example.spam for example in every])
    documents = np.asarray((rows > 0).sum(axis=0)).ravel()
    idf = np.log((1 + rows.shape[0]) / (1 + documents)).astype(np.float32)
    idf[documents < LEAST_DOCUMENTS] = 0
    machine = LinearSVC(C=REGULARISATION, tol=1e-3, random_state=seed)
    machine.fit(rows @ sparse.diags(idf), labels)
    return Linear(idf * machine.coef_[0], float(machine.intercept_[0]))


def joined_ham(examples: Sequence[Example], seed: int) -> list[str]:
    """Join harmless messages, within a source and across sources, so that both classes have long texts."""
    chance = random.Random(seed)  # noqa: S311 - repeatable samples
    sources: dict[str, list[str]] = {}
    for example in examples:
        if not example.spam:
            sources.setdefault(example.source, []).append(example.text)
    pools = [
        max(sources.values(), key=len, default=[]),
        [text for pool in sources.values() for text in pool],
    ]
    pools.append(sources.get(OWN, []) * 2 + pools[0][: 2 * len(sources.get(OWN, []))])
    return [
        " ".join(chance.choice(pool) for _ in range(chance.choice(JOINED_PARTS)))
        for pool in pools
        if pool
        for _ in range(min(JOINED, len(pool)))
    ]


def spelled_out(examples: Sequence[Example], seed: int) -> list[Example]:
    """Write a share of both classes with words spelled out: where letters lose their gaps, words are met in parts."""
    chance = random.Random(seed)  # noqa: S311 - repeatable samples
    return [
        replace(example, text=_spelled(example.text, chance.choice(SPELLING), chance))
        for example in examples
        if chance.random() < SPELLED
    ]


def _spelled(text: str, separator: str, chance: random.Random) -> str:
    return " ".join(
        separator.join(word) if len(word) > SHORT_WORD and chance.random() < HALF_OF_WORDS else word
        for word in text.split(" ")
    )


def matrix(texts: Sequence[str]) -> Any:
    """Make one normalised row per text, exactly as the model counts at run time."""
    import numpy as np  # noqa: PLC0415
    from scipy import sparse  # noqa: PLC0415

    rows = [_row(text) for text in texts]
    places = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.fromiter((column for row in rows for column in row), np.int64)
    values = np.fromiter((value for row in rows for value in row.values()), np.float32)
    return sparse.csr_matrix((values, columns, places), shape=(len(texts), BUCKETS))


def _row(text: str) -> dict[int, float]:
    words = words_of(coded(fold(text)))
    each = set(words)
    heads, tails = zip(*map(ends, words), strict=True)
    met = meetings(words, heads[1:], tails)
    inner = Counter(piece for word in each for piece in inside(word))
    outer = Counter([*map(word_bucket, each), *meeting_buckets(met)])
    size = length(inner.total(), outer.total())
    row = {column: count / size for column, count in inner.items()}
    return row | {column: WORTH * count / size for column, count in outer.items()}


def held_out_margins(
    examples: Sequence[Example], group: Sequence[int], seed: int, folds: int = FOLDS
) -> list[float]:
    """Give every example the margin of a model that saw nothing of its group."""
    order = sorted(set(group))
    random.Random(seed).shuffle(order)  # noqa: S311 - repeatable folds
    fold_of = {number: place % folds for place, number in enumerate(order)}
    margins = [0.0] * len(examples)
    for part in range(folds):
        places = [place for place, number in enumerate(group) if fold_of[number] == part]
        if not places:
            continue
        rest = [
            example
            for example, number in zip(examples, group, strict=True)
            if fold_of[number] != part
        ]
        if len({example.spam for example in rest}) < 2:  # noqa: PLR2004 - two classes
            raise ValueError("too few different messages: a part of them holds one class only")
        found = fit(rest, seed).margins(matrix([examples[place].text for place in places]))
        for place, margin in zip(places, found, strict=True):
            margins[place] = float(margin)
    return margins


def vocabulary(examples: Sequence[Example]) -> bytes:
    """Collect the words by which run-together letters are parted, as a filter that cannot be read back."""
    known = {
        word
        for path in LEXICON.glob("*.txt")
        for word in _WORD.findall(fold(path.read_text("utf-8")).folded)
    }
    counts = Counter(
        word for example in examples for word in _WORD.findall(fold(example.text).folded)
    )
    common = {word for word, count in counts.items() if count >= COMMON_COUNT}
    rare = {word for word, count in counts.items() if count >= RARE_COUNT} | known
    return filled(common, rare - common)


def packed(model: Linear, ends: Anchors) -> bytes:
    """Pack the weights into 16 bits, with the calibration, as `SpamModel` reads them."""
    import numpy as np  # noqa: PLC0415

    summed = model.weights * np.where(np.arange(BUCKETS) < HALF, 1.0, WORTH)
    scale = float(np.abs(summed).max()) / LARGEST_WEIGHT or 1.0
    whole = np.rint(summed / scale).astype("<i2")
    head = {
        "format": FORMAT, "orders": list(ORDERS), "scale": scale, "bias": model.bias,
        "slope": ends.slope, "shift": ends.shift,
    }  # fmt: skip
    return json.dumps(head).encode() + b"\n" + zlib.compress(whole.tobytes(), 9)
