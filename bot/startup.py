"""Work done once at every start, each piece harmless when repeated."""

from __future__ import annotations

import gc
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from bot.settings import Settings
from consent.documents import Document, read_folder
from core.roles import Role
from delivery.pulse import Pulse
from delivery.worker import Worker
from storage.database import Database

NOT_GIVEN = "—"
CONSENTS = Path(__file__).parent.parent / "content" / "consents"


async def publish_documents(database: Database, settings: Settings) -> int:
    """Store consent documents the database does not know, with the operator's name and address filled in.

    A version once stored never changes: after a change of the operator's details the documents need a new version.
    """
    async with database.begin() as unit:
        known = {(each.purpose, each.language, each.version) for each in await unit.documents.all()}
        fresh = [
            document
            for document in (filled(one, settings) for one in read_folder(CONSENTS))
            if (document.purpose, document.language, document.version) not in known
        ]
        for document in fresh:
            await unit.documents.publish(document, unit.now)
    return len(fresh)


def filled(document: Document, settings: Settings) -> Document:
    """Put the operator's details into a document; a demonstration says that there are none."""
    words = {
        "controller_name": settings.controller or f"«{settings.school_name}»",
        "controller_address": settings.controller_address or NOT_GIVEN,
        "controller_inn": settings.controller_inn or NOT_GIVEN,
        "controller_email": settings.controller_email or NOT_GIVEN,
        "processors": settings.processors or NOT_GIVEN,
    }
    text = document.text
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return replace(document, text=text)


async def grant_owners(database: Database, owners: Collection[int]) -> int:
    """Give the owners named in settings the role, so that escalations and reports find them; tell how many."""
    granted = 0
    async with database.begin() as unit:
        for telegram_id in owners:
            person = await unit.people.add(telegram_id, "ru", unit.now)
            held = await unit.roles.of_person(person.id)
            if not any(grant.role is Role.OWNER and grant.holds(unit.now) for grant in held):
                await unit.roles.add(
                    person.id, Role.OWNER, community=None, author=None, now=unit.now
                )
                granted += 1
    return granted


def settle_memory() -> None:
    """Take what was built at start out of the garbage collector's sight: it lives as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 50)


YOUNG_OBJECTS = 20_000
"""New objects between two looks of the collector; the default of 700 looks several times a message."""


async def recover_claims(database: Database, worker: Worker, pulse: Pulse) -> None:
    """Take over at once what a crashed sender held; only for a process that is alone with its database."""
    async with database.begin() as unit:
        for name in await unit.claims.beats():
            if name != worker.name:
                await pulse.recover(unit, name)
