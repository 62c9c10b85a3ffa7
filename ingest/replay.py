"""Play rejected events again, after a schema or a sender was mended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import orjson

from ingest.problems import Wrong
from ingest.protocol import Envelope, read
from scheduler.progress.model import Arrival, PlatformEvent, State


class Dead(Protocol):
    """Events put aside."""

    async def listing(self, ids: Collection[int] = ()) -> list[PlatformEvent]: ...

    async def give_back(self, ids: Collection[int]) -> None: ...

    async def replace(self, event: int, arrivals: Sequence[Arrival]) -> None: ...


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many were given back, and which are still wrong."""

    done: int
    still: tuple[tuple[int, str], ...]


async def replay(dead: Dead, ids: Collection[int] = ()) -> Replayed:
    """Give events back: those that broke as they are, rejected ones read afresh by the schemas of this version."""
    given: list[int] = []
    still: list[tuple[int, str]] = []
    read_again = 0
    for event in await dead.listing(ids):
        if event.state is not State.REJECTED:
            given.append(event.id)
            continue
        try:
            await dead.replace(event.id, [_read(event)])
            read_again += 1
        except Wrong as wrong:
            still.append((event.id, wrong.error))
    if given:
        await dead.give_back(given)
    return Replayed(len(given) + read_again, tuple(still))


def _read(event: PlatformEvent) -> Arrival:
    """Read a rejected event as if it came at the time it did. Raises Wrong."""
    if event.private is None:
        raise Wrong("protocol.size")
    return read(orjson.loads(event.private), Envelope(event.source, event.received_at))
