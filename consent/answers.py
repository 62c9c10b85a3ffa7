"""What the use cases of consent answer with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consent.documents import Document
from consent.fold import Permission, Standing
from consent.purposes import Purpose
from consent.record import Action, Record
from core.ids import ChildId


@dataclass(frozen=True, slots=True)
class Served:
    """A document as shown: show all `document.parts()` before the buttons."""

    id: str
    document: Document
    child: ChildId | None


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One record in words: `title` is empty for lines without a document."""

    record: str
    purpose: Purpose
    action: Action
    version: int
    at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a tap changed. No lines: it was so already (`already`). `id` undoes it."""

    id: str
    at: datetime
    lines: tuple[ReceiptLine, ...]
    conflict: bool = False

    @property
    def already(self) -> bool:
        return not self.lines


@dataclass(frozen=True, slots=True)
class Question:
    """A document waiting for an answer. `again`: an earlier version was answered."""

    purpose: Purpose
    child: ChildId | None
    document: Document
    again: bool


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One line of the preference centre. `state`: granted, refused, withdrawn, expired, suspended, none.

    siblings: there is such a line for other children too; `name` tells this child from them.
    """

    purpose: Purpose
    child: ChildId | None
    state: str
    permission: Permission
    standing: Standing | None
    document: Document | None
    name: str | None = None
    siblings: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """Everything a parent decided."""

    lines: tuple[StatusLine, ...]

    def of(self, purpose: Purpose, child: ChildId | None = None) -> StatusLine:
        return next(
            (line for line in self.lines if line.purpose is purpose and line.child == child),
            next(line for line in self.lines if line.purpose is purpose),
        )


def receipt(
    act_id: str,
    at: datetime,
    records: list[Record],
    titles: dict[Purpose, str],
    *,
    conflict: bool,
) -> Receipt:
    """Sum records up for the person."""
    lines = (
        ReceiptLine(
            record.id,
            record.purpose,
            record.action,
            record.document.version if record.document else 0,
            record.at,
            titles.get(record.purpose, ""),
        )
        for record in records
    )
    return Receipt(act_id, at, tuple(lines), conflict)
