"""Reading a Bot API request: parameters and files from query, JSON, form and multipart bodies."""

from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import BodyPartReader, hdrs, web

from emulator.errors import ApiError, bad_request
from emulator.world.files import Upload

MAX_BODY = 64 * 1024 * 1024
"""Bytes; room for the largest upload (50 MB) and its multipart frame."""


async def read_call(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Return the parameters and the files of a call. What the body says wins over the query.

    ApiError 400 for a body that cannot be parsed, 413 for one over `MAX_BODY`.
    """
    params: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if not request.can_read_body:
        return params, files
    match request.content_type:
        case "application/json":
            params |= await _json(request)
        case "application/x-www-form-urlencoded":
            params |= await _form(request)
        case "multipart/form-data":
            await _multipart(request, params, files)
        case _:
            pass
    return params, files


async def _json(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    try:
        body = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("JSON object expected as the request body")
    return body


async def _form(request: web.Request) -> dict[str, str]:
    """Read a form whatever the HTTP method: pyTelegramBotAPI sends it with GET."""
    raw = (await request.read()).decode("utf-8", errors="replace")
    return dict(parse_qsl(raw, keep_blank_values=True))


async def _multipart(
    request: web.Request, params: dict[str, Any], files: dict[str, Upload]
) -> None:
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytes(await part.read(decode=False))
        size += len(content)
        if size > MAX_BODY:
            raise ApiError(413, "Request Entity Too Large")
        if part.filename is None:
            params[part.name] = content.decode("utf-8", errors="replace")
        else:
            kind = part.headers.get(hdrs.CONTENT_TYPE, "application/octet-stream")
            files[part.name] = Upload(part.filename, content, kind)
