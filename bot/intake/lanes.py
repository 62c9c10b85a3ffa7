"""Order per chat and per person, concurrency between them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

Spawn = Callable[[Coroutine[Any, Any, Any], str], object]
Work = Callable[[], Awaitable[None]]
TURN = 16
"""Pieces a runner does before a fresh one takes over, so that pieces which never wait leave the loop to others too."""


@dataclass(slots=True, eq=False)
class _Piece:
    """One piece of work. `before` counts the unfinished ones it stands behind, `after` lists those behind it."""

    keys: tuple[str, ...]
    work: Work
    light: bool
    before: int = 0
    after: list[_Piece] = field(default_factory=list)


class Lanes:
    """Runs work so that two pieces sharing a key never overlap or overtake, at most `width` at once.

    `room` blocks the receiver while `depth` pieces wait or run: memory stays bounded under a flood. A runner that ends
    a piece goes on with the next one that became free, so a busy chat costs no task and no turn of the loop per update.
    """

    def __init__(self, spawn: Spawn, width: int, depth: int) -> None:
        self._spawn = spawn
        self._width = width
        self._depth = depth
        self._tails: dict[str, _Piece] = {}
        self._ready: deque[_Piece] = deque()
        self._runners = 0
        self._open = 0
        self._cancelled = False
        self._goes_on = False
        self._freed = asyncio.Event()

    @property
    def open(self) -> int:
        """How many pieces wait or run."""
        return self._open

    def submit(self, keys: Sequence[str], work: Work, *, light: bool = False) -> None:
        """Queue `work` behind everything submitted earlier with any of `keys`.

        `light` work takes no place among the `width`: it only waits for a shared commit and for an answer to leave.
        """
        piece = _Piece(tuple(keys), work, light)
        for key in piece.keys:
            tail = self._tails.get(key)
            if tail is not None and (not tail.after or tail.after[-1] is not piece):
                tail.after.append(piece)
                piece.before += 1
            self._tails[key] = piece
        self._open += 1
        if not piece.before:
            self._free(piece)

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

    def _free(self, piece: _Piece) -> None:
        if self._cancelled:
            return
        if piece.light:
            self._spawn(self._do(piece), "lane")
            return
        self._ready.append(piece)
        if self._goes_on:
            self._goes_on = False
        elif self._runners < self._width:
            self._start()

    def _start(self) -> None:
        self._runners += 1
        self._spawn(self._run(), "lane")

    async def _run(self) -> None:
        try:
            for _ in range(TURN):
                if not self._ready:
                    break
                await self._do(self._ready.popleft(), goes_on=True)
        finally:
            self._runners -= 1
            if self._ready and not self._cancelled:
                self._start()

    async def _do(self, piece: _Piece, *, goes_on: bool = False) -> None:
        try:
            await piece.work()
        except asyncio.CancelledError:
            # The program stops: what waits stays in the inbox and is replayed by the next run.
            self._cancelled = True
            raise
        finally:
            # The first piece this end frees is the runner's own next one; only a second needs another runner.
            self._goes_on = goes_on
            self._end(piece)
            self._goes_on = False

    def _end(self, piece: _Piece) -> None:
        for key in piece.keys:
            if self._tails.get(key) is piece:
                del self._tails[key]
        self._open -= 1
        self._freed.set()
        for later in piece.after:
            later.before -= 1
            if not later.before:
                self._free(later)
