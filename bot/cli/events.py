"""Events of the school's platform: what was put aside, and days on which nobody could learn."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import fail, load_settings, open_database, run_async

if TYPE_CHECKING:
    from bot.settings import Settings
    from ingest.replay import Replayed

events = typer.Typer(help="Events of the school's platform.", no_args_is_help=True)
Ids = Annotated[list[int] | None, typer.Argument(help="event numbers; none = all of them")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(events, name="events")


@events.command("list")
def list_() -> None:
    """List events that were rejected, broke or have an impossible time, and count those that wait for a learner."""
    dead, waiting = run_async(_listed(load_settings()))
    for line in dead:
        typer.echo(line)
    for error, (count, oldest) in sorted(waiting.items()):
        typer.echo(f"waiting  {error:<20} {count} (oldest {oldest:%Y-%m-%d})")
    if not dead and not waiting:
        typer.echo("Nothing is put aside.")


@events.command("replay")
def replay_(event_ids: Ids = None) -> None:
    """Take events again, rejected ones by the schemas of this version."""
    done = run_async(_replayed(load_settings(), event_ids))
    for number, error in done.still:
        typer.echo(f"{number}  still wrong: {error}", err=True)
    typer.echo(f"Given back: {done.done}. A running bot takes them within seconds.")


@events.command()
def drop(event_ids: Ids = None) -> None:
    """Give events up and empty what they held."""
    typer.echo(f"Dropped: {run_async(_dropped(load_settings(), event_ids))}.")


@events.command()
def amnesty(
    day: Annotated[str, typer.Argument(help="YYYY-MM-DD, a day on which nobody could learn")],
    reason: Annotated[str, typer.Option("--reason", help="for the log, at most 120 characters")],
) -> None:
    """Forgive a missed lesson of one day to every child: no streak ends by it, no freeze is spent."""
    try:
        on = datetime.fromisoformat(day).date()
    except ValueError:
        fail(f"{day} is no date; write it as 2026-11-23.")
    run_async(_forgiven(load_settings(), on, reason[:120]))
    typer.echo(f"{on}: a missed lesson of this day costs nobody anything.")


async def _listed(settings: Settings) -> tuple[list[str], dict[str, tuple[int, datetime]]]:
    from storage.learning_dead import DeadEvents

    async with open_database(settings) as database, database.reading() as unit:
        dead = DeadEvents(unit.connection, unit.seal)
        found = await dead.listing()
        waiting = await dead.waiting()
    lines = [
        f"{one.id}  {one.state.value:<11} {one.source:<10} {one.name:<24} "
        f"{one.received_at:%Y-%m-%d %H:%M} UTC  {one.error or ''}"
        for one in found
    ]
    return lines, waiting


async def _replayed(settings: Settings, event_ids: list[int] | None) -> Replayed:
    from ingest.replay import replay
    from storage.learning_dead import DeadEvents

    async with open_database(settings) as database, database.begin() as unit:
        return await replay(DeadEvents(unit.connection, unit.seal), event_ids or ())


async def _dropped(settings: Settings, event_ids: list[int] | None) -> int:
    from storage.learning_dead import DeadEvents

    async with open_database(settings) as database, database.begin() as unit:
        dead = DeadEvents(unit.connection, unit.seal)
        chosen = [one.id for one in await dead.listing(event_ids or ())]
        await dead.drop(chosen)
    return len(chosen)


async def _forgiven(settings: Settings, day: date, reason: str) -> None:
    async with open_database(settings) as database, database.begin() as unit:
        await unit.learning.forgive(day, reason)
