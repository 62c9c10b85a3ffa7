"""Use cases of consent. Each opens one unit of work: records, projection, event and effects are stored together."""

from __future__ import annotations

from collections.abc import Sequence

from consent import conflicts, status
from consent.answers import Question, Receipt, Served, Status, receipt
from consent.drafting import Act, Drafting
from consent.fold import ConsentPolicy, Permission
from consent.ports import About, ConsentUnit, Entry, Line, Serving, Units
from consent.purposes import STOPPABLE, TERMS, Purpose
from consent.record import Action, Channel, Controller, DocumentRef, Evidence, Record, Relation
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId, ChildId, PersonId, uuid7

_EVENTS = {
    Action.GRANT: EventName.CONSENT_GRANTED,
    Action.REFUSE: EventName.CONSENT_REFUSED,
    Action.WITHDRAW: EventName.CONSENT_WITHDRAWN,
}
_NOTHING = Evidence()


class Consents:
    """Serves documents, takes answers, withdraws and undoes.

    `staff_chat` hears of parents who disagree about a child; None: only the event is kept.
    """

    def __init__(
        self,
        units: Units,
        controller: Controller,
        policy: ConsentPolicy,
        staff_chat: ChatId | None = None,
    ) -> None:
        self.units = units
        self.controller = controller
        self.policy = policy
        self.staff_chat = staff_chat
        self._drafting = Drafting(policy.validity)

    async def serve(
        self,
        person: PersonId,
        purpose: Purpose,
        *,
        language: str,
        child: ChildId | None = None,
        channel: Channel = Channel.BOT,
        evidence: Evidence = _NOTHING,
    ) -> Served:
        """Log that a document is being shown in full, and hand it over.

        Refuses `consent.no_document` and `consent.foreign_child`.
        """
        async with self.units.begin() as unit:
            await _own_child(unit, person, child)
            document = await unit.documents.current(purpose, language)
            if document is None:
                raise Refusal("consent.no_document", purpose=purpose.value)
            serving = Serving(
                uuid7(unit.now),
                purpose,
                child,
                document.version,
                document.language,
                document.sha256,
                unit.now,
                channel,
                evidence,
            )
            await unit.documents.serve(person, serving)
            await unit.events.record(
                Event(
                    EventName.CONSENT_SERVED,
                    unit.now,
                    person=person,
                    child=child,
                    facts={"purpose": purpose.value, "version": document.version},
                )
            )
        return Served(serving.id, document, child)

    async def answer(
        self,
        person: PersonId,
        purpose: Purpose,
        *,
        grant: bool,
        version: int,
        child: ChildId | None = None,
        channel: Channel = Channel.BOT,
        evidence: Evidence = _NOTHING,
    ) -> Receipt:
        """Take "agree" or "decline" to the version that was shown.

        Refuses `consent.not_served` (nobody showed it), `consent.stale` (another version is in force) and
        `consent.foreign_child`. The same answer again changes nothing.
        """
        async with self.units.begin() as unit:
            await _own_child(unit, person, child)
            shown = await _shown(unit, person, purpose, child, version)
            act = Act.of(person, unit.now, channel, evidence)
            action = Action.GRANT if grant else Action.REFUSE
            reference = DocumentRef(purpose, shown.version, shown.language, shown.sha256)
            lines = await unit.consents.lines(person)
            before = _line(lines, purpose, child)
            if before and before.standing.action is action and before.standing.version == version:
                return Receipt(act.receipt, unit.now, ())
            entries = [
                await self._drafting.entry(
                    unit.consents,
                    act,
                    purpose,
                    action,
                    child=child,
                    document=reference,
                    served=shown.id,
                    refers_to=before.standing if before else None,
                )
            ]
            return await self._store(unit, act, entries)

    async def withdraw(
        self,
        person: PersonId,
        purposes: Sequence[Purpose],
        *,
        child: ChildId | None = None,
        channel: Channel = Channel.BOT,
        evidence: Evidence = _NOTHING,
        cause: str = "",
        source: str = "bot",
    ) -> Receipt:
        """Withdraw at once. Without `child`, every line of the purpose ends; what is not granted is left alone."""
        async with self.units.begin() as unit:
            await _own_child(unit, person, child)
            act = Act.of(person, unit.now, channel, evidence, source=source, cause=cause)
            lines = await unit.consents.lines(person)
            entries = [
                await self._drafting.entry(
                    unit.consents,
                    act,
                    line.purpose,
                    Action.WITHDRAW,
                    child=line.child,
                    refers_to=line.standing,
                )
                for line in lines
                if line.purpose in purposes
                and line.standing.action is Action.GRANT
                and (child is None or line.child == child)
            ]
            entries += [
                await self._drafting.entry(unit.consents, act, purpose, Action.WITHDRAW)
                for purpose in purposes
                if child is None
                and not TERMS[purpose].needs_grant
                and _line(lines, purpose, None) is None
            ]
            return await self._store(unit, act, entries)

    async def stop(
        self,
        person: PersonId,
        *,
        channel: Channel = Channel.BOT,
        evidence: Evidence = _NOTHING,
        cause: str = "stop",
    ) -> Receipt:
        """End care and marketing messages, whichever way it was asked (L117)."""
        return await self.withdraw(
            person, STOPPABLE, channel=channel, evidence=evidence, cause=cause, source="stop"
        )

    async def undo(
        self,
        person: PersonId,
        receipt_id: str,
        *,
        channel: Channel = Channel.BOT,
        evidence: Evidence = _NOTHING,
    ) -> Receipt:
        """Put back what one tap withdrew, as new grants; both stay in the ledger (L118).

        Refuses `consent.stale` when something was decided since, `consent.unknown_receipt` when it is not the
        person's own.
        """
        async with self.units.begin() as unit:
            undone = await unit.consents.of_receipt(receipt_id)
            if not undone or {r.subject for r in undone} != {await unit.consents.subject(person)}:
                raise Refusal("consent.unknown_receipt")
            lines = {line.standing.record: line for line in await unit.consents.lines(person)}
            if any(r.action is not Action.WITHDRAW or r.id not in lines for r in undone):
                raise Refusal("consent.stale")
            act = Act.of(person, unit.now, channel, evidence, source="undo")
            history = {record.id: record for record in await unit.consents.records(person)}
            entries = [
                await self._drafting.entry(
                    unit.consents,
                    act,
                    record.purpose,
                    Action.GRANT,
                    child=lines[record.id].child,
                    document=_document_before(record, history),
                    refers_to=lines[record.id].standing,
                )
                for record in undone
            ]
            return await self._store(unit, act, entries)

    async def attach_child(
        self, person: PersonId, child: ChildId, *, evidence: Evidence = _NOTHING
    ) -> Receipt:
        """Carry the parent's general answer about children over to a child just added, as a record of its own."""
        async with self.units.begin() as unit:
            await _own_child(unit, person, child)
            act = Act.of(person, unit.now, Channel.BOT, evidence, source="child_added")
            lines = await unit.consents.lines(person)
            general = _line(lines, Purpose.CHILD_DATA, None)
            if general is None or _line(lines, Purpose.CHILD_DATA, child) is not None:
                return Receipt(act.receipt, unit.now, ())
            history = {record.id: record for record in await unit.consents.records(person)}
            entry = await self._drafting.entry(
                unit.consents,
                act,
                Purpose.CHILD_DATA,
                general.standing.action,
                child=child,
                document=_document_before(history[general.standing.record], history),
                refers_to=general.standing,
            )
            return await self._store(unit, act, [entry])

    async def answer_as_child(
        self,
        child: ChildId,
        *,
        grant: bool,
        version: int,
        language: str,
        evidence: Evidence = _NOTHING,
    ) -> Receipt:
        """Take a teen's own answer about its data. Refuses `consent.stale` for another version than the current."""
        async with self.units.begin() as unit:
            document = await unit.documents.current(Purpose.CHILD_DATA, language)
            if document is None or document.version != version:
                raise Refusal("consent.stale")
            act = Act.of(None, unit.now, Channel.BOT, evidence, relation=Relation.SELF)
            action = Action.GRANT if grant else Action.REFUSE
            entry = await self._drafting.entry(
                unit.consents, act, Purpose.CHILD_DATA, action, child=child, document=document.ref
            )
            return await self._store(unit, act, [entry])

    async def may(
        self, person: PersonId, purpose: Purpose, child: ChildId | None = None
    ) -> Permission:
        """Ask about this very moment."""
        async with self.units.reading() as unit:
            about = About(person, child)
            found = await unit.consents.permissions([about], purpose, unit.now, self.policy)
        return found[about]

    async def status(self, person: PersonId, language: str = "ru") -> Status:
        """Lay out every purpose with its state, for the preference centre."""
        async with self.units.reading() as unit:
            return await status.of_person(unit, person, language, self.policy)

    async def pending_questions(self, person: PersonId, language: str = "ru") -> list[Question]:
        """List documents that wait for a first answer, or for a new one after a material change, in asking order."""
        async with self.units.reading() as unit:
            return await status.questions(unit, person, language)

    async def _store(self, unit: ConsentUnit, act: Act, entries: list[Entry]) -> Receipt:
        records = await unit.consents.append(entries, self.controller) if entries else []
        for entry, record in zip(entries, records, strict=True):
            if record.action in _EVENTS:
                await unit.events.record(_event(entry, record))
        conflict = await conflicts.report(unit, entries, self.staff_chat)
        titles = {
            r.purpose: document.title
            for r in records
            if (document := await unit.documents.current(r.purpose, "ru")) is not None
        }
        summed = receipt(act.receipt, unit.now, records, titles)
        return Receipt(summed.id, summed.at, summed.lines, conflict)


