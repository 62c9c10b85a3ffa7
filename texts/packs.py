"""The library of editorial items: read once, asked by id and by whom a message is for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from core.cohorts import Cohort
from texts.catalogue import FALLBACK
from texts.pack_model import Item
from texts.pack_read import read_folder
from texts.yaml_lines import Problem

CONTENT = Path(__file__).resolve().parent.parent / "content"
PACKS = CONTENT / "packs"
_GENERIC = "any"
"""Stands in an id where a cohort would: `onboarding-any-day-0` is the generic twin of `onboarding-3-5-day-0`."""
_AGE_WORDS = (*(cohort.value for cohort in Cohort), "young", "school", "teen")
"""Parts of ids that name an age: cohorts and groups of them."""


class ContentError(Exception):
    """Content files are broken; `problems` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class UnknownItem(LookupError):  # noqa: N818 - it says what is unknown
    """No such item or version in the library."""


@dataclass(frozen=True)
class Library:
    """All items. A version of the library never changes; a hot reload makes another library."""

    items: tuple[Item, ...]

    @cached_property
    def version(self) -> str:
        """Sixteen hex digits that change when any item does."""
        hashes = sorted(f"{item.ref}:{item.lang}:{item.content_hash}" for item in self.items)
        return hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:16]

    @cached_property
    def _by_id(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for item in sorted(self.items, key=lambda one: -one.version):
            found.setdefault(item.id, []).append(item)
        return found

    @cached_property
    def _latest(self) -> dict[tuple[str, str], list[Item]]:
        """Latest versions by kind and language; what a language lacks is taken from Russian."""
        latest = {
            (item.id, item.lang): item for item in sorted(self.items, key=lambda one: one.version)
        }
        found: dict[tuple[str, str], list[Item]] = {}
        languages = {item.lang for item in self.items} | {FALLBACK}
        for item_id in sorted(self._by_id):
            for lang in languages:
                item = latest.get((item_id, lang)) or latest.get((item_id, FALLBACK))
                if item is not None:
                    found.setdefault((item.kind, lang), []).append(item)
        return found

    def item(self, item_id: str, version: int | None = None, lang: str = FALLBACK) -> Item:
        """Find an item, the latest version unless one is named, in Russian when the language lacks it.

        UnknownItem: there is none; a row planned with a version that left the files needs its stored snapshot.
        """
        found = [one for one in self._by_id.get(item_id, []) if version in (None, one.version)]
        if not found:
            raise UnknownItem(f"{item_id}@{version or 'latest'}")
        spoken = [one for one in found if one.lang == lang] or [
            one for one in found if one.lang == FALLBACK
        ]
        return (spoken or found)[0]

    def find(
        self,
        *,
        kind: str,
        cohort: Cohort | None = None,
        age_months: int | None = None,
        lang: str = FALLBACK,
        at: date | None = None,
    ) -> list[Item]:
        """List items meant for a child, those for the narrowest ages first, then by id.

        cohort: `Cohort.UNKNOWN` without consent to personalisation; None asks for all. age_months: full months;
        items with an age range are left out when it is None. at: the reader's local date.
        """
        known = self._latest.get((kind, lang)) or self._latest.get((kind, FALLBACK), [])
        fitting = [item for item in known if item.fits(cohort, age_months, at)]
        return sorted(fitting, key=lambda item: (_width(item), item.id))

    def generic_of(self, item: Item) -> Item | None:
        """Give what a family without consent to personalisation gets instead: None is nothing."""
        if item.generic is not None:
            return replace(
                item, text=item.generic, generic=None, cohorts=frozenset(Cohort), months=None
            )
        if not item.is_personal:
            return item
        for word in _AGE_WORDS:
            twin = f"{item.id}-".replace(f"-{word}-", f"-{_GENERIC}-", 1).removesuffix("-")
            if twin != item.id and twin in self._by_id:
                return self.item(twin, lang=item.lang)
        return None


def load_packs(folder: Path = PACKS) -> Library:
    """Read the packs. ContentError lists every structural fault with its file and line."""
    items, problems = read_folder(folder)
    problems += duplicates(items)
    if problems:
        raise ContentError(problems)
    return Library(tuple(items))


def duplicates(items: Iterable[Item]) -> list[Problem]:
    """Find items that share id, version and language: nobody could tell which one was sent."""
    seen: dict[tuple[str, int, str], Item] = {}
    problems = []
    for item in items:
        first = seen.setdefault((item.id, item.version, item.lang), item)
        if first is not item:
            what = f"{item.ref} is already in {first.file}:{first.line}"
            problems.append(Problem(item.file, item.line, what, "another id or the next version"))
    return problems


def _width(item: Item) -> int:
    return item.months[1] - item.months[0] if item.months else 10_000 + len(item.cohorts)
