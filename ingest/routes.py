"""POST /v1/...: events of the school's platform. An answer of 200 means: stored, on disk."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson
from aiohttp import web

from core.clock import Clock
from ingest.keys import WriteKeys
from ingest.problems import Wrong
from ingest.protocol import (
    LARGEST_BATCH,
    LARGEST_EVENT,
    MOST_EVENTS,
    TYPES,
    Envelope,
    check_size,
    read,
    rejected,
)
from scheduler.progress.model import Arrival, State

logger = logging.getLogger(__name__)

MOST_BEHIND = 20_000
"""Events waiting for the disk; more are turned away for a moment, so that memory stays bounded (L53)."""
WAIT_SECONDS = 1


class Intake(Protocol):
    """Stores arrivals durably."""

    @property
    def behind(self) -> int: ...

    async def store(self, arrivals: Sequence[Arrival]) -> None: ...


@dataclass(frozen=True, slots=True)
class Door:
    """What the routes stand on."""

    keys: WriteKeys
    intake: Intake
    clock: Clock


def ingest_routes(door: Door) -> list[web.AbstractRouteDef]:
    """List the routes."""
    single = [web.post(f"/v1/{kind}", _single(door, kind)) for kind in TYPES]
    return [*single, web.post("/v1/batch", _batch(door)), web.post("/v1/import", _batch(door))]


class Refused(Exception):  # noqa: N818 - an answer
    """A request as a whole gets this status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message

    def response(self) -> web.Response:
        """Answer in the shape client libraries of the protocol read."""
        headers = {"Retry-After": str(WAIT_SECONDS)} if self.status == Busy.STATUS else {}
        return answer({"code": self.code, "message": self.message}, self.status, headers)


class Busy(Refused):
    """More events wait than may."""

    STATUS = 429

    def __init__(self) -> None:
        super().__init__(self.STATUS, "busy", "Too many events at once; send again in a second.")


Handler = Callable[[web.Request], Awaitable[web.Response]]


def _single(door: Door, kind: str) -> Handler:
    async def take(request: web.Request) -> web.Response:
        try:
            message, envelope = await opened(door, request, LARGEST_EVENT)
            arrival = read(message, envelope, kind)
        except Refused as refused:
            return refused.response()
        except Wrong as wrong:
            await door.intake.store([rejected(message | {"type": kind}, envelope, wrong)])
            return answer(_result(wrong) | {"message": "The event breaks its schema."}, 400)
        await door.intake.store([arrival])
        return answer({"success": True, "status": _status(arrival)})

    return take


def _batch(door: Door) -> Handler:
    async def take(request: web.Request) -> web.Response:
        try:
            body, envelope = await opened(door, request, LARGEST_BATCH)
            messages = _messages(body)
        except Refused as refused:
            return refused.response()
        arrivals, results = [], []
        for number, message in enumerate(messages):
            try:
                check_size(message)
                arrival = read(message, envelope)
                results.append({"index": number, "status": _status(arrival)})
            except Wrong as wrong:
                arrival = rejected(message, envelope, wrong)
                results.append({"index": number} | _result(wrong))
            arrivals.append(arrival)
        if arrivals:
            await door.intake.store(arrivals)
        return answer({"success": True, "results": results})

    return take


async def opened(door: Door, request: web.Request, largest: int) -> tuple[dict[str, Any], Envelope]:
    """Read a request's JSON and find out who sends it. Raises Refused."""
    if door.intake.behind > MOST_BEHIND:
        raise Busy
    raw = await request.read()
    if len(raw) > largest:
        raise Refused(413, "too_large", f"A request holds at most {largest // 1024} kB.")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        body = None
    in_body = body.get("writeKey") if isinstance(body, dict) else None
    source = door.keys.source(request.headers.get("Authorization"), in_body)
    if source is None:
        raise Refused(401, "unauthorized", "The write key is missing or unknown.")
    if not isinstance(body, dict):
        raise Refused(400, "not_json", "The body is no JSON object.")
    return body, Envelope(source, door.clock.now(), body.get("sentAt"))


def _messages(body: dict[str, Any]) -> list[Any]:
    """Take the messages of a batch; they share its context. Raises Refused."""
    messages = body.get("batch")
    if not isinstance(messages, list):
        raise Refused(400, "no_batch", "The body has no list `batch`.")
    if len(messages) > MOST_EVENTS:
        raise Refused(413, "too_many", f"A batch holds at most {MOST_EVENTS} events.")
    shared = body.get("context")
    if not isinstance(shared, dict):
        return messages
    return [
        message | {"context": shared | (message.get("context") or {})}
        if isinstance(message, dict) and isinstance(message.get("context") or {}, dict)
        else message
        for message in messages
    ]


def _status(arrival: Arrival) -> str:
    return "quarantined" if arrival.state is State.QUARANTINED else "accepted"


def _result(wrong: Wrong) -> dict[str, Any]:
    result: dict[str, Any] = {"status": "rejected", "code": wrong.code}
    return result | ({"field": wrong.field} if wrong.field else {})


def answer(
    body: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """Answer with JSON."""
    return web.Response(
        body=orjson.dumps(body), status=status, headers=headers, content_type="application/json"
    )
