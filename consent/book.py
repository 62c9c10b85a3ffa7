"""Where a deed is written down: records, events, queue and notices of one unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from consent import conflicts
from consent.answers import Receipt, receipt
from consent.drafting import Act, Drafting
from consent.fold import ConsentPolicy, Standing
from consent.ports import ConsentUnit, Entry, Line
from consent.purposes import TERMS, Purpose
from consent.record import Action, Controller, DocumentRef, Record
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId, ChildId, PersonId

_EVENTS = {
    Action.GRANT: EventName.CONSENT_GRANTED,
    Action.REFUSE: EventName.CONSENT_REFUSED,
    Action.WITHDRAW: EventName.CONSENT_WITHDRAWN,
    Action.EXPIRE: EventName.CONSENT_EXPIRED,
    Action.SUPERSEDE: EventName.CONSENT_WITHDRAWN,
}
_RESTS_ON: Mapping[Purpose, frozenset[str]] = {
    Purpose.CARE: frozenset({"care", "child_data", "personalisation"}),
    Purpose.CROSS_BORDER: frozenset({"child_data", "personalisation"}),
}
"""Whose queued messages fall with a purpose, besides its own."""


def nowhere() -> ChatId | None:
    """There is no staff chat (yet)."""
    return None


@dataclass(frozen=True, slots=True)
class Book:
    """Stores acts. `staff_chat` is asked when parents disagree about a child; None: only the event is kept."""

    controller: Controller
    policy: ConsentPolicy
    staff_chat: Callable[[], ChatId | None] = nowhere

    @property
    def drafting(self) -> Drafting:
        return Drafting(self.policy.validity)

    async def store(self, unit: ConsentUnit, act: Act, entries: Sequence[Entry]) -> Receipt:
        """Append the records of one act, take queued messages back that rest on what ended, and sum up."""
        records = await unit.consents.append(entries, self.controller) if entries else []
        for entry, record in zip(entries, records, strict=True):
            await unit.events.record(_event(entry, record))
            if entry.person is not None and record.action is not Action.GRANT:
                await unit.outbox.hold_back(
                    entry.person,
                    f"consent_{record.action.value}",
                    purposes=_RESTS_ON.get(record.purpose, frozenset()) | {record.purpose.value},
                    child=entry.child,
                )
        conflict = await conflicts.report(unit, entries, self.staff_chat())
        titles = {
            r.purpose: document.title
            for r in records
            if (document := await unit.documents.current(r.purpose, "ru")) is not None
        }
        return receipt(act.receipt, unit.now, records, titles, conflict=conflict)


def line_of(lines: Sequence[Line], purpose: Purpose, child: ChildId | None) -> Line | None:
    """Find one line among a person's."""
    return next((one for one in lines if one.purpose is purpose and one.child == child), None)


def ending(
    lines: Sequence[Line], purposes: Sequence[Purpose], child: ChildId | None
) -> Iterator[tuple[Purpose, ChildId | None, Standing | None]]:
    """List what a withdrawal ends: purpose, child, the grant in force.

    For one child whose parent agreed for all children in general, that child's own line ends; what needs no grant
    (care) ends without one.
    """
    for line in lines:
        concerned = child is None or line.child == child
        if line.purpose in purposes and concerned and line.standing.action is Action.GRANT:
            yield line.purpose, line.child, line.standing
    for purpose in purposes:
        if line_of(lines, purpose, child) is not None:
            continue
        if child is None and not TERMS[purpose].needs_grant:
            yield purpose, None, None
        general = line_of(lines, purpose, None) if child and TERMS[purpose].about_child else None
        if general is not None and general.standing.action is Action.GRANT:
            yield purpose, child, general.standing


def document_before(record: Record, history: Mapping[str, Record]) -> DocumentRef | None:
    """Walk back along `refers_to` to the text that was shown."""
    seen: Record | None = record
    while seen is not None and seen.document is None:
        seen = history.get(seen.refers_to or "")
    return seen.document if seen is not None else None


async def own_child(unit: ConsentUnit, person: PersonId, child: ChildId | None) -> None:
    """Refuse `child.not_yours` to anybody who does not stand for the child."""
    if child is not None and person not in await unit.people.guardians_of(child):
        raise Refusal("child.not_yours")


def _event(entry: Entry, record: Record) -> Event:
    undone = record.source == "undo"
    return Event(
        EventName.CONSENT_UNDONE if undone else _EVENTS[record.action],
        record.received_at,
        person=entry.person,
        child=entry.child,
        facts={"purpose": record.purpose.value, "record": record.id, "cause": record.cause},
    )
