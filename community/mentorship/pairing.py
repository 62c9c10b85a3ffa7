"""Pairs: proposed with reasons, agreed by both, checked on weekly, paused, matched anew, finished with thanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from community.mentorship.matching import match
from community.mentorship.model import (
    CHECK_IN,
    LONGEST_ABOUT,
    QUIET_AFTER,
    Load,
    Pair,
    PairState,
    Side,
    Status,
    move,
)
from community.mentorship.ports import MentorUnit, MentorUnits
from community.words import Button, message
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import CommunityId, PersonId

WEEK = timedelta(days=7)
BATCH = 100
RECOGNISED = frozenset({1, 3, 5, 10, 25, 50})
"""Numbers of accompanied families at which a mentor is thanked."""
_TAKING_PLACE = {PairState.PROPOSED, PairState.ACTIVE, PairState.PAUSED}


@dataclass(frozen=True, slots=True)
class Pairing:
    """Use cases of pairs."""

    units: MentorUnits

    async def propose(
        self, community: CommunityId, author: PersonId | None, now: datetime
    ) -> list[Pair]:
        """Match everybody who waits and ask both sides; who is paired or was refused is not proposed again."""
        async with self.units.begin() as unit:
            pairs = await unit.mentorship.pairs(community)
            held = [pair for pair in pairs if pair.state in _TAKING_PLACE]
            taken: dict[PersonId, int] = {}
            for pair in held:
                taken[pair.mentor] = taken.get(pair.mentor, 0) + 1
            busy = {pair.family for pair in held}
            families = [
                a
                for a in await unit.mentorship.ready(community, Side.FAMILY)
                if a.person not in busy
            ]
            past = {PairState.REFUSED, PairState.FINISHED}
            refused = frozenset((p.mentor, p.family) for p in pairs if p.state in past)
            mentors = await unit.mentorship.ready(community, Side.MENTOR)
            made = []
            for found in match(mentors, families, taken, refused=refused):
                pair = await unit.mentorship.propose(
                    Pair(
                        id=0,
                        community=community,
                        mentor=found.mentor,
                        family=found.family,
                        state=PairState.PROPOSED,
                        reasons=found.reasons,
                        proposed_at=now,
                    )
                )
                await _ask_both(unit, pair)
                await _record(unit, EventName.MENTOR_PAIR_PROPOSED, pair, author, now)
                made.append(pair)
            return made

    async def agree(self, pair: int, person: PersonId, now: datetime) -> Pair:
        """Agree for one side; the pair begins when both did. Refused: `mentor.not_yours`, `mentor.not_now`."""
        async with self.units.begin() as unit:
            held = await pair_of(unit, pair)
            held.other(person)
            move(held, "agree")
            by_mentor = person == held.mentor
            held = replace(
                held,
                mentor_agreed=held.mentor_agreed or by_mentor,
                family_agreed=held.family_agreed or not by_mentor,
            )
            if held.mentor_agreed and held.family_agreed:
                held = replace(
                    held, state=PairState.ACTIVE, started_at=now, check_in_at=now + CHECK_IN
                )
                for side, who in (("mentor", held.mentor), ("family", held.family)):
                    await tell(unit, held, who, f"started-{side}", buttons=pair_buttons(held))
                await _record(unit, EventName.MENTOR_PAIR_STARTED, held, person, now)
            await unit.mentorship.save_pair(held)
            return held

    async def refuse(self, pair: int, person: PersonId, now: datetime) -> Pair:
        """Say no; the other side hears only that it did not work out."""
        async with self.units.begin() as unit:
            held = await pair_of(unit, pair)
            other = held.other(person)
            held = replace(held, state=move(held, "refuse"), finished_at=now)
            await unit.mentorship.save_pair(held)
            agreed = held.mentor_agreed if other == held.mentor else held.family_agreed
            if agreed:
                await tell(unit, held, other, "refused")
            return held

    async def pause(self, pair: int, person: PersonId, now: datetime, *, paused: bool) -> Pair:
        """Rest or go on; the other side is told."""
        async with self.units.begin() as unit:
            held = await pair_of(unit, pair)
            other = held.other(person)
            held = replace(
                held,
                state=move(held, "pause" if paused else "resume"),
                check_in_at=None if paused else now + CHECK_IN,
            )
            await unit.mentorship.save_pair(held)
            mark = str(int(now.timestamp()))
            await tell(unit, held, other, "paused" if paused else "resumed", mark=mark)
            return held

    async def finish(
        self, pair: int, person: PersonId, now: datetime, *, anew: bool = False
    ) -> Pair:
        """Finish with thanks and ask both for feedback. `anew`: the family looks for another mentor."""
        async with self.units.begin() as unit:
            held = await pair_of(unit, pair)
            held.other(person)
            held = replace(held, state=move(held, "finish"), finished_at=now, check_in_at=None)
            await unit.mentorship.save_pair(held)
            row: tuple[Button, ...] = (("mentorship-feedback-button", f"men:feedback:{held.id}"),)
            for side, who in (("mentor", held.mentor), ("family", held.family)):
                await tell(unit, held, who, f"finished-{side}", buttons=(row,))
            if not anew:
                family = await unit.mentorship.application(held.community, held.family, Side.FAMILY)
                if family is not None:
                    await unit.mentorship.save(replace(family, status=Status.LEFT))
            await _recognise(unit, held)
            await _record(unit, EventName.MENTOR_PAIR_FINISHED, held, person, now)
            return held

    async def feedback(self, pair: int, person: PersonId, words: str) -> None:
        """Keep feedback of one side. Refused: `input.too_long`, `mentor.not_yours`."""
        if len(words) > LONGEST_ABOUT:
            raise Refusal("input.too_long", limit=LONGEST_ABOUT)
        async with self.units.begin() as unit:
            held = await pair_of(unit, pair)
            held.other(person)
            if person == held.mentor:
                held = replace(held, mentor_feedback=words)
            else:
                held = replace(held, family_feedback=words)
            await unit.mentorship.save_pair(held)
            await unit.drafts.drop(person)

    async def of(self, person: PersonId) -> list[Pair]:
        """List a person's pairs that are not over."""
        async with self.units.reading() as unit:
            pairs = await unit.mentorship.pairs_of(person)
        return [pair for pair in pairs if pair.state in _TAKING_PLACE]

    async def loads(self, community: CommunityId, now: datetime) -> list[Load]:
        """Tell what every mentor carried in the last week, the most strained first."""
        async with self.units.reading() as unit:
            loads = await unit.mentorship.loads(community, now - WEEK)
        order = ("flags", "busy", "full", "silent", "fine")
        return sorted(loads, key=lambda load: (order.index(load.sign), load.mentor))

    async def tick(self, now: datetime) -> int:
        """Ask pairs whose week is over how it goes; tell how many."""
        async with self.units.reading() as look:
            waiting = await look.mentorship.due(now, BATCH)
        for key in waiting:
            async with self.units.begin() as unit:
                held = await pair_of(unit, key)
                if held.check_in_at is None or held.check_in_at > now:
                    continue
                since = held.last_message_at or held.started_at or held.proposed_at
                what = "quiet" if now - since >= QUIET_AFTER else "check-in"
                mark = f"{held.check_in_at:%Y%m%d}"
                for who in (held.mentor, held.family):
                    await tell(unit, held, who, what, mark=mark, buttons=check_in_buttons(held))
                await unit.mentorship.save_pair(replace(held, check_in_at=now + CHECK_IN))
        return len(waiting)


