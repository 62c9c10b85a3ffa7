"""Storage fits what the community's engines ask for; mypy reads this, the test only runs it."""

from __future__ import annotations

from community.ama.ports import AmaUnits, BallotsPort
from community.escalation_ports import EscalationUnits
from community.mentorship.ports import MentorUnits
from community.ports import Units
from community.premoderation import NoObjections, Premoderation
from community.questions.ports import QuestionUnits
from core.clock import ManualClock
from storage.ama_votes import Ballots
from storage.database import Database


async def test_the_database_opens_every_kind_of_unit(sqlite: Database, clock: ManualClock):
    places: Units = sqlite
    escalations: EscalationUnits = sqlite
    questions: QuestionUnits = sqlite
    sessions: AmaUnits = sqlite
    mentors: MentorUnits = sqlite
    ballots: BallotsPort = Ballots(sqlite, clock)
    rules: Premoderation = NoObjections()
    assert await rules.objection(1, "Как спать?") is None  # type: ignore[arg-type]
    assert ballots is not None
    async with places.reading() as unit:
        assert await unit.communities.all() == []
    async with escalations.reading() as held:
        assert await held.escalations.due(clock.now(), 1) == []
    async with questions.reading() as asked:
        assert await asked.questions.overdue(clock.now(), 1) == []
    async with sessions.reading() as planned:
        assert await planned.ama.unfinished() == []
    async with mentors.reading() as paired:
        assert await paired.mentorship.due(clock.now(), 1) == []
