"""Published consent documents and the log of what was shown to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.documents import Document
from consent.fold import Versions
from consent.ports import Serving
from consent.purposes import Purpose
from consent.record import Channel, Evidence
from core.errors import Refusal
from core.ids import ChildId, PersonId
from storage.consent_gate import read_versions
from storage.consents import ConsentLedger
from storage.seal import Seal
from storage.tables.consents import consent_documents, consent_servings, consent_subjects

FALLBACK = "ru"


class ConsentDocuments:
    """Append-only: a published text stays readable for ever."""

    def __init__(self, connection: AsyncConnection, seal: Seal) -> None:
        self._connection = connection
        self._seal = seal
        self._ledger = ConsentLedger(connection, seal)

    async def versions(self) -> Versions:
        return await read_versions(self._connection)

    async def current(self, purpose: Purpose, language: str) -> Document | None:
        """Find the newest version in a language, else in Russian, else in any."""
        found = await self._documents(consent_documents.c.purpose == purpose.value)
        wanted = [language, FALLBACK]
        newest = max((one.version for one in found), default=0)
        last = [one for one in found if one.version == newest]
        ranked = sorted(
            last, key=lambda d: wanted.index(d.language) if d.language in wanted else len(wanted)
        )
        return ranked[0] if ranked else None

    async def find(self, purpose: Purpose, version: int, language: str) -> Document | None:
        table = consent_documents.c
        found = await self._documents(
            sa.and_(
                table.purpose == purpose.value,
                table.version == version,
                table.language == language,
            )
        )
        return found[0] if found else None

    async def all(self) -> list[Document]:
        """List every version, oldest first."""
        return await self._documents(sa.true())

    async def publish(self, document: Document, now: datetime) -> None:
        """Add a version. Refuses `consent.version_taken`: an older number, or the same with another text."""
        known = await self.find(document.purpose, document.version, document.language)
        if known is not None:
            if known.sha256 == document.sha256 and known.material == document.material:
                return
            raise Refusal("consent.version_taken", purpose=document.purpose.value)
        newest = max(
            (v.number for v in (await self.versions()).get(document.purpose, ())), default=0
        )
        if document.version < newest:
            raise Refusal("consent.version_taken", purpose=document.purpose.value, newest=newest)
        await self._connection.execute(
            sa.insert(consent_documents).values(
                purpose=document.purpose.value,
                language=document.language,
                version=document.version,
                title=document.title,
                summary=document.summary,
                text=document.text,
                sha256=document.sha256,
                material=document.material,
                published_at=now,
            )
        )

    async def serve(self, person: PersonId, serving: Serving) -> None:
        """Log that a text was shown."""
        child = serving.child
        evidence = serving.evidence
        chat = self._seal.blind(f"chat:{evidence.chat}") if evidence.chat is not None else None
        await self._connection.execute(
            sa.insert(consent_servings).values(
                id=serving.id,
                subject=await self._ledger.subject(person),
                child=await self._ledger.child_subject(child) if child is not None else "",
                purpose=serving.purpose.value,
                version=serving.version,
                language=serving.language,
                sha256=serving.sha256,
                at=serving.at,
                channel=serving.channel.value,
                evidence={"chat": chat, "message": evidence.message, "update": evidence.update},
            )
        )

    async def servings(self, person: PersonId) -> list[Serving]:
        """List what a person was shown, oldest first."""
        child = consent_subjects.alias("child")
        query = (
            sa.select(consent_servings, child.c.child_id)
            .join_from(
                consent_servings,
                consent_subjects,
                consent_subjects.c.subject == consent_servings.c.subject,
            )
            .outerjoin(child, child.c.subject == consent_servings.c.child)
            .where(consent_subjects.c.person_id == person)
            .order_by(consent_servings.c.at, consent_servings.c.id)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [_serving(row) for row in rows]

    async def _documents(self, condition: sa.ColumnElement[bool]) -> list[Document]:
        query = (
            sa.select(consent_documents)
            .where(condition)
            .order_by(consent_documents.c.purpose, consent_documents.c.version)
        )
        rows: Sequence[sa.RowMapping] = (await self._connection.execute(query)).mappings().all()
        return [
            Document(
                Purpose(row["purpose"]),
                row["language"],
                row["version"],
                row["title"],
                row["summary"],
                row["text"],
                row["material"],
            )
            for row in rows
        ]


def _serving(row: sa.RowMapping) -> Serving:
    evidence = row["evidence"]
    return Serving(
        row["id"],
        Purpose(row["purpose"]),
        ChildId(row["child_id"]) if row["child_id"] is not None else None,
        row["version"],
        row["language"],
        row["sha256"],
        row["at"],
        Channel(row["channel"]),
        Evidence(message=evidence.get("message"), update=evidence.get("update")),
    )
