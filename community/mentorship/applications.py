"""Applying on both sides, approval by a moderator, the mentor's short training."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from community.mentorship.model import (
    DEFAULT_LOAD,
    LARGEST_LOAD,
    LONGEST_ABOUT,
    Application,
    Side,
    Status,
    Topic,
    quiz_passed,
)
from community.mentorship.ports import MentorUnit, MentorUnits
from community.model import address
from community.roles import Roles
from community.words import message, word
from core.cohorts import Cohort
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import CommunityId, PersonId
from core.people import Person
from core.roles import Role

DESK_TOPIC = "staff_mentors"


@dataclass(frozen=True, slots=True)
class Form:
    """What a wizard gathered."""

    side: Side
    cohorts: tuple[Cohort, ...]
    topics: tuple[Topic, ...]
    about: str = ""
    limit: int = DEFAULT_LOAD


@dataclass(frozen=True, slots=True)
class Applications:
    """Use cases of applying."""

    units: MentorUnits
    roles: Roles

    async def apply(
        self, community: CommunityId, person: Person, form: Form, offset_minutes: int, now: datetime
    ) -> Application:
        """Take an application; a moderator looks at both sides. Applying again begins anew.

        Refused: `mentor.choose_topic`, `input.too_long`, `input.number` (families at a time).
        """
        if not form.topics:
            raise Refusal("mentor.choose_topic")
        if len(form.about) > LONGEST_ABOUT:
            raise Refusal("input.too_long", limit=LONGEST_ABOUT)
        if not 1 <= form.limit <= LARGEST_LOAD:
            raise Refusal("input.number")
        async with self.units.begin() as unit:
            application = await unit.mentorship.apply(
                Application(
                    id=0,
                    community=community,
                    person=person.id,
                    side=form.side,
                    status=Status.APPLIED,
                    cohorts=form.cohorts,
                    topics=form.topics,
                    language=person.language,
                    offset_minutes=offset_minutes,
                    limit=form.limit,
                    about=form.about,
                    applied_at=now,
                )
            )
            await unit.drafts.drop(person.id)
            await _show_staff(unit, application, now)
            await _record(unit, EventName.MENTOR_APPLIED, application, person.id, now)
            return application

    async def approve(self, application: int, author: PersonId, now: datetime) -> Application:
        """Approve: a family waits for a mentor, a mentor goes to the training. Refused: `mentor.settled`."""
        async with self.units.begin() as unit:
            held = await _waiting(unit, application)
            status = Status.TRAINING if held.side is Side.MENTOR else Status.READY
            approved = replace(held, status=status)
            await unit.mentorship.save(approved)
            training = ((("mentorship-training-button", f"men:quiz:{held.id}"),),)
            mentor = held.side is Side.MENTOR
            await unit.outbox.enqueue(
                message(
                    f"mentor:application:{held.id}:approved:{int(held.applied_at.timestamp())}",
                    "mentorship-approved-mentor" if mentor else "mentorship-approved-family",
                    person=held.person,
                    buttons=training if mentor else (),
                )
            )
            await _record(unit, EventName.MENTOR_APPROVED, approved, author, now)
            return approved

    async def decline(self, application: int, author: PersonId, now: datetime) -> None:
        """Decline kindly. Refused: `mentor.settled`."""
        async with self.units.begin() as unit:
            held = await _waiting(unit, application)
            declined = replace(held, status=Status.DECLINED)
            await unit.mentorship.save(declined)
            await unit.outbox.enqueue(
                message(
                    f"mentor:application:{held.id}:declined:{int(held.applied_at.timestamp())}",
                    "mentorship-declined",
                    person=held.person,
                )
            )
            await _record(unit, EventName.MENTOR_DECLINED, declined, author, now)

    async def trained(
        self, application: int, person: PersonId, answers: tuple[str, ...], now: datetime
    ) -> bool:
        """Mark the quiz: passed makes a mentor, with the role and the tag; failed may be tried again.

        Refused: `mentor.not_yours`, `mentor.settled` unless the training is due.
        """
        async with self.units.begin() as unit:
            held = await unit.mentorship.by_number(application)
            if held is None or held.person != person:
                raise Refusal("mentor.not_yours")
            if held.status is not Status.TRAINING:
                raise Refusal("mentor.settled")
            await unit.drafts.drop(person)
            if not quiz_passed(answers):
                return False
            await unit.mentorship.save(replace(held, status=Status.READY))
            await self.roles.grant_in(unit, person, Role.MENTOR, held.community, now)
            await _record(unit, EventName.MENTOR_TRAINED, held, person, now)
            return True

    async def pause(self, community: CommunityId, person: PersonId, *, paused: bool) -> Application:
        """Take a rest as a mentor, or come back: no new families meanwhile. Refused: `mentor.not_found`."""
        async with self.units.begin() as unit:
            held = await unit.mentorship.application(community, person, Side.MENTOR)
            if held is None or held.status not in {Status.READY, Status.PAUSED}:
                raise Refusal("mentor.not_found")
            changed = replace(held, status=Status.PAUSED if paused else Status.READY)
            await unit.mentorship.save(changed)
            return changed

    async def of(self, community: CommunityId, person: PersonId, side: Side) -> Application | None:
        async with self.units.reading() as unit:
            return await unit.mentorship.application(community, person, side)


async def _waiting(unit: MentorUnit, application: int) -> Application:
    held = await unit.mentorship.by_number(application)
    if held is None or held.status is not Status.APPLIED:
        raise Refusal("mentor.settled")
    return held


async def _show_staff(unit: MentorUnit, held: Application, now: datetime) -> None:
    home = await unit.communities.get(held.community)
    if home is None or home.staff_chat is None:
        return
    desk = await unit.communities.topic(home.id, DESK_TOPIC)
    facts = {
        "id": str(held.id),
        "side": word(f"mentorship-side-{held.side.value}"),
        "topics": {"list": [f"mentorship-topic-{topic.value}" for topic in held.topics]},
        "cohorts": {"list": [f"cohort-{cohort.value}" for cohort in held.cohorts]},
        "about": held.about or "…",
    }
    row = (
        ("mentorship-approve-button", f"men:yes:{held.id}"),
        ("mentorship-decline-button", f"men:no:{held.id}"),
    )
    await unit.outbox.enqueue(
        message(
            f"mentor:application:{held.id}:{int(now.timestamp())}",
            "mentorship-application-card",
            chat=home.staff_chat,
            topic=address(desk),
            language=home.language,
            facts=facts,
            buttons=(row,),
        )
    )


async def _record(
    unit: MentorUnit, name: EventName, held: Application, actor: PersonId, now: datetime
) -> None:
    facts = {"application": held.id, "side": held.side.value}
    await unit.events.record(Event(name, now, person=held.person, actor=actor, facts=facts))
