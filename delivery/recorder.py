"""Store how calls ended, and what follows from it for people, chats, contents and campaigns."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from core.effects import RowState
from core.events import Event, EventName
from core.outgoing import HOLD_TELEGRAM, Outcome
from delivery.outcomes import Fate
from delivery.policy import SenderPolicy
from delivery.ports import Alarm, Unit
from delivery.sender import Ending

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Recorder:
    """Writes endings in one transaction. Counts refusals of a content in a row: the circuit breaker (L79)."""

    worker: str
    policy: SenderPolicy
    alarm: Alarm
    broken: Counter[str] = field(default_factory=Counter)

    async def record(self, unit: Unit, endings: Sequence[Ending]) -> None:
        """Store endings; a batch that breaks a template stops it and gives the rest of the batch back."""
        judged = [replace(ending, outcome=self._spared(ending)) for ending in endings]
        await unit.claims.finish(self.worker, [ending.outcome for ending in judged])
        for ending in judged:
            await self._follow(unit, ending)
        for content in {ending.row.content for ending in judged}:
            if self.broken[content] >= self.policy.template_failures:
                await self._stop(unit, content, judged)

    def _spared(self, ending: Ending) -> Outcome:
        """Keep a row whose template was found broken while it was in flight: it waits, it did not fail."""
        content, outcome = ending.row.content, ending.outcome
        if outcome.state is RowState.SENT:
            self.broken.pop(content, None)
            return outcome
        if ending.failure is None or ending.failure.fate is not Fate.BROKEN or not content:
            return outcome
        if self.broken[content] >= self.policy.template_failures:
            return Outcome(
                outcome.id, RowState.PLANNED, outcome.at, outcome.reason, due=ending.row.due
            )
        self.broken[content] += 1
        return outcome

    async def _stop(self, unit: Unit, content: str, endings: Sequence[Ending]) -> None:
        await unit.holds.stop(f"content:{content}", "template.broken")
        for campaign in {e.row.campaign for e in endings if e.row.content == content}:
            if campaign is not None:
                await unit.holds.stop(f"campaign:{campaign}", "template.broken")
        self.broken.pop(content)
        self.alarm("template stopped", {"content": content})

    async def _follow(self, unit: Unit, ending: Ending) -> None:
        if ending.follow:
            await unit.outbox.enqueue(*ending.follow)
        if ending.failure is None:
            return
        match ending.failure.fate:
            case Fate.BLOCKED if ending.row.person is not None:
                await unit.people.change(ending.row.person, channel="blocked")
                await self._note(unit, ending, EventName.PERSON_BLOCKED_BOT)
            case Fate.DEACTIVATED if ending.row.person is not None:
                await unit.people.change(ending.row.person, channel="deactivated")
                await self._note(unit, ending, EventName.PERSON_DEACTIVATED)
            case Fate.MIGRATED if ending.failure.chat is not None:
                await unit.outbox.migrate_chat(ending.chat, ending.failure.chat)
                facts = {"old": ending.chat, "chat": ending.failure.chat}
                await unit.events.record(Event(EventName.CHAT_MIGRATED, unit.now, facts=facts))
            case Fate.LIMITED:
                await self._pause(unit, ending)
            case _:
                return

    async def _pause(self, unit: Unit, ending: Ending) -> None:
        """Keep a pause over a restart (L69)."""
        assert ending.failure is not None  # noqa: S101 - only failures pause
        seconds = ending.failure.seconds
        scope = f"chat:{ending.chat}" if ending.chat < 0 else HOLD_TELEGRAM
        until = unit.now + timedelta(seconds=seconds)
        await unit.holds.stop(scope, ending.failure.reason, until=until)
        if seconds >= self.policy.alarm_after:
            self.alarm("telegram asked for a long pause", {"scope": scope, "seconds": seconds})

    @staticmethod
    async def _note(unit: Unit, ending: Ending, name: EventName) -> None:
        await unit.events.record(Event(name, unit.now, person=ending.row.person))
