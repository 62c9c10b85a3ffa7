"""Migrations: each area keeps a line of its own, `upgrade` brings every line to its head."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

FOLDER = Path(__file__).parent / "migrations"


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


@cache
def _below(head: str) -> list[str]:
    """List a revision and everything it stands on, newest first."""
    return [revision.revision for revision in _scripts().iterate_revisions(head, "base")]


async def pending(database: Database) -> list[str]:
    """List revisions that the database lacks, oldest first."""

    def look(connection: sa.Connection) -> list[str]:
        heads = MigrationContext.configure(connection).get_current_heads()
        applied = {name for head in heads for name in _below(head)}
        return [name for name in reversed(_below("heads")) if name not in applied]

    async def work(connection: AsyncConnection) -> list[str]:
        return await connection.run_sync(look)

    return await database.run(work)


async def upgrade(database: Database) -> list[str]:
    """Apply what is pending and tell what was applied."""
    names = await pending(database)

    def apply(connection: sa.Connection) -> None:
        command.upgrade(_config(connection), "heads")

    async def work(connection: AsyncConnection) -> None:
        await connection.run_sync(apply)

    if names:
        await database.run(work)
    return names
