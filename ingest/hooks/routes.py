"""POST /hooks/...: notices of payment providers and of the CRM. 200 means: verified and stored, on disk."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from aiohttp import web

from core.clock import Clock
from ingest.hooks import bitrix, cloudpayments, prodamus, yookassa
from ingest.hooks.heard import Json, Later, Message, Spoofed
from ingest.problems import Wrong
from ingest.protocol import LARGEST_EVENT, Envelope, read, rejected
from ingest.routes import MOST_BEHIND, Intake
from scheduler.progress.model import State

logger = logging.getLogger(__name__)

FORBIDDEN, TOO_LARGE, NOT_NOW = 403, 413, 503
Handler = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the routes stand on. A provider whose secret is empty has no route.

    source: the write key's name whose user ids the notices carry. sender: tells the address a request came from.
    """

    intake: Intake
    clock: Clock
    source: str
    cloudpayments_secret: str = ""
    prodamus_secret: str = ""
    ask_yookassa: yookassa.Fetch | None = None
    bitrix_token: str = ""
    deals: bitrix.Deals | None = None
    sender: Callable[[web.Request], str | None] = lambda request: request.remote

    async def keep(self, messages: Sequence[Message], wrong: str = "") -> None:
        """Store messages; what `wrong` names is put aside for the operator."""
        arrivals = []
        for message in messages:
            envelope = Envelope(self.source, self.clock.now())
            try:
                arrival = read(message, envelope)
            except Wrong as fault:
                arrival = rejected(message, envelope, fault)
            if wrong:
                arrival = replace(arrival, state=State.QUARANTINED, error=wrong)
            arrivals.append(arrival)
        await self.intake.store(arrivals)


def hook_routes(hooks: Hooks) -> list[web.AbstractRouteDef]:
    """List the routes of the providers that are set up."""
    found: list[web.AbstractRouteDef] = []
    if hooks.cloudpayments_secret:
        signed = _signed(hooks, hooks.cloudpayments_secret, cloudpayments, cloudpayments.ANSWER)
        found.append(web.post("/hooks/cloudpayments/{kind}", _guarded(hooks, signed)))
    if hooks.prodamus_secret:
        signed = _signed(hooks, hooks.prodamus_secret, prodamus, {"success": True})
        found.append(web.post("/hooks/prodamus", _guarded(hooks, signed)))
    if hooks.ask_yookassa is not None:
        found.append(web.post("/hooks/yookassa", _guarded(hooks, _yookassa(hooks))))
    if hooks.bitrix_token and hooks.deals is not None:
        found.append(web.post("/hooks/bitrix", _guarded(hooks, _bitrix(hooks, hooks.deals))))
    return found


Take = Callable[[web.Request, bytes], Awaitable[Json]]


def _guarded(hooks: Hooks, take: Take) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        if hooks.intake.behind > MOST_BEHIND:
            return _answer({"code": "busy"}, NOT_NOW)
        raw = await request.read()
        if len(raw) > LARGEST_EVENT:
            return _answer({"code": "too_large"}, TOO_LARGE)
        try:
            return _answer(await take(request, raw))
        except Spoofed:
            logger.warning("notice refused", extra={"hook": request.path})
            return _answer({"code": "unauthorized"}, FORBIDDEN)
        except Later:
            return _answer({"code": "later"}, NOT_NOW)

    return handle


def _signed(hooks: Hooks, secret: str, provider: Any, said: Json) -> Take:
    async def take(request: web.Request, raw: bytes) -> Json:
        provider.verify(raw, request.headers, secret)
        message = provider.message(request.match_info.get("kind", ""), raw)
        if message is not None:
            await hooks.keep([message])
        return said

    return take


def _yookassa(hooks: Hooks) -> Take:
    async def take(request: web.Request, raw: bytes) -> Json:
        assert hooks.ask_yookassa is not None  # noqa: S101 - the route exists only then
        yookassa.verify(hooks.sender(request))
        message, wrong = await yookassa.message(raw, hooks.ask_yookassa)
        if message is not None:
            await hooks.keep([message], wrong)
        return {}

    return take


def _bitrix(hooks: Hooks, deals: bitrix.Deals) -> Take:
    async def take(_request: web.Request, raw: bytes) -> Json:
        deal = bitrix.deal_of(raw, hooks.bitrix_token)
        if deal is not None:
            deals.changed(deal)
        return {}

    return take


def _answer(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
