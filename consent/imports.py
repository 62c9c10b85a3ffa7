"""Consents brought from elsewhere: kept as what they are, proof or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from consent.book import Book
from consent.drafting import Act
from consent.ports import Units
from consent.purposes import Purpose
from consent.record import Action, Channel, DocumentRef, Evidence
from core.ids import PersonId


@dataclass(frozen=True, slots=True)
class Imported:
    """One row of an import. Proof is the text that was shown, with its hash, and a reference to the event."""

    person: PersonId
    purpose: Purpose
    granted: bool
    at: datetime
    document: DocumentRef | None = None
    reference: str = ""

    @property
    def proven(self) -> bool:
        return self.document is not None and bool(self.reference)


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of an import."""

    proven: int
    unproven: int


async def import_rows(units: Units, book: Book, source: str, rows: Iterable[Imported]) -> Counted:
    """Append rows as records of `import:<source>` at the time they name; a grant without proof allows nothing."""
    proven = unproven = 0
    async with units.begin() as unit:
        for row in rows:
            act = Act.of(
                row.person,
                unit.now,
                Channel.PLATFORM,
                Evidence(callback=row.reference or None),
                source=f"import:{source}",
            )
            made = await book.drafting.entry(
                unit.consents,
                act,
                row.purpose,
                Action.GRANT if row.granted else Action.WITHDRAW,
                document=row.document,
            )
            draft = replace(made.draft, at=min(row.at, unit.now), proven=row.proven)
            await book.store(unit, act, [replace(made, draft=draft)])
            proven += row.proven
            unproven += not row.proven
    return Counted(proven, unproven)
