"""Stories told through the emulator, as people live them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.simulate.clock import FlowingClock
from community.ama.asking import NewQuestion
from community.ama.planning import Plan
from community.duty import Shift
from community.mentorship.model import Pair, PairState
from community.model import Speciality
from core.roles import Role
from tests.community.town import NOON, CommunityTown
from tests.delivery.town import database_at


@pytest.fixture
async def town(sqlite_url):
    clock = FlowingClock(NOON)
    database = database_at(sqlite_url, clock)
    made = CommunityTown(database, clock)
    await made.know(made.owner, "Ольга")
    yield made
    await made.bot.session.close()
    await database.close()


async def expert_on_duty(town: CommunityTown, name: str = "Анна"):
    expert = await town.person(name)
    await town.grant(expert, Role.EXPERT, Speciality.PSYCHOLOGIST)
    async with town.database.begin() as unit:
        [home] = await unit.communities.all()
        person = await unit.people.by_telegram(expert.id)
        assert person is not None
        for weekday in range(7):
            shift = Shift(
                0, person.id, Speciality.PSYCHOLOGIST, weekday, time(10), time(19), "Europe/Moscow"
            )
            await unit.duty.add_shift(home.id, shift)
    return expert


async def test_setup_makes_the_topics_once_and_mends_what_was_deleted_or_renamed(town):
    """M66 for topics of the community: run again, it repeats nothing."""
    chat = town.world.supergroup("Родители", town.owner, bots=(town.telegram,), topics=("Старая",))
    town.owner.send("/setup", chat=chat)
    await town.settle()
    names = [topic.name for topic in chat.topics.values()]
    assert names.count("Адаптация") == 1
    assert "Готово" in town.owner.texts(chat)[-1]
    assert any("бережём детей" in text for text in town.owner.texts(chat))
    adaptation = next(t for t in chat.topics.values() if t.name == "Адаптация")
    rules = next(t for t in chat.topics.values() if t.name == "Встречи")
    town.owner.rename_topic(chat, adaptation, "Ерунда")
    town.owner.delete_topic(chat, rules)
    town.owner.send("/setup", chat=chat)
    await town.settle()
    names = [topic.name for topic in chat.topics.values()]
    assert [names.count(name) for name in ("Адаптация", "Встречи", "Ерунда")] == [1, 1, 0]
    assert sum("бережём детей" in text for text in town.owner.texts(chat)) == 1


async def test_setup_says_which_right_is_missing_and_how_to_grant_it(town):
    chat = town.world.supergroup("Родители", town.owner, bots=(town.telegram,), topics=("Старая",))
    town.world.demote_bot(chat, town.telegram, town.owner)
    town.owner.send("/setup", chat=chat)
    await town.settle()
    assert "Управлять темами: откройте" in town.owner.texts(chat)[-1]
    assert len(chat.topics) <= 2


async def test_setup_makes_a_way_in_that_asks_and_makes_it_anew_once_it_was_revoked(town):
    chat = town.world.supergroup("Родители", town.owner, bots=(town.telegram,), topics=("Старая",))

    async def link(words="/setup"):
        if words:
            town.owner.send(words, chat=chat)
        await town.settle()
        await town.directory.load_communities()
        [home] = town.directory.communities()
        return home.settings["invite"]

    first = await link()
    assert await link() == first, "run again, it is found again"
    newcomer = await town.person("Вера")
    newcomer.request_join(chat, first)
    await town.settle()
    assert chat.members[newcomer.id].present
    await town.bot.revoke_chat_invite_link(chat.id, first)
    await town.services["doors"].tick()
    second = await link("")
    assert second != first
    assert chat.invites[second].by_request


async def test_a_topic_that_was_deleted_is_noticed_once_and_made_again(town):
    """M61: Telegram tells nobody of a deletion, so the first message refused in the topic tells it."""
    chat = await town.forum()
    await town.grant(town.owner, Role.OWNER)
    adaptation = next(t for t in chat.topics.values() if t.name == "Адаптация")
    town.owner.delete_topic(chat, adaptation)
    for name in ("Вера", "Ира"):
        newcomer = await town.person(name)
        async with town.database.begin() as unit:
            person = await unit.people.by_telegram(newcomer.id)
            await unit.people.add_child(person.id, unit.now, name=None, born="2022-03")
        town.world.add_member(chat, newcomer)
        await town.settle()
        assert any(f"{name}, здравствуйте!" in text for text in town.owner.texts(chat))
    told = [text for text in town.owner.texts() if "больше нет" in text]
    assert len(told) == 1
    assert "Темы «Адаптация» больше нет" in told[0]
    town.owner.send("/setup", chat=chat)
    await town.settle()
    assert [t.name for t in chat.topics.values()].count("Адаптация") == 1
    async with town.database.reading() as unit:
        [home] = await unit.communities.all()
        assert (await unit.communities.topic(home.id, "adaptation")).state == "open"


async def test_an_administrator_bears_the_role_as_a_title(town):
    moderator = await town.person("Марк")
    chat = await town.forum(moderator)
    await town.bot.promote_chat_member(chat.id, moderator.id, can_delete_messages=True)
    said = moderator.send("Добрый день", chat=chat)
    town.owner.send("/role moderator", chat=chat, reply_to=said)
    await town.settle()
    assert chat.members[moderator.id].custom_title == "модератор"


class Breaking:
    """A forum in which the third creation breaks off: Telegram made the topic, the answer never came."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.broken = True

    async def create(self, chat, name, icon_color) -> int:
        self.made.append(name)
        if self.broken and len(self.made) == 3:
            self.broken = False
            raise ConnectionError
        return 100 + len(self.made)

    async def keep(self, chat, thread, name) -> bool:
        return True

    async def close(self, chat, thread) -> None:
        """Do nothing."""


