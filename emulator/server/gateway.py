"""Webhook posts over real HTTP."""

import aiohttp

from emulator.webhooks import Reply

POST_TIMEOUT = 60.0
"""Seconds a bot has to take an update."""
MAX_REPLY = 1024 * 1024
"""Bytes of an answer that are read."""


class Poster:
    """Send updates to the addresses of bots over one pool of connections."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Reply:
        """Send one update. OSError or TimeoutError when no answer comes."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=POST_TIMEOUT)
            self._session = aiohttp.ClientSession(timeout=timeout)
        try:
            async with self._session.post(
                url, data=body, headers=headers, ssl=False, allow_redirects=False
            ) as answer:
                lowered = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status, lowered, await answer.content.read(MAX_REPLY))
        except aiohttp.ClientError as broken:
            raise ConnectionError from broken

    async def close(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None
