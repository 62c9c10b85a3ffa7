"""Editorial messages in the parent's hands: the first week, ticks, answers, promises, silence, forged presses."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from consent.purposes import Purpose
from consent.record import Evidence
from core.ids import PersonId
from tests.bot.house import Place
from tests.home.conftest import MOSCOW
from tests.home.family import Parent

MORNING, EVENING = time(10, 2), time(17, 2)


async def at(place: Place, hour: time) -> None:
    """Move on to the next such hour in Moscow; journeys plan, and what is due leaves."""
    now = place.house.clock.now().astimezone(MOSCOW)
    then = datetime.combine(now.date(), hour, MOSCOW)
    then += timedelta(days=0 if then > now else 1)
    place.emulator.clock.advance((then - now).total_seconds())
    await sent(place)


async def sent(place: Place) -> None:
    """Let the journeys plan, and wait until nothing that is due is left."""
    await place.house.lifecycle.engine.tick()
    for _ in range(1000):
        now = place.house.clock.now().timestamp() * 1e6
        waiting = await place.rows(
            f"SELECT 1 FROM outbox WHERE state IN ('planned', 'claimed') AND due <= {now:.0f}"
        )
        if not waiting:
            return
        await place.house.clock.sleep(0.01)
    raise AssertionError("messages are stuck")


async def steps(place: Place) -> dict[str, datetime]:
    """Tell when each step of a journey left, in Moscow."""
    rows = await place.rows(
        "SELECT key, done_at FROM outbox WHERE key LIKE 'journey:%' AND state = 'sent' ORDER BY id"
    )
    return {
        str(key).split(":")[2]: datetime.fromtimestamp(done / 1e6, UTC).astimezone(MOSCOW)
        for key, done in ((row[0], row[1]) for row in rows)
    }


async def test_the_first_week_comes_a_message_a_day_in_the_familys_hours(parent: Parent):
    """R61-R66: days 0 to 7. A withdrawn personalisation turns the rest generic, without name and age."""
    place = parent.place
    await parent.meets()
    await parent.press("Назвать по имени")
    await parent.says("Соня")
    await sent(place)
    welcome = await parent.sees("Что сейчас важнее всего?")
    told = await parent.press("Речь и звуки", welcome)
    assert told["text"] == "Хорошая цель: речь. С неё и начнём."
    assert parent.at(welcome).buttons[0] == "✓ Речь и звуки"
    await sent(place)

    tasks = await parent.sees("Старт за 15 минут")
    assert (await parent.press("Открыть урок", tasks))["text"] == "Готово: 1 из 4"
    assert (await parent.press("Открыть урок", tasks))["text"] == "Готово: 0 из 4"
    for label in ("Открыть урок", "Приготовить карандаши", "Выбрать место"):
        await parent.press(label, tasks)
    told = await parent.press("Пройти первый урок", tasks)
    assert told["text"] == "Всё готово. Отличный старт!"
    assert all(label.startswith("✓ ") for label in parent.at(tasks).buttons)

    for day in range(1, 8):
        await at(place, MORNING)
        if day == 2:
            await at(place, EVENING)
            victory = await parent.sees("Первая маленькая победа")
            await parent.press("Получилось", victory)
            assert parent.last().text == "⭐"
            stars = len(parent.screen)
            again = await parent.press("Получилось", victory)
            assert again["text"] == "Это мы уже записали"
            assert len(parent.screen) == stars, "one star for one press"
            continue
        if day == 4:
            [[person]] = await place.rows("SELECT id FROM people WHERE telegram_id = 5001")
            await place.house.services["consents"].withdraw(
                PersonId(person), [Purpose.PERSONALISATION], evidence=Evidence()
            )
        await at(place, EVENING)
    left = await steps(place)
    assert list(left) == ["welcome", "checklist", *(f"day-{n}" for n in range(1, 8))]
    start = left["welcome"].date()
    assert [(left[f"day-{n}"].date() - start).days for n in range(1, 8)] == [1, 2, 3, 4, 5, 6, 7]
    assert {n: left[f"day-{n}"].hour for n in range(1, 8)} == {
        1: 10, 2: 17, 3: 17, 4: 10, 5: 10, 6: 10, 7: 17,
    }  # fmt: skip
    assert any("Соня" in one.text for one in parent.screen[:-4])
    assert not any("Сон" in one.text for one in parent.screen[-3:])

    week = parent.last()
    await parent.press("Трудно, нужна помощь", week)
    helped = parent.last()
    assert "эксперт подскажет" in helped.text
    assert helped.buttons == ["Задать вопрос"]
    facts = await place.rows(
        "SELECT fact, value FROM journey_answers WHERE child_id = 1 ORDER BY fact"
    )
    assert {fact: value for fact, value in ((row[0], row[1]) for row in facts) if not fact.startswith("tick")} == {
        "first_success": "done", "goal": "speech", "week1": "hard",
    }  # fmt: skip


async def test_a_press_belongs_to_the_message_and_to_its_reader(parent: Parent):
    """L98: forged, foreign and outdated presses are answered politely and change nothing."""
    place = parent.place
    await parent.meets()
    await sent(place)
    welcome = await parent.sees("Рады, что вы с нами")
    data = str((welcome.button("Речь и звуки") or {})["callback_data"])
    row = data.split(":")[1]
    for forged in (
        f"item:{row}:fact:goal=riches",
        f"item:{row}:tick:book",
        f"item:{row}:pause:4w",
        f"item:{row}:open:goals",
        f"item:{row}:open:treasury",
        f"item:{row}",
        f"item:{int(row) + 99}:fact:goal=speech",
        f"item:{'9' * 19}:stop",
    ):
        told = await parent.forges(forged)
        assert "уже не действует" in told["text"], forged
    other = Parent(place, place.town.person("Ольга", user_id=5002, language_code="ru"))
    await other.meets(children=0)
    told = await other.forges(data)
    assert "уже не действует" in told["text"]
    assert await place.rows("SELECT 1 FROM journey_answers") == []


async def test_doors_of_messages_open_below_them(parent: Parent):
    """What `open:` does; the message that carries the button stays as it was."""
    place = parent.place
    await parent.meets()
    await sent(place)
    await place.house.database.run(
        lambda connection: connection.exec_driver_sql(
            "UPDATE outbox SET content = 'item:onboarding-3-5-day-6@1' WHERE key LIKE 'journey:%'"
        )
    )
    welcome = await parent.sees("Рады, что вы с нами")
    row = str((welcome.button("Речь и звуки") or {})["callback_data"]).split(":")[1]
    await parent.forges(f"item:{row}:open:goals")
    assert "Выберите одну цель" in parent.last().text
    goals = parent.last()
    await parent.press("Усидчивость", goals)
    assert parent.at(goals).text == "Ребёнок, 5 лет · цель: усидчивость"
    assert parent.at(welcome).text == welcome.text
    await parent.forges(f"item:{row}:open:progress")
    assert "после первого занятия" in parent.last().text


async def test_a_pause_from_the_digest_holds_and_shows_in_the_menu(parent: Parent):
    await parent.meets(children=0)
    for forged in ("pause:3w", "pause:", "pause:-1w"):
        assert (await parent.forges(forged))["show_alert"]
    assert (await parent.forges("pause:1w"))["text"] == "Сохранено"
    assert parent.last().text.startswith("Хорошо, 1 неделю не пишем.")
    menu = await parent.opens_menu()
    await parent.press("Сводка и часы", menu)
    assert "Пауза до " in parent.at(menu).text


async def test_lesson_days_are_chosen_and_counted_by(parent: Parent):
    place = parent.place
    await parent.meets()
    menu = await parent.opens_menu()
    await parent.press("Мои дети", menu)
    await parent.press("Ребёнок", menu)
    await parent.press("Дни занятий", menu)
    assert "Дальше" not in parent.at(menu).buttons
    for day in ("вторник", "пятница", "суббота", "✓ суббота"):
        await parent.press(day, menu)
    assert "✓ вторник" in parent.at(menu).buttons
    await parent.press("Дальше", menu)
    await parent.press("← Назад", menu)
    await parent.press("Дальше", menu)
    await parent.press("17:00", menu)
    assert parent.at(menu).text.startswith("Запомнили: вторник, пятница, 17:00.")
    assert await place.house.services["lesson_days"].of(1) == {2, 5}
    for forged in (
        "kid:at:1:89:17",
        "kid:at:1:2:77",
        "kid:at:1:0:17",
        "kid:at:7:2:17",
        "kid:hour:1:x",
    ):
        told = await parent.forges(forged)
        assert told["show_alert"], forged
    assert await place.house.services["lesson_days"].of(1) == {2, 5}
