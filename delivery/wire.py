"""HTTP/1.1 for one kind of request: a small JSON body to one host over connections that stay open.

A call through a general client costs seven times as much (340 µs against 45, `python -m bench.sending`), which at a
thousand messages a second is a third of a core. Nothing is ever sent a second time here: whether that is allowed is
the caller's matter.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from urllib.parse import urlsplit

import certifi

IDLE_SECONDS = 20.0
"""A connection unused for longer is not trusted: the other side may be closing it at this moment."""
LARGEST_ANSWER = 2**20
_END = b"\r\n\r\n"
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class NotConnected(Exception):  # noqa: N818 - the caller names it
    """No connection was made, so nothing was sent."""


class Wire:
    """Connections to one server. `address`: scheme, host and port."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host = parts.hostname or "localhost"
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._name = parts.netloc.encode()
        self._idle: deque[tuple[float, Connection]] = deque()
        self._context: ssl.SSLContext | None = None

    async def post(self, path: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """Send a JSON body and read the answer: status and content.

        NotConnected: nothing was sent. TimeoutError, OSError, EOFError, ValueError: it may have been.
        """
        connection = self._take() or await self._connect(seconds)
        reader, writer = connection
        try:
            async with asyncio.timeout(seconds):
                writer.write(
                    b"POST %b HTTP/1.1\r\nHost: %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                    % (path.encode(), self._name, len(body), body)
                )
                status, content, stays = await _answer(reader)
        except BaseException:
            writer.transport.abort()
            raise
        if stays:
            self._idle.append((_now(), connection))
        else:
            writer.close()
        return status, content

    async def close(self) -> None:
        """Close what is open."""
        while self._idle:
            _, (_, writer) = self._idle.pop()
            writer.close()

    def _take(self) -> Connection | None:
        """Take the connection used last; drop those that closed or lay idle too long."""
        while self._idle:
            since, connection = self._idle.pop()
            reader, writer = connection
            fresh = _now() - since < IDLE_SECONDS
            if fresh and not reader.at_eof() and not writer.is_closing():
                return connection
            writer.transport.abort()
        return None

    async def _connect(self, seconds: float) -> Connection:
        if self._secure and self._context is None:
            self._context = ssl.create_default_context(cafile=certifi.where())
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.open_connection(
                    self._host, self._port, ssl=self._context, limit=LARGEST_ANSWER
                )
        except (OSError, TimeoutError) as error:
            raise NotConnected(str(error)) from error


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    """Read an answer; tell also whether the connection stays open."""
    first, *lines = (await reader.readuntil(_END)).split(b"\r\n")
    headers = {
        name.strip().lower(): value.strip()
        for name, colon, value in (line.partition(b":") for line in lines)
        if colon
    }
    status = int(first.partition(b" ")[2][:3])
    stays = headers.get(b"connection", b"").lower() != b"close"
    if headers.get(b"transfer-encoding", b"").lower() == b"chunked":
        return status, await _chunks(reader), stays
    if b"content-length" in headers:
        return status, await reader.readexactly(int(headers[b"content-length"])), stays
    return status, await reader.read(-1), False


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass
    return b"".join(parts)
