"""Playing without a token: the demonstration and the emulator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import fail, run_async


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(demo)
    app.command()(emulator)


def demo(
    *,
    port: Annotated[int, typer.Option(help="port of the page on 127.0.0.1; 0 = a free one")] = 8099,
    families: Annotated[
        int, typer.Option(help="families of the synthetic school", min=1, max=500)
    ] = 30,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="open the page")] = True,
    headless: Annotated[
        bool, typer.Option("--headless", help="play a story without a browser")
    ] = False,
    story: Annotated[str, typer.Option(help="which story to play headless")] = "first-loop",
    kill: Annotated[
        bool, typer.Option("--kill", help="kill the bot between any two steps of the story")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="write the transcript here")
    ] = None,
) -> None:
    """Show the whole product live: emulator, bot and a synthetic school, no token needed."""
    from bot import quick_aiogram

    quick_aiogram.install()
    from bot.logs import configure

    configure("WARNING")
    if headless:
        from bot.demo.play import STORIES, play

        if story not in STORIES:
            fail(f"There is no story {story!r}; there is: {', '.join(STORIES)}.", 2)
        verdict = run_async(play(story, typer.echo, kill=kill))
        if json_file is not None:
            json_file.write_text(verdict.as_json(), encoding="utf-8")
        typer.echo(f"\n{verdict.sentence}")
        raise typer.Exit(0 if verdict.ok else 1)
    from bot.demo.live import show

    run_async(show(port, families, typer.echo, browser=browser))


def emulator(
    *,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="print which methods work, and leave")
    ] = False,
    port: Annotated[int, typer.Option(help="port on 127.0.0.1; 0 = a free one")] = 8081,
) -> None:
    """Run the Bot API emulator alone, for a bot in any language (docs/emulator.md)."""
    from bot import quick_aiogram

    quick_aiogram.install()
    if coverage:
        from emulator.coverage import coverage_table

        typer.echo(coverage_table(), nl=False)
        return
    from bot.demo.live import emulate

    run_async(emulate(port, typer.echo))
