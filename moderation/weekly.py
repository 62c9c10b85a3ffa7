"""The weekly report of moderation: words for the team, a picture for the owner."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.effects import Effect, Kind, MessageClass
from core.ids import ChatId
from moderation.effects import rule_key, told
from moderation.ports import Unit, Units
from moderation.raids import PlaceOf
from moderation.stats import RuleFigures, Week, week

HOUR, MONDAY = 9, 0
"""The report of last week leaves on Monday at nine, community time."""
SPAN = timedelta(days=7)

Homes = Callable[[], Collection[tuple[int, str]]]
"""Chats of communities and their zones."""
NameOf = Callable[[str, str], str]
"""The name of a rule in a language."""


def is_due(local: datetime) -> bool:
    """Tell whether the week may be told: Monday from nine on, and through Tuesday when the bot was down."""
    return (local.weekday() == MONDAY and local.hour >= HOUR) or local.weekday() == MONDAY + 1


@dataclass(frozen=True, slots=True)
class Weekly:
    """Sends each community's week once. A week without a case is told in one line."""

    units: Units
    staff: PlaceOf
    homes: Homes
    owners: Collection[int]
    rule_name: NameOf

    async def tick(self, now: datetime) -> int:
        """Send what is due; tell how many reports were made."""
        made = 0
        for chat_id, zone in self.homes():
            local = now.astimezone(ZoneInfo(zone))
            if is_due(local):
                made += await self.send(chat_id, local, now)
        return made

    async def send(self, chat_id: int, local: datetime, now: datetime) -> int:
        """Send the report of the seven days before `now`; a second time in one ISO week adds nothing."""
        staff = self.staff(chat_id)
        if staff is None:
            return 0
        year, number, _ = local.isocalendar()
        key = f"weekly-moderation:{chat_id}:{year}-W{number:02}"
        async with self.units.begin() as unit:
            figures = await self.figures(unit, chat_id, now)
            facts = await facts_of(unit, figures, staff.language)
            words = told(key, staff.chat_id, "case-weekly", facts, topic=staff.reports_topic)
            fresh = await unit.outbox.enqueue(words)
            if fresh and figures.rules:
                await unit.outbox.enqueue(*self._pictures(key, figures, staff.language))
        return int(bool(fresh))

    async def figures(self, unit: Unit, chat_id: int, now: datetime) -> Week:
        """Count the last seven days of a chat."""
        cases = [c for c in await unit.cases.between(now - SPAN, now) if c.chat_id == chat_id]
        appeals = [a for a in await unit.appeals.between(now - SPAN, now) if a.chat_id == chat_id]
        return week(cases, appeals)

    async def look(self, chat_id: int, now: datetime) -> tuple[Week, dict[int, str]]:
        """Tell the figures of the last seven days and the names of who decided."""
        async with self.units.reading() as unit:
            figures = await self.figures(unit, chat_id, now)
            names = {number: await unit.chats.staff_name(number) for number, _ in figures.load}
        return figures, names

    def _pictures(self, key: str, figures: Week, language: str) -> list[Effect]:
        names = [self.rule_name(rule_key(one.rule), language) for one in figures.rules]
        picture = base64.b64encode(drawn(figures.rules, names)).decode()
        facts = {"base64": picture, "file_name": "moderation-week.png", "language": language}
        return [
            Effect(
                key=f"{key}:{owner}",
                kind=Kind.DOCUMENT,
                message_class=MessageClass.SERVICE,
                chat=ChatId(owner),
                content="text:case-weekly-picture",
                facts=facts,
            )
            for owner in sorted(self.owners)
        ]


async def facts_of(unit: Unit, figures: Week, language: str) -> dict[str, Any]:
    """Gather what the report's text needs."""
    lines: list[dict[str, Any]] = [
        {
            "text": "case-weekly-rule" if one.precision is not None else "case-weekly-rule-open",
            "rule": {"text": rule_key(one.rule)},
            "cases": one.cases,
            "percent": round((one.precision or 0) * 100),
        }
        for one in figures.rules
    ]
    load = [
        {
            "text": "case-weekly-moderator",
            "name": await unit.chats.staff_name(number),
            "count": count,
        }
        for number, count in figures.load
    ]
    minutes = figures.median_minutes
    return {
        "language": language,
        "cases": figures.cases,
        "decided": figures.decided,
        "undone": figures.undone,
        "waiting": figures.waiting,
        "appeals": figures.appeals,
        "upheld": figures.upheld,
        "speed": {
            "text": "case-weekly-speed",
            "minutes": minutes,
            "slowest": figures.slowest_minutes,
        }
        if minutes is not None
        else {"text": "case-weekly-no-speed"},
        "load": {"lines": load},
        "rules": {"lines": lines},
    }


def drawn(rules: Sequence[RuleFigures], names: Sequence[str]) -> bytes:
    """Draw cases by rule, split by what people said, as a PNG."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - costs a second

    figure = Figure(figsize=(8, 0.5 * len(rules) + 1.5), layout="constrained")
    axes = figure.add_subplot()
    places = range(len(rules))
    left = [0] * len(rules)
    parts = (
        ("#2e7d32", "✓", [one.right for one in rules]),
        ("#c62828", "✗", [one.wrong for one in rules]),
        ("#9e9e9e", "?", [one.cases - one.right - one.wrong for one in rules]),
    )
    for colour, mark, counts in parts:
        axes.barh(places, counts, left=left, color=colour, label=mark)
        left = [before + count for before, count in zip(left, counts, strict=True)]
    axes.set_yticks(list(places), labels=list(names))
    axes.invert_yaxis()
    axes.legend(loc="lower right")
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
