"""Which methods of the Bot API work here and which are only known by name."""

from dataclasses import dataclass

from emulator import schema
from emulator.api import Emulator
from emulator.feed import Feeds
from emulator.webhooks import Gate


@dataclass(frozen=True, slots=True)
class Coverage:
    """One method: `works` when it has behaviour; otherwise calls of it are checked and refused with 501."""

    method: str
    works: bool


def coverage() -> list[Coverage]:
    """List all methods of the schema by name."""
    emulator = Emulator()
    Feeds(emulator.clock, emulator.handlers, Gate())
    return [Coverage(name, name in emulator.handlers) for name in sorted(schema.method_names())]


def coverage_table() -> str:
    """Return the list as text: a line for each method and the sums."""
    rows = coverage()
    width = max(len(row.method) for row in rows)
    lines = [f"{row.method:<{width}}  {'works' if row.works else 'known'}" for row in rows]
    working = sum(row.works for row in rows)
    return "\n".join(
        [
            *lines,
            "",
            f"{working} of {len(rows)} methods work, {len(rows) - working} are known only",
            "",
        ]
    )
