"""What the community asks moderation before it publishes somebody's words under its own name."""

from __future__ import annotations

from typing import Protocol

from core.ids import CommunityId


class Premoderation(Protocol):
    """Judges a text by the rules of the group."""

    async def objection(self, community: CommunityId, text: str) -> str | None:
        """Name the rule a text would break (`child_data`, `advertising`), None when there is none."""
        ...


class NoObjections:
    """Lets every text through: for communities without moderation."""

    async def objection(self, community: CommunityId, text: str) -> str | None:  # noqa: ARG002 - the port's shape
        return None
