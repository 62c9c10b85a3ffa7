"""Lessons happen: the school's site reports them with a library of the Segment protocol, Sunday brings the digest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.demo.stage import MOSCOW, NotAsTold, Stage
from core.clock import SystemClock
from storage.unit import Unit

PARENT, LEARNER = "parent-vera", "learner-vera"
PARENT_ID = 5001
WRITE_KEY = "demo-write-key"
SUNDAY, DIGEST_HOUR = 6, 18
LESSONS = (("Звуки и буквы", 18, 1), ("Первые слова", 22, 2), ("Считаем до десяти", 20, 0))
"""Title, minutes, days until the next one."""


async def learns(stage: Stage) -> None:
    """Play step 4: lessons arrive over HTTP, on Sunday at 18:00 the digest with the child's progress comes."""
    stage.note(f"сайт школы шлёт события на {stage.site}/v1 библиотекой segment-analytics-python")
    await report(stage, "identify", PARENT, {"schedule": ["wed", "thu", "sat"]}, learner=LEARNER)
    for number, (title, minutes, days) in enumerate(LESSONS, start=1):
        properties = {"lesson_id": f"lesson-{number}", "title": title, "minutes": minutes}
        await report(stage, "track", PARENT, properties, learner=LEARNER)
        stage.note(f"урок «{title}», минут: {minutes}")
        await _counted(stage, number)
        stage.clock.advance(days * 86_400)
    await _until_sunday(stage)
    vera = stage.school.town.actor(PARENT_ID)
    digest = await stage.shown(vera, "Сводка недели", stage.school.bot)
    if "3 урока" not in digest.text or "60 минут" not in digest.text:
        raise NotAsTold(f"в сводке три урока и 60 минут, а не {digest.text!r}")


async def report(
    stage: Stage, kind: str, user: str, said: dict[str, Any], *, learner: str | None = None
) -> None:
    """Send one event as the school's own server would, with the real library."""
    await asyncio.to_thread(_send, stage.site, kind, user, said, learner)


def _send(site: str, kind: str, user: str, said: dict[str, Any], learner: str | None) -> None:
    from segment.analytics.client import Client  # noqa: PLC0415 - only stories need the library

    client = Client(WRITE_KEY, host=site, sync_mode=True, send=True)
    context = {"learner": {"id": learner}} if learner else {}
    if kind == "identify":
        client.identify(user, said, context)
    else:
        client.track(user, "lesson_finish", said, context)


async def _until_sunday(stage: Stage) -> None:
    """Let time pass until 18:00 on Sunday in Moscow, in two steps: the digest is planned before its hour."""
    async with stage.database.reading() as unit:
        now = unit.now.astimezone(MOSCOW)
    day = now + timedelta(days=(SUNDAY - now.weekday()) % 7)
    hour = day.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    stage.clock.advance((hour - now).total_seconds() - 600)

    async def is_planned(unit: Unit) -> bool:
        parent = await unit.people.by_telegram(PARENT_ID)
        rows = await unit.outbox.of_person(parent.id) if parent is not None else []
        return any(row.key.startswith("digest:") for row in rows)

    await _until(stage, "сводка запланирована", is_planned)
    stage.note("воскресенье, 18:00")
    stage.clock.advance(601)


async def _counted(stage: Stage, lessons: int) -> None:
    async def are_counted(unit: Unit) -> bool:
        parent = await unit.people.by_telegram(PARENT_ID)
        mine = await unit.people.children_of(parent.id) if parent is not None else []
        known = await unit.learning.lessons([child.id for child in mine])
        return sum(map(len, known.values())) >= lessons

    await _until(stage, f"посчитано уроков: {lessons}", are_counted)


async def _until(stage: Stage, what: str, look: Callable[[Unit], Awaitable[bool]]) -> None:
    """Wait until the database says so; raises NotAsTold naming `what`."""
    clock = SystemClock()
    ends = clock.monotonic() + stage.patience
    while clock.monotonic() < ends:
        await stage.hurry()
        async with stage.database.reading() as unit:
            if await look(unit):
                return
        await clock.sleep(0.05)
    raise NotAsTold(what)
