"""The Bot API itself: /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from emulator.api import Emulator
from emulator.errors import ApiError, TransportFault
from emulator.server.answers import error_answer, fault_answer, result_answer
from emulator.server.reading import read_call


class BotApi:
    """Translate HTTP calls into calls of the emulator."""

    def __init__(
        self, emulator: Emulator, closing: asyncio.Event, touch: Callable[[], None]
    ) -> None:
        self._emulator = emulator
        self._closing = closing
        self._touch = touch

    def routes(self) -> list[web.RouteDef]:
        """List the routes of the Bot API."""
        return [
            web.route("*", "/bot{token:[^/]*}/{method}", self._call),
            web.get("/file/bot{token:[^/]*}/{path:.+}", self._file),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            params, files = await read_call(request)
            return result_answer(await self._emulator.call(token, method, params, files))
        except ApiError as refused:
            return error_answer(refused)
        except TransportFault as fault:
            return await fault_answer(request, fault, self._closing)
        finally:
            if method.lower() != "getupdates":
                self._touch()

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            stored = self._emulator.file_at(request.match_info["token"], request.match_info["path"])
        except ApiError as refused:
            return error_answer(refused)
        return web.Response(body=stored.upload.content, content_type=stored.upload.content_type)
