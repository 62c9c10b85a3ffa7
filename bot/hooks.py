"""Notices of payment providers and the CRM: what is set up gets a route, what is read gets a tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import BasicAuth, ClientError, ClientSession, ClientTimeout, web

from bot.settings import Settings
from core.clock import Clock
from ingest.hooks.bitrix import Deals
from ingest.hooks.heard import Json, Later, Message
from ingest.hooks.routes import Hooks, hook_routes
from ingest.hooks.yookassa import Fetch
from ingest.routes import Intake
from scheduler.clockwork import Job
from storage.database import Database

PATIENCE = ClientTimeout(total=10)
DEALS_EVERY = 2.0
"""Seconds between two looks at deals that changed."""


def hooks_of(
    settings: Settings, database: Database, intake: Intake, clock: Clock
) -> tuple[list[web.AbstractRouteDef], tuple[Job, ...]]:
    """Build routes and ticks; nothing for a provider without a secret."""
    named = [pair.get_secret_value().partition(":")[0] for pair in settings.write_keys]
    source = settings.payments_source or next(iter(named), "payments")
    shop, _, secret = settings.yookassa_shop.get_secret_value().partition(":")
    address = settings.bitrix_url.get_secret_value()
    deals = None
    if address:

        async def store(messages: Sequence[Message]) -> None:
            await hooks.keep(messages)

        deals = Deals(database, _caller(address), store, clock)
    hooks = Hooks(
        intake,
        clock,
        source,
        cloudpayments_secret=settings.cloudpayments_secret.get_secret_value(),
        prodamus_secret=settings.prodamus_secret.get_secret_value(),
        ask_yookassa=_fetcher(shop, secret) if secret else None,
        bitrix_token=settings.bitrix_token.get_secret_value(),
        deals=deals,
        sender=_forwarded if settings.behind_proxy else _direct,
    )
    jobs = (Job("bitrix", DEALS_EVERY, deals.tick),) if deals is not None else ()
    return hook_routes(hooks), jobs


def _direct(request: web.Request) -> str | None:
    return request.remote


def _forwarded(request: web.Request) -> str | None:
    """Take the address our own proxy added; what stands before it anybody may have written."""
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or None


def _fetcher(shop: str, secret: str) -> Fetch:
    async def fetch(address: str) -> Json:
        return await _asked("GET", address, auth=BasicAuth(shop, secret))

    return fetch


def _caller(address: str) -> Any:
    async def call(method: str, parameters: Json) -> Json:
        return await _asked("POST", f"{address.rstrip('/')}/{method}", json=dict(parameters))

    return call


async def _asked(method: str, address: str, **more: Any) -> Json:
    """Ask another program; raises Later when it does not answer."""
    try:
        async with (
            ClientSession(timeout=PATIENCE) as session,
            session.request(method, address, **more) as answer,
        ):
            answer.raise_for_status()
            said = await answer.json(content_type=None)
    except (ClientError, TimeoutError, ValueError) as error:
        raise Later(type(error).__name__) from error
    return said if isinstance(said, dict) else {}
