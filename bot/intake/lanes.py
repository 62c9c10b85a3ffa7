"""Order per chat and per person, concurrency between them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

Spawn = Callable[[Coroutine[Any, Any, Any], str], object]


class Lanes:
    """Runs work so that two pieces sharing a key never overlap or overtake, at most `width` at once.

    `room` blocks the receiver while `depth` pieces wait or run: memory stays bounded under a flood.
    """

    def __init__(self, spawn: Spawn, width: int, depth: int) -> None:
        self._spawn = spawn
        self._running = asyncio.Semaphore(width)
        self._depth = depth
        self._tails: dict[str, asyncio.Future[None]] = {}
        self._open = 0
        self._freed = asyncio.Event()

    @property
    def open(self) -> int:
        """How many pieces wait or run."""
        return self._open

    def submit(
        self, keys: Sequence[str], work: Callable[[], Awaitable[None]], *, light: bool = False
    ) -> None:
        """Queue `work` behind everything submitted earlier with any of `keys`.

        `light` work takes no place among the `width`: it only waits for a shared commit and for an answer to leave.
        """
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        before = {self._tails[key] for key in keys if key in self._tails}
        for key in keys:
            self._tails[key] = ended
        self._open += 1
        slot = nullcontext() if light else self._running
        self._spawn(self._run(tuple(keys), before, ended, work, slot), "lane")

    async def room(self) -> None:
        """Wait until the queue is shorter than `depth`."""
        while self._open >= self._depth:
            self._freed.clear()
            await self._freed.wait()

    async def drained(self) -> None:
        """Wait until nothing waits or runs."""
        while self._open:
            self._freed.clear()
            await self._freed.wait()

    async def _run(
        self,
        keys: tuple[str, ...],
        before: set[asyncio.Future[None]],
        ended: asyncio.Future[None],
        work: Callable[[], Awaitable[None]],
        slot: AbstractAsyncContextManager[None],
    ) -> None:
        try:
            for tail in before:
                await asyncio.shield(tail)
            async with slot:
                await work()
        finally:
            ended.set_result(None)
            for key in keys:
                if self._tails.get(key) is ended:
                    del self._tails[key]
            self._open -= 1
            self._freed.set()
