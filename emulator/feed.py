"""How one bot gets its updates: by polling or by webhook, never by both."""

import math
from collections.abc import Mapping
from typing import Any

from emulator.clock import Clock
from emulator.errors import ApiError
from emulator.limits import too_many_requests
from emulator.methods.registry import Handler, Request
from emulator.updates import MAX_LIMIT, SET_WEBHOOK, UpdateQueue
from emulator.webhooks import Gate, Webhook, webhook_settings

WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
SETTING_PAUSE = 1.0
"""Seconds that must lie between two setWebhook calls."""


class Feed:
    """The methods getUpdates, setWebhook, deleteWebhook and getWebhookInfo of one bot."""

    def __init__(self, clock: Clock, queue: UpdateQueue, gate: Gate, token: str) -> None:
        self.queue = queue
        self._clock = clock
        self._gate = gate
        self._token = token
        self._webhook: Webhook | None = None
        self._last_set = -math.inf

    @property
    def webhook(self) -> Webhook | None:
        """Return the active webhook; one that answered 410 for too long is gone."""
        if self._webhook is not None and self._webhook.dropped:
            self._webhook.detach()
            self._webhook = None
        return self._webhook

    async def get_updates(self, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Answer getUpdates. ApiError 409 while a webhook is active or when another poll follows."""
        if self.webhook is not None:
            raise ApiError(409, WEBHOOK_ACTIVE)
        return await self.queue.fetch(
            int(params.get("offset") or 0),
            int(params.get("limit") or MAX_LIMIT),
            float(params.get("timeout") or 0),
            params.get("allowed_updates"),
        )

    async def set_webhook(self, params: Mapping[str, Any], *, certificate: bool = False) -> bool:
        """Set the webhook; an empty url removes it. ApiError 400 for bad settings, 429 when called twice a second."""
        if not params.get("url"):
            return await self.delete_webhook(params)
        settings = webhook_settings(params, certificate=certificate)
        now = self._clock.now()
        if now < self._last_set + SETTING_PAUSE:
            raise too_many_requests(1)
        self._last_set = now
        await self._drop(params)
        self.queue.terminate_poll(SET_WEBHOOK)
        self.queue.allow(params.get("allowed_updates"))
        self._webhook = Webhook(settings, self.queue, self._gate, self._token, self._clock)
        return True

    async def delete_webhook(self, params: Mapping[str, Any]) -> bool:
        """Return to polling; `drop_pending_updates` empties the queue."""
        await self._drop(params)
        return True

    def webhook_info(self) -> dict[str, Any]:
        """Answer getWebhookInfo."""
        info: dict[str, Any] = {
            "url": "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue),
        }
        if (webhook := self.webhook) is not None:
            info["url"] = webhook.settings.url
            info["has_custom_certificate"] = webhook.settings.has_custom_certificate
            info["max_connections"] = webhook.settings.max_connections
            if webhook.settings.ip_address:
                info["ip_address"] = webhook.settings.ip_address
            if webhook.last_error is not None:
                info["last_error_date"], info["last_error_message"] = webhook.last_error
        if self.queue.allowed_updates is not None:
            info["allowed_updates"] = self.queue.allowed_updates
        return info

    async def close(self) -> None:
        """Stop deliveries and let a waiting poll go."""
        if self._webhook is not None:
            await self._webhook.close()
        await self.queue.close()

    async def _drop(self, params: Mapping[str, Any]) -> None:
        if self._webhook is not None:
            await self._webhook.close()
            self._webhook = None
        if params.get("drop_pending_updates"):
            self.queue.clear()


class Feeds:
    """The feeds of all bots; it takes over the four methods that decide how updates leave."""

    def __init__(self, clock: Clock, handlers: dict[str, Handler], gate: Gate) -> None:
        self._clock = clock
        self._gate = gate
        self._feeds: dict[int, Feed] = {}
        handlers["getUpdates"] = lambda call: self.of(call).get_updates(call.params)
        handlers["setWebhook"] = self._set_webhook
        handlers["deleteWebhook"] = lambda call: self.of(call).delete_webhook(call.params)
        handlers["getWebhookInfo"] = lambda call: self.of(call).webhook_info()

    def of(self, call: Request) -> Feed:
        """Return the feed of the bot that calls."""
        bot = call.bot
        if bot.id not in self._feeds:
            self._feeds[bot.id] = Feed(self._clock, bot.queue, self._gate, bot.token)
        return self._feeds[bot.id]

    async def close(self) -> None:
        """Stop all deliveries and let all waiting polls go."""
        for feed in self._feeds.values():
            await feed.close()

    async def _set_webhook(self, call: Request) -> bool:
        return await self.of(call).set_webhook(call.params, certificate="certificate" in call.files)
