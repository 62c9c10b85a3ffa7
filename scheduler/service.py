"""The desk behind `/broadcast`: use cases that also show the progress and hand out the list of recipients."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from core.effects import Effect, Kind, MessageClass, RowState
from core.ids import ChatId
from scheduler.campaigns import Broadcasts
from scheduler.campaigns_model import Campaign, CampaignState, Report

COLUMNS = ("person_id", "state", "reason", "held_by", "due", "done_at", "message_id", "attempts")
BUTTONS: Mapping[CampaignState, tuple[tuple[str, str], ...]] = {
    CampaignState.RUNNING: (
        ("broadcast-pause-button", "pause"),
        ("broadcast-cancel-button", "cancel"),
    ),
    CampaignState.FINISHED: (
        ("broadcast-missed-button", "missed"),
        ("stops-broadcast-list-button", "list"),
    ),
}


class Campaigns(Protocol):
    """Rows of broadcasts as the desk needs them."""

    async def follow(self, key: str, chat: int, message: int) -> None: ...

    async def recent(self, limit: int = 10) -> list[Campaign]: ...

    async def report(self, key: str) -> Report: ...

    def recipients_of(self, key: str) -> AsyncIterator[Mapping[str, Any]]: ...


class Queue(Protocol):
    """The outbox."""

    async def enqueue(self, *effects: Effect) -> int: ...


class DeskUnit(Protocol):
    """One transaction."""

    @property
    def now(self) -> datetime: ...

    @property
    def campaigns(self) -> Campaigns: ...

    @property
    def outbox(self) -> Queue: ...


class DeskUnits(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[DeskUnit]: ...

    def reading(self) -> AbstractAsyncContextManager[DeskUnit]: ...


@dataclass(frozen=True, slots=True)
class BroadcastDesk:
    """What the handlers of `/broadcast` are given."""

    broadcasts: Broadcasts[Any]
    units: DeskUnits

    async def follow(self, key: str, chat: int, message: int) -> None:
        """Show the progress in this message from here on."""
        async with self.units.begin() as unit:
            await unit.campaigns.follow(key, chat, message)

    async def csv(self, key: str) -> bytes:
        """Write the outcome of every recipient as CSV (UTF-8 with a mark spreadsheets understand)."""
        lines = io.StringIO()
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        async with self.units.reading() as unit:
            async for row in unit.campaigns.recipients_of(key):
                writer.writerow(["" if row[name] is None else row[name] for name in COLUMNS])
        return lines.getvalue().encode("utf-8-sig")

    async def tick(self) -> int:
        """Edit the progress messages whose numbers have changed; tell how many."""
        async with self.units.begin() as unit:
            shown = [
                await self._progress(unit, campaign)
                for campaign in await unit.campaigns.recent()
                if campaign.progress_message is not None
                and campaign.state in (CampaignState.RUNNING, CampaignState.FINISHED)
            ]
            return await unit.outbox.enqueue(*shown)

    @staticmethod
    async def _progress(unit: DeskUnit, campaign: Campaign) -> Effect:
        """Make the edit; its key holds the numbers, so that the same numbers are shown once."""
        report = await unit.campaigns.report(campaign.key)
        sent = report.states.get(RowState.SENT, 0)
        facts = {
            "message_id": campaign.progress_message,
            "sent": sent,
            "planned": report.planned,
            "left": str(report.open),
            "buttons": [
                [[label, f"bc:{verb}:{campaign.key}"]] for label, verb in BUTTONS[campaign.state]
            ],
        }
        return Effect(
            key=f"broadcast-progress:{campaign.key}:{campaign.state}:{sent}:{report.open}",
            kind=Kind.EDIT,
            message_class=MessageClass.CONTROL,
            chat=ChatId(campaign.progress_chat or 0),
            content="text:broadcast-progress",
            facts=facts,
        )
