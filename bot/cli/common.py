"""What commands share: settings with readable complaints, a database, a way out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import Database

T = TypeVar("T")


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say in one sentence what to do, and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)


def load_settings(**given: Any) -> Settings:
    """Read settings; a wrong one is named with what is allowed, and ends the program."""
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        return Settings(**given)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            name = "_".join(str(part) for part in problem["loc"][:1]).upper()
            typer.echo(f"{name}: {problem['msg']}", err=True)
        fail("Correct these settings in .env (see .env.example).", 2)


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine."""
    return asyncio.run(work)


@asynccontextmanager
async def open_database(settings: Settings, *, check: bool = True) -> AsyncIterator[Database]:
    """Open the database of the settings; pending migrations are listed and end the program unless `check` is off."""
    from bot.keys import open_seal
    from core.clock import SystemClock
    from storage.database import Database
    from storage.migrate import pending

    try:
        seal = open_seal(settings)
    except ValueError as error:
        fail(str(error))
    if settings.database_file is not None:
        settings.database_file.parent.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url, SystemClock(), seal)
    try:
        if check and (names := await pending(database)):
            fail(f"The database lacks migrations: {', '.join(names)}. Run `opora migrate`.")
        yield database
    finally:
        await database.close()
