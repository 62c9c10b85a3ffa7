"""Key rotation: every sealed column is sealed again under the newest key."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from storage.database import Database
from storage.exports import SEALED
from storage.tables import metadata

BATCH = 500


async def rotate(database: Database) -> Mapping[str, int]:
    """Seal all sealed columns again, in batches of 500 rows; tell how many by column.

    Put the new key first in the settings, run, then drop the old keys but the last: it also keys the blind indexes.
    A value no key opens raises InvalidToken, and nothing of its batch is changed.
    """
    counts = {}
    for column in sorted(SEALED):
        table_name, name = column.split(".")
        table = metadata.tables[table_name]
        counts[column] = await _rotate_column(database, table, name)
    return counts


async def _rotate_column(database: Database, table: sa.Table, name: str) -> int:
    keys = list(table.primary_key.columns)
    done = 0
    async with database.reading() as unit:
        query = sa.select(*keys).where(
            table.c[name].is_not(None), sa.func.length(table.c[name]) > 0
        )
        wanted = [tuple(row) for row in await unit.connection.execute(query)]
    for start in range(0, len(wanted), BATCH):
        async with database.begin() as unit:
            for row in wanted[start : start + BATCH]:
                mine = sa.and_(*(key == value for key, value in zip(keys, row, strict=True)))
                sealed = await unit.connection.scalar(sa.select(table.c[name]).where(mine))
                if sealed:
                    again = unit.seal.rotate(bytes(sealed))
                    await unit.connection.execute(
                        sa.update(table).where(mine).values({name: again})
                    )
                    done += 1
    return done
