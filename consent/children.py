"""A child in the ledger: the parent's answer carried over to it, and its own word from 14."""

from __future__ import annotations

from consent.answers import Receipt
from consent.book import Book, document_before, line_of, own_child
from consent.drafting import Act
from consent.ports import ConsentUnit
from consent.purposes import Purpose
from consent.record import Action, Channel, Evidence, Relation
from core.errors import Refusal
from core.ids import ChildId, PersonId


async def attach(
    book: Book, unit: ConsentUnit, person: PersonId, child: ChildId, evidence: Evidence
) -> Receipt:
    """Write the parent's general answer about children down for a child just added."""
    await own_child(unit, person, child)
    act = Act.of(person, unit.now, Channel.BOT, evidence, source="child_added")
    lines = await unit.consents.lines(person)
    general = line_of(lines, Purpose.CHILD_DATA, None)
    if general is None or line_of(lines, Purpose.CHILD_DATA, child) is not None:
        return Receipt(act.receipt, unit.now, ())
    history = {record.id: record for record in await unit.consents.records(person)}
    entry = await book.drafting.entry(
        unit.consents,
        act,
        Purpose.CHILD_DATA,
        general.standing.action,
        child=child,
        document=document_before(history[general.standing.record], history),
        refers_to=general.standing,
    )
    return await book.store(unit, act, [entry])


async def answer(
    book: Book,
    unit: ConsentUnit,
    child: ChildId,
    *,
    grant: bool,
    version: int,
    language: str,
    evidence: Evidence,
) -> Receipt:
    """Take a teen's own answer. Refuses `consent.old_version` for another version than the current one."""
    document = await unit.documents.current(Purpose.CHILD_DATA, language)
    if document is None or document.version != version:
        raise Refusal("consent.old_version")
    act = Act.of(None, unit.now, Channel.BOT, evidence, relation=Relation.SELF)
    entry = await book.drafting.entry(
        unit.consents,
        act,
        Purpose.CHILD_DATA,
        Action.GRANT if grant else Action.REFUSE,
        child=child,
        document=document.ref,
    )
    return await book.store(unit, act, [entry])
