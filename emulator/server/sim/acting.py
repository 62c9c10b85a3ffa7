"""Routes that build a world and let its people act."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from typing import Any

from aiohttp import web

from emulator.actors import Cannot, Person, Seen, Town
from emulator.errors import ApiError, bad_request
from emulator.server.sim.asking import answer, body_of
from emulator.server.sim.desk import Desk
from emulator.server.sim.people import person_of
from emulator.server.sim.verbs import VERBS
from emulator.world.model import Bot, Json, User
from emulator.world.queries import Press

PERSON_FACTS = frozenset(
    {"last_name", "username", "language_code", "is_premium", "bio", "hides_forwards"}
)
BOT_FACTS = frozenset(field.name for field in fields(Bot)) & {
    "token",
    "sees_all_messages",
    "can_join_groups",
    "supports_join_request_queries",
    "topics_enabled",
}
CHAT_FACTS = frozenset(
    {"username", "description", "chat_id", "join_by_request", "linked_chat_id", "is_forum"}
)
CHAT_TYPES = ("supergroup", "group", "channel")
LONGEST_WAIT = 30.0
"""Real seconds a click may wait for the bot's answer."""


class Acting:
    """Create people, bots and chats; run the verbs of people; reset."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._emulator = desk.emulator

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.post("/sim/people", self._add_person),
            web.post("/sim/people/{person}", self._describe),
            web.post("/sim/bots", self._add_bot),
            web.post("/sim/chats", self._add_chat),
            web.post("/sim/people/{person}/{verb:[a-z_]+}", self._act),
            web.get("/sim/presses/{press}", self._press),
            web.get("/sim/verbs", self._verbs),
            web.post("/sim/reset", self._reset),
        ]

    async def _add_person(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        facts = _only(body, PERSON_FACTS, {"first_name", "id", "label", "time_zone"})
        person = Town(self._emulator).person(
            str(body["first_name"]), user_id=body.get("id"), **facts
        )
        self._desk.describe(person.id, body)
        self._desk.touch()
        return answer({"id": person.id, **person.user.card()})

    async def _describe(self, request: web.Request) -> web.StreamResponse:
        """Change the label, the time zone or the language of a person."""
        user, body = self._user(request), await body_of(request)
        _only(body, frozenset(), {"label", "time_zone", "language_code"})
        self._desk.describe(user.id, body)
        if "language_code" in body:
            user.language_code = body["language_code"]
        self._desk.touch()
        return answer()

    async def _add_bot(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        facts = _only(body, BOT_FACTS, {"name", "username"})
        if facts.get("token") in self._emulator.world.bots_by_token:
            raise ApiError(409, "Conflict: there is a bot with this token")
        bot = self._emulator.add_bot(str(body["name"]), body.get("username"), **facts)
        self._desk.touch()
        return answer({"id": bot.id, "username": bot.username, "token": bot.token})

    async def _add_chat(self, request: web.Request) -> web.StreamResponse:
        """Create a chat as if it had always been there: nobody is told. `bots` become administrators."""
        body = await body_of(request)
        kind = body.get("type", "supergroup")
        if kind not in CHAT_TYPES:
            raise bad_request(f"type is one of {', '.join(CHAT_TYPES)}")
        people = ("owner", "members", "admins", "bots", "topics")
        facts = _only(body, CHAT_FACTS, {"type", "title", *people})
        if kind == "supergroup":
            facts |= {
                "topics": tuple(body.get("topics", ())),
                "admins": self._actors(body, "admins"),
                "members": self._actors(body, "members"),
            }
        elif kind == "group":
            facts |= {
                "admins": self._actors(body, "admins"),
                "members": self._actors(body, "members"),
            }
        bots = tuple(self._emulator.world.bots[int(number)] for number in body.get("bots", ()))
        owner = Person(self._emulator, person_of(self._desk, str(body["owner"])))
        make = getattr(Town(self._emulator), kind)
        chat = make(str(body["title"]), owner, bots=bots, **facts)
        self._desk.touch()
        topics = {topic.name: topic.id for topic in chat.topics.values()}
        return answer({"id": chat.id, "type": chat.type, "topics": topics})

    async def _act(self, request: web.Request) -> web.StreamResponse:
        """Let a person do something; `Cannot` becomes a 409 with the reason."""
        verb = VERBS.get(request.match_info["verb"])
        if verb is None:
            raise ApiError(404, f"Not Found: verbs are {', '.join(VERBS)}")
        actor, body = Person(self._emulator, self._user(request)), await body_of(request)
        try:
            result = verb(actor, body)
        except Cannot as cannot:
            raise ApiError(409, f"Conflict: {cannot}") from cannot
        self._desk.touch()
        if isinstance(result, Press):
            await self._wait(result, min(float(body.get("wait", 0)), LONGEST_WAIT))
        return answer(_shown(result))

    async def _wait(self, press: Press, seconds: float) -> None:
        """Wait real seconds for the bot to answer a press."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                version = self._desk.version
                while press.answer is None:
                    version = await self._desk.changed(version)

    async def _press(self, request: web.Request) -> web.StreamResponse:
        press = self._emulator.world.queries.presses.get(request.match_info["press"])
        if press is None:
            raise ApiError(404, "Not Found: there is no such press")
        return answer(_shown(press))

    async def _verbs(self, _: web.Request) -> web.StreamResponse:
        return answer(list(VERBS))

    async def _reset(self, _: web.Request) -> web.StreamResponse:
        """Return to an empty world: bots stay with their tokens, everything else goes; time goes on."""
        world, faults, limits = self._emulator.world, self._emulator.faults, self._emulator.limits
        faults.clear()
        limits.enabled = False
        limits.reset()
        kept = {world.anonymous.id, world.channel_bot.id, world.service.id, *world.bots}
        for gone in world.users.keys() - kept:
            del world.users[gone]
        for held in (world.chats, world.private, world.typing, world.queries.presses):
            held.clear()
        world.queries.polls.clear()
        for bot in world.bots.values():
            bot.queue.clear()
        self._emulator.log.calls.clear()
        self._emulator.log.arrivals.clear()
        self._desk.forget()
        return answer()

    def _user(self, request: web.Request) -> User:
        return person_of(self._desk, request.match_info["person"])

    def _actors(self, body: Json, name: str) -> tuple[Person, ...]:
        named = (person_of(self._desk, str(one)) for one in body.get(name, ()))
        return tuple(Person(self._emulator, user) for user in named)


def _only(body: Json, facts: "frozenset[str] | set[str]", others: set[str]) -> dict[str, Any]:
    """Return the facts of a body. ApiError 400 when it carries anything that is neither fact nor known otherwise."""
    if unknown := body.keys() - facts - others:
        raise bad_request(f"unknown: {', '.join(sorted(unknown))}")
    return {name: value for name, value in body.items() if name in facts}


def _shown(result: object) -> Any:
    match result:
        case Seen():
            return result.raw
        case Press():
            return {"id": result.id, "data": result.data, "answer": result.answer}
        case list():
            return [_shown(one) for one in result]
        case Mapping() | str() | int():
            return result
        case _:
            return True
