"""Measure the spam model: recall where few harmless texts are touched, by domain, beside two plainer judges.

    python bench/spam_quality.py --data ../shared/data [--folds 5] [--json out.json]

Everything is out of sample: in every fold the model is trained without the fold's near-duplicate groups; foreign
harmless texts are never trained on (sensitive topics) or are held out (rumed dev). A limit is set where the worst
domain shows the wanted share of false positives; the interval is bootstrapped over groups of spam.
"""

import argparse
import csv
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.evasions import EVASIONS
from moderation.spam.corpus import Example, read, stripped
from moderation.spam.train import OWN, fit, gather, matrix

SHARES = (0.001, 0.005)
SEED = 20_26
Scorer = Callable[[Sequence[str]], Any]


def foreign(data: Path) -> dict[str, list[str]]:
    """Read harmless texts of domains the model is not trained on."""
    with (data / "sensitive_topics_val.csv").open(encoding="utf-8", newline="") as lines:
        rows = [(stripped(row["text"]), row["topics"]) for row in csv.DictReader(lines)]
    return {
        "forum, harmless": [text for text, topic in rows if topic == "none"],
        "forum, sensitive": [text for text, topic in rows if topic != "none"],
        "drug reviews": [example.text for example in read(data / "rumed_ner_dev.jsonl")],
    }


def ours(examples: Sequence[Example]) -> Scorer:
    """Train the product's model."""
    model = fit(examples, SEED)
    return lambda texts: model.margins(matrix(texts))


def plain(examples: Sequence[Example]) -> Scorer:
    """Train the usual character model: tf-idf of n-grams inside words and a linear machine, same labelled files."""
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    known = [example for example in examples if example.source != OWN]
    machine = LinearSVC(C=0.5).fit(
        vectors.fit_transform(e.text for e in known), [e.spam for e in known]
    )
    return lambda texts: machine.decision_function(vectors.transform(texts))


def length(examples: Sequence[Example]) -> Scorer:
    """Judge by length alone: the floor."""
    del examples
    return lambda texts: np.array([float(len(text)) for text in texts])


def cross_validated(
    judge: Callable[[Sequence[Example]], Scorer],
    examples: Sequence[Example],
    group: Sequence[int],
    views: dict[str, list[str]],
    domains: dict[str, list[str]],
    folds: int,
) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Score every example (in every view) by a model blind to its group, and the foreign texts by all models."""
    order = sorted(set(group))
    random.Random(SEED).shuffle(order)  # noqa: S311 - repeatable folds
    fold_of = {number: place % folds for place, number in enumerate(order)}
    inside = {name: np.zeros(len(examples)) for name in views}
    outside: dict[str, list[Any]] = {name: [] for name in domains}
    for part in range(folds):
        places = [place for place, number in enumerate(group) if fold_of[number] == part]
        score = judge(
            [e for e, number in zip(examples, group, strict=True) if fold_of[number] != part]
        )
        for name, texts in views.items():
            inside[name][places] = score([texts[place] for place in places])
        for name, texts in domains.items():
            outside[name].append(score(texts))
    return inside, outside


def limit(scores: Any, share: float) -> float:
    """Give the score that at most this share of the texts exceed."""
    return float(np.sort(scores)[::-1][int(len(scores) * share)])


def limits(ham: Any, outside: dict[str, list[Any]], share: float) -> dict[str, float]:
    """Give the limit of every domain; foreign ones averaged over the folds' models."""
    found = {"chat about computers": limit(ham, share)}
    return found | {
        name: float(np.mean([limit(one, share) for one in fold])) for name, fold in outside.items()
    }


def interval(caught: Any, groups: Any, rounds: int = 400) -> tuple[float, float]:
    """Bootstrap a 95 % interval of the recall over groups."""
    names, place = np.unique(groups, return_inverse=True)
    hits = np.bincount(place, caught)
    sizes = np.bincount(place)
    draw = np.random.default_rng(SEED).integers(0, len(names), (rounds, len(names)))
    shares = hits[draw].sum(axis=1) / sizes[draw].sum(axis=1)
    return float(np.quantile(shares, 0.025)), float(np.quantile(shares, 0.975))


def report(
    name: str,
    inside: dict[str, Any],
    outside: dict[str, list[Any]],
    spam: Any,
    ham: Any,
    group: Any,
) -> dict[str, Any]:
    """Print the table of one judge and return its figures."""
    figures: dict[str, Any] = {}
    for share in SHARES:
        ends = limits(inside["as written"][ham], outside, share)
        print(
            f"\n{name}: recall where at most {share:.1%} of a domain's harmless texts are touched"
        )
        for domain, end in ends.items():
            print(f"  limit of {domain:24} {np.mean(inside['as written'][spam] > end):.4f}")
        worst = max(ends.values())
        for view, scores in inside.items():
            caught = scores[spam] > worst
            low, high = interval(caught, group[spam])
            touched = np.mean(scores[ham] > worst)
            print(
                f"  worst limit, {view:18} recall {caught.mean():.4f} [{low:.4f}, {high:.4f}]"
                f"  chat ham touched {touched:.4%}"
            )
            figures[f"{share} {view}"] = {
                "recall": float(caught.mean()),
                "interval": [low, high],
                "ham": float(touched),
            }
    return figures


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--json", type=Path)
    options.add_argument("--only-ours", action="store_true")
    asked = options.parse_args()
    examples, numbers = gather(
        [asked.data / "spam_ru_train.csv", asked.data / "rumed_ner_train.jsonl"], SEED
    )
    source = np.array([example.source for example in examples])
    label = np.array([example.spam for example in examples])
    spam, ham = label & (source == "spam_ru_train"), ~label & (source == "spam_ru_train")
    domains = foreign(asked.data)
    group = np.array(numbers)
    chance = random.Random(SEED)  # noqa: S311 - repeatable tricks
    views = {"as written": [example.text for example in examples]}
    evaded = views | {
        name: [trick(e.text, chance) for e in examples] for name, trick in EVASIONS.items()
    }
    print(f"spam {spam.sum()}, chat ham {ham.sum()}, groups {len(set(numbers))}, folds {asked.folds}",
          {name: len(texts) for name, texts in domains.items()})  # fmt: skip
    figures = {}
    judges: tuple[tuple[str, Any, Any], ...] = (("ours", ours, evaded),)
    if not asked.only_ours:
        judges += (("plain characters", plain, views), ("length only", length, views))
    for name, judge, seen in judges:
        began = time.perf_counter()
        inside, outside = cross_validated(judge, examples, numbers, seen, domains, asked.folds)
        figures[name] = report(name, inside, outside, spam, ham, group)
        print(f"  ({time.perf_counter() - began:.0f} s)")
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
