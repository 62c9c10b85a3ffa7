"""Builds drafts of records from what a person did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from consent.fold import Standing
from consent.ports import Entry, Ledger
from consent.purposes import Purpose
from consent.record import (
    Action,
    Channel,
    DocumentRef,
    Draft,
    Evidence,
    Grantor,
    Relation,
)
from core.ids import ChildId, PersonId, uuid7


@dataclass(frozen=True, slots=True)
class Act:
    """One deed of one person: all records of it share a receipt."""

    person: PersonId | None
    at: datetime
    channel: Channel
    evidence: Evidence
    relation: Relation = Relation.PARENT
    source: str = "bot"
    cause: str = ""
    receipt: str = ""

    @classmethod
    def of(
        cls,
        person: PersonId | None,
        at: datetime,
        channel: Channel,
        evidence: Evidence,
        *,
        source: str = "bot",
        cause: str = "",
        relation: Relation = Relation.PARENT,
    ) -> Act:
        return cls(person, at, channel, evidence, relation, source, cause, uuid7(at))


@dataclass(frozen=True, slots=True)
class Drafting:
    """Makes ledger entries. `validity`: how long a grant lasts, by purpose; absent means until withdrawn."""

    validity: Mapping[Purpose, timedelta] = field(default_factory=dict)

    async def entry(
        self,
        ledger: Ledger,
        act: Act,
        purpose: Purpose,
        action: Action,
        *,
        child: ChildId | None = None,
        document: DocumentRef | None = None,
        served: str | None = None,
        refers_to: Standing | None = None,
    ) -> Entry:
        """Draft one record. A person's general answers are given as a parent, a child's own as itself."""
        about = await ledger.child_subject(child) if child is not None else ""
        subject = await ledger.subject(act.person) if act.person is not None else about
        grants = action is Action.GRANT
        lasts = self.validity.get(purpose) if grants else None
        return Entry(
            act.person,
            child,
            Draft(
                subject=subject,
                purpose=purpose,
                action=action,
                at=act.at,
                received_at=act.at,
                grantor=Grantor(act.relation),
                channel=act.channel,
                receipt=act.receipt,
                child=about,
                document=document,
                served=served,
                valid_until=act.at + lasts if lasts else None,
                evidence=act.evidence,
                source=act.source,
                cause=act.cause,
                refers_to=refers_to.record if refers_to else None,
            ),
        )
