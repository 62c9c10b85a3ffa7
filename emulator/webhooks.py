"""Delivery of updates to a bot's own address.

Source: WebhookActor of Telegram's Bot API server 10.0 (retries, delays, order, 410) and its setWebhook code (texts).
"""

import asyncio
import http.client
import ipaddress
import math
import random
import re
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson

from emulator.clock import Clock
from emulator.errors import ApiError, bad_request
from emulator.faults import chat_of
from emulator.tasks import Tasks
from emulator.updates import Pending, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
SECRET = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
MAX_SECRET = 256
DEFAULT_CONNECTIONS = 40
MAX_CONNECTIONS = 100
FIRST_DELAY = 1.0
"""Seconds before the first repetition; doubled by each further failure."""
RESEND_TIMEOUT = 60.0
"""Seconds: the longest delay lies by chance between this and twice this."""
MAX_RETRY_AFTER = 3600
"""Seconds; a longer Retry-After of the bot is ignored."""
GONE = 410
GONE_FOR = 23 * 3600.0
"""Seconds of nothing but 410 after which the webhook is dropped."""
UNANSWERABLE = re.compile(r"get.*|setwebhook|deletewebhook|close|logout", re.IGNORECASE)
"""Methods that the body of an answer may not name."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot's address answered. `headers` have lower-case names."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


Post = Callable[[str, dict[str, str], bytes], Awaitable[Reply]]
"""Send a POST to an address; OSError or TimeoutError when there is no answer."""
Execute = Callable[[str, str, dict[str, Any]], Awaitable[object]]
"""Call a method for a token."""


@dataclass(slots=True)
class Gate:
    """The way out, shared by all bots; a server opens it by setting `post` before it takes calls."""

    post: Post | None = None
    execute: Execute | None = None


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """What setWebhook was called with."""

    url: str
    secret: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    ip_address: str | None = None
    has_custom_certificate: bool = False


def webhook_settings(params: Mapping[str, Any], *, certificate: bool) -> WebhookSettings:
    """Read the parameters of setWebhook. Refuses with Telegram's texts; plain HTTP is for loopback addresses only."""
    url = str(params.get("url") or "")
    secret = str(params.get("secret_token") or "")
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or (
        parts.scheme == "http" and not _is_loopback(parts.hostname)
    ):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    connections = int(params.get("max_connections") or DEFAULT_CONNECTIONS)
    return WebhookSettings(
        url=url,
        secret=secret,
        max_connections=min(max(connections, 1), MAX_CONNECTIONS),
        ip_address=params.get("ip_address"),
        has_custom_certificate=certificate,
    )


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


class Webhook:
    """Deliver a bot's queue to one address: chats side by side, each chat in order, failures again and again."""

    def __init__(
        self, settings: WebhookSettings, queue: UpdateQueue, gate: Gate, token: str, clock: Clock
    ) -> None:
        self.settings = settings
        self.last_error: tuple[int, str] | None = None
        self.dropped = False
        self._queue = queue
        self._gate = gate
        self._token = token
        self._clock = clock
        self._chance = random.Random(settings.url)  # noqa: S311 - spread of delays
        self._tasks = Tasks()
        self._busy: set[object] = set()
        self._lanes: dict[object, deque[Pending]] = {}
        self._connections = asyncio.Semaphore(settings.max_connections)
        self._gone_since = math.inf
        self._unsubscribe = queue.subscribe(self._take)
        for update in queue.pending():
            self._take(update)

    def detach(self) -> None:
        """Take no further updates from the queue."""
        self.dropped = True
        self._unsubscribe()

    async def close(self) -> None:
        """Stop delivering; what is under way is cut."""
        self.detach()
        await self._tasks.close()

    def _take(self, update: Pending) -> None:
        lane = lane_of(update)
        self._lanes.setdefault(lane, deque()).append(update)
        self._start(lane)

    def _start(self, lane: object) -> None:
        """Start a delivery for a chat that has none under way."""
        if self._gate.post is not None and lane not in self._busy:
            self._busy.add(lane)
            self._tasks.spawn(self._drain(lane), "webhook delivery")

    async def _drain(self, lane: object) -> None:
        try:
            while waiting := self._lanes.pop(lane, None):
                for update in self._queue.distort(list(waiting)):
                    await self._insist(update)
        finally:
            self._busy.discard(lane)

    async def _insist(self, update: Pending) -> None:
        """Deliver one update, again after growing delays, until it is taken or has expired."""
        delay, failures = FIRST_DELAY, 0
        while not self.dropped and update.expires > self._clock.now():
            async with self._connections:
                retry_after = await self._deliver(update)
            if retry_after is None:
                self._queue.confirm(update.update_id)
                return
            if retry_after == 0 and failures > 0:
                longest = self._chance.uniform(RESEND_TIMEOUT, 2 * RESEND_TIMEOUT)
                delay = min(2 * delay, longest)
            failures += 1
            await self._clock.sleep(retry_after or delay)

    async def _deliver(self, update: Pending) -> int | None:
        """Send once. Return None when taken, else the bot's Retry-After in seconds, 0 when it named none."""
        if self._gate.post is None:
            return 0
        headers = {"Content-Type": "application/json"}
        if self.settings.secret:
            headers[SECRET_HEADER] = self.settings.secret
        try:
            reply = await self._gate.post(
                self.settings.url, headers, orjson.dumps(update.as_json())
            )
        except TimeoutError:
            return self._failed("Read timeout expired")
        except OSError:
            return self._failed("Connection refused")
        if 200 <= reply.status < 300:  # noqa: PLR2004 - the range of HTTP success
            self._gone_since = math.inf
            await self._run_answer(reply)
            return None
        self._failed(f"Wrong response from the webhook: {reply.status} {_reason(reply.status)}")
        self._watch_gone(reply.status)
        return _retry_after(reply.headers.get("retry-after", ""))

    def _failed(self, message: str) -> int:
        self.last_error = (int(self._clock.now()), message)
        return 0

    def _watch_gone(self, status: int) -> None:
        if status != GONE:
            self._gone_since = math.inf
            return
        self._gone_since = min(self._gone_since, self._clock.now())
        self.dropped = self._clock.now() - self._gone_since >= GONE_FOR

    async def _run_answer(self, reply: Reply) -> None:
        """Execute the method that the body of the answer names, if it names one that is allowed."""
        if self._gate.execute is None or not reply.body.lstrip().startswith(b"{"):
            return
        try:
            params = orjson.loads(reply.body)
        except orjson.JSONDecodeError:
            return
        method = str(params.pop("method", ""))
        if not method or UNANSWERABLE.fullmatch(method):
            return
        try:
            await self._gate.execute(self._token, method, params)
        except ApiError as refused:
            self._failed(refused.description)


def lane_of(update: Pending) -> object:
    """Return what an update queues behind: its chat or person, else its kind."""
    return chat_of(update) or update.kind


def _retry_after(text: str) -> int:
    seconds = int(text) if text.isascii() and text.isdigit() else 0
    return seconds if seconds <= MAX_RETRY_AFTER else 0


def _reason(status: int) -> str:
    return http.client.responses.get(status, "")
