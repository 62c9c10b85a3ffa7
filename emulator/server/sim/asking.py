"""Reading control requests: JSON bodies, numbers in the query, and answers to what is wrong with them."""

from typing import Any

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler

from emulator.errors import ApiError, bad_request
from emulator.server.answers import error_answer, json_answer

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost"})


async def body_of(request: web.Request) -> dict[str, Any]:
    """Return the JSON object of the body, empty when there is no body. ApiError 400 for anything else."""
    raw = await request.read()
    if not raw:
        return {}
    if request.content_type != "application/json":
        raise bad_request("the control API reads application/json")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("JSON object expected as the request body")
    return body


def number_in(request: web.Request, name: str, default: int) -> int:
    """Return a whole number of the query. ApiError 400 when it is something else."""
    text = request.query.get(name)
    if text is None:
        return default
    try:
        return int(text)
    except ValueError as error:
        raise bad_request(f"{name} is a whole number") from error


def answer(body: object = None) -> web.Response:
    """Answer with `{"ok": true, "result": ...}`."""
    return json_answer({"ok": True, "result": True if body is None else body})


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals of the control API into envelopes; let no foreign web page steer it.

    A page of another origin may send requests to the loopback address: its Host or Origin gives it away.
    """
    if not request.path.startswith("/sim"):
        return await handler(request)
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.host}"
    if request.url.host not in LOCAL_HOSTS or (origin is not None and origin != own):
        return error_answer(ApiError(403, "Forbidden: the control API serves this machine only"))
    try:
        return await handler(request)
    except ApiError as refused:
        return error_answer(refused)
    except (KeyError, TypeError, ValueError) as wrong:
        return error_answer(bad_request(f"{type(wrong).__name__}: {wrong}"))
