"""Long polling: the offset moves only after the batch is stored."""

from __future__ import annotations

import logging
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.intake.processor import Intake
from bot.intake.raw import ALLOWED_UPDATES, GetRawUpdates
from core.clock import Clock

logger = logging.getLogger(__name__)

BATCH = 100
"""The most getUpdates gives at once."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries while Telegram does not answer: doubled from the first to the longest."""


class Poller:
    """Asks Telegram for updates for ever.

    A second poller of the same token (409), an HTML error page, a 429 without a number and a broken network are
    reported once each time they begin, and waited out; a refused token stops the program.
    """

    def __init__(self, bot: Bot, intake: Intake, clock: Clock, timeout_seconds: int = 25) -> None:
        self._bot = bot
        self._intake = intake
        self._clock = clock
        self._timeout = timeout_seconds
        self._offset: int | None = None
        self._trouble = ""
        self._pause = FIRST_PAUSE

    async def run(self) -> None:
        """Poll until cancelled; raises TelegramUnauthorizedError when the token is refused."""
        while True:
            try:
                updates = await self._ask()
            except TelegramUnauthorizedError:
                raise
            except TelegramRetryAfter as error:
                await self._wait("too many requests", error.retry_after)
            except TelegramConflictError:
                await self._wait("another program polls with this token", self._next_pause())
            except (AiogramError, OSError, TimeoutError) as error:
                await self._wait(type(error).__name__, self._next_pause())
            else:
                self._settled()
                if updates:
                    await self._intake.receive(updates)
                    self._offset = max(int(update["update_id"]) for update in updates) + 1

    async def _ask(self) -> list[dict[str, Any]]:
        request = GetRawUpdates(
            offset=self._offset,
            limit=BATCH,
            timeout=self._timeout,
            allowed_updates=list(ALLOWED_UPDATES),
        )
        return await self._bot(request, request_timeout=self._timeout + 15)

    async def _wait(self, trouble: str, seconds: float) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            logger.error("polling interrupted", extra={"trouble": trouble})
        await self._clock.sleep(seconds)

    def _next_pause(self) -> float:
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause

    def _settled(self) -> None:
        if self._trouble:
            logger.info("polling resumed", extra={"trouble": self._trouble})
        self._trouble, self._pause = "", FIRST_PAUSE
