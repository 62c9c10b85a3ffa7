"""Meeting: a pair that both wish it writes on without the bot. Until then neither learns who the other is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from community.mentorship.model import Pair, move
from community.mentorship.pairing import pair_of
from community.mentorship.ports import MentorUnit, MentorUnits
from community.words import message
from core.events import Event, EventName
from core.ids import PersonId


@dataclass(frozen=True, slots=True)
class Meeting:
    """Use cases of meeting."""

    units: MentorUnits

    async def wish(self, pair: int, person: PersonId, now: datetime) -> bool:
        """Agree to be shown to the other side, who is asked; once both agreed, each gets the way to the other.

        What is shown is a link that opens a chat: no name, no phone. True once both agreed.
        Refused: `mentor.not_yours`, `mentor.not_now` for a pair that is not writing to each other.
        """
        async with self.units.begin() as unit:
            held = await pair_of(unit, pair)
            other = held.other(person)
            move(held, "write")
            by_mentor = person == held.mentor
            held = replace(
                held,
                mentor_opens=held.mentor_opens or by_mentor,
                family_opens=held.family_opens or not by_mentor,
            )
            await unit.mentorship.save_pair(held)
            if not (held.mentor_opens and held.family_opens):
                await unit.outbox.enqueue(
                    message(
                        f"mentor:pair:{held.id}:meet:{other}",
                        "mentorship-pair-meet",
                        person=other,
                        buttons=(
                            (("mentorship-meet-yes-button", f"men:open:{held.id}"),),
                            (("mentorship-meet-no-button", f"men:stay:{held.id}"),),
                        ),
                    )
                )
                return False
            for who in (held.mentor, held.family):
                await _show(unit, held, who)
            facts = {"pair": held.id, "community": held.community}
            await unit.events.record(
                Event(EventName.MENTOR_PAIR_MET, now, actor=person, facts=facts)
            )
            return True


async def _show(unit: MentorUnit, pair: Pair, person: PersonId) -> None:
    other = await unit.people.get(pair.other(person))
    if other is None or other.telegram_id is None:
        return
    await unit.outbox.enqueue(
        message(
            f"mentor:pair:{pair.id}:met:{person}",
            "mentorship-pair-met",
            person=person,
            facts={"account": str(other.telegram_id)},
        )
    )
