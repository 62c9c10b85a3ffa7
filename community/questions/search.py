"""Finding ready answers: BM25 over the methodists' questions and answers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from community.questions.language import lemmas

K1, B = 1.4, 0.6
"""Saturation of repeated words and weight of length (Robertson & Zaragoza 2009, usual ranges 1.2-2.0 and 0.5-0.8)."""
QUESTION_WEIGHT = 3
"""A word of the question counts as often as this many of the answer."""
UNKNOWN = 0.5
"""A word no entry holds weighs this share of the rarest one: names and chat must not hide what is asked."""
ENOUGH = 0.35
"""Share of the asked words' weight an entry must cover to be shown: below it, it is about something else."""
BY_THE_WAY = 0.4
"""A word that stands only in the answer covers this share of its weight: an answer mentions much it is not about."""
BESIDE_BEST = 0.5
"""An entry that scores less than this share of the best one is not shown beside it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A ready answer. `questions` are ways to ask it; `cohorts` empty means any age.

    keywords: words parents use that neither the questions nor the answer hold.
    """

    id: str
    language: str
    questions: tuple[str, ...]
    answer: str
    cohorts: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and how well it fits."""

    entry: Entry
    score: float


class Index:
    """A searchable set of ready answers, built once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self._heads = [_head(entry) for entry in self._entries]
        self._bags = [_bag(entry) for entry in self._entries]
        self._lengths = [sum(bag.values()) for bag in self._bags]
        self._mean = sum(self._lengths) / len(self._lengths) if self._lengths else 1.0
        self._holders = Counter(word for bag in self._bags for word in bag)

    def find(
        self, text: str, *, language: str = "ru", cohort: str | None = None, limit: int = 3
    ) -> list[Found]:
        """List the best entries for a question in a language, best first; ties by id.

        An entry for other ages is passed over; one that covers too little of what was asked is not shown.
        """
        asked = set(lemmas(text))
        total = sum(self._rarity(word) for word in asked)
        if not asked or total == 0:
            return []
        found = []
        every = zip(self._entries, self._heads, self._bags, self._lengths, strict=True)
        for entry, head, bag, length in every:
            if entry.language != language or (
                cohort and entry.cohorts and cohort not in entry.cohorts
            ):
                continue
            covered = sum(
                self._rarity(word) * (1 if word in head else BY_THE_WAY)
                for word in asked
                if word in bag
            )
            if covered / total >= ENOUGH:
                found.append(Found(entry, self._score(asked, bag, length)))
        found.sort(key=lambda f: (-f.score, f.entry.id))
        return [one for one in found[:limit] if one.score >= found[0].score * BESIDE_BEST]

    def _score(self, asked: set[str], bag: Counter[str], length: int) -> float:
        norm = K1 * (1 - B + B * length / self._mean)
        return sum(
            self._rarity(word) * bag[word] * (K1 + 1) / (bag[word] + norm)
            for word in asked
            if word in bag
        )

    def _rarity(self, word: str) -> float:
        holders = self._holders.get(word, 0)
        if holders == 0:
            return UNKNOWN * math.log(2 * len(self._entries) + 2)
        return math.log(1 + (len(self._entries) - holders + 0.5) / (holders + 0.5))


def _head(entry: Entry) -> frozenset[str]:
    """Gather the words an entry is about."""
    return frozenset(lemmas(" ".join((*entry.questions, *entry.keywords))))


def _bag(entry: Entry) -> Counter[str]:
    bag: Counter[str] = Counter()
    for question in entry.questions:
        for word in lemmas(question):
            bag[word] += QUESTION_WEIGHT
    bag.update(lemmas(" ".join(entry.keywords)))
    bag.update(lemmas(entry.answer))
    return bag


def read_entries(document: Mapping[str, Any], language: str) -> list[Entry]:
    """Read the parsed YAML of one file of content/faq. A ValueError names the entry and what it lacks."""
    entries = []
    for raw in document.get("entries", document.get("faq", ())):
        key = str(raw.get("id", ""))
        questions = raw.get("questions") or raw.get("question") or ()
        asked = (questions,) if isinstance(questions, str) else tuple(map(str, questions))
        if not key or not asked or not raw.get("answer"):
            raise ValueError(f"{key or raw}: an entry needs id, questions and answer")
        cohorts = tuple(map(str, raw.get("cohorts", ())))
        own = str(raw.get("language", document.get("language", language)))
        keywords = tuple(map(str, raw.get("keywords", ())))
        entries.append(Entry(key, own, asked, str(raw["answer"]).strip(), cohorts, keywords))
    return entries
