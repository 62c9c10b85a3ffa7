"""How the slots of one turn are shared between lanes: strict order with a floor for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.effects import Lane

FLOOR: Mapping[Lane, float] = {Lane.SERVICE: 0.2, Lane.CARE: 0.1, Lane.MARKETING: 0.05}
"""Share of all slots a waiting lane gets even while higher lanes could take everything."""


@dataclass(slots=True)
class Shares:
    """Divides slots. A lane that waits while others are served earns credit, whole slots of which it may spend."""

    credit: dict[Lane, float] = field(default_factory=dict)

    def divide(self, demand: Mapping[Lane, int], slots: int) -> dict[Lane, int]:
        """Give each lane a number of slots: none beyond its demand, none wasted while anybody waits."""
        waiting = [lane for lane in Lane if demand.get(lane, 0) > 0]
        given = dict.fromkeys(waiting, 0)
        left = slots
        for lane in waiting[1:]:
            self.credit[lane] = self.credit.get(lane, 0.0) + slots * FLOOR[lane]
            own = min(int(self.credit[lane]), demand[lane], left)
            given[lane] += own
            left -= own
        for lane in waiting:
            more = min(demand[lane] - given[lane], left)
            given[lane] += more
            left -= more
        for lane in list(self.credit):
            spent = self.credit[lane] - given.get(lane, 0)
            # A lane nobody waits in keeps no claim on the future, a served one owes nothing.
            self.credit[lane] = max(0.0, spent) if demand.get(lane, 0) > given.get(lane, 0) else 0.0
        return given