async def test_a_topic_whose_making_broke_off_is_named_as_perhaps_twice(town):
    """M66: a crash between Telegram's making and our note leaves an orphan; setting up again says so."""
    chat = town.world.supergroup("Родители", town.owner, bots=(town.telegram,), topics=("Старая",))
    setup, forum = town.services["setup"], Breaking()
    home = await setup.found(chat.id, "Родители", "ru", "Europe/Moscow", town.clock.now())
    with pytest.raises(ConnectionError):
        await setup.topics(home, forum, town.clock.now())
    report = await setup.topics(home, forum, town.clock.now())
    assert forum.made.count("Адаптация") == 2
    assert (report.orphans, len(report.existing)) == (["Адаптация"], 2)
    again = await setup.topics(home, forum, town.clock.now())
    assert (again.orphans, len(again.existing), again.created) == ([], 4, [])


async def test_a_parent_cannot_set_up_and_is_told_so(town):
    parent = await town.person("Вера")
    chat = await town.forum(parent)
    parent.send("/setup", chat=chat)
    await town.settle()
    assert "для сотрудников" in town.owner.texts(chat)[-1]


async def test_a_moderator_makes_a_mentor_by_replying_and_the_tag_shows(town):
    moderator, parent = await town.person("Марк"), await town.person("Вера")
    chat = await town.forum(moderator, parent)
    await town.grant(moderator, Role.MODERATOR)
    said = parent.send("Могу помогать новичкам", chat=chat)
    moderator.send("/role mentor 30 дней", chat=chat, reply_to=said)
    await town.settle()
    assert "роль «наставник» назначена" in town.owner.texts(chat)[-1]
    assert chat.members[parent.id].tag == "наставник"
    assert "Вы теперь наставник" in parent.texts()[-1]
    moderator.send("/role admin", chat=chat, reply_to=said)
    await town.settle()
    assert "может тот, кто старше" in town.owner.texts(chat)[-1]


async def test_everybody_sees_who_may_do_what(town):
    mentor = await town.person("Ира")
    chat = await town.forum(mentor)
    await town.grant(mentor, Role.MENTOR)
    mentor.send("/roles")
    await town.settle()
    assert "Кто что может" in " ".join(mentor.texts())
    assert chat.id


async def test_a_parent_who_asks_to_join_is_let_in_and_greeted_by_age(town):
    chat = await town.forum()
    parent = await town.person("Вера")
    async with town.database.begin() as unit:
        person = await unit.people.by_telegram(parent.id)
        await unit.people.add_child(person.id, unit.now, name=None, born="2022-03")
    chat.join_by_request = True
    parent.request_join(chat)
    await town.settle()
    assert chat.members[parent.id].present
    thread = next(t.id for t in chat.topics.values() if t.name == "Адаптация")
    greeting = parent.last_message(chat, topic=thread)
    assert "Вера, здравствуйте!" in greeting.text


