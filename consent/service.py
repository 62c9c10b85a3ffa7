"""Use cases of consent. Each opens one unit of work: records, projection, event and effects are stored together."""

from __future__ import annotations

from collections.abc import Sequence

from consent import children, status
from consent.answers import Question, Receipt, Served, Status
from consent.book import Book, document_before, ending, line_of, own_child
from consent.drafting import Act
from consent.fold import Permission, Standing
from consent.ports import About, ConsentUnit, Line, Serving, Units
from consent.purposes import STOPPABLE, Purpose
from consent.record import Action, Channel, DocumentRef, Evidence, Record
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChildId, PersonId, uuid7

_NOTHING = Evidence()


class Consents:
    """Serves documents, takes answers, withdraws and undoes."""

    def __init__(self, units: Units, book: Book) -> None:
        self.units = units
        self.book = book

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

        Refuses `consent.document_missing` and `child.not_yours`.
        """
        async with self.units.begin() as unit:
            await own_child(unit, person, child)
            document = await unit.documents.current(purpose, language)
            if document is None:
                raise Refusal("consent.document_missing", purpose=purpose.value)
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

        Refuses `consent.not_shown` (nobody showed it), `consent.old_version` (another version is in force) and
        `child.not_yours`. The same answer again changes nothing.
        """
        async with self.units.begin() as unit:
            await own_child(unit, person, child)
            shown = await _shown(unit, person, purpose, child, version)
            act = Act.of(person, unit.now, channel, evidence)
            action = Action.GRANT if grant else Action.REFUSE
            reference = DocumentRef(purpose, shown.version, shown.language, shown.sha256)
            lines = await unit.consents.lines(person)
            entries = []
            for about in _concerned(lines, purpose, child):
                before = line_of(lines, purpose, about)
                if before and _same(before.standing, action, version):
                    continue
                entries.append(
                    await self.book.drafting.entry(
                        unit.consents,
                        act,
                        purpose,
                        action,
                        child=about,
                        document=reference,
                        served=shown.id,
                        refers_to=before.standing if before else None,
                    )
                )
            return await self.book.store(unit, act, entries)

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
            await own_child(unit, person, child)
            act = Act.of(person, unit.now, channel, evidence, source=source, cause=cause)
            lines = await unit.consents.lines(person)
            entries = [
                await self.book.drafting.entry(
                    unit.consents, act, purpose, Action.WITHDRAW, child=about, refers_to=granted
                )
                for purpose, about, granted in ending(lines, purposes, child)
            ]
            return await self.book.store(unit, act, entries)

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
                await self.book.drafting.entry(
                    unit.consents,
                    act,
                    record.purpose,
                    Action.GRANT,
                    child=lines[record.id].child,
                    document=document_before(record, history),
                    refers_to=lines[record.id].standing,
                )
                for record in undone
            ]
            return await self.book.store(unit, act, entries)

    async def resume_care(self, person: PersonId, *, evidence: Evidence = _NOTHING) -> Receipt:
        """Let care messages come again after a stop; consent to the child's data is asked apart."""
        async with self.units.begin() as unit:
            act = Act.of(person, unit.now, Channel.BOT, evidence, source="centre")
            lines = await unit.consents.lines(person)
            care = line_of(lines, Purpose.CARE, None)
            if care is None or care.standing.action is Action.GRANT:
                return Receipt(act.receipt, unit.now, ())
            entry = await self.book.drafting.entry(
                unit.consents, act, Purpose.CARE, Action.GRANT, refers_to=care.standing
            )
            return await self.book.store(unit, act, [entry])

    async def attach_child(
        self, person: PersonId, child: ChildId, *, evidence: Evidence = _NOTHING
    ) -> Receipt:
        """Carry the parent's general answer about children over to a child just added, as a record of its own."""
        async with self.units.begin() as unit:
            return await children.attach(self.book, unit, person, child, evidence)

    async def answer_as_child(
        self,
        child: ChildId,
        *,
        grant: bool,
        version: int,
        language: str,
        evidence: Evidence = _NOTHING,
    ) -> Receipt:
        """Take a teen's own answer about its data. Refuses `consent.old_version` for another than the current."""
        async with self.units.begin() as unit:
            return await children.answer(
                self.book,
                unit,
                child,
                grant=grant,
                version=version,
                language=language,
                evidence=evidence,
            )

    async def may(
        self, person: PersonId, purpose: Purpose, child: ChildId | None = None
    ) -> Permission:
        """Ask about this very moment."""
        async with self.units.reading() as unit:
            about = About(person, child)
            found = await unit.consents.permissions([about], purpose, unit.now, self.book.policy)
        return found[about]

    async def receipt_records(self, person: PersonId, receipt_id: str) -> list[Record]:
        """Give the records of one tap, for the JSON receipt. Refuses `consent.unknown_receipt`."""
        async with self.units.reading() as unit:
            found = await unit.consents.of_receipt(receipt_id)
            mine = {record.id for record in await unit.consents.records(person)}
        if not found or not {record.id for record in found} <= mine:
            raise Refusal("consent.unknown_receipt")
        return found

    async def status(self, person: PersonId, language: str = "ru") -> Status:
        """Lay out every purpose with its state, for the preference centre."""
        async with self.units.reading() as unit:
            return await status.of_person(unit, person, language, self.book.policy)

    async def pending_questions(self, person: PersonId, language: str = "ru") -> list[Question]:
        """List documents that wait for a first answer, or for a new one after a material change, in asking order."""
        async with self.units.reading() as unit:
            return await status.questions(unit, person, language)


def _concerned(
    lines: Sequence[Line], purpose: Purpose, child: ChildId | None
) -> list[ChildId | None]:
    """List whom an answer concerns: a general one also answers for each child there is a line about."""
    if child is not None:
        return [child]
    return [None, *(ln.child for ln in lines if ln.purpose is purpose and ln.child is not None)]


def _same(standing: Standing, action: Action, version: int) -> bool:
    return standing.action is action and standing.version == version


async def _shown(
    unit: ConsentUnit, person: PersonId, purpose: Purpose, child: ChildId | None, version: int
) -> Serving:
    newest = (await unit.documents.versions()).get(purpose, ())
    if newest and version != newest[-1].number:
        raise Refusal("consent.old_version")
    shown = [
        serving
        for serving in await unit.documents.servings(person)
        if (serving.purpose, serving.child, serving.version) == (purpose, child, version)
    ]
    if not shown:
        raise Refusal("consent.not_shown")
    return shown[-1]
