"""Mentors and families: matched, introduced, carried, looked after."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.reading import all_texts
from community.escalation import Escalations
from community.escalation_effects import Reply
from community.mentorship.applications import Applications, Form
from community.mentorship.matching import ENOUGH, likeness, likeness_table, match
from community.mentorship.model import QUIZ, Application, Load, PairState, Side, Status, Topic
from community.mentorship.pairing import Pairing
from community.mentorship.personal import hide
from community.mentorship.relay import Relay
from community.mentorship.templates import (
    Template,
    check_filled,
    fill,
    read_templates,
    read_values,
    unfilled,
)
from community.roles import Roles
from core.cohorts import Cohort
from core.errors import Refusal
from core.ids import ChatId, CommunityId, PersonId
from core.roles import Role
from tests.community.people import EXPERT, MODERATOR, OTHER_PARENT, PARENT, STAFF, School

TEXTS = all_texts()
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def applicant(key: int, side: Side = Side.FAMILY, **changes: Any) -> Application:
    usual = Application(
        id=key,
        community=CommunityId(1),
        person=PersonId(key),
        side=side,
        status=Status.READY,
        cohorts=(Cohort.PRESCHOOL,),
        topics=(Topic.SLEEP,),
        language="ru",
        offset_minutes=180,
        limit=2,
        about="",
        applied_at=NOW + timedelta(minutes=key),
    )
    return replace(usual, **changes)


def mentor(key: int, **changes: Any) -> Application:
    return applicant(key, Side.MENTOR, **changes)


@pytest.mark.parametrize(
    ("case", "family", "score", "reasons"),
    [
        ("the same in everything", applicant(2), 70, ("cohort", "topic", "hours")),
        (
            "a neighbouring age",
            applicant(2, cohorts=(Cohort.EARLY_SCHOOL,)),
            45,
            ("near_cohort", "topic", "hours"),
        ),
        (
            "only a topic, far away",
            applicant(2, cohorts=(Cohort.TEEN,), offset_minutes=600),
            20,
            ("topic",),
        ),
        (
            "nothing in common but hours",
            applicant(2, cohorts=(Cohort.TEEN,), topics=(Topic.TEENS,)),
            0,
            (),
        ),
        ("another language", applicant(2, language="en"), 0, ()),
        ("an age nobody knows", applicant(2, cohorts=(Cohort.UNKNOWN,)), 30, ("topic", "hours")),
        ("himself", applicant(1), 0, ()),
    ],
)
def test_likeness_tells_its_reasons(case, family, score, reasons):
    assert likeness(mentor(1), family) == (score, reasons)


def best_by_trying(mentors: list[Application], families: list[Application]) -> int:
    """Find the largest sum by trying every assignment."""
    places = [m for m in mentors for _ in range(m.limit)]
    best = 0
    for taken in itertools.permutations([*places, *([None] * len(families))], len(families)):
        scores = [
            likeness(m, f)[0] if m is not None else 0 for m, f in zip(taken, families, strict=True)
        ]
        best = max(best, sum(score for score in scores if score >= ENOUGH))
    return best


@pytest.mark.parametrize("seed", range(12))
def test_the_assignment_is_the_best_there_is(seed):
    chance = random.Random(seed)
    mentors = [
        mentor(
            n,
            limit=chance.randint(1, 2),
            cohorts=(chance.choice(list(Cohort)),),
            topics=(chance.choice(list(Topic)),),
        )
        for n in range(1, 4)
    ]
    families = [
        applicant(
            10 + n,
            cohorts=(chance.choice(list(Cohort)),),
            topics=tuple(chance.sample(list(Topic), 2)),
        )
        for n in range(4)
    ]
    assert sum(m.score for m in match(mentors, families, {})) == best_by_trying(mentors, families)


def test_the_table_of_likeness_says_what_each_pair_does():
    chance = random.Random(3)

    def some(key: int) -> Application:
        return applicant(
            key,
            cohorts=tuple(chance.sample(list(Cohort), chance.randint(0, 3))),
            topics=tuple(chance.sample(list(Topic), chance.randint(1, 4))),
            language=chance.choice(["ru", "en"]),
            offset_minutes=chance.choice([0, 120, 180, 300]),
        )

    mentors, families = [some(n) for n in range(25)], [some(n) for n in range(20, 50)]
    table = likeness_table(mentors, families)
    assert [[int(v) for v in row] for row in table] == [
        [likeness(m, f)[0] for m in mentors] for f in families
    ]


def test_ties_go_to_who_applied_first_whatever_the_order_given():
    mentors, families = [mentor(n, limit=1) for n in (1, 2)], [applicant(n) for n in (11, 12, 13)]
    expected = {(1, 11), (2, 12)}
    for shuffled in itertools.permutations(families):
        for order in (mentors, mentors[::-1]):
            made = match(order, list(shuffled), {})
            assert {m.family for m in made} == {f for _, f in expected}
            assert {(m.mentor, m.family) for m in made} == {
                (m.mentor, m.family) for m in match(mentors, families, {})
            }


def test_places_that_are_taken_and_pairs_that_said_no_are_left_out():
    assert match([mentor(1)], [applicant(2)], {PersonId(1): 2}) == []
    assert (
        match([mentor(1)], [applicant(2)], {}, refused=frozenset({(PersonId(1), PersonId(2))}))
        == []
    )
    assert match([], [applicant(2)], {}) == []


def test_a_thousand_families_and_three_hundred_mentors_are_matched_within_a_second():
    import time

    chance = random.Random(7)

    def some(key: int, side: Side) -> Application:
        return applicant(
            key,
            side,
            cohorts=(chance.choice(list(Cohort)),),
            topics=tuple(chance.sample(list(Topic), 2)),
            limit=3,
        )

    mentors, families = (
        [some(n, Side.MENTOR) for n in range(300)],
        [some(1000 + n, Side.FAMILY) for n in range(1000)],
    )
    match(mentors[:2], families[:2], {})
    started = time.process_time()
    made = match(mentors, families, {})
    assert time.process_time() - started < 1.0
    assert len(made) > 800


class Services:
    def __init__(self, school: School) -> None:
        database = school.database
        self.school = school
        self.applications = Applications(database, Roles(database, TEXTS))
        self.pairing = Pairing(database)
        self.relay = Relay(database, Escalations(database))

    async def apply(self, who: int, side: Side) -> Application:
        async with self.school.database.reading() as unit:
            person: Any = await unit.people.by_telegram(who)
        form = Form(side, (Cohort.PRESCHOOL,), (Topic.SLEEP,), "Двое детей")
        return await self.applications.apply(self.school.community.id, person, form, 180, NOW)

    async def ready(self) -> None:
        """A trained mentor (OTHER_PARENT) and an approved family (PARENT)."""
        for who, side in ((OTHER_PARENT, Side.MENTOR), (PARENT, Side.FAMILY)):
            application = await self.apply(who, side)
            await self.applications.approve(application.id, self.school.person(MODERATOR), NOW)
            if side is Side.MENTOR:
                assert await self.applications.trained(
                    application.id, application.person, QUIZ, NOW
                )

    async def paired(self) -> int:
        await self.ready()
        [pair] = await self.pairing.propose(self.school.community.id, None, NOW)
        for who in (OTHER_PARENT, PARENT):
            await self.pairing.agree(pair.id, self.school.person(who), NOW)
        return pair.id


@pytest.fixture
def services(school) -> Services:
    return Services(school)


async def test_a_mentor_is_approved_trained_and_gets_the_role(school, services, clock):
    application = await services.apply(OTHER_PARENT, Side.MENTOR)
    [card] = await school.planned("mentor:application:")
    assert (card["chat_id"], card["topic"]) == (STAFF, 22)
    await services.applications.approve(application.id, school.person(MODERATOR), NOW)
    with pytest.raises(Refusal, match=r"mentor.settled"):
        await services.applications.approve(application.id, school.person(MODERATOR), NOW)
    wrong = tuple("c" for _ in QUIZ)
    assert not await services.applications.trained(
        application.id, school.person(OTHER_PARENT), wrong, NOW
    )
    with pytest.raises(Refusal, match=r"mentor.not_yours"):
        await services.applications.trained(application.id, school.person(PARENT), QUIZ, NOW)
    assert await services.applications.trained(
        application.id, school.person(OTHER_PARENT), QUIZ, NOW
    )
    roles = await Roles(school.database, TEXTS).of(
        school.person(OTHER_PARENT), school.community.id, clock.now()
    )
    assert roles == {Role.MENTOR}
    assert [row["facts"]["tag"] for row in await school.planned("tag:")] == ["наставник"]


async def test_a_pair_begins_when_both_agreed_and_knows_the_reasons(each_school, clock):
    school, services = each_school, Services(each_school)
    await services.ready()
    [pair] = await services.pairing.propose(school.community.id, None, NOW)
    asked = await school.planned(f"mentor:pair:{pair.id}:proposed")
    assert {row["person_id"] for row in asked} == {
        school.person(PARENT),
        school.person(OTHER_PARENT),
    }
    assert asked[0]["facts"]["reasons"] == {
        "list": ["mentorship-reason-cohort", "mentorship-reason-topic", "mentorship-reason-hours"]
    }
    assert await services.pairing.propose(school.community.id, None, NOW) == []
    assert (
        await services.pairing.agree(pair.id, school.person(PARENT), NOW)
    ).state is PairState.PROPOSED
    assert (
        await services.pairing.agree(pair.id, school.person(OTHER_PARENT), NOW)
    ).state is PairState.ACTIVE


async def test_a_refused_pair_is_not_proposed_again(school, services):
    await services.ready()
    [pair] = await services.pairing.propose(school.community.id, None, NOW)
    await services.pairing.agree(pair.id, school.person(PARENT), NOW)
    await services.pairing.refuse(pair.id, school.person(OTHER_PARENT), NOW)
    [told] = await school.planned(f"mentor:pair:{pair.id}:refused")
    assert told["person_id"] == school.person(PARENT)
    assert await services.pairing.propose(school.community.id, None, NOW) == []


async def test_a_message_reaches_the_other_side_without_name_or_phone(school, services):
    pair = await services.paired()
    hello = Reply("Вера", "Я Вера, звоните +7 912 345-67-89 или @vera_home", ChatId(PARENT), 31)
    hidden = await services.relay.write(pair, school.person(PARENT), hello, NOW)
    assert hidden == ["phone", "account"]
    [row] = await school.planned(f"mentor:pair:{pair}:message")
    assert row["person_id"] == school.person(OTHER_PARENT)
    assert row["content"] == "text:mentorship-from-family"
    assert row["facts"]["text"] == "Я Вера, звоните ••• или •••"
    assert "912" not in str(row)


@pytest.mark.parametrize(
    ("case", "text", "kinds"),
    [
        ("a Russian mobile", "8 (912) 345-67-89", ["phone"]),
        ("glued digits", "звони 89123456789 вечером", ["phone"]),
        ("a mail", "пишите на vera@mail.ru", ["mail"]),
        ("an account", "я @vera_home", ["account"]),
        ("a link to an account", "https://t.me/vera_home", ["account"]),
        ("an age and an hour", "ему 5 лет, спит с 21:00 до 7:30", []),
        ("a date", "начали 23.11.2026 и ждём", []),
        ("a sum", "стоит 1500 рублей", []),
    ],
)
def test_contacts_are_hidden_and_plain_numbers_are_not(case, text, kinds):
    assert hide(text)[1] == kinds


async def test_an_edit_follows_the_message(school, services):
    pair = await services.paired()
    await services.relay.write(
        pair, school.person(PARENT), Reply("", "Здравствуйте", ChatId(PARENT), 31), NOW
    )
    assert await services.relay.edited(
        school.person(PARENT), Reply("", "Добрый вечер", ChatId(PARENT), 31)
    )
    assert not await services.relay.edited(
        school.person(OTHER_PARENT), Reply("", "Чужое", ChatId(PARENT), 31)
    )
    assert not await services.relay.edited(
        school.person(PARENT), Reply("", "Нет такого", ChatId(PARENT), 99)
    )
    first, edit = await school.planned(f"mentor:pair:{pair}:message")
    assert (edit["kind"], edit["facts"]["of"], edit["facts"]["text"]) == (
        "edit",
        first["key"],
        "Добрый вечер",
    )


async def test_a_mentors_message_with_an_empty_place_is_not_sent(school, services):
    """M101"""
    pair = await services.paired()
    words = Reply("", "Здравствуйте, {имя}! Попробуйте ___ вечером", ChatId(OTHER_PARENT), 40)
    with pytest.raises(Refusal) as refusal:
        await services.relay.write(pair, school.person(OTHER_PARENT), words, NOW)
    assert (refusal.value.code, refusal.value.facts["names"]) == ("template.unfilled", "имя, ___")
    assert await school.planned(f"mentor:pair:{pair}:message") == []


async def test_a_stranger_can_neither_write_nor_raise_a_flag(school, services):
    pair = await services.paired()
    with pytest.raises(Refusal, match=r"mentor.not_yours"):
        await services.relay.write(
            pair, school.person(EXPERT), Reply("", "x", ChatId(EXPERT), 1), NOW
        )
    with pytest.raises(Refusal, match=r"mentor.not_yours"):
        await services.relay.red_flag(pair, school.person(EXPERT), "x", NOW)


async def test_a_red_flag_reaches_an_expert_at_once_with_the_evidence(school, services, clock):
    pair = await services.paired()
    key = await services.relay.red_flag(
        pair, school.person(OTHER_PARENT), "Он меня бьёт", clock.now()
    )
    async with school.database.reading() as unit:
        opened = await unit.escalations.get(key)
    assert (opened.request.severity, opened.request.source) == ("red", "mentor")
    assert opened.request.text == "Он меня бьёт"
    assert opened.due == clock.now() + timedelta(minutes=15)
    assert await school.planned(f"mentor:pair:{pair}:flag") == []


async def test_a_pause_stops_messages_and_check_ins(school, services):
    pair = await services.paired()
    await services.pairing.pause(pair, school.person(PARENT), NOW, paused=True)
    with pytest.raises(Refusal, match=r"mentor.not_now"):
        await services.relay.write(
            pair, school.person(PARENT), Reply("", "x", ChatId(PARENT), 1), NOW
        )
    assert await services.pairing.tick(NOW + timedelta(days=30)) == 0
    await services.pairing.pause(pair, school.person(PARENT), NOW, paused=False)
    assert await services.pairing.tick(NOW + timedelta(days=7)) == 1


async def test_both_are_asked_once_a_week_and_a_silent_pair_otherwise(school, services):
    pair = await services.paired()
    week = timedelta(days=7)
    assert await services.pairing.tick(NOW + week) == 1
    assert await services.pairing.tick(NOW + week) == 0
    assert len(await school.planned(f"mentor:pair:{pair}:check-in")) == 2
    assert await services.pairing.tick(NOW + 2 * week) == 1
    assert len(await school.planned(f"mentor:pair:{pair}:quiet")) == 2


async def test_a_finished_pair_is_thanked_and_the_family_may_look_anew(school, services):
    pair = await services.paired()
    await services.pairing.finish(pair, school.person(PARENT), NOW, anew=True)
    assert len(await school.planned(f"mentor:pair:{pair}:finished")) == 2
    await services.pairing.feedback(pair, school.person(PARENT), "Спасибо!")
    async with school.database.reading() as unit:
        held = await unit.mentorship.pair(pair)
        family = await unit.mentorship.application(
            school.community.id, school.person(PARENT), Side.FAMILY
        )
    assert (held.family_feedback, held.mentor_feedback) == ("Спасибо!", None)
    assert family.status is Status.READY
    assert await services.pairing.of(school.person(PARENT)) == []
    assert await school.planned("mentor:recognised") == [], (
        "a pair that never wrote is no help given"
    )


async def test_a_mentor_is_thanked_for_the_first_family_accompanied_to_the_end(school, services):
    pair = await services.paired()
    await services.relay.write(
        pair, school.person(OTHER_PARENT), Reply("Ира", "Здравствуйте", ChatId(1), 5), NOW
    )
    await services.pairing.finish(pair, school.person(PARENT), NOW)
    [thanks] = await school.planned("mentor:recognised")
    assert (thanks["person_id"], thanks["facts"]["families"]) == (school.person(OTHER_PARENT), 1)
    for language, words in (("ru", "с первой семьёй"), ("en", "first family")):
        assert words in TEXTS.say(language, "mentorship-recognition", families=1)
    assert "3 семьи" in TEXTS.say("ru", "mentorship-recognition", families=3)


@pytest.mark.parametrize(
    ("case", "load", "sign"),
    [
        ("calm", Load(PersonId(1), 1, 3, 10, 0), "fine"),
        ("two red flags in a week", Load(PersonId(1), 1, 3, 10, 2), "flags"),
        ("ten messages a day", Load(PersonId(1), 1, 3, 70, 0), "busy"),
        ("no free place", Load(PersonId(1), 3, 3, 10, 1), "full"),
        ("a family and no word", Load(PersonId(1), 1, 3, 0, 0), "silent"),
        ("no family and no word", Load(PersonId(1), 0, 3, 0, 0), "fine"),
    ],
)
def test_strain_shows(case, load, sign):
    assert load.sign == sign


async def test_the_load_counts_messages_flags_and_pairs(school, services):
    pair = await services.paired()
    for number in range(3):
        await services.relay.write(
            pair,
            school.person(OTHER_PARENT),
            Reply("", "Слушаю", ChatId(OTHER_PARENT), number),
            NOW,
        )
    await services.relay.red_flag(pair, school.person(OTHER_PARENT), "тревожно", NOW)
    [load] = await services.pairing.loads(school.community.id, NOW)
    assert (load.pairs, load.limit, load.messages, load.red_flags) == (1, 3, 3, 1)


TEMPLATE = Template(
    "hello", "Приветствие", "Здравствуйте, {имя}! Вашему ребёнку [возраст], попробуйте <способ>."
)


@pytest.mark.parametrize(
    ("case", "words", "left"),
    [
        ("nothing given", "", ["имя", "возраст", "способ"]),
        ("one given", "имя=Анна", ["возраст", "способ"]),
        ("all given, any case", "Имя=Анна; ВОЗРАСТ=5 лет; способ=ритуал", []),
        ("an empty value is none", "имя=; возраст=5 лет; способ=ритуал", ["имя"]),
    ],
)
def test_a_template_leaves_only_when_filled(case, words, left):
    """M101"""
    text = fill(TEMPLATE, read_values(words))
    assert unfilled(text) == left
    if left:
        with pytest.raises(Refusal, match=r"template.unfilled"):
            check_filled(text)
    else:
        assert check_filled(text) == "Здравствуйте, Анна! Вашему ребёнку 5 лет, попробуйте ритуал."


def test_templates_are_read_and_a_faulty_one_is_named():
    made = read_templates({"templates": [{"name": "hi", "text": "Привет, {имя}"}]})
    assert made["hi"].title == "hi"
    with pytest.raises(ValueError, match="hi"):
        read_templates({"templates": [{"name": "hi"}]})
