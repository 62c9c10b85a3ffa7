"""`opora consent ...`: check the ledger, publish texts, report, explain a message, sign checkpoints, rotate keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import fail, load_settings, open_database, run_async

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.consent_verify import Verdict

consent = typer.Typer(
    help="Consent ledger: verify, publish, report, why, checkpoint, keys.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(consent, name="consent")


@consent.command()
def verify(
    *,
    file: Annotated[Path | None, typer.Option(help="an SQLite file: a backup or an export")] = None,
    clear: Annotated[bool, typer.Option(help="lift the stop once the ledger holds again")] = False,
) -> None:
    """Check the whole chain and every pointer; name the first record that does not hold and stop its purpose."""
    import sqlite3
    import time

    from storage.consent_verify import alarm, clear_alarms
    from storage.consent_verify import verify as follow_chain
    from storage.consent_verify_file import verify_file

    settings = None if file is not None else load_settings()
    path = file or (settings.database_file if settings is not None else None)
    started = time.perf_counter()
    try:
        # Before anything opens a thread: the processes of a check are forked then, which costs next to nothing.
        verdict = verify_file(path) if path is not None else None
    except sqlite3.Error:
        if file is not None:
            fail(f"{file} is not an SQLite database of this program.")
        verdict = None
    seconds = time.perf_counter() - started

    async def kept(verdict: Verdict | None, settings: Settings) -> Verdict:
        nonlocal seconds
        async with open_database(settings) as database:
            if verdict is None:
                started = time.perf_counter()
                async with database.reading() as unit:
                    verdict = await follow_chain(unit.connection)
                seconds = time.perf_counter() - started
            async with database.begin() as unit:
                if verdict.broken is not None:
                    await alarm(unit.connection, verdict.broken, unit.now)
                elif clear:
                    await clear_alarms(unit.connection, unit.now)
            return verdict

    if settings is not None:
        verdict = run_async(kept(verdict, settings))
    assert verdict is not None  # noqa: S101 - a file was read, or a database was
    if verdict.broken is not None:
        where = f"record {verdict.broken.seq} {verdict.broken.record}".strip()
        fail(f"The ledger is broken at {where}: {verdict.broken.reason}. Sending by it is stopped.")
    rate = verdict.records / seconds if seconds else 0.0
    typer.echo(f"{verdict.records:,} records hold, {rate:,.0f} a second. Head {verdict.head.hash}")


@consent.command()
def publish(files: list[Path]) -> None:
    """Add versions of documents; a material one suspends its purpose for those on the old version."""
    from bot.startup import filled
    from consent.documents import parse
    from core.errors import Refusal

    async def work() -> None:
        settings = load_settings()
        async with open_database(settings) as database, database.begin() as unit:
            for file in files:
                document = filled(parse(file.read_text(encoding="utf-8"), file.name), settings)
                await unit.documents.publish(document, unit.now)
                kind = "material" if document.material else "editorial"
                typer.echo(
                    f"{document.purpose} {document.language} version {document.version}, {kind}"
                )

    try:
        run_async(work())
    except Refusal as refusal:
        fail(f"Not published: {refusal.code} {dict(refusal.facts)}")


@consent.command("import")
def import_(
    file: Path,
    *,
    source: Annotated[str, typer.Option(help="name of the system they come from, such as crm")],
) -> None:
    """Take consents of another system from a CSV; a grant without proof is kept as unproven and allows nothing."""
    from bot.cli.consent_import import imported, lines_of
    from bot.services_consent import controller_of
    from consent.book import Book
    from consent.fold import ConsentPolicy
    from consent.imports import import_rows

    async def work() -> None:
        settings = load_settings()
        async with open_database(settings) as database:
            async with database.reading() as unit:
                rows = [await imported(unit, line) for line in lines_of(file)]
            known = [row for row in rows if row is not None]
            book = Book(controller_of(settings), ConsentPolicy())
            counted = await import_rows(database, book, source, known)
            typer.echo(
                f"{counted.proven} with proof, {counted.unproven} without, "
                f"{len(rows) - len(known)} of nobody known here."
            )

    try:
        run_async(work())
    except ValueError as wrong:
        fail(f"Nothing imported: {wrong}.")


@consent.command()
def report(
    *,
    picture: Annotated[
        Path | None, typer.Option(help="write a PNG; needs the extra `analysis`")
    ] = None,
) -> None:
    """Count by purpose, version and cohort; those suspended; withdrawals by week and cause."""
    from rich.console import Console
    from rich.table import Table

    from consent.report import Report
    from storage.consent_report import report_of

    async def work() -> Report:
        settings = load_settings()
        async with open_database(settings) as database, database.reading() as unit:
            return await report_of(unit, unit.now.astimezone(settings.zone).date())

    made = run_async(work())
    console = Console()
    for title, columns, counter in (
        ("Decisions", ("purpose", "version", "state"), made.states),
        ("Agreed, by age of the child", ("purpose", "cohort"), made.cohorts),
        ("Withdrawals", ("week of", "purpose", "cause"), made.withdrawals),
    ):
        table = Table(*columns, "people", title=title)
        for key, count in sorted(counter.items(), key=str):
            table.add_row(*(str(part) for part in key), str(count))
        console.print(table)
    console.print(f"Suspended until answered again: {made.suspended}")
    if picture is not None:
        from bot.cli.consent_picture import draw

        draw(made, picture)
        console.print(f"Picture: {picture}")


@consent.command()
def why(message: str) -> None:
    """Show the record that allowed a sent message, by the key of its outbox row."""
    import orjson

    from consent.fields import as_json

    async def work() -> str:
        async with open_database(load_settings()) as database, database.reading() as unit:
            row = await unit.outbox.by_key(message)
            if row is None:
                fail("There is no such message.")
            record = await unit.consents.get(row.consent_record) if row.consent_record else None
            told = {
                "message": row.key,
                "class": row.message_class.value,
                "state": row.state.value,
                "reason": row.reason,
                "trace": list(row.reasons),
                "record": as_json(record) if record is not None else None,
            }
            return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()

    typer.echo(run_async(work()))


@consent.command()
def checkpoint(
    key_file: Annotated[Path, typer.Option(help="private Ed25519 key, base64; made when absent")],
    out: Annotated[
        Path | None, typer.Option(help="where to write it; left out = to the screen")
    ] = None,
) -> None:
    """Verify the chain and sign where it stands, to be kept elsewhere."""
    import orjson

    from consent import checkpoint as signing
    from core.errors import Refusal
    from storage.consent_watch import check

    if not key_file.exists():
        key_file.touch(mode=0o600)
        key_file.write_text(signing.new_key(), encoding="ascii")

    async def work() -> signing.Checkpoint:
        async with open_database(load_settings()) as database:
            verdict = await check(database)
            if (broken := verdict.broken) is not None:
                fail(f"The ledger is broken at record {broken.seq}: {broken.reason}.")
            key = key_file.read_text(encoding="ascii").strip()
            return signing.sign(verdict.head, database.clock.now(), key)

    try:
        text = orjson.dumps(run_async(work()).as_json(), option=orjson.OPT_INDENT_2).decode()
    except Refusal as refusal:
        fail(f"Not signed: {refusal.code}")
    if out is None:
        typer.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")


@consent.command("rotate-keys")
def rotate_keys() -> None:
    """Seal every sealed column again under the first of ENCRYPTION_KEYS."""
    from storage.rotation import rotate

    async def work() -> None:
        async with open_database(load_settings()) as database:
            for column, count in (await rotate(database)).items():
                typer.echo(f"{column}: {count}")

    run_async(work())


@consent.command()
def purge() -> None:
    """Run the retention schedule and print what went and why."""
    from storage.retention import purge as purge_old

    async def work() -> None:
        settings = load_settings()
        async with open_database(settings) as database:
            for line in await purge_old(database, settings.retention, database.clock.now()):
                typer.echo(
                    f"{line.rows:>8}  {line.what}, before {line.before:%Y-%m-%d}: {line.why}"
                )

    run_async(work())
