"""The log of calls and of what reached whom, page by page."""

import heapq
from typing import Any

from aiohttp import web

from emulator.log import Arrival, Call
from emulator.server.sim.asking import answer, number_in
from emulator.server.sim.desk import Desk
from emulator.world.model import Json

MAX_PAGE = 500


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
        log = self._desk.emulator.log
        after = number_in(request, "after", -1)
        limit = min(max(number_in(request, "limit", 100), 1), MAX_PAGE)
        entries = heapq.merge(log.calls, log.arrivals, key=lambda entry: entry.number)
        fitting = [
            shown
            for entry in entries
            if entry.number > after and _fits(shown := entry_json(entry), request.query)
        ]
        page = fitting[:limit] if after >= 0 else fitting[-limit:]
        last = page[-1]["number"] if page else max(after, 0)
        return answer({"entries": page, "last": last, "more": len(fitting) > len(page)})


def entry_json(entry: Call | Arrival) -> Json:
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
