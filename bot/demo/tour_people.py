"""Scenes of the tour in which people help people: a session with an expert, mentors, those who keep order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.demo import first_loop
from bot.demo.first_loop import PARENT_ID
from bot.demo.stage import MOSCOW, Stage
from bot.demo.tour_camera import Camera
from emulator.actors import Person
from emulator.actors.seen import Seen

TITLE = "Как помочь ребёнку уснуть"
QUESTIONS = ("Почему он не засыпает без меня?", "С какого возраста укладывать в своей комнате?")
ABOUT = ("Двое детей, прошли через бессонные ночи", "Сын не спит днём, вечером все без сил")
RUDE = "Вы просто не умеете воспитывать детей, стыдно читать"
WARNING = "спорим с мыслью, а не с человеком"
REPLY = "Рядом с вами спокойнее, и это нормально. Уходите на минуту, потом на две: он привыкнет, что вы вернётесь."


async def tap(
    stage: Stage, who: Person, button: str, chat: Any = None, topic: int | None = None
) -> Seen:
    """Press the newest button of this name or data once it is there; gives the message it stood under."""

    def look() -> Seen | None:
        seen = who.messages(chat, topic) if topic is not None else who.messages(chat)
        return next((one for one in reversed(seen) if one.button(button)), None)

    found: Seen = await stage.until(f"{who.name} видит кнопку {button!r}", look)
    who.click(button, found)
    return found


async def meets(stage: Stage, eye: Camera) -> None:
    """Plan a session with buttons, collect questions and votes, answer live, read the transcript."""
    school, bot = stage.school, stage.school.bot
    vera, other = first_loop.person(stage, PARENT_ID), school.families[1].parent
    topic = school.topic("ama")
    async with stage.database.reading() as unit:
        day = (unit.now.astimezone(MOSCOW) + timedelta(days=5)).date()
    school.owner.send("/ama new", chat=bot)
    await stage.shown(school.owner, "О чём встреча?", bot)
    school.owner.send(TITLE, chat=bot)
    await tap(stage, school.owner, "Марина")
    await stage.shown(school.owner, "Какой день?", bot)
    if _with_data(school.owner, f"ama:new:day:{day}") is None:
        await tap(stage, school.owner, "›")
    await stage.until("календарь", lambda: _with_data(school.owner, f"ama:new:day:{day}"))
    await eye.shot("ama-calendar-phone", school.owner, bot.id)
    await tap(stage, school.owner, f"ama:new:day:{day}")
    for press in ("18:00", "для всех родителей", "Объявить"):
        await tap(stage, school.owner, press)
    announced = await stage.shown(vera, TITLE, school.community, topic)
    await eye.shot("ama-announced-desk", vera, school.community.id, topic, phone=False)
    for who, question, sign in zip(
        (vera, other), QUESTIONS, ("Без имени", "С именем"), strict=True
    ):
        who.click("Напомнить мне", announced)
        who.click("Задать вопрос", announced)
        await tap(stage, who, sign, bot)
        await stage.shown(who, "Напишите вопрос", bot)
        who.send(question, chat=bot)
        await stage.shown(who, "Записали", bot)
    for family in school.families[2:5]:
        family.parent.click("Вопросы и голоса", announced)
        await tap(stage, family.parent, "1", bot)
    await stage.idle()
    vera.click("Вопросы и голоса", announced)
    await stage.until("список вопросов", lambda: _with_words(vera, bot, QUESTIONS[1]))
    await eye.shot("ama-votes-phone", vera, bot.id)
    school.owner.send("/ama start 1", chat=bot)
    asked = await stage.shown(school.methodist, QUESTIONS[0], school.community, topic)
    school.methodist.send(REPLY, chat=school.community, topic=topic, reply_to=asked)
    await stage.shown(vera, "ответили", bot)
    await eye.shot("ama-live-desk", vera, school.community.id, topic, phone=False)
    school.owner.send("/ama finish 1", chat=bot)
    await stage.shown(vera, "Отвечено вопросов", school.community, topic)
    await eye.shot("ama-after-phone", vera, school.community.id, topic)


async def mentors(stage: Stage, eye: Camera) -> None:
    """Apply on both sides, approve, learn, match, agree, write without names."""
    school, bot = stage.school, stage.school.bot
    vera, nina = first_loop.person(stage, PARENT_ID), school.families[2].parent
    room = school.staff_topic("staff_mentors")
    sides = ((nina, "Стать наставником", ABOUT[0]), (vera, "Найти наставника", ABOUT[1]))
    for who, side, about in sides:
        who.send("/mentor", chat=bot)
        await tap(stage, who, side)
        for choice in ("3–5 лет", "сон и режим"):
            await tap(stage, who, choice)
        if who is vera:
            await eye.shot("mentor-form-phone", who, bot.id)
        await tap(stage, who, "Дальше")
        await stage.idle(0.5)
        who.send(about, chat=bot)
        await stage.shown(school.moderator, about, school.staff, room)
        await tap(stage, school.moderator, "Принять", school.staff, room)
        await stage.idle(0.5)
    await eye.shot("mentor-desk", school.moderator, school.staff.id, room, phone=False)
    await tap(stage, nina, "Начать обучение")
    for letter in "bacba":
        await stage.idle(0.4)
        await tap(stage, nina, letter)
    await stage.shown(nina, "вы наставник", bot)
    school.moderator.send("/match", chat=school.staff, topic=room)
    for who in (nina, vera):
        await tap(stage, who, "Согласиться")
    await stage.idle()
    last = vera.last_message(bot)
    vera.send("Здравствуйте! Сын не спит днём, с чего начать?", chat=bot, reply_to=last)
    got = await stage.shown(nina, "с чего начать?", bot)
    nina.send("Здравствуйте! У нас было так же. Расскажите про вечер?", chat=bot, reply_to=got)
    await stage.shown(vera, "Расскажите про вечер", bot)
    await eye.shot("mentor-relay-phone", vera, bot.id)
    vera.send("/mentor", chat=bot)
    await tap(stage, vera, "Познакомиться")
    await stage.shown(vera, "Писать напрямую", bot)
    await eye.shot("mentor-meet-phone", vera, bot.id)


async def sets_up(stage: Stage, eye: Camera) -> None:
    """Set the community up again, look at who may do what."""
    school = stage.school
    school.owner.send("/setup", chat=school.community)
    await stage.shown(school.owner, "Готово", school.community)
    await eye.shot("setup-desk", school.owner, school.community.id, phone=False)
    school.owner.send("/roles", chat=school.bot)
    await stage.shown(school.owner, "Кто что может", school.bot)
    await eye.shot("roles-phone", school.owner, school.bot.id)


async def knocks(stage: Stage, eye: Camera) -> None:
    """Ask to join without ever having opened the bot and without letting it write; a moderator decides."""
    school, reports = stage.school, stage.school.staff_topic("reports")
    stranger = school.town.person("Инна", language_code="ru")
    stranger.user.blocked.add(school.bot.id)
    stranger.request_join(school.community, first_loop.invite_of(stage))
    card = await stage.shown(school.moderator, "просится в сообщество", school.staff, reports)
    await eye.shot("join-desk", school.moderator, school.staff.id, reports, phone=False)
    school.moderator.click("Впустить", card)
    await stage.until("Инна принята", lambda: school.community.has(stranger.id))


async def keeps_order(stage: Stage, eye: Camera) -> None:
    """Warn by a reply, look at the history, then at the week of duty."""
    school = stage.school
    topic, author = school.topic("parents"), school.families[3].parent
    sent = author.send(RUDE, chat=school.community, topic=topic)
    for command, answer in (
        ("/warn " + WARNING, "Предупредили"),
        ("/history", "действующих баллов"),
    ):
        school.moderator.send(command, chat=school.community, topic=topic, reply_to=sent)
        await stage.shown(school.moderator, answer, school.community)
    await stage.shown(author, WARNING, school.community)
    await eye.shot("history-desk", school.moderator, school.community.id, topic, phone=False)
    await eye.shot("warned-phone", author, school.community.id, topic)
    room = school.staff_topic("cases")
    school.moderator.send("/duty", chat=school.staff, topic=room)
    await stage.shown(school.moderator, "Марина", school.staff, room)
    await eye.shot("duty-desk", school.moderator, school.staff.id, room, phone=False)


def _with_data(who: Person, data: str) -> Seen | None:
    return next((one for one in reversed(who.messages()) if one.button(data)), None)


def _with_words(who: Person, chat: Any, words: str) -> Seen | None:
    return next((one for one in reversed(who.messages(chat)) if words in one.text), None)
