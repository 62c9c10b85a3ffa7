"""The first loop: a parent arrives, an advert goes, an expert answers, a digest comes, a stop is a stop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.demo.lessons import learns
from bot.demo.stage import MOSCOW, NotAsTold, Stage
from consent.purposes import ASKED
from emulator.actors import Person
from emulator.actors.seen import Seen

ADVERT = "Зарабатывай от 5000 ₽ в день без вложений! Пишите в личку или сюда: https://t.me/+Zarabotok2026"
DOSAGE = "Давайте нурофен по 5 мл каждые 6 часов, нам так помогло"
ANSWER = "Спасибо, что делитесь. Дозу подбирает врач по весу; при температуре выше 38,5 позвоните ему сегодня."
PARENT_ID, NEWCOMER_ID = 5001, 6001

Step = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step of the story with its title."""

    title: str
    play: Step


def person(stage: Stage, number: int) -> Person:
    """Find somebody of the story."""
    return stage.school.town.actor(number)


async def arrives(stage: Stage) -> None:
    """Play step 1: deep link, language, consents, child, day 0, community."""
    school = stage.school
    vera = school.town.person("Вера", user_id=PARENT_ID, language_code="ru")
    async with stage.database.begin() as unit:
        payload = await unit.links.issue("demo", "parent-vera", "learner-vera", unit.now)
    stage.says(vera, "открывает бота по ссылке из личного кабинета школы")
    vera.start(school.bot, payload)
    await stage.shown(vera, "Выберите язык")
    await press(stage, vera, "Русский")
    for number in range(1, len(ASKED) + 1):
        await stage.shown(vera, f"({number} из {len(ASKED)})")
        await press(stage, vera, "Соглашаюсь")
    await stage.shown(vera, "В каком году")
    await press(stage, vera, "2021")
    await stage.shown(vera, "В каком месяце")
    await press(stage, vera, "май")
    await stage.shown(vera, "Записали")
    await stage.shown(vera, "Выберите одно")
    await stage.shown(vera, "сообщество родителей")
    stage.says(vera, "просится в сообщество")
    vera.request_join(school.community, invite_of(stage))
    await stage.until("Вера принята в сообщество", lambda: school.community.has(vera.id))
    await stage.shown(vera, "Вера, здравствуйте!", school.community, school.topic("adaptation"))


async def advertises(stage: Stage) -> None:
    """Play step 2: the advert goes, the author is banned, one card, an Undo that works."""
    school = stage.school
    newcomer = school.town.person("Лёгкие деньги", user_id=NEWCOMER_ID, language_code="ru")
    school.town.add_member(school.community, newcomer)
    topic = school.topic("parents")
    sent = newcomer.send(ADVERT, chat=school.community, topic=topic)
    stage.says(newcomer, ADVERT)
    await stage.until("объявление убрано", lambda: not sees(school.moderator, stage, sent))
    await stage.until("автор удалён", lambda: not school.community.has(newcomer.id))
    card = await stage.shown(
        school.moderator, "Случай №", school.staff, school.staff_topic("cases")
    )
    cards = [m for m in school.moderator.messages(school.staff) if "Случай №" in m.text]
    if len(cards) != 1:
        raise NotAsTold(f"карточка одна, а не {len(cards)}")
    await press(stage, school.moderator, "Вернуть как было", card)
    await stage.shown(school.moderator, "вернули как было", school.staff)
    await stage.shown(school.moderator, "сообщение вернул модератор", school.community)
    stage.says(newcomer, "снова может войти")
    await stage.until("бан снят", lambda: not banned(stage, newcomer))


