"""The `opora` program. Commands import what they need when they run: aiogram alone costs a second."""

from __future__ import annotations

from functools import cache
from importlib import import_module

import typer

app = typer.Typer(
    name="opora",
    help="Telegram bot for an online school: community, moderation, messages by the child's age, consent.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


PARTS = (
    "service",
    "data",
    "content",
    "events",
    "moderation",
    "play",
    "consent",
    "delivery",
)
"""Modules of bot/cli, in the order help lists them; each has `register(app)`."""


@cache
def main_app() -> typer.Typer:
    """Gather the commands."""
    for name in PARTS:
        import_module(f"bot.cli.{name}").register(app)
    return app


def main() -> None:
    """Run the program."""
    main_app()()


if __name__ == "__main__":
    main()
