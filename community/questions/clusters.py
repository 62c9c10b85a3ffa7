"""What parents ask again and again: questions that mean the same, gathered week by week. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from community.questions.language import lemmas

SAME = 0.3
"""Cosine similarity of rarity-weighted words from which short questions count as one."""
SMALLEST = 3
"""Questions that make something recurrent."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that mean the same: their numbers and the one nearest to all others, to be shown."""

    members: tuple[int, ...]
    centre: int


def clusters(questions: Sequence[tuple[int, str]], smallest: int = SMALLEST) -> list[Cluster]:
    """Gather (number, text) into clusters of at least `smallest`, largest first, ties by number.

    Single linkage would chain unlike questions together, so a question joins the cluster whose members are on
    average nearest, if that is at least SAME. Order of asking decides, so the same week always gives the same answer.
    """
    vectors = _vectors(questions)
    groups: list[list[int]] = []
    for index in range(len(vectors)):
        nearness = [
            (sum(_cosine(vectors[index], vectors[other]) for other in group) / len(group), -number)
            for number, group in enumerate(groups)
        ]
        best = max(nearness, default=(0.0, 0))
        if best[0] >= SAME:
            groups[-best[1]].append(index)
        else:
            groups.append([index])
    made = [_cluster(group, questions, vectors) for group in groups if len(group) >= smallest]
    return sorted(made, key=lambda c: (-len(c.members), c.members))


def _cluster(
    group: list[int], questions: Sequence[tuple[int, str]], vectors: list[dict[str, float]]
) -> Cluster:
    def nearness(index: int) -> float:
        return sum(_cosine(vectors[index], vectors[other]) for other in group)

    centre = max(group, key=lambda index: (round(nearness(index), 9), -index))
    return Cluster(tuple(questions[index][0] for index in group), questions[centre][0])


def _vectors(questions: Sequence[tuple[int, str]]) -> list[dict[str, float]]:
    bags = [set(lemmas(text)) for _, text in questions]
    holders = Counter(word for bag in bags for word in bag)
    vectors = []
    for bag in bags:
        weights = {word: math.log(2 + len(bags) / holders[word]) for word in bag}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weight / norm for word, weight in weights.items()})
    return vectors


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)
