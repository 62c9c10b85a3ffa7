"""The only place that starts background tasks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

logger = logging.getLogger(__name__)


class Nursery:
    """Keeps its tasks alive and in sight: a crashed one is logged and stops the program.

    Work spawned with `essential=False` (one update, one webhook answer) may fail alone.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def spawn(self, work: Coroutine[Any, Any, Any], name: str, *, essential: bool = True) -> None:
        """Start `work` and let it run."""
        _ = self.start(work, name, essential=essential)

    def start(
        self, work: Coroutine[Any, Any, Any], name: str, *, essential: bool = True
    ) -> asyncio.Task[Any]:
        """Start `work` and give its task; an essential task that raises breaks the nursery."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - the one place
        self._tasks.add(task)
        task.add_done_callback(self._essential_ended if essential else self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("task failed", extra={"task": task.get_name()}, exc_info=error)

    def _essential_ended(self, task: asyncio.Task[Any]) -> None:
        self._ended(task)
        if task.cancelled() or task.exception() is None or self.broken.done():
            return
        error = task.exception()
        assert error is not None  # noqa: S101 - checked above
        self.broken.set_exception(error)

    async def close(self, grace_seconds: float = 5.0) -> None:
        """Cancel what still runs and wait for it."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=grace_seconds)
        if self.broken.done():
            self.broken.exception()
