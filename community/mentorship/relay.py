"""Messages between a mentor and a family, carried by the bot: no name, no phone, no account leaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from community.cutting import parts
from community.escalation import Escalations
from community.escalation_effects import Reply
from community.escalation_model import Request, Severity, Source
from community.mentorship.model import Pair, Side, move
from community.mentorship.pairing import pair_buttons, pair_of
from community.mentorship.personal import hide
from community.mentorship.ports import MentorUnits
from community.mentorship.templates import check_filled
from community.model import Speciality
from community.words import act, message
from core.cohorts import Cohort
from core.effects import Effect, Kind
from core.events import Event, EventName
from core.ids import PersonId

LONGEST_EVIDENCE = 1500
"""Characters of the message that raised a red flag, kept with the escalation."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Use cases of the relay."""

    units: MentorUnits
    escalations: Escalations

    async def write(self, pair: int, author: PersonId, reply: Reply, now: datetime) -> list[str]:
        """Carry a message on without contacts; tell which kinds were hidden.

        Refused: `mentor.not_yours`, `mentor.not_now` (not begun, paused, finished), `template.unfilled` (M101) from
        a mentor. Pictures and voice go as copies: a copy tells no author.
        """
        async with self.units.begin() as unit:
            held = await pair_of(unit, pair)
            other = held.other(author)
            move(held, "write")
            if author == held.mentor:
                check_filled(reply.text)
            text, hidden = hide(reply.text)
            effects = _carried(held, author, other, replace(reply, text=text))
            await unit.outbox.enqueue(*effects)
            await unit.mentorship.add_message(
                held.id, author, reply.chat, reply.message, effects[0].key, now
            )
            await unit.mentorship.save_pair(replace(held, last_message_at=now))
            await unit.drafts.drop(author)
            return hidden

    async def edited(self, author: PersonId, reply: Reply) -> bool:
        """Carry an edit on; tell whether the message was one of a pair's."""
        async with self.units.reading() as look:
            if await look.mentorship.message_key(reply.chat, reply.message) is None:
                return False
        async with self.units.begin() as unit:
            known = await unit.mentorship.message_key(reply.chat, reply.message)
            if known is None or known[1] != author:
                return False
            pair, _, key, edits = known
            held = await pair_of(unit, pair)
            text, _ = hide(reply.text)
            [first, *_rest] = _carried(held, author, held.other(author), replace(reply, text=text))
            facts = {**first.facts, "of": key}
            edit = replace(first, key=f"{key}:e{edits + 1}", kind=Kind.EDIT, facts=facts)
            await unit.outbox.enqueue(edit)
            await unit.mentorship.count_edit(reply.chat, reply.message)
            return True

    async def red_flag(self, pair: int, author: PersonId, evidence: str, now: datetime) -> int:
        """Call an expert at once, with the words that worried; the other side is not told (R49).

        Refused: `mentor.not_yours`.
        """
        async with self.units.begin() as unit:
            held = await pair_of(unit, pair)
            held.other(author)
            flag = await unit.mentorship.add_flag(held.id, author, now)
            family = await unit.mentorship.application(held.community, held.family, Side.FAMILY)
            cohort = family.cohorts[0] if family is not None and family.cohorts else Cohort.UNKNOWN
            opened = await self.escalations.open(
                unit,
                Request(
                    key=f"mentor_flag:{flag}",
                    community=held.community,
                    source=Source.MENTOR,
                    severity=Severity.RED,
                    speciality=Speciality.PSYCHOLOGIST,
                    text=evidence[:LONGEST_EVIDENCE],
                    asker=author,
                    cohort=cohort,
                    private=True,
                ),
                now,
            )
            await unit.drafts.drop(author)
            facts = {"pair": held.id, "escalation": opened.id}
            await unit.events.record(
                Event(EventName.RED_FLAG_RAISED, now, actor=author, facts=facts)
            )
            return opened.id


def _carried(held: Pair, author: PersonId, other: PersonId, reply: Reply) -> list[Effect]:
    """Make the messages for the other side; who wrote is named by the side alone."""
    side = "mentor" if author == held.mentor else "family"
    key = f"mentor:pair:{held.id}:message:{reply.chat}:{reply.message}"
    effects = [
        message(
            key + (f":{index}" if index else ""),
            f"mentorship-from-{side}" if index == 0 else "mentorship-from-more",
            person=other,
            facts={"text": part},
            buttons=pair_buttons(held),
        )
        for index, part in enumerate(parts(reply.text))
    ]
    if reply.media:
        copy = act(
            f"{key}:media",
            Kind.COPY,
            reply.chat,
            from_chat=reply.chat,
            message_id=reply.message,
        )
        effects.append(replace(copy, chat=None, person=other))
    return effects
