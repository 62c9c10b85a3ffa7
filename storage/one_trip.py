"""SQLite's asynchronous driver with one trip to its thread for each statement.

The stock adapter goes there for the cursor, the statement, the rows and the cursor's end, and again for BEGIN, COMMIT
and the ROLLBACK of a connection that goes back to the pool: nine trips for a unit of work with one statement, each
dearer than the statement. Here BEGIN rides with the first statement, a statement brings its rows along, and a
connection outside a transaction is given back as it is: two trips.

`python -m bench.storage` measures it against the stock adapter.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    AsyncAdapt_aiosqlite_ss_cursor,
)
from sqlalchemy.util import EMPTY_DICT, await_only
from typing_extensions import override


class _Done(NamedTuple):
    """What is left of a statement once its cursor is closed."""

    description: Any
    rows: Sequence[Any]
    rowcount: int
    lastrowid: int


def _run(raw: sqlite3.Connection, begin: str, sql: str, parameters: Any, many: bool) -> _Done:  # noqa: FBT001
    """Run in the driver's thread: open the transaction if none is open, run the statement, take its rows."""
    if begin:
        raw.execute(begin)
    cursor = raw.cursor()
    try:
        if many:
            cursor.executemany(sql, parameters)
        else:
            cursor.execute(sql, parameters)
        rows = cursor.fetchall() if cursor.description else ()
        return _Done(cursor.description, rows, cursor.rowcount, cursor.lastrowid or 0)
    finally:
        cursor.close()


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Results of one statement; there is no cursor behind it to be closed."""

    __slots__ = ("_done",)

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection: OneTripConnection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001 - both halves are this module's
        self._soft_closed_memoized = EMPTY_DICT
        self._rows: deque[Any] = deque()
        self._done = _Done(None, (), -1, 0)

    @property
    @override
    def description(self) -> Any:
        return self._done.description

    @property
    @override
    def rowcount(self) -> int:
        return self._done.rowcount

    @property
    @override
    def lastrowid(self) -> int:
        return self._done.lastrowid

    @override
    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._trip(operation, () if parameters is None else parameters, many=False)

    @override
    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        await self._trip(operation, seq_of_parameters, many=True)

    async def _trip(self, sql: str, parameters: Any, *, many: bool) -> None:
        home = self._adapt_connection
        async with home._execute_mutex:  # noqa: SLF001 - the adapter's own lock
            begin, home.begin = home.begin, ""
            home.is_open = home.is_open or bool(begin)
            self._done = await home.run(_run, home.raw, begin, sql, parameters, many)
            self._rows = deque(self._done.rows)

    @override
    async def _async_soft_close(self) -> None:
        """Do nothing: the cursor was closed where it was opened."""

    @override
    def close(self) -> None:
        self._rows.clear()


class _Stream(AsyncAdapt_aiosqlite_ss_cursor):
    """Rows fetched as they are read; its statement does not carry BEGIN, so that goes ahead."""

    __slots__ = ()

    @override
    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        home: Any = self._adapt_connection
        if home.begin:
            begin, home.begin, home.is_open = home.begin, "", True
            await home.run(home.raw.execute, begin)
        return await super()._execute_async(operation, parameters)


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """A connection that opens its transaction with the first statement.

    `begin` is the statement still to be sent. `is_open` is set before BEGIN leaves and cleared after COMMIT or ROLLBACK
    came back, so a task cancelled on the way never leaves a transaction behind.
    """

    __slots__ = ("begin", "is_open")
    _cursor_cls = _Cursor
    _ss_cursor_cls = _Stream

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self.begin = ""
        self.is_open = False

    @property
    def raw(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._connection._conn  # noqa: SLF001
        return connection

    def run(self, *call: Any) -> Any:
        """Post a call to the driver's thread."""
        return self._connection._execute(*call)  # noqa: SLF001

    @override
    def commit(self) -> None:
        self.begin = ""
        if self.is_open:
            super().commit()
            self.is_open = False

    @override
    def rollback(self) -> None:
        self.begin = ""
        if self.is_open:
            super().rollback()
            self.is_open = False


class OneTrip(AsyncAdapt_aiosqlite_dbapi):
    """The driver module to give `create_async_engine(module=...)`."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    @override
    def connect(self, *arg: Any, **kw: Any) -> OneTripConnection:
        connection = aiosqlite.connect(*arg, **kw)
        connection._thread.daemon = True  # noqa: SLF001 - as the stock adapter does: a crash must not wait for it
        return OneTripConnection(self, await_only(connection))
