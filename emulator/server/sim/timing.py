"""Time and delivery under control: clock, faults, poison, limits."""

import asyncio
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from aiohttp import web

from emulator.clock import SystemClock
from emulator.errors import ApiError, bad_request
from emulator.faults import Fault, FaultKind
from emulator.limits import Rates
from emulator.poison import POISON_CHAT, POISONS, poison
from emulator.server.sim.asking import answer, body_of, number_in
from emulator.server.sim.desk import Desk

FAULT_FIELDS = frozenset(Fault.__dataclass_fields__)
DEFAULT_WAIT, LONGEST_WAIT = 25, 60
LONGEST_ADVANCE = 366 * 86_400.0
"""Seconds; further is taken for a mistake in units."""


class Timing:
    """Routes that bend time and break things."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._emulator = desk.emulator

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.get("/sim/clock", self._clock),
            web.post("/sim/clock/advance", self._advance),
            web.post("/sim/due", self._due),
            web.get("/sim/faults", self._faults),
            web.post("/sim/faults", self._add_fault),
            web.delete("/sim/faults", self._clear_faults),
            web.delete("/sim/faults/{number:\\d+}", self._remove_fault),
            web.post("/sim/poison", self._poison),
            web.get("/sim/limits", self._limits),
            web.post("/sim/limits", self._set_limits),
        ]

    def time(self) -> dict[str, Any]:
        """Return the clock as the API shows it: unix seconds; `runs` says whether it goes by itself."""
        clock = self._emulator.clock
        due = self._desk.next_due
        if due is not None and due <= clock.now():
            due = None
        runs = isinstance(clock, SystemClock)
        return {"now": clock.now(), "version": clock.version, "next_due": due, "runs": runs}

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        """Answer at once; with `after_version` when the clock was moved past it or after `timeout` real seconds."""
        if "after_version" in request.query:
            seen = number_in(request, "after_version", 0)
            patience = min(max(number_in(request, "timeout", DEFAULT_WAIT), 0), LONGEST_WAIT)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._emulator.clock.changed(seen), patience)
        return answer(self.time())

    async def _advance(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        if body.get("to_due"):
            due = self.time()["next_due"]
            if due is None:
                raise ApiError(409, "Conflict: the bot has named no due message")
            seconds = max(0.0, due - self._emulator.clock.now()) + 0.001
        else:
            seconds = float(body["seconds"])
        if not 0 <= seconds <= LONGEST_ADVANCE:
            raise bad_request("seconds lies between 0 and 366 days")
        self._emulator.clock.advance(seconds)
        self._desk.touch()
        return answer(self.time())

    async def _due(self, request: web.Request) -> web.StreamResponse:
        at = (await body_of(request)).get("at")
        self._desk.next_due = None if at is None else float(at)
        self._desk.touch()
        return answer(self.time())

    async def _faults(self, _: web.Request) -> web.StreamResponse:
        return answer({"active": self._emulator.faults.listing(), "kinds": list(FaultKind)})

    async def _add_fault(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        if "seed" in body:
            self._emulator.faults.seed(int(body.pop("seed")))
        if unknown := body.keys() - FAULT_FIELDS:
            raise bad_request(f"a fault has no {', '.join(sorted(unknown))}")
        number = self._emulator.faults.add(Fault(**body | {"kind": FaultKind(body["kind"])}))
        self._desk.touch()
        return answer({"id": number})

    async def _clear_faults(self, _: web.Request) -> web.StreamResponse:
        self._emulator.faults.clear()
        self._desk.touch()
        return answer()

    async def _remove_fault(self, request: web.Request) -> web.StreamResponse:
        if not self._emulator.faults.remove(int(request.match_info["number"])):
            raise ApiError(404, "Not Found: there is no such fault")
        self._desk.touch()
        return answer()

    async def _poison(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        if body["kind"] not in POISONS:
            raise bad_request(f"kind is one of {', '.join(POISONS)}")
        bots = self._emulator.world.bots
        bot = bots.get(body["bot"]) if "bot" in body else next(iter(bots.values()), None)
        if bot is None:
            raise bad_request("there is no such bot")
        chat = body.get("chat", POISON_CHAT)
        kind, payload = poison(body["kind"], self._emulator.clock.now(), chat=chat)
        self._desk.touch()
        return answer({"update_id": bot.queue.push_raw(kind, payload)})

    async def _limits(self, _: web.Request) -> web.StreamResponse:
        limits = self._emulator.limits
        return answer({"enabled": limits.enabled, **asdict(limits.rates)})

    async def _set_limits(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        limits = self._emulator.limits
        limits.enabled = bool(body.pop("enabled", limits.enabled))
        if unknown := body.keys() - set(Rates.__dataclass_fields__):
            raise bad_request(f"limits have no {', '.join(sorted(unknown))}")
        limits.rates = replace(limits.rates, **body)
        limits.reset()
        self._desk.touch()
        return await self._limits(request)
