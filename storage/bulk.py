"""Many rows in one call of the driver, for the few writes that happen for every message.

SQLAlchemy's `execute` binds each value of each row in Python, which takes longer than storing it. Here a statement is
compiled once and the driver does the rest. SQLite only: a write transaction holds the one lock there, so what
a look finds missing stays missing until the same transaction has inserted it. PostgreSQL has writers elsewhere and
answers with RETURNING what was new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert


class Bulk:
    """One insert, compiled. Rows carry what the driver stores: instants by `storage.types.micros`, no JSON objects."""

    def __init__(self, statement: Insert) -> None:
        compiled = statement.compile(dialect=sqlite.dialect(paramstyle="qmark"))
        self._text = str(compiled)
        self._pick = itemgetter(*(compiled.positiontup or ()))

    async def run(self, connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert the rows, each with a value for every column of the statement."""
        if rows:
            await connection.exec_driver_sql(self._text, [self._pick(row) for row in rows])


async def known(
    connection: AsyncConnection, column: sa.Column[Any], values: Iterable[int], **equal: int
) -> set[int]:
    """Find which of `values` stand in an integer column; `equal` narrows the look."""
    narrow = "".join(f" AND {name} = ?" for name in equal)
    text = (
        f"SELECT {column.name} FROM {column.table.description} "  # noqa: S608 - our own names
        f"WHERE {column.name} IN (SELECT value FROM json_each(?)){narrow}"
    )
    found = await connection.exec_driver_sql(text, (listed(values), *equal.values()))
    return set(found.scalars())


def listed(values: Iterable[int]) -> str:
    """Write numbers as the JSON array that `json_each` takes as one parameter."""
    return f"[{','.join(map(str, values))}]"
