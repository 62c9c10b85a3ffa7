"""Consent, rights and erasure, built by hand: the ledger's use cases, nightly work, and what runs before sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.directory import Directory
from bot.settings import Settings
from consent.book import Book
from consent.centre import Centre
from consent.fold import ConsentPolicy
from consent.forms import Forms as WebForms
from consent.links import LinkKind, Links
from consent.nightly import Nightly
from consent.privacy import Privacy
from consent.record import Controller
from consent.retention import Keep
from consent.service import Consents
from consent.staff import StaffConsents
from core.clock import Clock
from core.ids import ChatId, PersonId
from moderation.memory import Memory
from scheduler.clockwork import Job
from storage.consent_watch import watch
from storage.database import Database
from storage.erasure_journal import ErasureJournal, sweep
from storage.retention import purge

SWEEP_EVERY = 30.0
HOUR = timedelta(hours=1).total_seconds()
JOURNAL_FILE = "erasures.jsonl"


@dataclass(slots=True)
class OwnName:
    """The bot's own name; Telegram tells it at start."""

    username: str = ""


def controller_of(settings: Settings) -> Controller:
    """Name who is responsible for the data."""
    return Controller(name=settings.controller or settings.school_name)


def book_of(settings: Settings, directory: Directory) -> Book:
    """Build the book; conflicts between parents go to the first community's staff forum, also one set up later."""
    return Book(controller_of(settings), ConsentPolicy(), lambda: _staff_chat(directory))


def journal_of(settings: Settings) -> ErasureJournal:
    """Open the journal of erasures: a file apart from the database, so that restoring a copy cannot undo it."""
    beside = settings.database_file
    return ErasureJournal((beside.parent if beside is not None else Path("var")) / JOURNAL_FILE)


def links_of(settings: Settings) -> Links:
    """Make signed links under a secret that no other part derives."""
    return Links(b"links " + settings.bot_token.get_secret_value().encode())


def stop_links(settings: Settings, clock: Clock) -> Callable[[PersonId], str] | None:
    """Make the link that stops messages from a browser; None without an address of our own."""
    if not (address := settings.public_url.rstrip("/")):
        return None
    links = links_of(settings)
    return lambda person: f"{address}/u/{links.make(LinkKind.STOP, person, clock.now())}"


def rights_of(
    settings: Settings,
    database: Database,
    book: Book,
    consents: Consents,
    memory: Memory,
    own: OwnName,
) -> dict[str, Any]:
    """Build export, erasure, the preference centre and the pages."""
    links = links_of(settings)

    async def forget(_person: PersonId) -> None:
        memory.forget_everybody()

    return {
        "centre": Centre(database),
        "links": links,
        "nightly": Nightly(
            database,
            book,
            links,
            lambda token: f"https://t.me/{own.username}?start={token}",
            settings.zone,
        ),
        "privacy": Privacy(
            database, book, journal_of(settings), lambda: sweep(database), forgetters=(forget,)
        ),
        "retention": settings.retention,
        "public_url": settings.public_url.rstrip("/"),
        "staff_consents": StaffConsents(database, consents),
        "web_forms": WebForms(database, consents, links, settings.bot_token.get_secret_value()),
    }


def consent_jobs(
    database: Database,
    retention: Mapping[str, Keep],
    nightly: Nightly,
    directory: Directory,
    clock: Clock,
) -> tuple[Job, ...]:
    """List what comes round: the sweep after erasures, the watch over the ledger, the night's work."""
    return (
        Job("consent.sweep", SWEEP_EVERY, lambda: sweep(database)),
        Job("consent.watch", HOUR, lambda: watch(database, _staff_chat(directory))),
        Job("consent.grow_up", HOUR, lambda: nightly.grow_up(clock.now())),
        Job("consent.ask_again", HOUR, lambda: nightly.ask_again(clock.now())),
        Job("consent.expire", HOUR, lambda: nightly.expire(clock.now())),
        Job("retention", HOUR, lambda: purge(database, retention, clock.now())),
    )


def _staff_chat(directory: Directory) -> ChatId | None:
    return next((home.staff_chat for home in directory.communities() if home.staff_chat), None)
