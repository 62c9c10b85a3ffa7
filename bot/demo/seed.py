"""Put the synthetic school into the product's database, through the same use cases people go through."""

from __future__ import annotations

from collections.abc import Callable

from bot.bridges import ConsentAnswers
from bot.demo.school import STAFF_TOPICS, TOPICS, Family, School
from community.duty import Shift
from community.model import Speciality, Topic, TopicState
from community.office import CLOSES, OPENS, WORKDAYS
from consent.purposes import ASKED
from consent.record import Evidence
from consent.service import Consents
from core.ids import ChatId, CommunityId, PersonId
from core.roles import Role
from emulator.actors import Person
from emulator.world.model import Chat
from storage.database import Database
from storage.unit import Unit

ZONE = "Europe/Moscow"
Progress = Callable[[str], None]


async def seed(
    database: Database, consents: Consents, school: School, invite: str, tell: Progress
) -> None:
    """Store community, staff and families; does nothing when the community is there already."""
    async with database.reading() as unit:
        if await unit.communities.by_chat(school.community.id) is not None:
            return
    await _community(database, school, invite)
    tell("community")
    for number, family in enumerate(school.families, start=1):
        await _family(database, consents, family)
        tell(f"family {number} of {len(school.families)}")


async def _community(database: Database, school: School, invite: str) -> None:
    async with database.begin() as unit:
        home = await unit.communities.add(
            ChatId(school.community.id), school.community.title or "", "ru", ZONE, unit.now
        )
        await unit.communities.set_staff_chat(home.id, ChatId(school.staff.id))
        for chat, topics in ((school.community, TOPICS), (school.staff, STAFF_TOPICS)):
            for topic in _topics(home.id, chat, topics):
                await unit.communities.save_topic(topic, unit.now)
        author = await _staff(unit, school, home.id)
        await _duty(unit, school, home.id)
        await unit.communities.change_setting(home.id, "invite", invite, author, unit.now)
        for member in school.community.members:
            await unit.memberships.joined(home.id, member, unit.now)


def _topics(home: CommunityId, chat: Chat, topics: tuple[tuple[str, str], ...]) -> list[Topic]:
    threads = {topic.name: topic.id for topic in chat.topics.values()}
    return [
        Topic(home, key, ChatId(chat.id), threads[name], name, TopicState.OPEN)
        for key, name in topics
    ]


async def _staff(unit: Unit, school: School, home: CommunityId) -> PersonId:
    owner = PersonId(0)
    for person, role, speciality in (
        (school.owner, Role.OWNER, None),
        (school.moderator, Role.MODERATOR, None),
        (school.methodist, Role.EXPERT, Speciality.METHODIST),
        (school.psychologist, Role.EXPERT, Speciality.PSYCHOLOGIST),
        (school.mentor, Role.MENTOR, None),
    ):
        added = await unit.people.add(person.id, "ru", unit.now)
        owner = owner or added.id
        await unit.people.change(
            added.id,
            stage="done",
            channel="active",
            started_at=unit.now,
            display_name=person.name,
            username=person.user.username,
        )
        person.user.started.add(school.bot.id)
        await unit.roles.add(
            added.id, role, community=home, author=owner, now=unit.now, speciality=speciality
        )
    return owner


async def _duty(unit: Unit, school: School, home: CommunityId) -> None:
    """Put both experts on duty in office hours."""
    for expert, speciality in (
        (school.methodist, Speciality.METHODIST),
        (school.psychologist, Speciality.PSYCHOLOGIST),
    ):
        known = await unit.people.by_telegram(expert.id)
        for weekday in WORKDAYS:
            if known is not None:
                shift = Shift(0, known.id, speciality, weekday, OPENS, CLOSES, ZONE)
                await unit.duty.add_shift(home, shift)


async def _family(database: Database, consents: Consents, family: Family) -> None:
    async with database.begin() as unit:
        person = await unit.people.add(family.parent.id, "ru", unit.now)
        await unit.people.change(
            person.id, zone=family.zone, stage="done", channel="active", started_at=unit.now
        )
    _open(family.parent)
    for purpose in ASKED:
        served = await consents.serve(person.id, purpose, language="ru")
        await consents.answer(
            person.id, purpose, grant=True, version=served.document.version, evidence=Evidence()
        )
    carry = ConsentAnswers(consents)
    for kid in family.kids:
        async with database.begin() as unit:
            child = await unit.people.add_child(
                person.id, unit.now, name=kid.name, born=f"{kid.born:%Y-%m}"
            )
            await carry.carry_to_child(unit, person.id, child, Evidence())
            token = await unit.links.issue("demo", family.external, kid.learner, unit.now)
            await unit.links.redeem(person.id, token, unit.now)
            await unit.links.attach_child(person.id, child, unit.now)


def _open(person: Person) -> None:
    for bot in person.emulator.world.bots.values():
        person.user.started.add(bot.id)
