"""Updates for a bot in the same process: polling only.

The HTTP front brings its own behaviour of these methods, with webhooks.
"""

from collections.abc import Awaitable

from emulator.errors import bad_request
from emulator.methods.registry import Request, method
from emulator.updates import MAX_LIMIT
from emulator.world.model import Json


@method("getUpdates")
def get_updates(request: Request) -> Awaitable[list[Json]]:
    """Return what waits, after at most `timeout` seconds."""
    return request.bot.queue.fetch(
        request.get("offset", 0),
        request.get("limit", MAX_LIMIT),
        request.get("timeout", 0),
        request.get("allowed_updates"),
    )


@method("setWebhook", "deleteWebhook")
def set_webhook(request: Request) -> bool:
    """Return to polling; an address would need the HTTP front."""
    if request.get("url"):
        raise bad_request("bad webhook: the emulator delivers to addresses only through its server")
    if request.get("drop_pending_updates"):
        request.bot.queue.clear()
    return True


@method("getWebhookInfo")
def get_webhook_info(request: Request) -> Json:
    """Say that there is no webhook."""
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(request.bot.queue),
    }
