"""What the clock does to sessions: starts them, notices an absent expert, ends them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from community.ama.after import After
from community.ama.live import Live
from community.ama.place import Places
from core.errors import Refusal

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AmaWatch:
    """Runs what is due; every step is stored, so running it twice or after a restart changes nothing."""

    live: Live
    after: After
    places: Places

    async def tick(self, now: datetime) -> int:
        """Do what is due at `now`; tell how many steps."""
        done = await self.places.prepare(now) + await self.places.redraw(now)
        for step, session in await self.live.due(now):
            try:
                match step:
                    case "start":
                        await self.live.start(session, None, now)
                    case "finish":
                        await self.after.finish(session, None, now)
                    case _ if not await self.live.absent(session):
                        continue
            except Refusal as refusal:
                logger.info("ama step refused", extra={"session": session, "code": refusal.code})
                continue
            done += 1
        return done
