"""The one HTTP server: webhook, events from the platform, pages for parents, health, metrics."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from aiohttp import web
from prometheus_client import REGISTRY, generate_latest

logger = logging.getLogger(__name__)

Health = Callable[[], Awaitable[Mapping[str, Any]]]
LARGEST_BODY = 4 * 2**20
"""Bytes of a request. A Segment batch may have 500 kB, an update 1 MB."""


def make_site(*, health: Health, routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    """Make the application."""
    site = web.Application(client_max_size=LARGEST_BODY)
    site.router.add_get("/health", _health(health))
    site.router.add_get("/metrics", _metrics)
    site.router.add_routes(routes)
    return site


async def listen(site: web.Application, host: str, port: int) -> web.AppRunner:
    """Start serving; raises OSError when the port is taken."""
    runner = web.AppRunner(site, access_log=None, handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    logger.info("http server listens", extra={"port": port})
    return runner


def _health(health: Health) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_request: web.Request) -> web.Response:
        facts = await health()
        return web.json_response(facts, status=200 if facts.get("ok") else 503)

    return answer


async def _metrics(_request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(REGISTRY), content_type="text/plain")
