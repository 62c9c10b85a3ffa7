"""Online copies of the SQLite database, verified before anybody relies on them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

PAGES_A_STEP = 1000
"""Pages copied under one lock: 4 MB, so the bot goes on writing between two steps."""


class NotADatabase(Exception):  # noqa: N818 - says what the file is not
    """The file is no sound Opora database."""


def copy(source: Path, target: Path, progress: Callable[[int, int], None]) -> int:
    """Copy a database that may be in use; returns its pages.

    Raises NotADatabase when the copy does not pass SQLite's integrity check; the copy is removed then.
    """
    if not source.exists():
        message = f"{source} does not exist"
        raise NotADatabase(message)
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(
            there,
            pages=PAGES_A_STEP,
            progress=lambda _status, left, total: progress(total - left, total),
        )
        there.execute("PRAGMA journal_mode=DELETE")
        pages = int(there.execute("PRAGMA page_count").fetchone()[0])
    try:
        verify(target)
    except NotADatabase:
        target.unlink()
        raise
    return pages


def verify(file: Path) -> None:
    """Check that a file is a whole SQLite database with our tables; raises NotADatabase."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            ours = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('inbox', 'people', 'outbox')"
            ).fetchone()[0]
    except sqlite3.DatabaseError as error:
        message = f"{file} is no SQLite database: {error}"
        raise NotADatabase(message) from error
    if verdict != "ok":
        message = f"{file} is damaged: {verdict}"
        raise NotADatabase(message)
    if ours != len(("inbox", "people", "outbox")):
        message = f"{file} is no Opora database"
        raise NotADatabase(message)


def put_in_place(file: Path, target: Path) -> None:
    """Replace `target` by a verified copy; what stood there is kept with the suffix `.before`."""
    if not file.exists():
        raise FileNotFoundError(f"{file} does not exist")
    verify(file)
    if target.exists():
        with closing(sqlite3.connect(target)) as present:
            present.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        target.replace(target.with_name(target.name + ".before"))
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    shutil.copyfile(file, part)
    part.replace(target)
