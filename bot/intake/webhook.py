"""The webhook: 200 is answered only after the update is stored."""

from __future__ import annotations

import hmac
import logging

import orjson
from aiohttp import web

from bot.intake.processor import Intake

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LARGEST_UPDATE = 2**20
"""Bytes. Telegram's updates stay far below."""


def webhook_route(path: str, secret: str, intake: Intake) -> web.RouteDef:
    """Make the route Telegram posts updates to.

    401 without the secret (compared in constant time), 400 for what is no update; a failure to store answers 500,
    so Telegram sends the update again.
    """

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            logger.warning("webhook called without the secret")
            return web.Response(status=401)
        if (request.content_length or 0) > LARGEST_UPDATE:
            return web.Response(status=413)
        try:
            update = orjson.loads(await request.read())
            int(update["update_id"])
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            logger.warning("webhook called with something that is no update")
            return web.Response(status=400)
        await intake.receive([update])
        return web.Response()

    return web.post(path, take)