async def advises(stage: Stage) -> None:
    """Play step 3: a dosage is hidden, its author told alone, an expert answers from the card."""
    school = stage.school
    adviser = school.families[0].parent
    topic = school.topic("adaptation")
    sent = adviser.send(DOSAGE, chat=school.community, topic=topic)
    stage.says(adviser, DOSAGE)
    await stage.until("совет спрятан", lambda: not sees(school.moderator, stage, sent))
    notice = await stage.shown(adviser, "Советы о лечении", school.community)
    if not notice.is_ephemeral:
        raise NotAsTold("объяснение видит только автор")
    card = await stage.shown(school.methodist, "Вопрос эксперту №")
    await press(stage, school.methodist, "Беру", card)
    await stage.shown(school.methodist, "за вами")
    stage.says(school.methodist, ANSWER)
    school.methodist.send(ANSWER, chat=school.bot, reply_to=card)
    await stage.shown(school.moderator, "Дозу подбирает врач", school.community, topic)
    await stage.shown(adviser, "Эксперт ответил", school.bot)
    await press(stage, school.methodist, "Закрыть")
    await stage.shown(school.methodist, "закрыт")
    async with stage.database.reading() as unit:
        cases = await unit.cases.of_author(school.community.id, adviser.id)
    if not cases or cases[-1].state.value != "decided":
        raise NotAsTold("случай закрыт вместе с вопросом")


async def stops(stage: Stage) -> None:
    """Play step 5: one tap, and only service messages come; the ledger shows it."""
    vera = person(stage, PARENT_ID)
    await press(stage, vera, "Не присылать такое")
    await stage.shown(vera, "Больше не присылаем")
    before = len(vera.messages(stage.school.bot))
    stage.note("проходит четыре недели")
    stage.clock.advance(28 * 86_400)
    await stage.idle()
    after = vera.messages(stage.school.bot)[before:]
    if after:
        raise NotAsTold(f"после отказа пришло: {after[0].text[:60]!r}")
    vera.send("/ask Как подготовиться к школе?", chat=stage.school.bot)
    await stage.until(
        "на вопрос отвечают", lambda: len(vera.messages(stage.school.bot)) > before + 1
    )
    async with stage.database.reading() as unit:
        parent = await unit.people.by_telegram(PARENT_ID)
        if parent is None:
            raise NotAsTold("родитель записан")
        records = await unit.consents.records(parent.id)
    withdrawn = [record for record in records if record.action.value == "withdraw"]
    if not withdrawn:
        raise NotAsTold("отказ записан в журнал")
    versions = {record.id: record.document for record in records}
    for record in withdrawn:
        granted = versions.get(record.refers_to or "")
        version = f"версия {granted.version}" if granted is not None else "без документа"
        what = f"{record.purpose.value}: {record.action.value}, {version}"
        stage.note(f"журнал: {record.at.astimezone(MOSCOW):%d.%m.%Y %H:%M} {what}")


async def press(stage: Stage, who: Person, label: str, message: Seen | None = None) -> None:
    """Press a button once it is there."""
    found = await stage.until(
        f"{who.name} видит кнопку {label!r}", lambda: _with(who, label, message)
    )
    stage.says(who, f"[{label}]")
    who.click(label, found)


def _with(who: Person, label: str, message: Seen | None) -> Seen | None:
    if message is not None:
        return message if label in message.buttons else None
    private = who.messages()
    return next((seen for seen in reversed(private) if label in seen.buttons), None)


def sees(who: Person, stage: Stage, message: Seen) -> bool:
    """Tell whether a community message is still on somebody's screen."""
    return any(
        seen.message_id == message.message_id for seen in who.messages(stage.school.community)
    )


def banned(stage: Stage, who: Person) -> bool:
    """Tell whether somebody is banned from the community."""
    member = stage.school.community.members.get(who.id)
    return member is not None and member.status == "kicked"


def invite_of(stage: Stage) -> str:
    """Read the invite link from the bot's own message."""
    vera = person(stage, PARENT_ID)
    for seen in reversed(vera.messages(stage.school.bot)):
        for row in seen.rows:
            for button in row:
                if "url" in button:
                    return str(button["url"])
    raise NotAsTold("приглашение в сообщество")


CHAPTERS = (
    Chapter("1. Родитель приходит", arrives),
    Chapter("2. Реклама", advertises),
    Chapter("3. Совет о лекарстве", advises),
    Chapter("4. Уроки и воскресная сводка", learns),
    Chapter("5. Одно нажатие, и тишина", stops),
)
