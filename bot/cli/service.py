"""Running the bot: run, doctor, key, migrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli.common import fail, load_settings, open_database, run_async

if TYPE_CHECKING:
    from bot.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(run)
    app.command()(doctor)
    app.command()(migrate)
    app.command()(key)


def run() -> None:
    """Run the bot with the settings in .env until stopped (Ctrl+C)."""
    import re

    from bot.settings import TOKEN_SHAPE

    settings = load_settings()
    token = settings.bot_token.get_secret_value()
    if not token:
        fail(
            "BOT_TOKEN is empty: get a token from @BotFather and put it into .env (or try `make demo`).",
            2,
        )
    if not re.match(TOKEN_SHAPE, token):
        fail(
            "BOT_TOKEN does not look like a token (123456789:AbC...): copy it again from @BotFather.",
            2,
        )
    if missing := settings.missing_in_production:
        fail(
            f"PRODUCTION=true, but {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} empty: fill in .env what .env.example says of them, or "
            "set PRODUCTION=false for a trial.",
            2,
        )
    from bot import quick_aiogram

    quick_aiogram.install()
    from bot.app import CannotStart, serve
    from bot.logs import configure

    configure(settings.log_level)
    try:
        run_async(serve(settings))
    except CannotStart as reason:
        fail(str(reason))


def doctor() -> None:
    """Check settings, database, migrations, the bot's rights, the clock and the webhook; exit 1 on a problem."""
    settings = load_settings()
    from bot import quick_aiogram

    quick_aiogram.install()
    from rich.console import Console

    from bot.doctor import examine

    console = Console()
    findings = run_async(examine(settings))
    for finding in findings:
        mark = "[green]ok[/]" if finding.ok else "[red]!![/]"
        console.print(f"{mark} {finding.what}: {finding.says}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def migrate() -> None:
    """Bring the database to the current schema."""
    settings = load_settings()
    run_async(_migrate(settings))


async def _migrate(settings: Settings) -> None:
    from storage.migrate import upgrade

    async with open_database(settings, check=False) as database:
        applied = await upgrade(database)
    typer.echo(f"Applied: {', '.join(applied)}." if applied else "Nothing to apply.")


def key() -> None:
    """Make an encryption key for ENCRYPTION_KEYS."""
    from storage.seal import Seal

    typer.echo(Seal.new_key())
