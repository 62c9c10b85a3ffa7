"""What a person decided and what still waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from consent.answers import Question, Status, StatusLine
from consent.fold import REFUSALS, ConsentPolicy, Standing, Versions, outdated
from consent.ports import About, ConsentUnit, Line
from consent.purposes import ASKED, TERMS, Purpose
from consent.record import Action
from core.ids import ChildId, PersonId


async def of_person(
    unit: ConsentUnit, person: PersonId, language: str, policy: ConsentPolicy
) -> Status:
    """Lay out every purpose, those about children once per child."""
    standings = {(ln.purpose, ln.child): ln.standing for ln in await unit.consents.lines(person)}
    names = {child.id: child.name for child in await unit.people.children_of(person)}
    children = list(names)
    versions = await unit.documents.versions()
    found = []
    for purpose in Purpose:
        document = await unit.documents.current(purpose, language)
        for child in _about(purpose, children):
            own = standings.get((purpose, child)) or standings.get((purpose, None))
            about = About(person, child)
            allowed = await unit.consents.permissions([about], purpose, unit.now, policy)
            state = _state(purpose, own, versions, unit.now)
            name = names[child] if child is not None else None
            siblings = child is not None and len(children) > 1
            found.append(
                StatusLine(purpose, child, state, allowed[about], own, document, name, siblings)
            )
    return Status(tuple(found))


async def questions(unit: ConsentUnit, person: PersonId, language: str) -> list[Question]:
    """List unanswered documents in asking order."""
    lines = await unit.consents.lines(person)
    standings = {(line.purpose, line.child): line.standing for line in lines}
    children = [child.id for child in await unit.people.children_of(person)]
    versions = await unit.documents.versions()
    waiting = []
    for purpose in ASKED:
        document = await unit.documents.current(purpose, language)
        if document is None:
            continue
        for child in _asked_about(purpose, children, lines):
            own = standings.get((purpose, child)) or standings.get((purpose, None))
            if waits(own, versions, purpose, unit.now):
                waiting.append(Question(purpose, child, document, own is not None))
    return waiting


def waits(own: Standing | None, versions: Versions, purpose: Purpose, at: datetime) -> bool:
    """Tell whether an answer is missing: never given, run out, or given to a text that changed in substance."""
    if own is None:
        return True
    if own.action is Action.EXPIRE:
        return True
    if own.action is not Action.GRANT:
        return False
    return bool(own.valid_until and own.valid_until <= at) or outdated(
        own.version, versions.get(purpose, ()), at
    )


def _state(purpose: Purpose, own: Standing | None, versions: Versions, at: datetime) -> str:
    if own is None:
        return "none" if TERMS[purpose].has_document else "granted"
    if own.action is not Action.GRANT:
        return REFUSALS[own.action]
    if own.valid_until is not None and own.valid_until <= at:
        return "expired"
    if not own.proven:
        return "none"
    if TERMS[purpose].has_document and outdated(own.version, versions.get(purpose, ()), at):
        return "suspended"
    return "granted"


def _about(purpose: Purpose, children: Sequence[ChildId]) -> Sequence[ChildId | None]:
    return children if TERMS[purpose].about_child and children else [None]


def _asked_about(
    purpose: Purpose, children: Sequence[ChildId], lines: Sequence[Line]
) -> Sequence[ChildId | None]:
    """Ask about each child, or once about children in general while there is none."""
    if not TERMS[purpose].about_child:
        return [None]
    general = any(line.purpose is purpose and line.child is None for line in lines)
    single = [ln.child for ln in lines if ln.purpose is purpose and ln.child in children]
    if not children or (general and not single):
        return [None]
    return list(children)
