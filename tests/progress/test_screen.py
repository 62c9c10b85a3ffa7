"""`/progress`: a picture with words for those who cannot see it; for one child, for two, in English."""

from __future__ import annotations

from datetime import time, timedelta
from io import BytesIO

import pytest
from PIL import Image

from consent.purposes import Purpose
from delivery.pictures.progress import MARGIN, WIDTH, picture
from delivery.pictures.themes import DARK, LIGHT, theme_at
from scheduler.plan.streaks import Mark
from scheduler.progress.card import Card, Square
from scheduler.progress.model import Lesson
from tests.bot.house import at_work


@pytest.fixture
async def place(sqlite_template, tmp_path):
    async with at_work(sqlite_template, tmp_path) as opened:
        yield opened


async def family(place, *kids, language="ru", lessons=(0, 2, 4)):
    """A parent with children who had lessons some days ago."""
    vera = place.town.person("Вера", language_code=language)
    vera.user.started.add(place.bot.id)
    database = place.house.database
    async with database.begin() as unit:
        parent = await unit.people.add(vera.id, language, unit.now)
        await unit.people.change(parent.id, stage="done", channel="active")
        for name, born in kids:
            child = await unit.people.add_child(parent.id, unit.now, name=name, born=born)
            known = [
                Lesson(
                    child * 100 + n,
                    child,
                    "finish",
                    at,
                    at.date().isoformat(),
                    "Europe/Moscow",
                    "",
                    20,
                )
                for n, days in enumerate(lessons)
                for at in (unit.now - timedelta(days=days),)
            ]
            await unit.learning.add_lessons(known)
    consents = place.house.services["consents"]
    served = await consents.serve(parent.id, Purpose.CHILD_DATA, language=language)
    version = served.document.version
    await consents.answer(parent.id, Purpose.CHILD_DATA, grant=True, version=version)
    return parent.id, vera


def shown(person):
    return [seen for seen in person.messages() if seen.from_id != person.id]


async def test_a_parent_sees_a_picture_with_its_words_and_the_same_without_it(place):
    _, vera = await family(place, ("Маша", "2021-05"))
    vera.send("/progress", chat=place.bot)
    [seen] = await place.until(lambda: shown(vera))
    assert place.emulator.log.calls[-1].method == "sendPhoto"
    assert "Маша" in seen.text
    assert "Всего уроков: 3" in seen.text
    assert "60 минут за четыре недели" in seen.text
    assert "осталось 2" in seen.text
    vera.click("Словами", seen)
    words = (await place.until(lambda: len(shown(vera)) > 1 and shown(vera)))[1]
    assert "занятие было:" in words.text
    assert "Заморозок в запасе: 2" in words.text
    assert words.buttons == ["Картинкой"]


async def test_two_children_stand_in_one_picture(place):
    _, vera = await family(place, ("Маша", "2021-05"), ("Пётр", "2012-02"))
    vera.send("/progress", chat=place.bot)
    seen = (await place.until(lambda: shown(vera)))[0]
    assert seen.text.index("Маша") < seen.text.index("Пётр")


async def test_it_speaks_english(place):
    _, vera = await family(place, ("Masha", "2021-05"), language="en")
    vera.send("/progress", chat=place.bot)
    [seen] = await place.until(lambda: shown(vera))
    assert "Lessons in all: 3" in seen.text
    assert seen.buttons == ["In words"]


async def test_without_any_lesson_it_says_so_kindly(place):
    _, vera = await family(place, ("Маша", "2021-05"), lessons=())
    vera.send("/progress", chat=place.bot)
    [seen] = await place.until(lambda: shown(vera))
    assert "после первого занятия" in seen.text


async def test_a_teenagers_family_is_asked_how_the_week_was(place):
    parent, vera = await family(place, ("Пётр", "2012-02"))
    vera.send("/progress", chat=place.bot)
    asked = (await place.until(lambda: len(shown(vera)) > 1 and shown(vera)))[1]
    vera.click("Трудно", asked)
    await place.settled()
    rows = await place.rows("SELECT fact, value FROM journey_answers")
    assert rows == [("self_week", "hard")]
    assert parent


async def test_nobody_answers_for_another_familys_child(place):
    await family(place, ("Маша", "2021-05"))
    _, stranger = await family(place, ("Пётр", "2012-02"))
    view = place.house.services["progress"]
    async with place.house.database.reading() as unit:
        person = await unit.people.by_telegram(stranger.id)
    assert not await view.assess(person.id, 1, "hard")
    assert await view.assess(person.id, 2, "hard")
    assert not await view.assess(person.id, 2, "anything")


def card(title="Маша"):
    weeks = tuple(
        tuple(Square(day + 1, mark, day == 6) for day, mark in enumerate([*Mark, Mark.REST]))
        for _ in range(4)
    )
    return Card(
        title,
        "Серия: 12 дней",
        ("Всего уроков: 37",),
        ("пн",) * 7,
        weeks,
        ((Mark.DONE, "занятие было"),),
    )


def test_a_picture_is_small_and_wide_enough_for_a_phone():
    raw = picture([card(), card()], time(12))
    with Image.open(BytesIO(raw)) as image:
        assert (image.format, image.width) == ("PNG", WIDTH)
        assert image.height < 3 * WIDTH
        assert image.convert("RGB").getpixel((MARGIN // 2, MARGIN // 2)) == (255, 255, 255)
    assert len(raw) < 100_000


def test_a_name_of_any_length_stays_inside():
    raw = picture([card("Константин-Александр Великолепный из Новосибирска" * 3)], time(12))
    with Image.open(BytesIO(raw)) as image:
        edge = image.convert("RGB").crop((WIDTH - MARGIN + 8, 0, WIDTH, image.height))
        assert edge.getcolors() == [(edge.width * edge.height, (255, 255, 255))]


@pytest.mark.parametrize(
    ("hour", "theme"), [(time(7), LIGHT), (time(19, 59), LIGHT), (time(20), DARK), (time(3), DARK)]
)
def test_the_clock_chooses_the_colours(hour, theme):
    assert theme_at(hour) is theme


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_word_and_sign_stands_out_by_day_and_by_night(theme):
    """WCAG 2.2: 4.5 for text, 3 for what edges tell."""
    assert contrast(theme.ink, theme.paper) >= 7
    assert contrast(theme.soft, theme.paper) >= 4.5
    assert contrast(theme.today, theme.paper) >= 3
    for mark, look in theme.marks.items():
        assert contrast(look.ink, look.fill) >= 4.5, mark
        if mark is not Mark.REST:
            assert contrast(look.edge, theme.paper) >= 3, mark


def test_no_two_kinds_of_days_differ_by_colour_alone():
    for theme in (LIGHT, DARK):
        signs = [(look.sign, look.edge == look.fill) for look in theme.marks.values()]
        assert len(set(signs)) == len(signs)


def contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
