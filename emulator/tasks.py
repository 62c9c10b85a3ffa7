"""The one place of the emulator that starts background tasks."""

import asyncio
import logging
from collections.abc import Callable, Coroutine

logger = logging.getLogger(__name__)


class Tasks:
    """Own background tasks: log what fails, cancel the rest on close."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[object, object, None], name: str) -> Callable[[], object]:
        """Start `work` in the background; return what cancels it. A failure is logged once under `name`."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - this is that place
        self._running.add(task)
        task.add_done_callback(self._finished)
        return task.cancel

    async def close(self) -> None:
        """Cancel what still runs and wait until it has ended."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (broken := task.exception()) is not None:
            logger.error("background task failed", extra={"task": task.get_name()}, exc_info=broken)