def _event(entry: Entry, record: Record) -> Event:
    undone = record.source == "undo"
    return Event(
        EventName.CONSENT_UNDONE if undone else _EVENTS[record.action],
        record.received_at,
        person=entry.person,
        child=entry.child,
        facts={"purpose": record.purpose.value, "record": record.id, "cause": record.cause},
    )


def _line(lines: Sequence[Line], purpose: Purpose, child: ChildId | None) -> Line | None:
    return next((one for one in lines if one.purpose is purpose and one.child == child), None)


def _document_before(record: Record, history: dict[str, Record]) -> DocumentRef | None:
    """Walk back along `refers_to` to the text that was shown."""
    seen: Record | None = record
    while seen is not None and seen.document is None:
        seen = history.get(seen.refers_to or "")
    return seen.document if seen is not None else None


async def _own_child(unit: ConsentUnit, person: PersonId, child: ChildId | None) -> None:
    if child is not None and person not in await unit.people.guardians_of(child):
        raise Refusal("consent.foreign_child")


async def _shown(
    unit: ConsentUnit, person: PersonId, purpose: Purpose, child: ChildId | None, version: int
) -> Serving:
    newest = (await unit.documents.versions()).get(purpose, ())
    if newest and version != newest[-1].number:
        raise Refusal("consent.stale")
    shown = [
        serving
        for serving in await unit.documents.servings(person)
        if (serving.purpose, serving.child, serving.version) == (purpose, child, version)
    ]
    if not shown:
        raise Refusal("consent.not_served")
    return shown[-1]