async def test_a_stranger_is_asked_to_open_the_bot_and_waits(town):
    """M51 M56: the request stays pending, and a closed private chat is no fault."""
    chat = await town.forum()
    stranger = town.world.person("Ира")
    chat.join_by_request = True
    stranger.request_join(chat)
    await town.settle()
    assert stranger.id in chat.requests
    assert [r.state for r in await town.services["join_requests"].waiting()] == ["asked"]


async def test_a_moderator_lets_in_whom_the_bot_could_not_ask(town):
    """M51 M56: the card stands in the staff forum and says in the end who decided."""
    moderator = await town.person("Марк")
    chat = await town.forum(moderator)
    desk = await town.staff(moderator)
    await town.grant(moderator, Role.MODERATOR)
    stranger = town.world.person("Ира")
    chat.join_by_request = True
    stranger.request_join(chat)
    await town.settle()
    stranger.block(town.telegram)
    chat.requests.clear()
    stranger.request_join(chat)
    await town.settle()
    card = moderator.last_message(desk, topic="Отчёты")
    assert "Ира просится в сообщество" in card.text
    moderator.click("Впустить", card)
    await town.settle()
    assert chat.members[stranger.id].present
    settled = moderator.last_message(desk, topic="Отчёты")
    assert settled.text.startswith("Ира просится в сообщество")
    assert settled.text.endswith("Принято в сообщество: Марк")
    assert settled.buttons == []


async def test_a_request_taken_back_is_answered_once_and_never_again(town):
    """M52: nobody is told of a cancelled request, so the answer meets HIDE_REQUESTER_MISSING; that is its end."""
    chat = await town.forum()
    parent = await town.person("Вера")
    chat.join_by_request = True
    parent.request_join(chat)
    parent.cancel_request(chat)
    for _ in range(3):
        await town.settle()
        await town.clock.sleep(3600)
    tries = [c for c in town.emulator.log.calls if c.method == "approveChatJoinRequest"]
    assert [one.outcome for one in tries] == ["Bad Request: HIDE_REQUESTER_MISSING"]
    assert await town.services["join_requests"].waiting() == []


def topic_in(seen) -> int | None:
    """Thread of a topic; a reply in General has the thread of its own conversation, which is none."""
    return seen.raw.get("message_thread_id") if seen.raw.get("is_topic_message") else None


async def test_answers_stay_in_the_topic_they_were_asked_in(town):
    """M62: in the staff forum, in the community, and where nobody gave a topic."""
    moderator = await town.person("Марк")
    chat = await town.forum(moderator)
    desk = await town.staff(moderator)
    await town.grant(moderator, Role.MODERATOR)
    for place, topic in ((desk, "Отчёты"), (desk, "Вопросы"), (chat, "Адаптация"), (chat, None)):
        for words in ("/roles", "/duty", "/ama help"):
            asked = moderator.send(words, chat=place, **({"topic": topic} if topic else {}))
            await town.settle()
            answer = moderator.last_message(place)
            assert topic_in(answer) == topic_in(asked)
            assert answer.raw["reply_to_message"]["message_id"] == asked.message_id


async def test_a_mentor_calls_an_expert_to_a_message_without_having_asked_a_question(town):
    """The author is told whose words these are about, and the answer stands in the topic."""
    parent, mentor = await town.person("Вера"), await town.person("Ира")
    chat = await town.forum(parent, mentor)
    expert = await expert_on_duty(town)
    await town.grant(mentor, Role.MENTOR)
    said = parent.send("Не сплю третью ночь, сил нет", chat=chat, topic="Общение")
    call = mentor.send("/expert психолог", chat=chat, topic="Общение", reply_to=said)
    await town.settle()
    card = expert.last_message()
    assert "Не сплю третью ночь" in card.text
    assert "Откуда: наставник" in card.text
    assert call.message_id not in chat.posts, "nobody else sees that an expert was called"
    assert "мы показали эксперту" in parent.texts()[-1]
    expert.send("Попробуйте лечь с ребёнком.", reply_to=card)
    await town.settle()
    thread = next(t.id for t in chat.topics.values() if t.name == "Общение")
    assert "Попробуйте лечь" in parent.last_message(chat, topic=thread).text
    parent.send("/expert", chat=chat, topic="Общение", reply_to=said)
    await town.settle()
    assert "для сотрудников" in town.owner.texts(chat)[-1]


