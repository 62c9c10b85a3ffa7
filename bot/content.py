"""The content in force: read at the start, read again when its files change, and only when nothing in them is wrong."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from bot import reading
from storage.database import Database
from texts.catalogue import FALLBACK
from texts.journeys import Journeys, load_journeys
from texts.pack_check import check
from texts.pack_model import Item
from texts.packs import Library, UnknownItem, load_packs
from texts.yaml_lines import Problem

logger = logging.getLogger(__name__)

LOOK_EVERY = 20.0
"""Seconds between two looks at the files; a change counts once it has stood still from one look to the next."""
Fingerprint = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class KeptLibrary(Library):
    """A library that still finds versions which have left the files, for rows that were planned with them."""

    kept: tuple[Item, ...] = ()

    @override
    def item(self, item_id: str, version: int | None = None, lang: str = FALLBACK) -> Item:
        try:
            return Library.item(self, item_id, version, lang)
        except UnknownItem:
            found = [one for one in self.kept if (one.id, one.version) == (item_id, version)]
            if not found:
                raise
            return next((one for one in found if one.lang in (lang, FALLBACK)), found[0])


class Content:
    """Gives the library and the journeys of this instant; a reload swaps both at once."""

    def __init__(self, database: Database, folder: Path = reading.CONTENT) -> None:
        self._database = database
        self._folder = folder
        own = folder == reading.CONTENT
        self._library: Library = reading.packs() if own else load_packs(folder / "packs")
        self._journeys = reading.journeys() if own else load_journeys(folder / "journeys")
        self._in_force = self._seen = _fingerprint(folder)
        self._kept = False

    def library(self) -> Library:
        """Give the editorial items."""
        return self._library

    def journeys(self) -> Journeys:
        """Give the journeys."""
        return self._journeys

    async def open(self) -> None:
        """Find the versions that left the files while the program was away."""
        async with self._database.reading() as unit:
            gone = await unit.kept_items.gone(_refs(self._library))
        if gone:
            self._library = KeptLibrary(self._library.items, tuple(gone))

    async def look(self) -> bool:
        """Take changed files over once they stand still; keep what is in force. Tell whether anything changed."""
        found = await asyncio.to_thread(_fingerprint, self._folder)
        settled, self._seen = found == self._seen, found
        changed = settled and found != self._in_force
        if changed:
            self._in_force = found
            problems = await self.reload()
            changed = not problems
        await self._keep()
        return changed

    async def reload(self) -> list[Problem]:
        """Read the files anew. With any problem nothing changes, and the problems are told."""
        await self._keep()
        problems = await asyncio.to_thread(check, self._folder)
        if problems:
            first = problems[0]
            logger.error(
                "content has problems, the earlier stays in force",
                extra={"problems": len(problems), "file": first.file, "line": first.line},
            )
            return problems
        library, journeys = await asyncio.to_thread(_read, self._folder)
        async with self._database.reading() as unit:
            gone = await unit.kept_items.gone(_refs(library))
        self._library = KeptLibrary(library.items, tuple(gone))
        self._journeys, self._kept = journeys, False
        logger.info("content reloaded", extra={"version": self._library.version})
        return []

    async def _keep(self) -> None:
        if not self._kept:
            async with self._database.begin() as unit:
                await unit.kept_items.keep(self._library.items)
            self._kept = True


def _read(folder: Path) -> tuple[Library, Journeys]:
    return load_packs(folder / "packs"), load_journeys(folder / "journeys")


def _refs(library: Library) -> set[tuple[str, int, str]]:
    return {(item.id, item.version, item.lang) for item in library.items}


def _fingerprint(folder: Path) -> Fingerprint:
    files = [path for part in ("packs", "journeys") for path in (folder / part).rglob("*.yaml")]
    return tuple(
        (str(path), (stat := path.stat()).st_mtime_ns, stat.st_size) for path in sorted(files)
    )
