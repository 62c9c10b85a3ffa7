"""The emulator as one object: who calls what, in which order it is judged, and what is written down."""

from collections.abc import Mapping
from inspect import isawaitable
from random import Random
from typing import Any

from emulator import schema
from emulator.clock import Clock, VirtualClock
from emulator.errors import NOT_IMPLEMENTED, ApiError, TransportFault
from emulator.faults import Faults
from emulator.limits import RateLimits
from emulator.log import Call, Log
from emulator.methods.catalogue import HANDLERS
from emulator.methods.registry import Handler, Request
from emulator.updates import UpdateQueue
from emulator.world.files import StoredFile, Upload
from emulator.world.model import Bot
from emulator.world.world import World

__all__ = ["Emulator", "Upload"]

START = 1_767_600_000.0
"""Default first instant of the virtual clock: 5 January 2026, 08:00 UTC, a Monday."""

PLAIN = (dict, bool, list)
MESSAGE_METHODS = ("send", "forward", "copy", "edit")
UNLIMITED = frozenset({"sendChatAction", "sendChatJoinRequestWebApp", "sendMessageDraft"})


class Emulator:
    """A Telegram of one's own: a world of chats behind the Bot API.

    Without a clock it runs on virtual time from `START`; `seed` decides everything that looks random. Rate limits
    are off until `limits.enabled` is set.
    """

    def __init__(self, *, clock: Clock | None = None, seed: int = 0) -> None:
        self.clock: Clock = clock if clock is not None else VirtualClock(START)
        self.log = Log()
        self.faults = Faults(self.clock, seed)
        self.limits = RateLimits()
        self.world = World(self.clock, self.log, Random(seed), self._queue)  # noqa: S311 - repeatable
        self.handlers: dict[str, Handler] = dict(HANDLERS)
        """Behaviour by official method name; a front may replace the methods it owns (webhooks)."""

    def add_bot(self, name: str = "Bot", username: str | None = None, **facts: Any) -> Bot:
        """Register a bot; `facts` are fields of `Bot` (token, sees_all_messages and so on)."""
        return self.world.add_bot(name, username, **facts)

    def bot_of(self, token: str) -> Bot:
        """Return the bot with this token. Unknown: ApiError 401."""
        bot = self.world.bots_by_token.get(token)
        if bot is None:
            raise ApiError(401, "Unauthorized: invalid token specified")
        return bot

    async def call(
        self,
        token: str,
        method: str,
        params: Mapping[str, Any],
        files: Mapping[str, Upload] | None = None,
    ) -> Any:
        """Answer one API call with the plain JSON-shaped `result`.

        Raises ApiError for a refusal and TransportFault when a fault on command takes the answer away. Order:
        token, faults before the effect, schema, rate limits, the method, the log, faults after the effect.
        """
        bot = self.bot_of(token)
        name = method
        accepted: dict[str, Any] = dict(params)
        try:
            spec = schema.find(method)
            name = spec.name
            await self.faults.before(bot.id, name, accepted)
            accepted = spec.accept(params, files or {})
            self._check_rate(bot, name, accepted)
            result = await self._run(bot, name, accepted, files or {})
        except (ApiError, TransportFault) as error:
            self._note(bot, name, accepted, error=error)
            raise
        self._note(bot, name, accepted, result=result)
        await self.faults.after(bot.id, name, accepted)
        return result

    def file_at(self, token: str, path: str) -> StoredFile:
        """Return the file behind a download path. Unknown: ApiError 404."""
        self.bot_of(token)
        stored = self.world.files.at(path)
        if stored is None:
            raise ApiError(404, "Not Found")
        return stored

    def _queue(self, first_id: int) -> UpdateQueue:
        """Build a bot's queue; on virtual time nobody polls too often, because no second passes."""
        strict = not isinstance(self.clock, VirtualClock)
        queue = UpdateQueue(self.clock, first_id, strict_repeats=strict)
        queue.distort = self.faults.distort
        return queue

    async def _run(
        self, bot: Bot, name: str, params: dict[str, Any], files: Mapping[str, Upload]
    ) -> Any:
        handler = self.handlers.get(name)
        if handler is None:
            raise ApiError(
                NOT_IMPLEMENTED, f"Bad Request: {name} is not implemented by the emulator"
            )
        self.world.acting_method = name
        result = handler(Request(self.world, bot, name, params, files))
        return result if isinstance(result, PLAIN) or not isawaitable(result) else await result

    def _check_rate(self, bot: Bot, name: str, params: dict[str, Any]) -> None:
        if not self.limits.enabled or name in UNLIMITED or not name.startswith(MESSAGE_METHODS):
            return
        chat = self.world.find_chat(bot, params.get("chat_id"))
        if chat is not None:
            self.limits.check(bot.id, chat.id, not chat.is_private, self.clock.now())

    def _note(
        self,
        bot: Bot,
        name: str,
        params: dict[str, Any],
        *,
        result: Any = None,
        error: ApiError | TransportFault | None = None,
    ) -> None:
        if name == "getUpdates" and error is None:
            return
        number = self.log.next_number()
        self.log.call(
            Call(number, self.clock.now(), bot.id, name, params, result=result, error=error)
        )
