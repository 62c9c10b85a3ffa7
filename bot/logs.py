"""Logging: one JSON object a line, a constant phrase plus ids. What people write, names and phones never get here."""

from __future__ import annotations

import logging
import sys
from typing import Any

import orjson
from typing_extensions import override

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Formats a record as JSON; of an exception only its type and the places in code, since its text may quote data."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "phrase": record.msg if not record.args else record.getMessage(),
        }
        line.update({key: value for key, value in vars(record).items() if key not in _STANDARD})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"], line["trace"] = _trace(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


def _trace(error: BaseException) -> tuple[str, list[str]]:
    places = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return type(error).__name__, places[-12:]


QUIET = (
    "aiohttp.access",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "aiogram.event",
    "pymorphy3",
    "asyncio",
)
"""Libraries that log what passes through them (aiosqlite: every parameter), whatever level is asked for."""


def configure(level: str) -> None:
    """Send every log to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quieten()


def quieten() -> None:
    """Hold libraries back that would write data down."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
