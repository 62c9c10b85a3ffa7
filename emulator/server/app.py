"""The HTTP server of the emulator. It listens on the loopback interface only."""

import asyncio
import logging
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler

from emulator.api import Emulator
from emulator.errors import ApiError
from emulator.feed import Feeds
from emulator.server import page
from emulator.server.answers import error_answer
from emulator.server.botapi import BotApi
from emulator.server.gateway import Poster
from emulator.server.reading import MAX_BODY
from emulator.server.sim.acting import Acting
from emulator.server.sim.asking import guard
from emulator.server.sim.desk import Desk
from emulator.server.sim.journal import Journal
from emulator.server.sim.rooms import Rooms
from emulator.server.sim.stream import Stream
from emulator.server.sim.timing import Timing
from emulator.webhooks import Gate

HOST = "127.0.0.1"

logger = logging.getLogger(__name__)


class EmulatorServer:
    """Serve one emulator: `async with EmulatorServer(emulator) as server: server.url`.

    `port` 0 takes a free one. On exit polls end, deliveries stop and connections close.
    """

    def __init__(self, emulator: Emulator, *, port: int = 0) -> None:
        self.emulator = emulator
        self._port = port
        self._closing = asyncio.Event()
        self._poster = Poster()
        gate = Gate(post=self._poster.post, execute=emulator.call)
        self.feeds = Feeds(emulator.clock, emulator.handlers, gate)
        self.desk = Desk(emulator)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Return the address without a slash at its end."""
        return f"http://{HOST}:{self._port}"

    def application(self) -> web.Application:
        """Build the routes over the emulator."""
        app = web.Application(client_max_size=MAX_BODY, middlewares=[_not_found, guard])
        app.add_routes(BotApi(self.emulator, self._closing, self.desk.touch).routes())
        timing = Timing(self.desk)
        rooms = Rooms(self.desk, timing.time)
        for part in (timing, Journal(self.desk), rooms, Acting(self.desk)):
            app.add_routes(part.routes())
        app.add_routes(Stream(self.desk, self._closing).routes())
        app.add_routes(page.routes())
        return app

    async def start(self) -> None:
        """Open the port."""
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        logger.info("emulator listens", extra={"port": self._port})

    async def close(self) -> None:
        """End what waits and close the port."""
        self._closing.set()
        await self.feeds.close()
        await self._poster.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


@web.middleware
async def _not_found(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer an unknown path in Telegram's envelope."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return error_answer(ApiError(404, "Not Found"))
