"""Writing answers: Telegram's envelope, and answers that fail on command."""

import asyncio
import socket
import struct
from typing import Any

import orjson
from aiohttp import web

from emulator.errors import ApiError, TransportFault

TOO_MANY_REQUESTS = 429
LOOK_EVERY = 0.25
"""Seconds between two looks whether a caller who gets no answer has hung up."""
LONGEST_SILENCE = 600.0
"""Seconds after which a caller who does not hang up is cut off."""


def json_answer(body: object, status: int = 200) -> web.Response:
    """Encode any JSON-shaped body."""
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def result_answer(result: Any) -> web.Response:
    """Wrap the result of a call in Telegram's envelope."""
    return json_answer({"ok": True, "result": result})


def error_answer(error: ApiError) -> web.Response:
    """Wrap a refusal; its code is the HTTP status, a 429 also carries the Retry-After header."""
    answer = json_answer(error.envelope(), error.code)
    retry_after = (error.parameters or {}).get("retry_after")
    if error.code == TOO_MANY_REQUESTS and retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


async def fault_answer(
    request: web.Request, fault: TransportFault, closing: asyncio.Event
) -> web.Response:
    """Fail as told: a foreign body, a reset connection, or silence until the caller or the server gives up."""
    if fault.kind == "body":
        return web.Response(text=fault.body, status=fault.status, content_type=fault.content_type)
    if fault.kind == "timeout":
        await _stay_silent(request, closing)
    _reset(request)
    return web.Response()


async def _stay_silent(request: web.Request, closing: asyncio.Event) -> None:
    for _ in range(int(LONGEST_SILENCE / LOOK_EVERY)):
        if request.transport is None or request.transport.is_closing():
            return
        try:
            await asyncio.wait_for(closing.wait(), LOOK_EVERY)
        except TimeoutError:
            continue
        return


def _reset(request: web.Request) -> None:
    """Cut the connection with a TCP reset rather than an orderly end."""
    transport = request.transport
    if transport is None:
        return
    wire = transport.get_extra_info("socket")
    if wire is not None:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
