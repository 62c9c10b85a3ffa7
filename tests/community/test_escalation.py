"""From a question to an answer, and what happens when nobody gives one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from community.cutting import PART, parts
from community.duty import Shift
from community.escalation import Escalations
from community.escalation_effects import Reply
from community.escalation_model import Request, Severity, Source, State
from community.escalation_watch import Watch
from community.model import Speciality
from core.cohorts import Cohort
from core.errors import Refusal
from core.ids import ChatId
from tests.community.people import (
    ADMIN,
    CHAT,
    EXPERT,
    OTHER_EXPERT,
    OTHER_PARENT,
    OWNER,
    PARENT,
    STAFF,
    ZONE,
    School,
)

ANSWER = Reply("Анна", "Скорее к врачу.", ChatId(EXPERT), 501)


def request(school: School, key: str = "case:1", **changes) -> Request:
    usual = {
        "key": key,
        "community": school.community.id,
        "source": Source.RULE,
        "severity": Severity.NORMAL,
        "speciality": Speciality.PSYCHOLOGIST,
        "text": "Сколько давать?",
        "asker": school.person(PARENT),
        "asker_telegram": PARENT,
        "cohort": Cohort.PRESCHOOL,
        "chat": CHAT,
        "topic": 12,
        "message": 300,
    }
    return Request(**{**usual, **changes})


async def on_duty(
    school: School, *experts: int, starts: str = "10:00", ends: str = "19:00"
) -> None:
    async with school.database.begin() as unit:
        for expert in experts:
            for weekday in range(7):
                shift = Shift(
                    0,
                    school.person(expert),
                    Speciality.PSYCHOLOGIST,
                    weekday,
                    time.fromisoformat(starts),
                    time.fromisoformat(ends),
                    ZONE,
                )
                await unit.duty.add_shift(school.community.id, shift)


async def opened(school: School, clock, **changes) -> int:
    async with school.database.begin() as unit:
        escalation = await Escalations(school.database).open(
            unit, request(school, **changes), clock.now()
        )
        return escalation.id


async def held(school: School, key: int):
    async with school.database.reading() as unit:
        return await unit.escalations.get(key)


async def cards(school: School) -> list[Any]:
    return [
        row["person_id"]
        for row in await school.planned("escalation:")
        if ":card:" in str(row["key"])
    ]


async def test_the_expert_on_duty_gets_a_card_with_the_age_and_without_the_name(each_school, clock):
    school = each_school
    await on_duty(school, EXPERT)
    key = await opened(school, clock, source=Source.PARENT)
    card, told = await school.planned("escalation:")
    assert card["person_id"] == school.person(EXPERT)
    assert card["facts"]["cohort"] == {"text": "cohort-3-5"}
    assert card["facts"]["text"] == "Сколько давать?"
    assert (card["facts"]["earlier"], card["facts"]["topic"]) == (0, "preschool")
    assert "Вера" not in str(card["facts"])
    assert told["content"] == "text:escalation-told-received"
    assert told["person_id"] == school.person(PARENT)
    assert (await held(school, key)).due == clock.now() + timedelta(hours=7 + 1 + 15)


async def test_opening_the_same_case_twice_opens_one(school, clock):
    await on_duty(school, EXPERT)
    assert await opened(school, clock) == await opened(school, clock)
    assert len(await cards(school)) == 1


async def test_a_rolled_back_case_leaves_no_escalation(school, clock):
    await on_duty(school, EXPERT)
    with pytest.raises(ZeroDivisionError):
        async with school.database.begin() as unit:
            await Escalations(school.database).open(unit, request(school), clock.now())
            _ = 1 / 0
    assert await school.planned() == []


async def test_an_answer_stands_in_the_topic_as_the_experts_and_the_asker_is_told(school, clock):
    await on_duty(school, EXPERT)
    ended = []

    async def listener(unit, escalation) -> None:
        ended.append((escalation.request.key, escalation.state))

    service = Escalations(school.database, (listener,))
    key = await opened(school, clock)
    await service.take(key, school.person(EXPERT), clock.now())
    await service.answer(key, school.person(EXPERT), ANSWER, clock.now())
    [answer] = await school.planned(f"escalation:{key}:answer")
    assert (answer["chat_id"], answer["topic"], answer["facts"]["reply_to"]) == (CHAT, 12, 300)
    assert (answer["facts"]["name"], answer["facts"]["text"]) == ("Анна", "Скорее к врачу.")
    [told] = await school.planned(f"escalation:{key}:told")
    assert told["facts"]["link"] == "https://t.me/c/1000000001/12"
    assert ended == [("case:1", State.ANSWERED)]
    assert (await held(school, key)).step_at is None


async def test_a_private_question_is_answered_in_private(school, clock):
    await on_duty(school, EXPERT)
    key = await opened(school, clock, chat=None, topic=None, message=None, private=True)
    await Escalations(school.database).answer(key, school.person(EXPERT), ANSWER, clock.now())
    [answer] = await school.planned(f"escalation:{key}:answer")
    assert (answer["person_id"], answer["chat_id"]) == (school.person(PARENT), None)


async def test_a_voice_answer_follows_its_heading_as_a_copy(school, clock):
    await on_duty(school, EXPERT)
    key = await opened(school, clock)
    voice = Reply("Анна", "", ChatId(EXPERT), 502, media=True)
    await Escalations(school.database).answer(key, school.person(EXPERT), voice, clock.now())
    heading, copy = await school.planned(f"escalation:{key}:answer")
    assert (copy["kind"], copy["chat_id"], copy["topic"]) == ("copy", CHAT, 12)
    assert copy["facts"] == {"from_chat": EXPERT, "message_id": 502}
    assert heading["content"] == "text:escalation-answer-in-topic"


async def test_an_edited_answer_edits_what_was_published(each_school, clock):
    school = each_school
    await on_duty(school, EXPERT)
    service, key = Escalations(school.database), await opened(school, clock)
    await service.answer(key, school.person(EXPERT), ANSWER, clock.now())
    for words in ("Сначала к педиатру.", "Сначала к педиатру, потом к нам."):
        assert await service.edited(
            school.person(EXPERT), Reply("Анна", words, ChatId(EXPERT), 501)
        )
    _, first, second = await school.planned(f"escalation:{key}:answer")
    assert (first["kind"], first["facts"]["of"]) == ("edit", f"escalation:{key}:answer:0")
    assert second["facts"]["of"] == f"escalation:{key}:answer:0"
    assert second["facts"]["text"] == "Сначала к педиатру, потом к нам."
    assert not await service.edited(
        school.person(OTHER_EXPERT), Reply("Б", "Взлом", ChatId(EXPERT), 501)
    )
    assert not await service.edited(
        school.person(EXPERT), Reply("Анна", "Другое", ChatId(EXPERT), 999)
    )


async def test_two_experts_press_take_and_one_holds_it(each_school, clock):
    """M83 for experts: one wins, the other is told."""
    school = each_school
    await on_duty(school, EXPERT, OTHER_EXPERT)
    service, key = Escalations(school.database), await opened(school, clock)
    results = await asyncio.gather(
        service.take(key, school.person(EXPERT), clock.now()),
        service.take(key, school.person(OTHER_EXPERT), clock.now()),
        return_exceptions=True,
    )
    refused = [r for r in results if isinstance(r, Refusal)]
    assert [r.code for r in refused] == ["escalation.already_taken"]
    holder = (await held(school, key)).assigned
    other = EXPERT if holder == school.person(OTHER_EXPERT) else OTHER_EXPERT
    with pytest.raises(Refusal, match=r"escalation.already_taken"):
        await service.answer(key, school.person(other), ANSWER, clock.now())


async def test_outside_duty_hours_the_parent_hears_when_and_the_card_waits_for_the_morning(
    school, clock
):
    """M99: no eternal online."""
    await on_duty(school, EXPERT, starts="15:00", ends="17:00")
    key = await opened(school, clock, source=Source.PARENT)
    [staff, told] = await school.planned("escalation:")
    assert staff["chat_id"] == STAFF
    assert told["content"] == "text:escalation-outside-hours"
    assert told["facts"]["when"] == {"at": "2026-11-23T12:00:00+00:00"}
    clock.jump(timedelta(hours=3))
    assert await Watch(school.database).tick(clock.now()) == 1
    assert (await held(school, key)).assigned == school.person(EXPERT)
    assert school.person(EXPERT) in await cards(school)


async def test_no_answer_means_a_reminder_then_the_next_expert_then_a_supervisor(
    each_school, clock
):
    """M99"""
    school = each_school
    await on_duty(school, EXPERT, OTHER_EXPERT)
    watch, key = Watch(school.database), await opened(school, clock, severity=Severity.MEDICAL)
    first = (await held(school, key)).assigned
    await Escalations(school.database).take(key, first, clock.now())
    steps = []
    for _ in range(13):
        clock.jump(timedelta(minutes=15))
        if await watch.tick(clock.now()):
            steps.append(
                (
                    clock.now() - (await held(school, key)).opened_at,
                    [str(r["key"]).split(":")[2] for r in await school.planned("escalation:")][-1],
                )
            )
    assert [after for after, _ in steps] == [
        timedelta(hours=1),
        timedelta(hours=2),
        timedelta(hours=3),
    ]
    reminded = await school.planned(f"escalation:{key}:remind")
    assert [row["person_id"] for row in reminded] == [first]
    assert (await held(school, key)).assigned not in {None, first}
    called = {row["person_id"] for row in await school.planned(f"escalation:{key}:supervise")}
    assert called == {school.person(ADMIN), school.person(OWNER)}
    assert await watch.tick(clock.now() + timedelta(days=30)) == 0


async def test_the_clock_of_an_ordinary_question_stops_at_night_and_that_of_a_red_flag_does_not(
    school, clock
):
    """M99"""
    await on_duty(school, EXPERT, starts="10:00", ends="13:00")
    calm = await opened(school, clock)
    red = await opened(school, clock, key="case:2", severity=Severity.RED)
    assert (await held(school, calm)).due == clock.now() + timedelta(days=2, hours=23)
    assert (await held(school, red)).due == clock.now() + timedelta(minutes=15)
    clock.jump(timedelta(minutes=8))
    await Watch(school.database).tick(clock.now())
    assert await school.planned(f"escalation:{red}:remind") != []
    assert await school.planned(f"escalation:{calm}:remind") == []


async def test_a_red_flag_at_night_reaches_the_supervisors_at_once(school, clock):
    """M99"""
    await on_duty(school, EXPERT, starts="15:00", ends="17:00")
    key = await opened(school, clock, severity=Severity.RED)
    called = {row["person_id"] for row in await school.planned(f"escalation:{key}:supervise")}
    assert called == {school.person(ADMIN), school.person(OWNER)}


async def test_asking_the_family_back_stops_the_clock_until_they_answer(school, clock):
    await on_duty(school, EXPERT)
    service, watch, key = (
        Escalations(school.database),
        Watch(school.database),
        await opened(school, clock, severity=Severity.MEDICAL),
    )
    clock.jump(timedelta(minutes=30))
    await service.ask_back(
        key,
        school.person(EXPERT),
        Reply("Анна", "Какая температура?", ChatId(EXPERT), 510),
        clock.now(),
    )
    clock.jump(timedelta(hours=4))
    assert await watch.tick(clock.now()) == 0
    await service.asker_wrote(
        key, school.person(PARENT), Reply("Вера", "38,2", ChatId(PARENT), 600), clock.now()
    )
    [carried] = await school.planned(f"escalation:{key}:asker")
    assert (carried["person_id"], carried["facts"]["text"]) == (school.person(EXPERT), "38,2")
    assert (await held(school, key)).due == clock.now() + timedelta(minutes=90)


async def test_another_family_can_neither_write_nor_rate(school, clock):
    await on_duty(school, EXPERT)
    service, key = Escalations(school.database), await opened(school, clock)
    with pytest.raises(Refusal, match=r"escalation.not_yours"):
        await service.asker_wrote(key, school.person(OTHER_PARENT), ANSWER, clock.now())
    with pytest.raises(Refusal, match=r"escalation.not_yours"):
        await service.rate(key, school.person(OTHER_PARENT), "yes", clock.now())


async def test_a_rating_counts_once_and_closes(school, clock):
    await on_duty(school, EXPERT)
    service, key = Escalations(school.database), await opened(school, clock)
    await service.answer(key, school.person(EXPERT), ANSWER, clock.now())
    await service.rate(key, school.person(PARENT), "partly", clock.now())
    with pytest.raises(Refusal, match=r"escalation.rated"):
        await service.rate(key, school.person(PARENT), "yes", clock.now())
    closed = await held(school, key)
    assert (closed.rating, closed.state) == ("partly", State.CLOSED)


async def test_an_answer_that_did_not_help_opens_the_question_again(school, clock):
    await on_duty(school, EXPERT)
    service, watch = Escalations(school.database), Watch(school.database)
    key = await opened(school, clock, source=Source.PARENT)
    await service.answer(key, school.person(EXPERT), ANSWER, clock.now())
    await service.rate(key, school.person(PARENT), "no", clock.now())
    again = await held(school, key)
    assert (again.state, again.rating) == (State.TAKEN, "no")
    assert again.due == clock.now() + timedelta(days=1, minutes=0) - timedelta(hours=1)
    [told] = await school.planned(f"escalation:{key}:no-help")
    assert told["person_id"] == school.person(EXPERT)
    clock.jump(timedelta(hours=5))
    assert await watch.tick(clock.now()) == 1, "the expert is reminded as of any open question"
    better = replace(ANSWER, message=502)
    await service.answer(key, school.person(EXPERT), better, clock.now())
    await service.rate(key, school.person(PARENT), "yes", clock.now())
    assert (await held(school, key)).state is State.CLOSED


async def test_whoever_asked_nothing_is_not_told_of_a_question(school, clock):
    """The author of a hidden dosage called no expert: a rule did."""
    await on_duty(school, EXPERT)
    service = Escalations(school.database)
    for source, texts in (
        (Source.RULE, ["escalation-noticed-received", "escalation-noticed-answered"]),
        (Source.QUESTION, ["escalation-told-received", "escalation-told-answered"]),
    ):
        key = await opened(school, clock, key=source.value, source=source)
        answer = replace(ANSWER, message=key)
        await service.answer(key, school.person(EXPERT), answer, clock.now())
        told = [
            row["content"].removeprefix("text:")
            for row in await school.planned(f"escalation:{key}:")
            if row["person_id"] == school.person(PARENT)
        ]
        assert told == texts


async def test_two_additions_in_a_row_reach_the_expert(school, clock):
    await on_duty(school, EXPERT)
    service, key = Escalations(school.database), await opened(school, clock, source=Source.PARENT)
    await service.answer(key, school.person(EXPERT), ANSWER, clock.now())
    for number in (600, 601):
        more = Reply("Вера", "И ещё.", ChatId(PARENT), number)
        await service.asker_wrote(key, school.person(PARENT), more, clock.now())
    assert len(await school.planned(f"escalation:{key}:asker")) == 2


async def test_a_closed_question_takes_no_answer_and_the_asker_hears_it(school, clock):
    await on_duty(school, EXPERT)
    service = Escalations(school.database)
    noticed = await opened(school, clock, key="case:9")
    await service.close(noticed, school.person(ADMIN), clock.now())
    assert await school.planned(f"escalation:{noticed}:closed") == [], (
        "who asked nothing is left alone"
    )
    key = await opened(school, clock, source=Source.PARENT)
    await service.close(key, school.person(ADMIN), clock.now())
    assert len(await school.planned(f"escalation:{key}:closed")) == 1
    with pytest.raises(Refusal, match=r"escalation.closed"):
        await service.answer(key, school.person(EXPERT), ANSWER, clock.now())


async def test_handing_over_reaches_another_expert_with_a_card_of_their_own(each_school, clock):
    school = each_school
    await on_duty(school, EXPERT, OTHER_EXPERT)
    service, key = Escalations(school.database), await opened(school, clock)
    first = (await held(school, key)).assigned
    await service.hand_over(key, first, clock.now())
    assert sorted(await cards(school)) == sorted(
        [school.person(EXPERT), school.person(OTHER_EXPERT)]
    )
    second = (await held(school, key)).assigned
    await service.hand_over(key, second, clock.now())
    assert len(await cards(school)) == 3


async def test_an_expert_whose_role_ended_gets_nothing(school, clock):
    await on_duty(school, EXPERT)
    async with school.database.begin() as unit:
        [grant] = await unit.roles.of_person(school.person(EXPERT))
        await unit.roles.withdraw(grant.id, school.person(ADMIN), clock.now())
    key = await opened(school, clock)
    assert (await held(school, key)).assigned is None


async def test_what_the_family_wrote_is_sealed_at_rest(school, clock):
    import sqlalchemy as sa

    await opened(school, clock)
    async with school.database.reading() as unit:
        raw = (
            await unit.connection.execute(sa.text("SELECT sealed FROM escalations"))
        ).scalar_one()
    assert "Сколько".encode() not in bytes(raw)


@pytest.mark.parametrize(
    ("case", "text", "count"),
    [
        ("short", "Да.", 1),
        ("empty with a picture", "", 1),
        ("exactly one part", "а" * PART, 1),
        ("one letter more", "а" * (PART + 1), 2),
        ("paragraphs M100", ("слово " * 400 + "\n\n") * 4, 4),
        ("letters of two units", "😀" * PART, 2),
    ],
)
def test_a_long_answer_is_cut_into_parts_that_telegram_takes(case, text, count):
    pieces = parts(text)
    assert len(pieces) == count
    assert all(len(piece.encode("utf-16-le")) // 2 <= PART for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
