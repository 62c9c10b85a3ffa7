"""Work done once at every start, each piece harmless when repeated."""

from __future__ import annotations

from pathlib import Path

from consent.documents import read_folder
from delivery.pulse import Pulse
from delivery.worker import Worker
from storage.database import Database

CONSENTS = Path(__file__).parent.parent / "content" / "consents"


async def publish_documents(database: Database, folder: Path = CONSENTS) -> int:
    """Store consent documents the database does not know; a version once stored never changes."""
    async with database.begin() as unit:
        known = {(each.purpose, each.language, each.version) for each in await unit.documents.all()}
        fresh = [
            document
            for document in read_folder(folder)
            if (document.purpose, document.language, document.version) not in known
        ]
        for document in fresh:
            await unit.documents.publish(document, unit.now)
    return len(fresh)


async def recover_claims(database: Database, worker: Worker, pulse: Pulse) -> None:
    """Take over at once what a crashed sender held; only for a process that is alone with its database."""
    async with database.begin() as unit:
        for name in await unit.claims.beats():
            if name != worker.name:
                await pulse.recover(unit, name)
