"""POST /v1/links: a deep link the school's site shows to one parent. It works once, for 14 days."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from aiohttp import web

from ingest.fields import text
from ingest.routes import Door, Handler, Refused, answer, opened

LARGEST = 4096
"""Bytes of a request."""


class Links(Protocol):
    """Issues start payloads."""

    async def issue(self, source: str, parent: str, learner: str | None, now: datetime) -> str: ...


class LinkUnit(Protocol):
    """One transaction."""

    @property
    def now(self) -> datetime: ...

    @property
    def links(self) -> Links: ...


class Units(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[LinkUnit]: ...


BotName = Callable[[], Awaitable[str]]


def link_routes(door: Door, units: Units, bot_name: BotName) -> list[web.AbstractRouteDef]:
    """List the route."""
    return [web.post("/v1/links", _issue(door, units, bot_name))]


def _issue(door: Door, units: Units, bot_name: BotName) -> Handler:
    async def issue(request: web.Request) -> web.Response:
        try:
            body, envelope = await opened(door, request, LARGEST)
            parent, learner = _ids(body)
        except Refused as refused:
            return refused.response()
        async with units.begin() as unit:
            token = await unit.links.issue(envelope.source, parent, learner, unit.now)
        name = await bot_name()
        return answer({"url": f"https://t.me/{name}?start={token}", "start": token}, 201)

    return issue


def _ids(body: dict[str, object]) -> tuple[str, str | None]:
    """Read both ids. Raises Refused."""
    try:
        learner = body.get("learnerId") or body.get("learner_id")
        return text(body.get("userId")), text(learner) if learner else None
    except (TypeError, ValueError):
        raise Refused(400, "no_user", "`userId` names the parent on your site.") from None
