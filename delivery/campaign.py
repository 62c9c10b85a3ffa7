"""Write a broadcast: the words it was confirmed with, its advertising label, and a mark on tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.outgoing import OutboxRow
from delivery.render import Audience, Renderer, Words

KIND = "campaign"


@dataclass(frozen=True, slots=True)
class CampaignWriter:
    """`prepare` puts the words into the row when it is claimed, so that a queue of 100,000 holds them once."""

    async def prepare(self, unit: Any, row: OutboxRow, audience: Audience) -> OutboxRow:  # noqa: ARG002 - the protocol's
        campaign = await unit.campaigns.get(row.content.partition(":")[2])
        if campaign is None:
            return row
        words = {"body": campaign.body, "label": campaign.label}
        return replace(row, facts={**row.facts, **words})

    def __call__(self, row: OutboxRow, audience: Audience, renderer: Renderer) -> Words:
        """Put together mark, words and label."""
        parts = [str(row.facts["body"])]
        if row.facts.get("label"):
            parts.append(f"<i>{row.facts['label']}</i>")
        if row.facts.get("test"):
            parts.insert(
                0, str(renderer.texts.say_by_name(audience.language, "broadcast-test", {}))
            )
        return Words("\n\n".join(parts))
