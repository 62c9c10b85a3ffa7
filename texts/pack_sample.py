"""Families to look at items with: made up, one for each age, so that nobody real is ever in a preview."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from core.cohorts import Cohort
from texts.catalogue import FALLBACK
from texts.markup import utf16_length, visible
from texts.pack_model import Item
from texts.pack_render import Filling, Rendered, render
from texts.packs import Library, UnknownItem
from texts.placeholders import CHILD_CASES, KNOWN, Source


@dataclass(frozen=True, slots=True)
class Family:
    """A made-up family. `named`: a first name was given; `personal`: tips by name and age are allowed."""

    name: str
    child: str
    english: str
    named: bool = True
    personal: bool = True


FAMILIES: Mapping[str, Family] = {
    one.name: one
    for one in (
        *(
            Family(cohort.value, child, english)
            for cohort, child, english in (
                (Cohort.BABY, "Тимоша", "Tim"),
                (Cohort.PRESCHOOL, "Соня", "Sonya"),
                (Cohort.EARLY_SCHOOL, "Миша", "Mike"),
                (Cohort.SCHOOL, "Лиза", "Liza"),
                (Cohort.TEEN, "Егор", "George"),
            )
        ),
        Family("nameless", "", "", named=False),
        Family("generic", "Соня", "Sonya", personal=False),
    )
}
"""By name; `generic` did not agree to tips by name and age."""


@dataclass(frozen=True, slots=True)
class Preview:
    """An item as one family gets it. `units`: UTF-16 units Telegram counts. `rendered` is None when nothing is sent."""

    item: Item
    family: Family
    rendered: Rendered | None
    units: int = 0


class NoSuchItem(LookupError):  # noqa: N818 - it says what is unknown
    """There is no such item; `close` names what may have been meant."""

    def __init__(self, name: str, close: list[str]) -> None:
        super().__init__(name)
        self.name = name
        self.close = close


def preview(library: Library, name: str, family: Family, lang: str = FALLBACK) -> Preview:
    """Render an item (`id` or `id@version`) for a made-up family, with sample values. Raises NoSuchItem."""
    item_id, _, version = name.partition("@")
    try:
        item = library.item(item_id, int(version) if version.isdecimal() else None, lang)
    except UnknownItem:
        known = sorted({one.id for one in library.items})
        raise NoSuchItem(name, difflib.get_close_matches(item_id, known, n=3, cutoff=0.5)) from None
    given = item
    facts = _facts(family, item.lang)
    if not family.personal or (not family.named and item.needs & CHILD_CASES.keys()):
        general = library.generic_of(item)
        if general is None:
            return Preview(item, family, None)
        given = general
    made = render(given, facts)
    return Preview(item, family, made, utf16_length(visible(made.html)))


def _facts(family: Family, lang: str) -> dict[str, Filling]:
    """Give every placeholder its sample; a name only to a family that told one and lets it be used."""
    facts: dict[str, Filling] = {
        one.name: one.sample if lang == FALLBACK else one.english
        for one in KNOWN.values()
        if one.name not in CHILD_CASES and (family.personal or one.source is not Source.PERSONAL)
    }
    if family.named and family.personal:
        facts["child"] = family.child if lang == FALLBACK else family.english
    return facts
