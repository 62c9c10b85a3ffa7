"""Reads consents from a CSV of another system: who they are of, and whether the text that was shown is one of ours."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import Refusal

if TYPE_CHECKING:
    from consent.imports import Imported
    from core.ids import PersonId
    from storage.unit import Unit

COLUMNS = ("who", "purpose", "granted", "at", "version", "language", "sha256", "reference")
"""`who`: our number, @name, `telegram:ID`, `phone:+7...` or `email:...`. The last four are the proof, or empty."""
YES = frozenset({"1", "yes", "true", "да"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; `number` as an editor counts."""

    number: int
    cells: dict[str, str]


def lines_of(path: Path) -> Iterator[Line]:
    """Read a file. ValueError: a column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := set(COLUMNS[:4]) - set(reader.fieldnames or ()):
            message = f"the file lacks the columns {', '.join(sorted(missing))}"
            raise ValueError(message)
        for cells in reader:
            yield Line(reader.line_num, {k: (v or "").strip() for k, v in cells.items() if k})


async def imported(unit: Unit, line: Line) -> Imported | None:
    """Turn a line into a row; None: nobody we know, or somebody erased. ValueError: a wrong line."""
    from consent.imports import Imported
    from consent.purposes import purpose_of
    from consent.record import DocumentRef

    cells = line.cells
    try:
        purpose, at = purpose_of(cells["purpose"]), datetime.fromisoformat(cells["at"])
        version = int(cells.get("version") or 0)
    except (ValueError, Refusal):
        message = f"line {line.number} has a wrong purpose, time or version"
        raise ValueError(message) from None
    person = await whose(unit, cells["who"])
    if person is None:
        return None
    shown = await unit.documents.find(purpose, version, cells.get("language") or "ru")
    proof = shown is not None and shown.sha256 == cells.get("sha256")
    document = (
        DocumentRef(purpose, version, shown.language, shown.sha256) if shown and proof else None
    )
    when = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    granted = cells["granted"].lower() in YES
    return Imported(person, purpose, granted, when, document, cells.get("reference", ""))


async def whose(unit: Unit, who: str) -> PersonId | None:
    """Find a person by what the other system knows; two people with one phone are nobody."""
    kind, _, value = who.partition(":")
    if kind == "telegram" and value.isdecimal():
        known = await unit.people.by_telegram(int(value))
        return known.id if known is not None else None
    if kind in {"phone", "email"}:
        found = await unit.contacts.who(kind, value)
        return found[0] if len(found) == 1 else None
    return await unit.access.find(who)
