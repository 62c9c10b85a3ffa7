"""From asking to being answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.types import Chat, ForumTopicCreated, Message, User

from bot.reading import faq_index
from community.escalation import Escalations
from community.escalation_effects import Reply
from community.model import Speciality
from community.questions.clusters import clusters
from community.questions.insights import Insights
from community.questions.language import lemmas
from community.questions.model import State, looks_like_question
from community.questions.search import Entry, Index, read_entries
from community.questions.service import Questions, close_answered
from core.errors import Refusal
from core.ids import ChatId
from handlers.groups.questions import answered_message, topic_of
from tests.community.people import CHAT, EXPERT, OTHER_PARENT, PARENT, School

ENTRIES = [
    Entry(
        "adapt",
        "ru",
        ("Ребёнок плачет в саду, как помочь адаптации?",),
        "Придумайте короткий ритуал прощания.",
    ),
    Entry(
        "screens",
        "ru",
        ("Сколько времени можно сидеть в телефоне?",),
        "Договоритесь о времени вместе.",
        ("9-12", "13-16"),
    ),
    Entry(
        "pay", "ru", ("Как вернуть деньги за курс?",), "Напишите в поддержку, вернём за 10 дней."
    ),
    Entry("pay-en", "en", ("How do I get a refund?",), "Write to support."),
]


class Objects:
    """Objects to texts that name a school."""

    async def objection(self, community, text: str) -> str | None:
        return "child_data" if "школа №" in text else None


def service(school: School) -> Questions:
    escalations = Escalations(school.database, (close_answered,))
    return Questions(school.database, Index(ENTRIES), escalations, Objects())


async def ask(school, clock, text, who=PARENT) -> Any:
    async with school.database.reading() as unit:
        person = await unit.people.by_telegram(who)
    return await service(school).ask(school.community.id, person, text, clock.now())


async def state(school, question) -> Any:
    async with school.database.reading() as unit:
        return (await unit.questions.get(question)).state


@pytest.mark.parametrize(
    ("case", "text", "found"),
    [
        ("another case of the words", "адаптация к саду: плачем", ["adapt"]),
        ("another form of the verb", "дочка плакала в садике при адаптации", ["adapt"]),
        ("about money", "хочу возврат: вернёте деньги за курсы?", ["pay"]),
        ("about something else", "какая завтра погода", []),
        ("only common words", "как и что", []),
        ("nothing at all", "", []),
    ],
)
def test_ready_answers_are_found_by_meaningful_words_in_any_form(case, text, found):
    assert [f.entry.id for f in Index(ENTRIES).find(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Плачет в саду каждый день", ["adaptation-crying"]),
        ("Сын 3 года плачет по утрам перед садом. Что делать?", ["adaptation-crying"]),
        ("как вернуть деньги", ["payment-refund"]),
        ("где чек об оплате", ["payment-receipt"]),
        ("не открывается урок", ["lessons-sound"]),
        ("как уложить спать", []),
        ("помогите с домашкой", []),
    ],
)
def test_the_schools_own_answers_are_offered_where_they_fit_and_only_there(text, found):
    assert [f.entry.id for f in faq_index().find(text)] == found


def test_an_answer_for_other_ages_or_in_another_language_is_not_offered():
    index = Index(ENTRIES)
    assert index.find("сколько сидеть в телефоне", cohort="3-5") == []
    assert [f.entry.id for f in index.find("сколько сидеть в телефоне", cohort="9-12")] == [
        "screens"
    ]
    assert [f.entry.id for f in index.find("I want a refund", language="en")] == ["pay-en"]


def test_an_index_without_answers_finds_nothing():
    assert Index([]).find("как помочь") == []


def test_a_faulty_entry_is_named():
    with pytest.raises(ValueError, match="адаптация"):
        read_entries({"entries": [{"id": "адаптация", "questions": ["?"]}]}, "ru")


def test_words_are_brought_to_one_form():
    assert lemmas("Дети плакали в садах") == lemmas("ребёнок плачет: сад") == ["плакать", "сад"]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Кто-нибудь ходил на адаптацию?", True),
        ("подскажите хороший кружок рисования", True),
        ("Почему?", False),
        ("Мы вчера были в зоопарке, понравилось", False),
        ("Спасибо большое всем!", False),
    ],
)
def test_a_question_is_told_from_talk(text, asks):
    assert looks_like_question(text) is asks


async def test_ready_answers_come_first_and_close_the_question_when_they_help(school, clock):
    asked = await ask(school, clock, "как помочь с адаптацией в саду, плачет")
    assert [f.entry.id for f in asked.found] == ["adapt"]
    await service(school).helped(asked.question.id, school.person(PARENT), clock.now())
    assert await state(school, asked.question.id) is State.HELPED
    assert await school.planned() == []


async def test_a_question_to_an_expert_is_answered_in_private_and_closed(each_school, clock):
    school = each_school
    asked = await ask(school, clock, "Не спит третью неделю")
    await service(school).to_expert(
        asked.question.id, school.person(PARENT), clock.now(), Speciality.PSYCHOLOGIST
    )
    await service(school).to_expert(
        asked.question.id, school.person(PARENT), clock.now(), Speciality.PSYCHOLOGIST
    )
    async with school.database.reading() as unit:
        [escalation] = await unit.escalations.held(school.community.id)
    assert escalation.request.private
    reply = Reply("Анна", "Начните с режима.", ChatId(EXPERT), 1)
    await service(school).escalations.answer(
        escalation.id, school.person(EXPERT), reply, clock.now()
    )
    assert await state(school, asked.question.id) is State.ANSWERED


async def test_a_question_without_a_name_goes_to_the_topic_and_its_replies_come_back(school, clock):
    asked = await ask(school, clock, "Что почитать подростку?")
    questions = service(school)
    await questions.to_community(asked.question.id, school.person(PARENT), clock.now())
    [posted] = await school.planned("question:")
    assert posted["chat_id"] == CHAT
    assert "Вера" not in str(posted["facts"])
    reply = Reply("Ира", "Дракулу!", CHAT, 70)
    await questions.answered_for_asker(asked.question.id, reply, PARENT, clock.now())
    assert len(await school.planned("question:")) == 1
    await questions.answered_for_asker(asked.question.id, reply, OTHER_PARENT, clock.now())
    told = (await school.planned("question:"))[-1]
    assert (told["person_id"], told["facts"]["text"]) == (school.person(PARENT), "Дракулу!")


async def test_personal_data_of_a_child_is_not_published(school, clock):
    """M100: child data in a question is refused and the asker is told why."""
    asked = await ask(school, clock, "Стоит ли идти, если школа № 12 далеко?")
    await service(school).ask(
        school.community.id,
        await person(school, PARENT),
        "Далеко ли школа №12, идти или нет?",
        clock.now(),
    )
    with pytest.raises(Refusal) as refusal:
        await service(school).to_community(
            asked.question.id + 1, school.person(PARENT), clock.now()
        )
    assert (refusal.value.code, refusal.value.facts["rule"]) == ("question.objection", "child_data")


async def person(school: School, who: int):
    async with school.database.reading() as unit:
        return await unit.people.by_telegram(who)


async def test_a_question_nobody_answers_in_the_topic_reaches_an_expert_once(each_school, clock):
    school, questions = each_school, service(each_school)
    noticed: Any = await questions.noticed(
        CHAT, 12, 300, telegram_id=PARENT, text="Как приучить к горшку?", now=clock.now()
    )
    assert (
        await questions.noticed(
            CHAT, 12, 300, telegram_id=PARENT, text="Как приучить к горшку?", now=clock.now()
        )
        is None
    )
    clock.jump(timedelta(hours=5, minutes=59))
    assert await questions.tick(clock.now()) == 0
    clock.jump(timedelta(minutes=1))
    assert await questions.tick(clock.now()) == 1
    assert await questions.tick(clock.now()) == 0
    async with school.database.reading() as unit:
        [escalation] = await unit.escalations.held(school.community.id)
    assert (escalation.request.message, escalation.request.source) == (300, "question")
    assert await state(school, noticed.id) is State.ROUTED


async def test_a_reply_by_somebody_else_ends_the_wait(school, clock):
    questions = service(school)
    await questions.noticed(
        CHAT, 12, 300, telegram_id=PARENT, text="Как приучить к горшку?", now=clock.now()
    )
    assert not await questions.replied(CHAT, 300, PARENT, clock.now())
    assert await questions.replied(CHAT, 300, OTHER_PARENT, clock.now())
    clock.jump(timedelta(days=1))
    assert await questions.tick(clock.now()) == 0


async def test_an_eleventh_question_in_a_day_is_refused(school, clock):
    for number in range(10):
        await ask(school, clock, f"Вопрос номер {number}?")
    with pytest.raises(Refusal, match=r"question.too_many"):
        await ask(school, clock, "Ещё один?")
    clock.jump(timedelta(days=1, seconds=1))
    await ask(school, clock, "А сегодня?")


async def test_interest_counts_once_for_each_person(school, clock):
    asked = await ask(school, clock, "Что почитать?")
    assert await service(school).me_too(asked.question.id, OTHER_PARENT)
    assert not await service(school).me_too(asked.question.id, OTHER_PARENT)


def test_questions_that_mean_the_same_are_gathered():
    asked = [
        (1, "Ребёнок плачет в саду по утрам"),
        (2, "Как вернуть деньги за курс"),
        (3, "Плачет по утрам в садике, что делать"),
        (4, "Сын плачет каждое утро в саду"),
        (5, "Где расписание занятий"),
    ]
    [cluster] = clusters(asked)
    assert set(cluster.members) == {1, 3, 4}
    assert cluster.centre in cluster.members
    assert clusters(asked) == clusters(asked)


async def test_the_weekly_list_is_posted_once_a_week(school, clock):
    for number, text in enumerate(
        ("Плачет в саду по утрам", "Утром плачет в саду", "Почему плачет в саду утром?")
    ):
        await ask(school, clock, text, who=PARENT if number else OTHER_PARENT)
    clock.jump(timedelta(days=7))
    insights = Insights(school.database)
    assert await insights.weekly(school.community.id, clock.now())
    assert not await insights.weekly(school.community.id, clock.now())
    [row] = await school.planned("questions:recurrent")
    assert (row["content"], row["facts"]["total"]) == ("text:questions-recurrent", 3)
    assert row["facts"]["questions"]["lines"][0]["count"] == 3


async def test_parents_are_told_what_changed(school, clock):
    await Insights(school.database).changed(
        school.community.id, school.person(EXPERT), "Добавили чек-лист", clock.now()
    )
    [row] = await school.planned("questions:changed")
    assert (row["chat_id"], row["topic"]) == (CHAT, 11)


def written(**fields) -> Message:
    usual = {
        "message_id": 5,
        "date": datetime(2026, 11, 23, tzinfo=UTC),
        "chat": Chat(id=CHAT, type="supergroup"),
        "from_user": User(id=7, is_bot=False, first_name="Вера"),
        "text": "Как быть?",
    }
    return Message(**{**usual, **fields})


@pytest.mark.parametrize(
    ("case", "message", "topic"),
    [
        ("M59 General has no thread", written(), None),
        ("a topic M62", written(message_thread_id=12, is_topic_message=True), 12),
        (
            "M65 a thread of comments is no topic",
            written(message_thread_id=12, is_topic_message=False),
            None,
        ),
    ],
)
def test_the_topic_of_a_message(case, message, topic):
    assert topic_of(message) == topic


def test_the_opening_of_a_topic_is_not_what_a_message_replies_to():
    """M60"""
    opening = written(text=None, forum_topic_created=ForumTopicCreated(name="Сад", icon_color=1))
    assert answered_message(written(reply_to_message=opening)) is None
    replied = written(message_id=4)
    assert answered_message(written(reply_to_message=replied)) == replied
