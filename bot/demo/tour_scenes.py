"""The scenes of the tour: what is played, what is pictured, and one sentence about each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.demo import first_loop, lessons
from bot.demo.first_loop import ADVERT, ANSWER, DOSAGE, PARENT_ID, press
from bot.demo.stage import Stage
from bot.demo.tour_camera import Camera
from bot.demo.tour_people import keeps_order, knocks, meets, mentors, sets_up, tap
from consent.purposes import ASKED

Picture = tuple[str, str, bool]
"""File name without ending, words for those who do not see it, whether it is a phone."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A flow of the product."""

    name: str
    title: str
    words: str
    play: Callable[[Stage, Camera], Awaitable[None]]
    pictures: tuple[Picture, ...]


async def begins(stage: Stage, eye: Camera) -> None:
    """Open the bot, answer consents, add a child, get the first day."""
    school = stage.school
    vera = school.town.person("Вера", user_id=PARENT_ID, language_code="ru")
    async with stage.database.begin() as unit:
        payload = await unit.links.issue("demo", "parent-vera", "learner-vera", unit.now)
    vera.start(school.bot, payload)
    await stage.shown(vera, "Выберите язык")
    await eye.shot("language-phone", vera, school.bot.id)
    await press(stage, vera, "Русский")
    await stage.shown(vera, f"(1 из {len(ASKED)})")
    await eye.shot("consents-phone", vera, school.bot.id)
    for number in range(1, len(ASKED) + 1):
        await stage.shown(vera, f"({number} из {len(ASKED)})")
        await press(stage, vera, "Соглашаюсь")
    await stage.shown(vera, "В каком году")
    await press(stage, vera, "2021")
    await stage.shown(vera, "В каком месяце")
    await eye.shot("child-phone", vera, school.bot.id)
    await press(stage, vera, "май")
    await stage.shown(vera, "Записали")
    await stage.shown(vera, "Выберите одно")
    await stage.shown(vera, "сообщество родителей")
    await eye.shot("start-phone", vera, school.bot.id)


async def joins(stage: Stage, eye: Camera) -> None:
    """Ask to join, be let in and greeted in the topic of the child's age."""
    school = stage.school
    vera = first_loop.person(stage, PARENT_ID)
    vera.request_join(school.community, first_loop.invite_of(stage))
    await stage.until("Вера принята", lambda: school.community.has(vera.id))
    topic = school.topic("adaptation")
    await stage.shown(vera, "Вера, здравствуйте!", school.community, topic)
    await eye.shot("greeting-desk", vera, school.community.id, topic, phone=False)


async def advertises(stage: Stage, eye: Camera) -> None:
    """Post an advert; look at the card, and at what an undo leaves."""
    school = stage.school
    newcomer = school.town.person(
        "Лёгкие деньги", user_id=first_loop.NEWCOMER_ID, language_code="ru"
    )
    school.town.add_member(school.community, newcomer)
    newcomer.send(ADVERT, chat=school.community, topic=school.topic("parents"))
    cases = school.staff_topic("cases")
    card = await stage.shown(school.moderator, "Случай №", school.staff, cases)
    await stage.until("автор удалён", lambda: not school.community.has(newcomer.id))
    await eye.shot("case-desk", school.moderator, school.staff.id, cases, phone=False)
    await press(stage, school.moderator, "Вернуть как было", card)
    await stage.shown(school.moderator, "вернули как было", school.staff)
    await eye.shot("undo-phone", school.moderator, school.staff.id, cases)


async def advises(stage: Stage, eye: Camera) -> None:
    """Give a dosage; see what its author, the expert and the topic see."""
    school = stage.school
    adviser = school.families[0].parent
    topic = school.topic("adaptation")
    adviser.send(DOSAGE, chat=school.community, topic=topic)
    await stage.shown(adviser, "Советы о лечении", school.community)
    await eye.shot("advice-phone", adviser, school.community.id, topic)
    card = await stage.shown(school.methodist, "Вопрос эксперту №")
    await press(stage, school.methodist, "Беру", card)
    await stage.shown(school.methodist, "за вами")
    school.methodist.send(ANSWER, chat=school.bot, reply_to=card)
    await stage.shown(school.moderator, "Дозу подбирает врач", school.community, topic)
    await stage.shown(adviser, "Эксперт ответил", school.bot)
    await eye.shot("expert-phone", school.methodist, school.bot.id)
    await eye.shot("answer-desk", adviser, school.community.id, topic, phone=False)


async def learns(stage: Stage, eye: Camera) -> None:
    """Let lessons arrive and Sunday come."""
    await lessons.learns(stage)
    vera = first_loop.person(stage, PARENT_ID)
    await eye.shot("digest-phone", vera, stage.school.bot.id)
    vera.send("/progress", chat=stage.school.bot)
    await stage.shown(vera, "Всего уроков", stage.school.bot)
    await eye.shot("progress-phone", vera, stage.school.bot.id)


async def lives(stage: Stage, eye: Camera) -> None:
    """Open the parent's home."""
    vera = first_loop.person(stage, PARENT_ID)
    vera.send("/menu", chat=stage.school.bot)
    await stage.shown(vera, "Чем помочь?")
    await eye.shot("menu-phone", vera, stage.school.bot.id)


