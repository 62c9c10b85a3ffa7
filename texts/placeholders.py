"""What may stand in braces, what it means and how it is filled: `{child_dat}`, `{lessons|урок|урока|уроков}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from texts.names import Case


class Source(StrEnum):
    """Whose fact it is; it decides what happens when a consent is missing."""

    SCHOOL = "school"
    """Always known: from the settings of the school."""
    FAMILY = "family"
    """About this family's lessons and payments; no name and no age."""
    PERSONAL = "personal"
    """Name or age of a child: only with consent to personalisation."""
    EVENT = "event"
    """Comes with what triggered the message."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name in braces: its meaning in plain words and a sample in Russian and English."""

    name: str
    meaning: str
    sample: str | int
    english: str | int
    source: Source
    is_link: bool = False

    @property
    def is_number(self) -> bool:
        """Whether plural forms may follow it."""
        return isinstance(self.sample, int)


def _all() -> tuple[Placeholder, ...]:
    school, family, personal, event = Source.SCHOOL, Source.FAMILY, Source.PERSONAL, Source.EVENT
    link = "https://school.example/x"
    return (
        Placeholder("school", "название школы", "Опора", "Opora", school),
        Placeholder("advertiser", "рекламодатель, полностью", "ООО «Опора»", "Opora LLC", school),
        Placeholder("erid", "идентификатор рекламы", "2VtzqxAbCdE", "2VtzqxAbCdE", school),
        Placeholder("school_url", "сайт школы", link, link, school, is_link=True),
        Placeholder("community_url", "ссылка в сообщество", link, link, school, is_link=True),
        Placeholder("child", "имя ребёнка: кто? Маша", "Маша", "Masha", personal),
        Placeholder("child_gen", "имя: кого? Маши", "Маши", "Masha", personal),
        Placeholder("child_dat", "имя: кому? Маше", "Маше", "Masha", personal),
        Placeholder("child_acc", "имя: кого? (вижу) Машу", "Машу", "Masha", personal),
        Placeholder("child_ins", "имя: с кем? с Машей", "Машей", "Masha", personal),
        Placeholder("child_loc", "имя: о ком? о Маше", "Маше", "Masha", personal),
        Placeholder("age", "возраст словами", "4 года", "4 years", personal),
        Placeholder("years", "сколько исполняется лет", 5, 5, personal),
        Placeholder("goal", "цель, которую выбрала семья", "речь", "speech", family),
        Placeholder("lessons", "уроков за неделю", 3, 3, family),
        Placeholder("lessons_total", "уроков всего", 25, 25, family),
        Placeholder("minutes", "минут занятий за неделю", 45, 45, family),
        Placeholder("streak", "дней занятий подряд", 12, 12, family),
        Placeholder("freezes", "заморозок осталось", 2, 2, family),
        Placeholder("days_silent", "дней без занятий", 7, 7, family),
        Placeholder(
            "next_lesson",
            "ближайшее занятие",
            "вторник, 1 декабря, 17:00",
            "Tuesday, 1 December, 17:00",
            family,
        ),
        Placeholder("lesson_hour", "час занятия", "17:00", "17:00", family),
        Placeholder("lesson", "название урока", "Звуки и буквы", "Sounds and letters", event),
        Placeholder("lesson_url", "ссылка на урок", link, link, school, is_link=True),
        Placeholder("module", "название модуля", "Первые слова", "First words", event),
        Placeholder("level", "уровень", 3, 3, event),
        Placeholder("course", "название курса", "Чтение с нуля", "Reading from scratch", family),
        Placeholder("plan", "тариф", "Месяц", "Monthly", family),
        Placeholder("amount", "сумма с валютой", "1 950 ₽", "1,950 ₽", event),
        Placeholder("due_date", "срок", "5 декабря", "5 December", event),
        Placeholder("pay_url", "страница оплаты", link, link, school, is_link=True),
        Placeholder("receipt_url", "чек", link, link, event, is_link=True),
        Placeholder("months_with_us", "месяцев с нами", 12, 12, family),
        Placeholder("years_with_us", "лет с нами", 1, 1, family),
        Placeholder("invite_url", "личная ссылка для друзей", link, link, family, is_link=True),
        Placeholder("friends", "сколько друзей пришло", 2, 2, family),
        Placeholder(
            "event_title", "название встречи", "Сон без слёз", "Sleep without tears", event
        ),
        Placeholder(
            "event_when",
            "когда встреча",
            "четверг, 3 декабря, 19:00",
            "Thursday, 3 December, 19:00",
            event,
        ),
        Placeholder("expert", "имя эксперта", "Анна Петрова", "Anna Petrova", event),
    )


KNOWN: dict[str, Placeholder] = {one.name: one for one in _all()}

CHILD_CASES = {
    "child": Case.NOMINATIVE,
    "child_gen": Case.GENITIVE,
    "child_dat": Case.DATIVE,
    "child_acc": Case.ACCUSATIVE,
    "child_ins": Case.INSTRUMENTAL,
    "child_loc": Case.LOCATIVE,
}
"""Placeholders filled from the one fact `child`."""

PLURAL_FORMS = {"ru": 3, "en": 2}
"""Russian: урок, урока, уроков; English: lesson, lessons."""

SLOT = re.compile(r"\{([a-z_]+)((?:\|[^{}|]*)*)\}")
"""`{name}` or `{name|form|form|form}`; any other brace is a fault."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in braces. `forms` is empty for a plain placeholder."""

    name: str
    forms: tuple[str, ...]


def slots(text: str) -> list[Slot]:
    """List the places in braces, in the order of the text."""
    return [Slot(m.group(1), tuple(m.group(2).split("|")[1:])) for m in SLOT.finditer(text)]


def stray_braces(text: str) -> bool:
    """Tell whether a brace is left that no placeholder explains."""
    rest = SLOT.sub("", text)
    return "{" in rest or "}" in rest


def needs_personal(text: str) -> bool:
    """Tell whether a text names a child or an age."""
    return any(
        slot.name in KNOWN and KNOWN[slot.name].source is Source.PERSONAL for slot in slots(text)
    )