async def test_a_mentors_answer_in_a_topic_is_marked_for_everybody(town):
    parent, mentor = await town.person("Вера"), await town.person("Ира")
    chat = await town.forum(parent, mentor)
    await town.grant(mentor, Role.MENTOR)
    asked = parent.send("Как уложить спать без слёз?", chat=chat, topic="Общение")
    plain = parent.send("Пробовали колыбельную.", chat=chat, topic="Общение", reply_to=asked)
    answer = mentor.send("Ложитесь раньше на час.", chat=chat, topic="Общение", reply_to=asked)
    await town.settle()
    assert (answer.reactions, plain.reactions) == (["🤝"], [])


async def test_the_greeting_of_a_banned_spammer_goes_with_them(town):
    """M55: what was said to somebody who is put out does not stay behind, and nothing lifts the ban."""
    spammer = await town.person("Заработок")
    chat = await town.forum()
    town.world.add_member(chat, spammer)
    await town.settle()
    assert any("Заработок" in text for text in town.owner.texts(chat))
    town.owner.ban(chat, spammer.user)
    await town.settle()
    assert not any("Заработок" in text for text in town.owner.texts(chat))
    assert chat.members[spammer.id].status == "kicked"


async def test_a_question_reaches_the_expert_and_the_answer_comes_back(town):
    parent = await town.person("Вера")
    await town.forum(parent)
    expert = await expert_on_duty(town)
    parent.send("/ask")
    await town.settle()
    parent.send("Плачет в саду каждый день")
    await town.settle()
    assert "Короткий ритуал прощания." in " ".join(parent.texts())
    parent.click("Спросить эксперта")
    await town.settle()
    parent.click("Психологу")
    await town.settle()
    card = expert.last_message()
    assert "Вопрос эксперту № 1" in card.text
    assert "Вера" not in card.text
    expert.click("Беру")
    await town.settle()
    expert.send("Это пройдёт. Расскажите, что было вчера?", reply_to=card)
    await town.settle()
    answer = parent.last_message()
    assert "Отвечает Анна, психолог" in answer.text
    parent.send("Спасибо, а сколько ждать?", reply_to=answer)
    await town.settle()
    assert "сколько ждать" in expert.last_message().text
    parent.click("Помог", answer)
    await town.settle()
    async with town.database.reading() as unit:
        assert (await unit.escalations.get(1)).rating == "yes"


async def test_an_edit_of_the_answer_reaches_the_parent(town):
    parent = await town.person("Вера")
    await town.forum(parent)
    expert = await expert_on_duty(town)
    parent.send("/ask Не спит ночью, что делать")
    await town.settle()
    parent.click("Спросить эксперта")
    await town.settle()
    parent.click("Психологу")
    await town.settle()
    written = expert.send("Режим.", reply_to=expert.last_message())
    await town.settle()
    expert.edit(written, "Режим и ритуал.")
    await town.settle()
    assert "Режим и ритуал." in parent.last_message().text
    assert parent.last_message().is_edited


async def test_a_parent_pressing_an_experts_button_is_refused(town):
    """M85: forged or foreign buttons of a card."""
    parent = await town.person("Вера")
    await town.forum(parent)
    expert = await expert_on_duty(town)
    parent.send("/ask Не спит ночью, что делать")
    await town.settle()
    parent.click("Спросить эксперта")
    await town.settle()
    parent.click("Психологу")
    await town.settle()
    press = parent.press_stale(
        parent.last_message().chat, parent.last_message().message_id, "esc:take:1"
    )
    await town.settle()
    assert "для сотрудников" in str(press.answer)
    async with town.database.reading() as unit:
        assert (await unit.escalations.get(1)).state == "open"
    assert expert.id


async def test_a_question_in_a_topic_nobody_answers_is_carried_to_an_expert(town):
    """M62: the answer stands in the same topic."""
    parent, other = await town.person("Вера"), await town.person("Ира")
    chat = await town.forum(parent, other)
    parent.send("Кто-нибудь знает, как приучить к горшку?", chat=chat, topic="Адаптация")
    await town.settle()
    await town.clock.sleep(6 * 3600)
    assert await town.services["questions"].tick(town.clock.now()) == 1
    await town.settle()
    async with town.database.reading() as unit:
        [home] = await unit.communities.all()
        [held] = await unit.escalations.held(home.id)
    assert held.request.topic == next(t.id for t in chat.topics.values() if t.name == "Адаптация")


