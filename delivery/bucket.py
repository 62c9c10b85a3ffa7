"""The overall sending rate: in this process, or shared by all processes through Redis."""

from __future__ import annotations

from typing import Any, Protocol

from core.clock import Clock
from delivery.pace import Meter


class Bucket(Protocol):
    """Slots of the overall rate."""

    async def room(self, horizon: float) -> int:
        """Count slots that begin within `horizon` seconds."""
        ...

    async def book(self, count: int) -> list[float]:
        """Take the next `count` slots and tell in how many seconds each begins."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class LocalBucket:
    """One process, one bot token."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._meter = Meter(per_second)
        self._clock = clock

    async def room(self, horizon: float) -> int:
        return self._meter.room(self._clock.monotonic(), horizon)

    async def book(self, count: int) -> list[float]:
        now = self._clock.monotonic()
        return [self._meter.book(now) for _ in range(count)]

    async def close(self) -> None:
        """Do nothing: there is no connection."""


_SCRIPT = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local interval, burst, count = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
local start = math.max(free, now - (burst - 1) * interval)
if count > 0 then
    redis.call('SET', KEYS[1], string.format('%d', start + count * interval), 'PX', 60000)
end
return string.format('%d', start - now)
"""
"""GCRA on Redis' own clock (L16): the first free slot, in microseconds from now; `count` slots are taken."""


class RedisBucket:
    """All processes with one bot token share the rate (L71). A lost Redis is an error: nothing is sent unmeasured."""

    def __init__(self, redis: Any, per_second: float, key: str) -> None:
        """`redis`: a `redis.asyncio.Redis`; `key`: one per bot token."""
        meter = Meter(per_second)
        self._redis = redis
        self._interval = meter.interval * 1e6
        self._burst = meter.burst
        self._run = redis.register_script(_SCRIPT)
        self._key = key

    async def room(self, horizon: float) -> int:
        wait = await self._take(0)
        return max(0, int((horizon * 1e6 - wait) / self._interval) + 1)

    async def book(self, count: int) -> list[float]:
        if count == 0:
            return []
        wait = await self._take(count)
        return [max(0.0, wait + number * self._interval) / 1e6 for number in range(count)]

    async def close(self) -> None:
        await self._redis.aclose()

    async def _take(self, count: int) -> float:
        return float(await self._run(keys=[self._key], args=[self._interval, self._burst, count]))


def shared_bucket(address: str, per_second: float, key: str) -> Bucket:
    """Count the rate in the Redis at `address` (`redis://...`). Spacing per chat stays with each process.

    A chat is claimed by one process at a time (`storage.outbox_claims`), so two of them can be too close only when one
    takes a chat over from another; Telegram answers that with a 429 for this chat, which pauses it alone.
    """
    from redis.asyncio import Redis  # noqa: PLC0415 - an extra: one process needs no Redis

    return RedisBucket(Redis.from_url(address, socket_timeout=5.0), per_second, key)