def pair_buttons(pair: Pair) -> tuple[tuple[Button, ...], ...]:
    """Make the buttons of a pair; replies to its messages are recognised by them."""
    return (
        (("mentorship-write-button", f"men:write:{pair.id}"),),
        (("mentorship-red-flag-button", f"men:flag:{pair.id}"),),
        (
            ("mentorship-pause-button", f"men:pause:{pair.id}"),
            ("mentorship-finish-button", f"men:finish:{pair.id}"),
        ),
    )


def check_in_buttons(pair: Pair) -> tuple[tuple[Button, ...], ...]:
    """Make the buttons of a weekly check-in: meeting without the bot is offered once they know each other."""
    return (*pair_buttons(pair), (("mentorship-meet-button", f"men:meet:{pair.id}"),))


async def tell(
    unit: MentorUnit,
    pair: Pair,
    person: PersonId,
    what: str,
    *,
    mark: str = "",
    buttons: Sequence[tuple[Button, ...]] = (),
) -> None:
    """Tell one side something about the pair."""
    key = f"mentor:pair:{pair.id}:{what}:{person}" + (f":{mark}" if mark else "")
    await unit.outbox.enqueue(
        message(key, f"mentorship-pair-{what}", person=person, buttons=tuple(buttons))
    )


async def pair_of(unit: MentorUnit, pair: int) -> Pair:
    """Find a pair and hold it. Refused: `mentor.not_found`."""
    held = await unit.mentorship.pair(pair, lock=True)
    if held is None:
        raise Refusal("mentor.not_found")
    return held


async def _recognise(unit: MentorUnit, pair: Pair) -> None:
    """Thank a mentor for the families accompanied to the end, at round numbers; a pair that never wrote is none."""
    finished = [
        one
        for one in await unit.mentorship.pairs_of(pair.mentor)
        if one.mentor == pair.mentor and one.state is PairState.FINISHED and one.last_message_at
    ]
    if len(finished) in RECOGNISED:
        key = f"mentor:recognised:{pair.mentor}:{len(finished)}"
        facts = {"families": len(finished)}
        await unit.outbox.enqueue(
            message(key, "mentorship-recognition", person=pair.mentor, facts=facts)
        )


async def _ask_both(unit: MentorUnit, pair: Pair) -> None:
    reasons = {"list": [f"mentorship-reason-{r.replace('_', '-')}" for r in pair.reasons]}
    row = (
        ("mentorship-agree-button", f"men:agree:{pair.id}"),
        ("mentorship-refuse-button", f"men:refuse:{pair.id}"),
    )
    for side, person in (("mentor", pair.mentor), ("family", pair.family)):
        await unit.outbox.enqueue(
            message(
                f"mentor:pair:{pair.id}:proposed:{person}",
                f"mentorship-proposed-{side}",
                person=person,
                facts={"reasons": reasons},
                buttons=(row,),
                reasons=tuple(f"matched by {reason}" for reason in pair.reasons),
            )
        )


async def _record(
    unit: MentorUnit, name: EventName, pair: Pair, actor: PersonId | None, now: datetime
) -> None:
    facts = {"pair": pair.id, "community": pair.community}
    await unit.events.record(Event(name, now, actor=actor, facts=facts))
