"""Looking after stored data: quarantine, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import fail, load_settings, open_database, run_async

if TYPE_CHECKING:
    from bot.settings import Settings

quarantine = typer.Typer(help="Updates that could not be handled.", no_args_is_help=True)
Ids = Annotated[list[int] | None, typer.Argument(help="update ids; none = all of them")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(quarantine, name="quarantine")
    app.command()(backup)
    app.command()(restore)


@quarantine.command("list")
def list_() -> None:
    """List quarantined updates: id, kind, when, why."""
    for row in run_async(_quarantined(load_settings())):
        typer.echo(f"{row[0]}  {row[1]:<18} {row[2]}  {row[3]}")


@quarantine.command()
def retry(update_ids: Ids = None) -> None:
    """Give updates back; a running bot takes them at its next start."""
    count = run_async(_settle(load_settings(), update_ids, drop=False))
    typer.echo(f"Given back: {count}. They are handled when the bot starts.")


@quarantine.command()
def drop(update_ids: Ids = None) -> None:
    """Give up on updates and purge what they held."""
    typer.echo(f"Dropped: {run_async(_settle(load_settings(), update_ids, drop=True))}.")


def backup(file: Annotated[Path, typer.Argument(help="where the copy goes")]) -> None:
    """Copy the SQLite database while the bot runs, and verify the copy."""
    source = _sqlite_file(load_settings())
    if file.exists():
        fail(f"{file} exists; choose another name.")
    from storage.backup import NotADatabase, copy

    try:
        pages = copy(source, file, _progress)
    except NotADatabase as error:
        fail(str(error))
    typer.echo(f"Copied and verified {pages} pages into {file}.")


def restore(
    file: Annotated[Path, typer.Argument(help="a copy made by `opora backup`")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="replace the present database")] = False,
) -> None:
    """Put a verified copy in place of the database; the bot must be stopped."""
    target = _sqlite_file(load_settings())
    if target.exists() and not yes:
        fail(
            f"{target} exists; stop the bot and repeat with --yes to replace it (it is kept as {target}.before)."
        )
    from storage.backup import NotADatabase, put_in_place

    try:
        put_in_place(file, target)
    except (NotADatabase, FileNotFoundError) as error:
        fail(str(error))
    typer.echo("Restored. Nothing is sent until you confirm: see `opora doctor`.")


def _sqlite_file(settings: Settings) -> Path:
    if settings.database_file is None:
        fail("Backup and restore are for SQLite; use pg_dump and pg_restore with PostgreSQL.")
    return settings.database_file


def _progress(done: int, total: int) -> None:
    if total > BIG and done % BIG == 0:
        typer.echo(f"{done * 100 // total} %", err=True)


BIG = 10_000
"""Pages (40 MB) between two words about progress."""


async def _quarantined(settings: Settings) -> list[tuple[int, str, str, str]]:
    from storage.inbox import Inbox

    async with open_database(settings) as database, database.reading() as unit:
        rows = await Inbox(unit.connection).quarantined()
    return [
        (row.update_id, row.kind, f"{row.received_at:%Y-%m-%d %H:%M} UTC", row.error or "")
        for row in rows
    ]


async def _settle(settings: Settings, update_ids: list[int] | None, *, drop: bool) -> int:
    from storage.inbox import Inbox

    async with open_database(settings) as database:
        async with database.reading() as unit:
            known = [row.update_id for row in await Inbox(unit.connection).quarantined()]
        chosen = [number for number in known if not update_ids or number in update_ids]
        now = database.clock.now()

        async def work(connection: object) -> int:
            inbox = Inbox(connection)  # type: ignore[arg-type]
            return await inbox.drop(chosen, now) if drop else await inbox.retry(chosen)

        return await database.run(work)
