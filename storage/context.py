"""Which inbox update the running task is handling."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class CurrentUpdate:
    """The update in hand. `acted` turns true once a unit of work carrying its mark has committed."""

    update_id: int
    acted: bool = False


CURRENT: ContextVar[CurrentUpdate | None] = ContextVar("current_update", default=None)
