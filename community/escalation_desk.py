"""The desk: who is on duty for an escalation and how its clock runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from community.duty import HORIZON, Roster, choose, hours, merged
from community.escalation_model import Clock, Request, clock_of
from community.escalation_ports import EscalationUnit
from community.office import office
from core.ids import CommunityId, PersonId
from core.roles import Role


@dataclass(frozen=True, slots=True)
class Desk:
    """The roster of a community and its spans, as one unit sees them."""

    roster: Roster
    now: datetime

    @classmethod
    async def of(cls, unit: EscalationUnit, community: CommunityId, now: datetime) -> Desk:
        """Read the roster; specialities nobody keeps have office hours."""
        home = await unit.communities.get(community)
        zone = home.zone if home is not None else "UTC"
        return cls(office(await unit.duty.roster(community), zone), now)

    def clock(self, request: Request) -> Clock:
        """Make the clock of a request."""
        stretches = hours(self.roster, self.now, self.now + HORIZON, request.speciality)
        return clock_of(request.severity, tuple(merged(stretches)))

    async def choose(
        self,
        unit: EscalationUnit,
        request: Request,
        now: datetime,
        without: frozenset[PersonId] = frozenset(),
    ) -> PersonId | None:
        """Choose a present expert who still holds the role."""
        loads = await unit.escalations.loads(request.community)
        holders = await unit.roles.holders(Role.EXPERT, request.community, now)
        able = {g.person for g in holders if g.speciality is request.speciality}
        every = {h.expert for h in self.roster.shifts} | {e.expert for e in self.roster.exemptions}
        every |= {swap.takes for swap in self.roster.swaps}
        barred = (every - able) | without
        return choose(self.roster, request.speciality, now, loads, without=barred)
