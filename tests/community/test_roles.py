"""Granting and withdrawing roles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.reading import all_texts
from community.model import Grant, Speciality
from community.roles import Roles
from core.errors import Refusal
from core.ids import TelegramId
from core.roles import Role
from tests.community.people import ADMIN, MENTOR, MODERATOR, OWNER, PARENT

TEXTS = all_texts()


async def held(school, telegram_id: int, now) -> frozenset[Role]:
    return await Roles(school.database, TEXTS).of(
        school.person(telegram_id), school.community.id, now
    )


async def grant(school, clock, author, role, subject=PARENT, **more: Any) -> Grant:
    roles = Roles(school.database, TEXTS)
    author_roles = await held(school, author, clock.now())
    return await roles.grant(
        school.person(author),
        author_roles,
        TelegramId(subject),
        role,
        community=school.community.id,
        now=clock.now(),
        **more,
    )


async def withdraw(school, clock, author, role, subject) -> None:
    author_roles = await held(school, author, clock.now())
    await Roles(school.database, TEXTS).withdraw(
        school.person(author),
        author_roles,
        TelegramId(subject),
        role,
        community=school.community.id,
        now=clock.now(),
    )


async def test_a_role_ends_exactly_at_its_expiry(each_school, clock):
    school = each_school
    ends = clock.now() + timedelta(days=30)
    await grant(school, clock, MODERATOR, Role.MENTOR, expires_at=ends)
    assert await held(school, PARENT, ends - timedelta(microseconds=1)) == {Role.MENTOR}
    assert await held(school, PARENT, ends) == set()


async def test_a_grant_is_told_tagged_and_recorded_with_its_author(school, clock):
    await grant(school, clock, ADMIN, Role.EXPERT, speciality=Speciality.METHODIST)
    [tag] = await school.planned("tag:")
    assert tag["facts"]["user_id"] == PARENT
    assert tag["facts"]["tag"] == "эксперт"
    [told] = await school.planned("role:")
    assert told["person_id"] == school.person(PARENT)
    async with school.database.reading() as unit:
        [given] = await unit.roles.of_person(school.person(PARENT))
    assert (given.granted_by, given.speciality) == (school.person(ADMIN), Speciality.METHODIST)
    assert await school.events("community.role.granted") == 1


async def test_granting_again_replaces_and_keeps_the_history(each_school, clock):
    school = each_school
    await grant(school, clock, MODERATOR, Role.MENTOR, expires_at=clock.now() + timedelta(days=1))
    clock.jump(timedelta(hours=1))
    await grant(school, clock, MODERATOR, Role.MENTOR)
    async with school.database.reading() as unit:
        first, second = await unit.roles.of_person(school.person(PARENT))
    assert first.withdrawn_at is not None
    assert second.holds(clock.now() + timedelta(days=300))


@pytest.mark.parametrize(
    ("author", "role", "code"),
    [
        (MODERATOR, Role.MODERATOR, "roles.not_yours_to_give"),
        (MODERATOR, Role.OWNER, "roles.not_yours_to_give"),
        (ADMIN, Role.ADMIN, "roles.not_yours_to_give"),
        (MENTOR, Role.MENTOR, "roles.not_yours_to_give"),
        (ADMIN, Role.EXPERT, "roles.speciality_needed"),
    ],
)
async def test_what_may_not_be_granted_is_refused(school, clock, author, role, code):
    with pytest.raises(Refusal) as refusal:
        await grant(school, clock, author, role)
    assert refusal.value.code == code
    assert await held(school, PARENT, clock.now()) == set()


async def test_an_expiry_in_the_past_and_a_stranger_are_refused(school, clock):
    with pytest.raises(Refusal, match=r"roles.expiry_past"):
        await grant(school, clock, OWNER, Role.ADMIN, expires_at=clock.now())
    with pytest.raises(Refusal, match=r"person.not_found"):
        await grant(school, clock, OWNER, Role.ADMIN, subject=999)


async def test_a_withdrawn_role_is_gone_at_once_and_its_tag_with_it(school, clock):
    await withdraw(school, clock, MODERATOR, Role.MENTOR, MENTOR)
    assert await held(school, MENTOR, clock.now()) == set()
    [tag] = await school.planned("tag:")
    assert tag["facts"]["tag"] == ""


async def test_the_last_owner_cannot_be_withdrawn(school, clock):
    with pytest.raises(Refusal, match=r"roles.last_owner"):
        await withdraw(school, clock, OWNER, Role.OWNER, OWNER)
    await grant(school, clock, OWNER, Role.OWNER, subject=ADMIN)
    await withdraw(school, clock, OWNER, Role.OWNER, OWNER)
    assert await held(school, ADMIN, clock.now()) >= {Role.OWNER}


async def test_a_role_elsewhere_counts_nowhere_else(school, clock):
    async with school.database.begin() as unit:
        other = await unit.communities.add(-1009, "Вторая школа", "ru", "Asia/Omsk", unit.now)
        await unit.roles.add(
            school.person(PARENT), Role.ADMIN, community=other.id, author=None, now=unit.now
        )
    assert await held(school, PARENT, clock.now()) == set()
    everywhere = await Roles(school.database, TEXTS).of(school.person(PARENT), None, clock.now())
    assert everywhere == {Role.ADMIN}


async def test_the_tag_of_a_role_that_ran_out_is_taken_off(school, clock):
    await grant(school, clock, MODERATOR, Role.MENTOR, expires_at=clock.now() + timedelta(hours=1))
    clock.jump(timedelta(hours=2))
    assert await Roles(school.database, TEXTS).mirror_lapsed(clock.now()) == 1
    assert [row["facts"]["tag"] for row in await school.planned("tag:")][-1] == ""
