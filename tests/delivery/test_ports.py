"""Storage and delivery fit the ports their users declare; mypy reads this file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from delivery.planning import Planning
    from delivery.ports import Units as DeliveryUnits
    from scheduler.campaigns import Units as CampaignUnits
    from scheduler.control import ControlUnits
    from scheduler.digests import Digests
    from scheduler.journeys.ports import Units as JourneyUnits
    from scheduler.ports import Units as PlanningUnits
    from scheduler.service import DeskUnits
    from storage.database import Database
    from storage.unit import Unit

    def fits(database: Database, planning: Planning) -> None:
        sender: DeliveryUnits = database
        planner: PlanningUnits[Unit] = database
        journeys: JourneyUnits[Unit] = database
        campaigns: CampaignUnits[Unit] = database
        desk: DeskUnits = database
        control: ControlUnits = database
        digests: type[Digests[Any]] = Digests
        _ = sender, planner, journeys, campaigns, desk, control, digests, planning
