"""Reports by members: anonymous, weighed by how often the reporter was right, limited against abuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import orjson

from core.errors import Refusal
from core.events import Event, EventName
from moderation import cards, effects
from moderation.acts import CardReason
from moderation.cases import CASE_TIME, Case, CaseState, Step
from moderation.memory import Memory
from moderation.model import AuthorKind
from moderation.opening import key_of
from moderation.ports import Unit, Units
from moderation.raids import PlaceOf
from moderation.raw import incoming_from_json
from moderation.records import Report

RULE = "report"
PER_HOUR = 5
"""Reports of one person in an hour (R57)."""
HOUR = timedelta(hours=1)
LEAST_WEIGHT = 0.3
"""Sum of the reporters' weights from which staff are shown a message: one ordinary report, or several unreliable."""
OPEN = (CaseState.OPEN, CaseState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Reports:
    """Takes reports. The evidence is kept at once: a deleted message makes no update (M96)."""

    units: Units
    memory: Memory
    staff: PlaceOf
    own_bot: int

    async def report(
        self, raw: Mapping[str, Any], reporter_id: int, command_id: int | None = None
    ) -> int | None:
        """Report a message (raw JSON); tell the case, or None when the report does not count.

        Refuses `report.too_many` and `report.not_possible` (the bot's own words, an anonymous administrator, oneself).
        """
        message = incoming_from_json(raw)
        if (
            message.author_id in {reporter_id, self.own_bot, message.chat_id}
            or message.author_kind not in {AuthorKind.USER, AuthorKind.CHANNEL}
            or message.service
        ):
            raise Refusal("report.not_possible")
        async with self.units.begin() as unit:
            if command_id is not None:
                key = f"report:{message.chat_id}:{command_id}:tidy"
                gone = effects.deletions(key, message.chat_id, [command_id])
                await unit.outbox.enqueue(*gone)
            if await unit.cases.held(message.chat_id, reporter_id):
                return None
            record = await unit.reports.record(reporter_id, unit.now - HOUR)
            if record.lately >= PER_HOUR:
                raise Refusal("report.too_many")
            case = await self._case(unit, raw)
            report = Report(case.id, case.chat_id, reporter_id, record.weight, unit.now)
            if await unit.reports.add(report):
                facts = {"case": case.id, "weight": round(record.weight, 2)}
                await unit.cases.note(case.id, Step(unit.now, "reported", None, facts))
                await unit.events.record(Event(EventName.MEMBER_REPORTED, unit.now, facts=facts))
                await self._show(unit, case)
            return case.id

    async def report_at(self, chat_id: int, message_id: int, reporter_id: int) -> int | None:
        """Report a message by its place, from a private talk with the bot.

        Refuses as `report` does; `report.not_possible` also for a message that is not kept.
        """
        async with self.units.reading() as unit:
            body = await unit.messages.body(chat_id, message_id)
        if body is None:
            raise Refusal("report.not_possible")
        return await self.report(orjson.loads(body), reporter_id)

    async def _case(self, unit: Unit, raw: Mapping[str, Any]) -> Case:
        """Find the case of the message or open one; a decided one is joined, not opened again (M91)."""
        message = incoming_from_json(raw)
        known = await unit.cases.by_key(key_of(message))
        if known is not None:
            return known
        staff = self.staff(message.chat_id)
        case = Case(
            key=key_of(message),
            chat_id=message.chat_id,
            topic_id=message.topic_id,
            message_id=message.message_id,
            message_ids=message.message_ids,
            album_id=message.album_id,
            author_id=message.author_id,
            author_kind=message.author_kind.value,
            rule=RULE,
            action="none",
            reason=CardReason.REVIEW,
            body=orjson.dumps(raw),
            opened_at=unit.now,
            staff_chat_id=staff.chat_id if staff is not None else None,
        )
        number = await unit.cases.open(case)
        await unit.cases.note(number or 0, Step(unit.now, "opened", None, {"rule": RULE}))
        return replace(case, id=number or 0)

    async def _show(self, unit: Unit, case: Case) -> None:
        """Bring the case to staff once the weight suffices, and count further reports on its card."""
        staff = self.staff(case.chat_id)
        reports = await unit.reports.of_case(case.id)
        heavy = sum(report.weight for report in reports) >= LEAST_WEIGHT
        if staff is None or not heavy or case.state not in OPEN:
            return
        words = await cards.words_of(self.memory, case, reports=len(reports))
        if case.rule == RULE and case.due_at is None:
            await unit.cases.set(case.id, due_at=unit.now + CASE_TIME)
            shown = cards.media(case, staff, case.body or b"{}", removed=False)
            await unit.outbox.enqueue(cards.card(case, staff, words), *shown)
        else:
            change = f"reports:{len(reports)}"
            await unit.outbox.enqueue(cards.rewritten(case, staff, words, change))
