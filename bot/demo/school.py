"""The synthetic school in the emulator: staff, families, a community forum and its staff forum."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from bot.reading import blueprint
from core.cohorts import Cohort
from emulator.actors import Person, Town
from emulator.api import Emulator
from emulator.world.model import Bot, Chat
from texts.plurals import choose

BOT_TOKEN = "7000000001:DEMO-school-bot-token-0123456789abcdef"  # noqa: S105 - opens nothing but the emulator
OWNER_ID = 1001
FAMILIES = 30
YEAR = 2026

MOTHERS = (
    "Анна", "Мария", "Ольга", "Елена", "Наталья", "Ирина", "Светлана", "Юлия", "Татьяна", "Екатерина",
    "Алина", "Дарья", "Полина", "Вера", "Надежда", "Ксения", "Жанна", "Марина", "Лариса", "Оксана",
)  # fmt: skip
FATHERS = (
    "Андрей",
    "Сергей",
    "Павел",
    "Игорь",
    "Денис",
    "Роман",
    "Артём",
    "Тимур",
    "Виктор",
    "Глеб",
)
CHILDREN = (
    "Соня", "Миша", "Варя", "Артём", "Лиза", "Тимоша", "Ева", "Матвей", "Аня", "Марк",
    "Злата", "Лев", "Мила", "Кирилл", "Ника", "Егор", "Таисия", "Степан", "Алиса", "Даня",
)  # fmt: skip
ZONES = (
    "Europe/Moscow", "Europe/Moscow", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk",
    "Asia/Vladivostok", "Europe/Kaliningrad", "Europe/Samara",
)  # fmt: skip
AGES = {
    Cohort.BABY: (1, 2),
    Cohort.PRESCHOOL: (3, 5),
    Cohort.EARLY_SCHOOL: (6, 8),
    Cohort.SCHOOL: (9, 12),
    Cohort.TEEN: (13, 16),
}
TOPICS = tuple((plan.key, plan.names["ru"]) for plan in blueprint().topics)
STAFF_TOPICS = tuple((plan.key, plan.names["ru"]) for plan in blueprint().staff)


@dataclass(frozen=True, slots=True)
class Kid:
    """A child of the synthetic school; `born` is the first of a month."""

    name: str
    born: date
    learner: str


@dataclass(frozen=True, slots=True)
class Family:
    """A parent with children and the id the platform knows the parent by."""

    parent: Person
    zone: str
    external: str
    kids: tuple[Kid, ...]


@dataclass(slots=True)
class School:
    """Everybody and every place."""

    emulator: Emulator
    town: Town
    bot: Bot
    owner: Person
    moderator: Person
    methodist: Person
    psychologist: Person
    mentor: Person
    community: Chat
    staff: Chat
    families: list[Family] = field(default_factory=list)

    def topic(self, key: str) -> int:
        """Find the thread id of a community topic by our key."""
        name = dict(TOPICS)[key]
        return next(topic.id for topic in self.community.topics.values() if topic.name == name)

    def staff_topic(self, key: str) -> int:
        """Find the thread id of a staff topic by our key."""
        name = dict(STAFF_TOPICS)[key]
        return next(topic.id for topic in self.staff.topics.values() if topic.name == name)


def build_school(emulator: Emulator, families: int = FAMILIES, seed: int = 1) -> School:
    """Build the world; the same seed gives the same people."""
    chance = random.Random(seed)  # noqa: S311 - repeatable people
    town = Town(emulator)
    bot = town.bot("Опора", "opora_school_bot", token=BOT_TOKEN, sees_all_messages=True)
    owner = town.person("Алла", last_name="Директор", user_id=OWNER_ID, language_code="ru")
    moderator = town.person("Майя", last_name="Модератор", user_id=1002, language_code="ru")
    methodist = town.person("Марина", last_name="Методист", user_id=1003, language_code="ru")
    psychologist = town.person("Павел", last_name="Психолог", user_id=1004, language_code="ru")
    mentor = town.person("Нина", last_name="Наставник", user_id=1005, language_code="ru")
    known = [_family(town, chance, number) for number in range(families)]
    everybody = tuple(family.parent for family in known)
    community = town.supergroup(
        "Родители школы «Опора»",
        owner,
        members=(methodist, psychologist, mentor, *everybody),
        admins=(moderator,),
        bots=(bot,),
        topics=tuple(name for _, name in TOPICS),
    )
    staff = town.supergroup(
        "Опора: команда",
        owner,
        members=(methodist, psychologist, mentor),
        admins=(moderator,),
        bots=(bot,),
        topics=tuple(name for _, name in STAFF_TOPICS),
    )
    return School(
        emulator,
        town,
        bot,
        owner,
        moderator,
        methodist,
        psychologist,
        mentor,
        community,
        staff,
        known,
    )


def _family(town: Town, chance: random.Random, number: int) -> Family:
    """Make a family; cohorts come round so that each has its share, every fifth family has two children."""
    names = FATHERS if number % 4 == 3 else MOTHERS  # noqa: PLR2004 - every fourth parent is a father
    parent = town.person(names[number % len(names)], user_id=2001 + number, language_code="ru")
    cohorts = list(AGES)
    count = 2 if number % 5 == 0 else 1
    kids = tuple(
        Kid(
            chance.choice(CHILDREN),
            _born(chance, cohorts[(number + index) % len(cohorts)]),
            f"learner-{number}-{index}",
        )
        for index in range(count)
    )
    return Family(parent, chance.choice(ZONES), f"parent-{number}", kids)


def _born(chance: random.Random, cohort: Cohort) -> date:
    youngest, oldest = AGES[cohort]
    return date(YEAR - chance.randint(youngest, oldest), chance.randint(1, 10), 1)


def described(school: School) -> dict[int, dict[str, str]]:
    """Say what each person is at the school and whose clock they read, as the page of the emulator shows it."""
    staff = {
        school.owner: "директор",
        school.moderator: "модератор",
        school.methodist: "методист",
        school.psychologist: "психолог",
        school.mentor: "наставник",
    }
    told = {
        person.id: {"label": label, "time_zone": "Europe/Moscow"} for person, label in staff.items()
    }
    for family in school.families:
        kids = " и ".join(f"{kid.name}, {_age(kid)}" for kid in family.kids)
        told[family.parent.id] = {"label": kids, "time_zone": family.zone}
    return told


def _age(kid: Kid) -> str:
    years = YEAR - kid.born.year
    return f"{years} {choose('ru', years, ('год', 'года', 'лет'))}"