async def test_a_session_is_planned_with_buttons_and_lived_through(town):
    """M100: from the wizard to the written answers, told as people see it."""
    parent = await town.person("Вера")
    chat = await town.forum(parent)
    expert = await expert_on_duty(town)
    town.world.add_member(chat, expert)
    await town.settle()
    town.owner.send("/ama new")
    await town.settle()
    town.owner.send("Сон без слёз")
    await town.settle()
    town.owner.click("Анна")
    await town.settle()
    town.owner.click("ama:new:day:2026-11-27")
    await town.settle()
    for press in ("18:00", "для всех родителей", "Объявить"):
        town.owner.click(press)
        await town.settle()
    thread = next(t.id for t in chat.topics.values() if t.name == "Встречи")
    announcement = parent.last_message(chat, topic=thread)
    assert "Сон без слёз" in announcement.text
    assert "27 ноября, 18:00" in announcement.text
    parent.click("Напомнить мне", announcement)
    parent.click("Задать вопрос", announcement)
    await town.settle()
    parent.click("Без имени")
    await town.settle()
    parent.send("Почему не засыпает?")
    await town.settle()
    assert "Записали" in parent.texts()[-1]
    parent.click("Вопросы и голоса", announcement)
    await town.settle()
    async with town.voting():
        press = parent.click("1")
        await town.settle()
        assert "Голос учтён" in str(press.answer)
    town.owner.send("/ama start 1")
    await town.settle()
    stage = expert.last_message(chat, topic=thread)
    assert "Почему не засыпает?" in stage.text
    assert "Вера" not in stage.text
    expert.send("Потому что перевозбуждение.", chat=chat, topic=thread, reply_to=stage)
    await town.settle()
    assert "ответили" in parent.texts()[-1]
    town.owner.send("/ama finish 1")
    await town.settle()
    assert any("Отвечено вопросов: 1" in text for text in parent.texts(chat))
    town.owner.send("/ama transcript 1")
    await town.settle()
    assert town.owner.last_message().raw["document"]["file_name"] == "vstrecha-1.html"


async def test_a_mentor_and_a_family_write_through_the_bot(town):
    parent, mentor, moderator = (
        await town.person("Вера"),
        await town.person("Ира"),
        await town.person("Марк"),
    )
    await town.forum(parent, mentor, moderator)
    await town.grant(moderator, Role.MODERATOR)
    for who, side in ((mentor, "Стать наставником"), (parent, "Найти наставника")):
        who.send("/mentor")
        await town.settle()
        who.click(side)
        await town.settle()
        for choice in ("3–5 лет", "сон и режим", "Дальше"):
            who.click(choice)
            await town.settle()
        who.send("Двое детей, прошли через это")
        await town.settle()
    services, at = town.services, town.clock.now
    for application in (1, 2):
        await services["applications"].approve(application, await town.key(moderator), at())
    await town.settle()
    mentor.click("Начать обучение")
    await town.settle()
    for letter in "bacba":
        mentor.click(letter)
        await town.settle()
    assert "вы наставник" in mentor.texts()[-2] + mentor.texts()[-1]
    moderator.send("/match")
    await town.settle()
    assert "Предложили 1 пару" in moderator.texts()[-1]
    for who in (mentor, parent):
        who.click("Согласиться")
        await town.settle()
    parent.send("Я Вера, мой номер +7 912 345-67-89", reply_to=parent.last_message())
    await town.settle()
    got = mentor.last_message()
    assert "мой номер •••" in got.text
    assert "Телефоны и адреса мы убрали" in parent.texts()[-1]
    mentor.send("Здравствуйте, {имя}!", reply_to=got)
    await town.settle()
    assert "незаполненные места: имя" in mentor.texts()[-1]
    mentor.send("Здравствуйте! Слушаю вас.", reply_to=got)
    await town.settle()
    assert "Пишет наставник" in parent.last_message().text


