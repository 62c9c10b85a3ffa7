"""The log of calls and of what reached whom, page by page."""

import heapq
import itertools
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from emulator.log import Arrival, Call, Log
from emulator.server.sim.asking import answer, number_in
from emulator.server.sim.desk import Desk
from emulator.world.model import Json

MAX_PAGE = 500

Entry = Call | Arrival


class Journal:
    """Routes that read the emulator's log."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [web.get("/sim/log", self._read)]

    async def _read(self, request: web.Request) -> web.StreamResponse:
        """Answer with the entries after `after`, oldest first; without `after` with the last `limit` ones.

        `kind` is `call` or `arrival`; `method`, `chat`, `person` and `failed=1` choose further.
        """
        after = number_in(request, "after", -1)
        limit = min(max(number_in(request, "limit", 100), 1), MAX_PAGE)
        log = self._desk.emulator.log
        entries = _later(log, after) if after >= 0 else _latest(log)
        fitting = (shown for entry in entries if _fits(shown := entry_json(entry), request.query))
        page = list(itertools.islice(fitting, limit + 1))
        more, page = len(page) > limit, page[:limit]
        page.sort(key=lambda shown: shown["number"])
        last = page[-1]["number"] if page else max(after, 0)
        return answer({"entries": page, "last": last, "more": more})


def _later(log: Log, after: int) -> Iterator[Entry]:
    parts: list[list[Entry]] = [
        list(log.calls[bisect_right(log.calls, after, key=_number) :]),
        list(log.arrivals[bisect_right(log.arrivals, after, key=_number) :]),
    ]
    return heapq.merge(*parts, key=_number)


def _latest(log: Log) -> Iterator[Entry]:
    parts: list[Iterator[Entry]] = [reversed(log.calls), reversed(log.arrivals)]
    return heapq.merge(*parts, key=_number, reverse=True)


def _number(entry: Entry) -> int:
    return entry.number


def entry_json(entry: Entry) -> Json:
    """Shape one entry for the API."""
    common: Json = {
        "number": entry.number,
        "at": entry.at,
        "bot": entry.bot_id,
        "method": entry.method,
    }
    if isinstance(entry, Call):
        return common | {
            "kind": "call",
            "chat": entry.chat_id,
            "ok": entry.ok,
            "outcome": entry.outcome,
            "params": _printable(entry.params),
            "result": _printable(entry.result),
        }
    return common | {
        "kind": "arrival",
        "chat": entry.chat_id,
        "receiver": entry.receiver,
        "message": entry.message,
    }


def _fits(entry: Json, query: Any) -> bool:
    wanted = {
        "kind": entry["kind"],
        "method": entry["method"].lower(),
        "chat": str(entry["chat"]),
        "person": str(entry.get("receiver")),
    }
    if query.get("failed") == "1" and entry.get("ok", True):
        return False
    return all(name not in query or query[name].lower() == value for name, value in wanted.items())


def _printable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _printable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return f"<{type(value).__name__}>"
