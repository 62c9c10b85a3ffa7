"""Server-sent events: a beat whenever something may have changed."""

import asyncio
from contextlib import suppress

import orjson
from aiohttp import web

from emulator.server.sim.desk import Desk

KEEP_ALIVE = 15.0
"""Seconds of silence after which a comment keeps the connection open."""
PAUSE = 0.05
"""Seconds between two beats at least, so that a burst of calls is one redraw."""


class Stream:
    """The route of events."""

    def __init__(self, desk: Desk, closing: asyncio.Event) -> None:
        self._desk = desk
        self._closing = closing

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [web.get("/sim/events", self._listen)]

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        version = -1
        with suppress(ConnectionError):
            while not self._closing.is_set():
                version = await self._beat(response, version)
        return response

    async def _beat(self, response: web.StreamResponse, version: int) -> int:
        try:
            version = await asyncio.wait_for(self._desk.changed(version), KEEP_ALIVE)
        except TimeoutError:
            await response.write(b": still here\n\n")
            return version
        await response.write(b"data: " + orjson.dumps({"version": version}) + b"\n\n")
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), PAUSE)
        return version