async def asks(stage: Stage, eye: Camera) -> None:
    """Ask a question; ready answers come first."""
    vera = first_loop.person(stage, PARENT_ID)
    vera.send("/ask Плачет по утрам в саду, что делать?", chat=stage.school.bot)
    await stage.shown(vera, "Помогло?")
    await eye.shot("ask-phone", vera, stage.school.bot.id)
    school = stage.school
    await tap(stage, vera, "Спросить эксперта", school.bot)
    await tap(stage, vera, "Психологу", school.bot)
    await stage.shown(vera, "Сейчас эксперты отдыхают", school.bot)
    await eye.shot("asked-phone", vera, school.bot.id)


async def decides(stage: Stage, eye: Camera) -> None:
    """Look at the consents, then stop everything in one tap."""
    vera = first_loop.person(stage, PARENT_ID)
    vera.send("/consent", chat=stage.school.bot)
    await stage.shown(vera, "Ваши согласия")
    await eye.shot("consent-centre-phone", vera, stage.school.bot.id)
    await press(stage, vera, "Не присылать такое")
    await stage.shown(vera, "Больше не присылаем")
    await eye.shot("stop-phone", vera, stage.school.bot.id)


SCENES = (
    Scene("begins", "Родитель приходит",
          "Ссылка из личного кабинета, язык, отдельное согласие на каждую цель, месяц рождения ребёнка, первый день. "
          "Ни одно согласие не обязательно: без него просто нет той части, которой оно касается.",
          begins,
          (("language-phone", "Приветствие и выбор языка", True), ("consents-phone", "Первое согласие", True),
           ("child-phone", "Месяц рождения ребёнка", True), ("start-phone", "Первый день и приглашение", True))),
    Scene("joins", "Сообщество",
          "Заявку принимают, если согласия даны; здороваются в теме, которая подходит возрасту ребёнка.",
          joins, (("greeting-desk", "Приветствие в теме сообщества", False),)),
    Scene("knocks", "Заявка, которую решает человек",
          "Кому бот не может написать, того никто не спросит о согласии: заявка ложится карточкой к команде. То же при "
          "наплыве желающих.",
          knocks, (("join-desk", "Карточка заявки", False),)),
    Scene("sets_up", "Настройка и роли",
          "/setup проверяет права, находит и создаёт темы, держит живой ссылку-приглашение; его можно повторять. "
          "/roles показывает одну таблицу прав, по которой бот и решает.",
          sets_up, (("roles-phone", "Кто что может", True), ("setup-desk", "Настройка сообщества", False))),
    Scene("advertises", "Реклама",
          "Сообщения нет, автора нет, у модераторов одна карточка с доводами и кнопкой, которая возвращает всё назад.",
          advertises,
          (("case-desk", "Карточка случая", False), ("undo-phone", "Решение отменено", True))),
    Scene("advises", "Совет о лекарстве",
          "Дозировку прячут, почему — видит только автор. Дежурный эксперт получает карточку и отвечает прямо из неё; "
          "ответ появляется в теме от его имени.",
          advises,
          (("advice-phone", "Объяснение автору", True), ("expert-phone", "Карточка и ответ эксперта", True),
           ("answer-desk", "Ответ эксперта в теме", False))),
    Scene("learns", "Сводка и прогресс",
          "Уроки приходят с платформы школы по HTTP, сводка — в воскресенье в 18:00 по часам родителя. "
          "/progress рисует четыре недели; кнопка рядом говорит то же словами.",
          learns,
          (("digest-phone", "Сводка недели", True), ("progress-phone", "Четыре недели картинкой", True))),
    Scene("lives", "Меню родителя",
          "Одно сообщение, которое меняется на месте; всё остальное в одном нажатии.",
          lives, (("menu-phone", "Меню", True),)),
    Scene("asks", "Вопрос",
          "Сначала готовые ответы методистов, потом родители, потом эксперт: он видит возраст ребёнка, а не имя. "
          "Вне часов дежурства бот сразу говорит, когда придёт ответ.",
          asks, (("ask-phone", "Готовые ответы", True), ("asked-phone", "Когда ответит эксперт", True))),
    Scene("meets", "Встреча с экспертом",
          "Встречу назначают кнопками, вопросы собирают заранее, с именем или без, голоса решают, что важнее. В эфире "
          "эксперт просто отвечает на вопрос; после — оглавление и ответы письменно.",
          meets,
          (("ama-calendar-phone", "Выбор дня встречи", True), ("ama-votes-phone", "Вопросы и голоса", True),
           ("ama-after-phone", "После встречи", True), ("ama-announced-desk", "Объявление встречи", False),
           ("ama-live-desk", "Эксперт отвечает в эфире", False))),
    Scene("mentors", "Наставники",
          "Опытный родитель помогает новому. Переписка идёт через бота: имён, телефонов и адресов не видно.",
          mentors,
          (("mentor-form-phone", "Заявка", True), ("mentor-relay-phone", "Переписка через бота", True),
           ("mentor-meet-phone", "Познакомиться по желанию обоих", True),
           ("mentor-desk", "Заявки у модератора", False))),
    Scene("keeps_order", "Команда",
          "Модератор отвечает на сообщение командой: предупреждение видит только тот, кому оно дано, историю — только "
          "команда. Кто дежурит на этой неделе, видно всем, кто помогает.",
          keeps_order,
          (("warned-phone", "Предупреждение глазами автора", True), ("history-desk", "История участника", False),
           ("duty-desk", "Дежурства недели", False))),
    Scene("decides", "Согласия и «стоп»",
          "Каждая цель видна и меняется одним нажатием. «Не присылать такое» действует сразу, и это можно вернуть.",
          decides,
          (("consent-centre-phone", "Центр согласий", True), ("stop-phone", "Больше не присылаем", True))),
)  # fmt: skip
"""In the order they are played: later ones stand on what earlier ones did."""
