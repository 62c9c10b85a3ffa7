"""`opora explain`, `opora simulate`, `opora delivery ...`: what was sent and why, and the switches of the sender."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import fail, load_settings, open_database, run_async

delivery = typer.Typer(help="Sender: stop, resume, confirm, report.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(delivery, name="delivery")
    app.command()(explain)
    app.command()(simulate)


def explain(parent: Annotated[int, typer.Argument(help="Telegram id of the parent")]) -> None:
    """Print every message planned for a parent: what became of it and every rule that spoke."""
    from scheduler.control import Control

    async def look() -> list[str]:
        async with open_database(load_settings()) as database:
            rows = await Control(database).why(parent, limit=1000)
            return [
                f"{row.done_at or row.due:%Y-%m-%d %H:%M} UTC  {row.state.value:<10} {row.key}  "
                f"{row.reason or row.held_by or ''}  [{'; '.join(row.reasons)}]"
                for row in reversed(rows)
            ]

    from core.errors import Refusal

    try:
        lines = run_async(look())
    except Refusal:
        fail(f"Nobody with Telegram id {parent} is known.")
    typer.echo("\n".join(lines) or "Nothing was planned for this person.")


def simulate(
    *,
    families: Annotated[int, typer.Option(min=1, help="families that move in")] = 30,
    days: Annotated[int, typer.Option(min=1, help="days of school")] = 30,
    seed: Annotated[int, typer.Option(help="the same seed gives the same run")] = 1,
    faults: Annotated[str, typer.Option(help="all or none")] = "all",
    file: Annotated[Path | None, typer.Option("--json", help="where the findings go")] = None,
) -> None:
    """Run the product under simulated time with faults and check every promise; fails with the seed when one breaks."""
    from bot.simulate.schools import simulate_schools

    found = simulate_schools(families, days, seed, faults=faults == "all")
    text = json.dumps(found, ensure_ascii=False, indent=2)
    if file is not None:
        file.write_text(text + "\n", encoding="utf-8")
    else:
        typer.echo(text)
    if not found["ok"]:
        fail(f"Broken promises: {len(found['violations'])}. Replay with --seed {seed}.")


@delivery.command()
def stop() -> None:
    """Stop all care and marketing messages, claimed ones included."""
    run_async(_hold(stopped=True))
    typer.echo("Stopped. Service messages go on. `opora delivery resume` lifts it.")


@delivery.command()
def resume() -> None:
    """Lift the stop."""
    run_async(_hold(stopped=False))
    typer.echo("Going on. What is out of date expires.")


@delivery.command()
def confirm() -> None:
    """Let a restored or moved database send, after you made sure that no other copy of it does."""
    from delivery.fence import FileFence

    async def mark() -> str:
        settings = load_settings()
        fence = FileFence.beside(str(settings.database_file or settings.database_url))
        async with open_database(settings) as database, database.reading() as unit:
            current = await unit.claims.mark()
            reason = fence.refusal(current)
            fence.confirm(current)
            return reason

    reason = run_async(mark())
    typer.echo(f"Confirmed ({reason})." if reason else "There was nothing to confirm.")


@delivery.command()
def report(
    key: Annotated[str, typer.Argument(help="key of a broadcast; none = the latest")] = "",
) -> None:
    """Print how a broadcast stands: planned, outcomes, reasons."""

    async def look() -> str:
        async with open_database(load_settings()) as database, database.reading() as unit:
            latest = await unit.campaigns.recent(1)
            wanted = key or (latest[0].key if latest else "")
            found = await unit.campaigns.report(wanted)
            states = {state.value: count for state, count in found.states.items()}
            return json.dumps(
                {
                    "key": wanted,
                    "planned": found.planned,
                    "states": states,
                    "reasons": dict(found.reasons),
                },
                ensure_ascii=False,
                indent=2,
            )

    typer.echo(run_async(look()))


async def _hold(*, stopped: bool) -> None:
    from core.outgoing import HOLD_ALL

    async with open_database(load_settings()) as database, database.begin() as unit:
        if stopped:
            await unit.holds.stop(HOLD_ALL, "emergency")
        else:
            await unit.holds.lift(HOLD_ALL)
