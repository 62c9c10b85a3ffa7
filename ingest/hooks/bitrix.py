"""Bitrix24: a notice names a deal, nothing more; the deal is read through the REST address of an inbound webhook.

Bitrix allows two requests a second and never repeats a notice. So notices of one deal are gathered, reads are spaced,
fifty deals a request, and every quarter of an hour deals changed since the last look are read anyway (L48, L49).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import parse_qs

from core.clock import Clock
from ingest.hooks.heard import Json, Later, Message, Spoofed, payment, same

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=15)
OVERLAP = timedelta(minutes=5)
"""How far a look reaches back behind the last one: the clocks of two houses differ."""
SPACE = 0.5
"""Seconds between two requests: Bitrix allows two a second."""
PAGE = 50
"""Deals of one answer; the size is Bitrix' own."""
NAME = "bitrix"
_EVENTS = frozenset({"ONCRMDEALADD", "ONCRMDEALUPDATE"})
_WON, _LOST = "WON", "LOSE"
Call = Callable[[str, Json], Awaitable[Json]]
"""Calls a REST method with parameters; raises Later when there is no answer."""
Store = Callable[[Sequence[Message]], Awaitable[None]]


class Watermarks(Protocol):
    """How far was looked."""

    async def until(self, planner: str) -> datetime | None: ...

    async def advance(self, planner: str, until: datetime) -> None: ...


class Unit(Protocol):
    """One transaction."""

    @property
    def watermarks(self) -> Watermarks: ...


class Units(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[Unit]: ...

    def reading(self) -> AbstractAsyncContextManager[Unit]: ...


def deal_of(raw: bytes, token: str) -> str | None:
    """Read which deal changed; None for other notices. Raises Spoofed."""
    said = {name: values[-1] for name, values in parse_qs(raw.decode(errors="replace")).items()}
    if not same(token, said.get("auth[application_token]")):
        raise Spoofed
    number = said.get("data[FIELDS][ID]", "")
    return number if said.get("event") in _EVENTS and number.isdigit() else None


def message(deal: Json, user_field: str) -> Message | None:
    """Make an event of a deal that was won or lost; None while it is under way or names nobody."""
    user, stage = (
        str(deal.get(user_field) or ""),
        str(deal.get("STAGE_ID") or "").rpartition(":")[2],
    )
    if not user or stage not in {_WON, _LOST}:
        return None
    event = "payment_succeeded" if stage == _WON else "checkout_abandoned"
    number = f"deal-{deal.get('ID')}"
    money: dict[str, Any] = {"amount": deal.get("OPPORTUNITY"), "currency": deal.get("CURRENCY_ID")}
    return payment(event, number, user, at=_when(deal.get("DATE_MODIFY")), **money)


@dataclass(slots=True)
class Deals:
    """Deals to be read. What a crash forgets the next look finds."""

    units: Units
    call: Call
    store: Store
    clock: Clock
    user_field: str = "CONTACT_ID"
    waiting: dict[str, None] = field(default_factory=dict)

    def changed(self, deal: str) -> None:
        """Note a deal; however often it changes before it is read, it is read once."""
        self.waiting[deal] = None

    async def tick(self) -> int:
        """Read what waits, then what was changed behind our back when it is time; tell how many deals were read."""
        read = 0
        while self.waiting:
            some = list(self.waiting)[:PAGE]
            read += await self._read({"ID": some})
            for deal in some:
                self.waiting.pop(deal, None)
        return read + await self._reconcile()

    async def _reconcile(self) -> int:
        now = self.clock.now()
        async with self.units.reading() as unit:
            last = await unit.watermarks.until(NAME)
        if last is not None and now - last < EVERY:
            return 0
        read = 0
        if last is not None:
            read = await self._read({">=DATE_MODIFY": (last - OVERLAP).isoformat()})
        async with self.units.begin() as unit:
            await unit.watermarks.advance(NAME, now)
        return read

    async def _read(self, wanted: Json) -> int:
        """Read deals page by page and store what they mean. Raises Later; nothing is lost, the next tick repeats."""
        read, start = 0, 0
        while True:
            asked = {"filter": wanted, "select": ["*", self.user_field], "start": start}
            answer = await self.call("crm.deal.list", asked)
            await self.clock.sleep(SPACE)
            deals = answer.get("result")
            if not isinstance(deals, list):
                raise Later
            told = [said for deal in deals if (said := message(deal, self.user_field)) is not None]
            if told:
                await self.store(told)
            read += len(deals)
            if not isinstance(answer.get("next"), int):
                return read
            start = answer["next"]


def _when(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None
