"""Lessons reported by a real client library become Sunday's digest."""

from __future__ import annotations

from bot.demo import first_loop, lessons
from bot.demo.stage import in_process


async def test_reported_lessons_come_back_as_the_sunday_digest(tmp_path):
    async with in_process(tmp_path, families=1) as stage:
        await first_loop.arrives(stage)
        await lessons.learns(stage)
