"""Freeze, emergency stop, and why somebody got a message or did not."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from core.errors import Refusal
from core.ids import PersonId
from core.outgoing import HOLD_ALL, Freeze, OutboxRow
from core.people import Person


class Holds(Protocol):
    """Stops and freezes."""

    async def stop(self, scope: str, reason: str, *, by: PersonId | None = None) -> None: ...

    async def lift(self, scope: str) -> bool: ...

    async def freeze(
        self, first: date, last: date, reason: str, *, by: PersonId | None = None
    ) -> int: ...

    async def thaw(self, freeze: int) -> bool: ...

    async def freezes(self) -> dict[int, Freeze]: ...


class Queue(Protocol):
    """Rows of messages."""

    async def of_person(self, person: PersonId, limit: int = 200) -> list[OutboxRow]: ...

    async def of_message(self, person: PersonId, message_id: int) -> OutboxRow | None: ...


class Folk(Protocol):
    """People by their Telegram id."""

    async def by_telegram(self, telegram_id: int) -> Person | None: ...


class ControlUnit(Protocol):
    """One transaction."""

    @property
    def now(self) -> datetime: ...

    @property
    def holds(self) -> Holds: ...

    @property
    def outbox(self) -> Queue: ...

    @property
    def people(self) -> Folk: ...


class ControlUnits(Protocol):
    """Opens transactions."""

    def begin(self) -> AbstractAsyncContextManager[ControlUnit]: ...

    def reading(self) -> AbstractAsyncContextManager[ControlUnit]: ...


@dataclass(frozen=True, slots=True)
class Control:
    """Switches for admins."""

    units: ControlUnits

    async def stop_all(self, by: PersonId) -> None:
        """Stop all care and marketing, claimed rows included; service messages go on (L22)."""
        async with self.units.begin() as unit:
            await unit.holds.stop(HOLD_ALL, "emergency", by=by)

    async def resume_all(self) -> None:
        """Let them go on; what is out of date by then expires and is not sent after the event."""
        async with self.units.begin() as unit:
            await unit.holds.lift(HOLD_ALL)

    async def freeze(self, first: date, last: date, reason: str, by: PersonId) -> int:
        """Rest marketing on these days, both included, of every reader's own calendar (L21).

        Refusal `delivery.freeze_backwards`: the last day lies before the first.
        """
        if last < first:
            raise Refusal("delivery.freeze_backwards")
        async with self.units.begin() as unit:
            return await unit.holds.freeze(first, last, reason[:60], by=by)

    async def thaw(self, freeze: int) -> bool:
        async with self.units.begin() as unit:
            return await unit.holds.thaw(freeze)

    async def freezes(self) -> Mapping[int, Freeze]:
        async with self.units.reading() as unit:
            return await unit.holds.freezes()

    async def why(
        self, telegram_id: int, message_id: int | None = None, limit: int = 15
    ) -> list[OutboxRow]:
        """List what was planned for a person, the latest first, or the row behind one message.

        Refusal `delivery.person_unknown`: nobody with this Telegram id.
        """
        async with self.units.reading() as unit:
            person = await unit.people.by_telegram(telegram_id)
            if person is None:
                raise Refusal("delivery.person_unknown")
            if message_id is None:
                return await unit.outbox.of_person(person.id, limit)
            row = await unit.outbox.of_message(person.id, message_id)
            return [row] if row is not None else []
