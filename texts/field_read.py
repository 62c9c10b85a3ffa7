"""Read fields of a content file, noting every fault with its line instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from texts.yaml_lines import Fields, Problem

Word = TypeVar("Word", bound=StrEnum)


@dataclass(slots=True)
class Reader:
    """Reads fields of one file; `problems` grows, and a faulty field gives its default."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def fault(self, fields: Fields, key: str, what: str, allowed: str = "") -> None:
        """Note a fault at the line of `key`."""
        self.problems.append(Problem(self.file, fields.at(key), what, allowed))

    def known_only(self, fields: Fields, allowed: Iterable[str]) -> None:
        """Note every field nobody reads: most often a misspelt one."""
        names = sorted(allowed)
        for key in fields:
            if key not in names:
                self.fault(fields, key, f"there is no field {key}", ", ".join(names))

    def text(self, fields: Fields, key: str, *, required: bool = False) -> str:
        """Read words; numbers are taken as they are written."""
        value = fields.get(key)
        if value is None or value == "":
            if required:
                self.fault(fields, key, f"{key} is missing", "some words")
            return ""
        if isinstance(value, Fields | list):
            self.fault(fields, key, f"{key} must be words", "quotes or a | block")
            return ""
        return str(value).rstrip("\n")

    def number(self, fields: Fields, key: str, default: int, low: int, high: int) -> int:
        """Read a whole number in [low, high]."""
        value = fields.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(fields, key, f"{key} is {value!r}", f"a whole number from {low} to {high}")
            return default
        return value

    def share(self, fields: Fields, key: str) -> float:
        """Read a share in [0, 0.9]; missing is 0."""
        value = fields.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 0.9:  # noqa: PLR2004
            self.fault(fields, key, f"{key} is {value!r}", "a share from 0 to 0.9")
            return 0.0
        return float(value)

    def one_of(self, fields: Fields, key: str, allowed: Iterable[str], default: str = "") -> str:
        """Read one word of a list; an empty default makes the field required."""
        names = list(allowed)
        value = str(fields.get(key, default))
        if value in names:
            return value
        what = f"{key} is missing" if value == "" else f"{key} is {value!r}"
        self.fault(fields, key, what, ", ".join(names))
        return default or names[0]

    def words(self, fields: Fields, key: str) -> list[str]:
        """Read a list of words, or one word as a list of one."""
        value = fields.get(key)
        if value is None:
            return []
        if isinstance(value, Fields):
            self.fault(fields, key, f"{key} must be a list", "[one, two]")
            return []
        every = value if isinstance(value, list) else [value]
        if any(isinstance(one, Fields | list) for one in every):
            self.fault(
                fields, key, f"{key} has a line with a colon in it", "put the line into quotes"
            )
        return [str(one) for one in every if not isinstance(one, Fields | list)]

    def several(
        self, fields: Fields, key: str, kind: type[Word], everything: str = "any"
    ) -> frozenset[Word]:
        """Read a set of enum words; `any` is all of them; missing is empty."""
        allowed = {member.value: member for member in kind}
        found = set()
        for word in self.words(fields, key):
            if word == everything:
                found |= set(kind)
            elif word in allowed:
                found.add(allowed[word])
            else:
                self.fault(fields, key, f"{key} has {word!r}", ", ".join([everything, *allowed]))
        return frozenset(found)

    def day(self, fields: Fields, key: str) -> date | None:
        """Read a day as 2026-11-29."""
        value = fields.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(fields, key, f"{key} is {value!r}", "a day as 2026-11-29")
            return None

    def mappings(self, fields: Fields, key: str) -> list[Fields]:
        """Read a list of mappings; anything else in it is a fault."""
        value: Any = fields.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, Fields) for one in value):
            self.fault(fields, key, f"{key} must be a list of entries", "each begins with a dash")
            return []
        return value


def month_day(word: str) -> tuple[int, int] | None:
    """Read `08-20` as (8, 20); 29 February is a day. None: no such day."""
    try:
        found = date.fromisoformat(f"2024-{word}")
    except ValueError:
        return None
    return (found.month, found.day)