async def test_a_session_has_a_topic_of_its_own_and_its_votes_are_seen_to_grow(town):
    """M66: made in time, once for the session, through a restart of the watch; closed with the session."""
    parent, other = await town.person("Вера"), await town.person("Ира")
    chat = await town.forum(parent, other)
    expert = await expert_on_duty(town)
    town.world.add_member(chat, expert)
    planning, asking = town.services["planning"], town.services["asking"]
    async with town.database.begin() as unit:
        [home] = await unit.communities.all()
    starts = town.clock.now() + timedelta(days=2)
    plan = Plan("Сон без слёз", await town.key(expert), starts)
    made = await planning.announce(home.id, plan, await town.key(town.owner), town.clock.now())
    new = NewQuestion("Почему не засыпает?", "Вера", True, parent.id, 1)
    await asking.ask(made.id, await town.key(parent), new, town.clock.now())
    await town.clock.sleep((starts - town.clock.now()).total_seconds() - 600)
    for _ in range(3):
        await town.services["ama_watch"].tick(town.clock.now())
        await town.settle()
        await town.clock.sleep(60)
    [own] = [topic for topic in chat.topics.values() if topic.name == "Сон без слёз"]
    await town.clock.sleep(600)
    await town.services["ama_watch"].tick(town.clock.now())
    await town.settle()
    card = parent.last_message(chat, topic=own.id)
    assert "Почему не засыпает?" in card.text
    assert "0 голосов" in card.text
    async with town.voting():
        for who in (parent, other):
            press = who.click("ama:too:1", card)
            await town.settle()
            assert press.text == "Голос учтён"
    for _ in range(3):
        await town.clock.sleep(10)
        await town.services["ama_watch"].tick(town.clock.now())
        await town.settle()
    assert "2 голоса" in parent.last_message(chat, topic=own.id).text
    edits = [c for c in town.emulator.log.calls if c.method == "editMessageText"]
    assert len(edits) == 1, "two votes share an edit, and no change costs none"
    shared = parent.last_message(chat, topic="Встречи")
    assert "в отдельной теме" in shared.text
    await town.services["after"].finish(made.id, None, town.clock.now())
    await town.settle()
    assert own.is_closed


async def test_a_pair_meets_without_the_bot_only_when_both_wish_it(town):
    """No name, phone or account is shown to anybody before both agreed."""
    parent, mentor = await town.person("Вера"), await town.person("Ира")
    await town.forum(parent, mentor)
    async with town.database.begin() as unit:
        [home] = await unit.communities.all()
        pair = await unit.mentorship.propose(
            Pair(
                0,
                home.id,
                await town.key(mentor),
                await town.key(parent),
                PairState.ACTIVE,
                (),
                unit.now,
            )
        )
    mentor.send("/mentor")
    await town.settle()
    assert any(f"Ваша семья · пара № {pair.id}" in text for text in mentor.texts())
    mentor.click("Познакомиться")
    await town.settle()
    press = mentor.click("Да, познакомьте нас")
    await town.settle()
    assert "Спросили другую сторону" in str(press.answer)
    asked = parent.last_message()
    assert asked.buttons == ["Да, познакомьте нас", "Остаться в боте"]
    assert str(mentor.id) not in str(asked.raw) + str(parent.texts())
    parent.click("Остаться в боте", asked)
    await town.settle()
    assert not any("открыть переписку" in text for text in mentor.texts() + parent.texts())
    parent.press_stale(asked.chat, asked.message_id, f"men:open:{pair.id}")
    await town.settle()
    for one, other in ((parent, mentor), (mentor, parent)):
        met = one.last_message()
        [link] = [e for e in met.raw["entities"] if e["type"] == "text_mention"]
        assert link["user"]["id"] == other.id
    stranger = await town.person("Лена")
    press = stranger.press_stale(asked.chat, asked.message_id, f"men:open:{pair.id}")
    await town.settle()
    assert "не ваша переписка" in str(press.answer)


async def test_templates_ask_for_what_is_missing(town):
    """M101"""
    mentor = await town.person("Ира")
    await town.forum(mentor)
    await town.grant(mentor, Role.MENTOR)
    for words, said in (
        ("/t", "Знакомство"),
        ("/t hello", "незаполненные"),
        ("/t hello имя=Вера", "Здравствуйте, Вера!"),
    ):
        mentor.send(words)
        await town.settle()
        assert said in mentor.texts()[-1]


async def test_duty_is_kept_by_the_expert_and_shown_to_all_helpers(town):
    expert = await town.person("Анна")
    await town.forum(expert)
    await town.grant(expert, Role.EXPERT, Speciality.PSYCHOLOGIST)
    for words, said in (
        ("/duty", "дежурств нет"),
        ("/duty add пн 10:00-14:00", "Записали"),
        ("/duty add пн 13:00-15:00", "другое дежурство"),
        ("/duty add xx 13:00-15:00", "понять дату"),
        ("/duty", "10:00–14:00 Анна (психолог)"),
        ("/duty off 30.11", "Записали"),
        ("/duty limit 3", "Записали"),
    ):
        expert.send(words)
        await town.settle()
        assert said in expert.texts()[-1]
    expert.send("/duty ics")
    await town.settle()
    assert expert.last_message().raw["document"]["file_name"] == "dezhurstva.ics"
