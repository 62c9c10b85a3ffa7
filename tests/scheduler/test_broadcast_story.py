"""The owner writes to the families from the chat: composes, narrows, counts, sends; freezes days; stops everything."""

from __future__ import annotations

import pytest

from handlers.admins.broadcast_who import switched
from scheduler.campaigns_model import Segment
from tests.bot.house import at_work
from tests.home.family import Parent


@pytest.fixture
async def owner(sqlite_template, tmp_path):
    async with at_work(
        sqlite_template, tmp_path, advertiser="ООО «Опора», ИНН 7700000000"
    ) as place:
        place.owner.start(place.bot)
        await place.settled()
        yield Parent(place, place.owner)


async def ticks(owner, name):
    """Do what comes round, without waiting for its turn."""
    [job] = [one for one in owner.place.house.jobs if one.name == name]
    await job.work()


async def test_a_broadcast_is_narrowed_counted_and_sent(owner):
    await owner.says("/broadcast Приходите на <b>открытый урок</b>")
    screen = await owner.sees("Кому: все родители")
    await owner.press("Служебное", screen)
    await owner.press("Кому", screen)
    for choice in ("English", "Русский", "владелец", "писали за 30 дней"):
        await owner.press(choice, screen)
    asked = owner.at(screen)
    assert "English, Русский; владелец; писали за 30 дней" in asked.text
    assert "✓ владелец" in asked.buttons
    await owner.press("✓ English", screen)
    await owner.press("← Готово", screen)
    assert "Кому: Русский; владелец; писали за 30 дней" in owner.at(screen).text
    await ticks(owner, "presence")
    await owner.press("Посчитать", screen)
    await owner.sees("Получат: 1")
    await owner.press("Отправить", screen)
    await ticks(owner, "broadcasts")
    said = "Приходите на <b>открытый урок</b>"
    await owner.place.until(lambda: [one.text for one in owner.screen].count(said) == 2)


async def test_days_are_frozen_listed_and_thawed(owner):
    """L21."""
    await owner.says("/freeze 2027-01-01 2027-01-08 каникулы")
    await owner.sees("Заморозка с 1 января")
    await owner.says("/freeze")
    listed = await owner.sees("№ 1")
    assert "каникулы" in listed.text
    await owner.says("/freeze off 1")
    await owner.sees("Заморозка снята")
    await owner.says("/freeze 2027-01-08 2027-01-01 наоборот")
    await owner.sees("Поменяйте даты местами")


@pytest.mark.parametrize(("letter", "value"), [("a", "7-8"), ("l", "de"), ("t", "x"), ("q", "ru")])
def test_a_press_that_names_nothing_is_refused(letter, value):
    with pytest.raises((ValueError, KeyError)):
        switched(Segment(), letter, value)
