"""Routes that look around: people, chats, conversations and files."""

from collections.abc import Callable
from contextlib import suppress

from aiohttp import web

from emulator.errors import ApiError
from emulator.server.sim.asking import answer, body_of, number_in
from emulator.server.sim.desk import Desk
from emulator.server.sim.looking import Sight
from emulator.server.sim.people import people, person_of
from emulator.world.files import StoredFile
from emulator.world.model import Json

MAX_PAGE = 500


class Rooms:
    """Read the world, as an onlooker or as one person."""

    def __init__(self, desk: Desk, time: Callable[[], Json]) -> None:
        self._desk = desk
        self._time = time

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.get("/sim/view", self._view),
            web.get("/sim/people", self._people),
            web.get("/sim/bots", self._bots),
            web.get("/sim/people/{person}/chats", self._chats),
            web.get("/sim/people/{person}/chats/{chat:-?\\d+}/messages", self._messages),
            web.post("/sim/people/{person}/chats/{chat:-?\\d+}/read", self._read),
            web.get("/sim/files/{file_id}", self._file),
        ]

    async def _view(self, request: web.Request) -> web.StreamResponse:
        """Answer with all that the page shows at once: people, and one person's chats and open conversation."""
        view: Json = {
            "people": list(people(self._desk)),
            "clock": self._time(),
            "chats": [],
            "talk": None,
        }
        users = self._desk.emulator.world.users
        person = users.get(number_in(request, "person", 0))
        if person is not None and not person.is_bot:
            sight = Sight(self._desk, person)
            view["chats"] = sight.chats()
            if chat := number_in(request, "chat", 0):
                with suppress(ApiError):
                    view["talk"] = sight.conversation(chat, number_in(request, "thread", 0))
        return answer(view)

    async def _people(self, _: web.Request) -> web.StreamResponse:
        return answer(list(people(self._desk)))

    async def _bots(self, _: web.Request) -> web.StreamResponse:
        bots = self._desk.emulator.world.bots.values()
        return answer(
            [
                {"id": bot.id, "name": bot.full_name, "username": bot.username, "token": bot.token}
                for bot in bots
            ]
        )

    async def _chats(self, request: web.Request) -> web.StreamResponse:
        return answer(self._sight(request).chats())

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        limit = min(max(number_in(request, "limit", 100), 1), MAX_PAGE)
        before = number_in(request, "before", 0) or None
        thread = number_in(request, "thread", 0)
        chat = int(request.match_info["chat"])
        return answer(self._sight(request).conversation(chat, thread, before=before, limit=limit))

    async def _read(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        chat, thread = int(request.match_info["chat"]), int(body.get("thread", 0))
        self._sight(request).mark_read(chat, thread, int(body["message_id"]))
        self._desk.touch()
        return answer()

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._stored(request.match_info["file_id"])
        upload = stored.upload
        return web.Response(
            body=upload.content,
            content_type=upload.content_type,
            headers={
                "Cache-Control": "private, max-age=86400, immutable",
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "X-Content-Type-Options": "nosniff",
            },
        )

    def _stored(self, file_id: str) -> StoredFile:
        """Return a file, whichever bot's identifier it is."""
        for bot_id in self._desk.emulator.world.bots:
            with suppress(ApiError):
                return self._desk.emulator.world.files.get(file_id, bot_id)
        raise ApiError(404, "Not Found: there is no such file")

    def _sight(self, request: web.Request) -> Sight:
        return Sight(self._desk, person_of(self._desk, request.match_info["person"]))
