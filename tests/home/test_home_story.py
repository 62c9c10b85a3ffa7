"""The parent's home, pressed through: first meeting, menu, children, clock, language, what is old or forged."""

from __future__ import annotations

from pathlib import Path

from community.model import Topic, TopicState
from core.ids import ChatId, PersonId
from emulator.actors.seen import Seen
from tests.bot.house import at_work
from tests.home.conftest import at_work_again, to_noon
from tests.home.family import Parent


async def opens_its_doors(parent: Parent, menu: Seen) -> None:
    """One community, then another under the same bot: links to be let in, topics by the age of the child."""
    house, group = parent.place.house, parent.place.group
    for chat, title, buttons in (
        (ChatId(group.id), "Родители", ["Вступить в сообщество", "Адаптация", "← Назад"]),
        (ChatId(-1009), "Соседи", ["Родители", "Соседи", "Адаптация", "← Назад"]),
    ):
        async with house.database.begin() as unit:
            home = await unit.communities.add(chat, title, "ru", "Europe/Moscow", unit.now)
            link = f"https://t.me/+{home.id}"
            await unit.communities.change_setting(home.id, "invite", link, PersonId(0), unit.now)
            if chat == group.id:
                topic = Topic(home.id, "adaptation", chat, 77, "Адаптация", TopicState.OPEN)
                await unit.communities.save_topic(topic, unit.now)
        await house.directory.load_communities()
        await parent.home(menu)
        await parent.press("Сообщество", menu)
        shown = parent.at(menu)
        assert shown.buttons == buttons
        assert (shown.button("Адаптация") or {})["url"].endswith("/77")


async def shows_every_screen(parent: Parent, menu: Seen) -> None:
    """Open the screens that only tell; the last one stays open."""
    for label, words in (
        ("Сводка и часы", "Сводка: воскресенье, 18:00\nНе беспокоим: с 21:00 до 09:00"),
        ("Сообщество", "Сообщество скоро откроется"),
        ("Помощь", "Чем помогу"),
        ("Язык и время", "Москва: сейчас 12:"),
    ):
        await parent.home(menu)
        await parent.press(label, menu)
        assert words in parent.at(menu).text
    await opens_its_doors(parent, menu)
    await parent.home(menu)
    await parent.press("Язык и время", menu)


async def test_the_home_is_one_message_that_changes_in_place(parent: Parent):
    await parent.meets()
    await parent.sees("Записали: 5 лет")
    await parent.sees("Готово, вы с нами")
    await parent.sees("Рады, что вы с нами")
    menu = await parent.opens_menu()
    assert menu.text.startswith("Ребёнок, 5 лет")
    assert menu.buttons == [
        "Мои дети", "Прогресс", "Задать вопрос", "Встречи", "Наставник", "Сообщество", "Сводка и часы", "Согласия",
        "Язык и время", "Помощь",
    ]  # fmt: skip
    before = len(parent.screen)

    await parent.press("Мои дети", menu)
    assert parent.at(menu).buttons == ["Ребёнок", "Добавить ещё ребёнка", "← Назад"]
    await parent.press("Ребёнок", menu)
    assert parent.at(menu).buttons == [
        "Имя",
        "Цель",
        "Дни занятий",
        "Прогресс",
        "Убрать",
        "← Назад",
    ]
    await parent.press("Цель", menu)
    assert "Речь и звуки" in parent.at(menu).buttons
    saved = "Хорошая цель: речь. С неё и начнём."
    assert (await parent.press("Речь и звуки", menu))["text"] == saved
    assert parent.at(menu).text == "Ребёнок, 5 лет · цель: речь"
    await parent.sees("Старт за 15 минут")
    await parent.press("Цель", menu)
    assert "✓ Речь и звуки" in parent.at(menu).buttons
    await parent.press("← Назад", menu)

    await parent.press("Убрать", menu)
    assert parent.at(menu).buttons == ["Убрать", "Оставить", "Стереть все данные"]
    await parent.press("Убрать", menu)
    assert "Больше" not in parent.at(menu).text
    assert parent.at(menu).buttons == ["Вернуть как было", "← Назад"]
    assert await parent.place.rows("SELECT 1 FROM guardians WHERE until IS NULL") == []
    assert (await parent.press("Вернуть как было", menu))["text"] == "Вернули как было"
    assert parent.at(menu).text == "Ребёнок, 5 лет · цель: речь"

    await shows_every_screen(parent, menu)
    await parent.press("Другой часовой пояс", menu)
    assert any(label.endswith("Владивосток") for label in parent.at(menu).buttons)
    await parent.press("Другой пояс", menu)
    assert any(label.endswith("Берлин") for label in parent.at(menu).buttons)
    await parent.press("Другой пояс", menu)
    told = await parent.press("Владивосток", menu)
    assert told["text"].startswith("Запомнили: Владивосток, сейчас 19:")
    assert parent.at(menu).text.endswith(told["text"][-6:-1])
    [[zone]] = await parent.place.rows("SELECT zone FROM people WHERE telegram_id = 5001")
    events = await parent.place.rows(
        "SELECT 1 FROM events WHERE name = 'community.person.zone_chosen'"
    )
    assert (zone, len(events)) == ("Asia/Vladivostok", 1)

    told = await parent.press("English", menu)
    assert told["text"].startswith("We will speak English")
    await parent.press("← Back", menu)
    assert "My children" in parent.at(menu).buttons
    assert len(parent.screen) == before + 1, "a screen came as another message"
    await parent.press("Progress", menu)
    assert "after the first lesson" in parent.last().text


async def test_a_second_child_is_added_once_and_named_after_a_restart(
    sqlite_template: Path, tmp_path: Path
):
    """The form lives in a row: the bot may stop between its question and the answer. L98: an old button is answered."""
    async with at_work(sqlite_template, tmp_path, listen_port=0) as place:
        to_noon(place)
        parent = Parent(place, place.town.person("Вера", user_id=5001, language_code="ru"))
        await parent.meets()
        menu = await parent.opens_menu()
        await parent.press("Мои дети", menu)
        await parent.press("Добавить ещё ребёнка", menu)
        assert "← Назад" in parent.at(menu).buttons
        await parent.press("2019", menu)
        await parent.press("← Назад", menu)
        await parent.press("2018", menu)
        march = parent.at(menu)
        await parent.press("март", menu)
        assert "Записали: 8 лет" in parent.at(menu).text
        await parent.press("Назвать по имени", menu)
        assert "Хватит имени" in parent.at(menu).text
        told = await parent.forges(str((march.button("март") or {})["callback_data"]))
        assert told["text"] == "Этот ребёнок уже записан."
        assert len(await place.rows("SELECT 1 FROM children")) == 2
    async with at_work_again(place, tmp_path) as place:
        parent.place = place
        for wrong, answer in (
            ("Соня +7 912 345-67-89", "мы не храним в Telegram"),
            ("София Александра Мария", "не поместится"),
            ("С0ня", "только буквами"),
        ):
            await parent.says(wrong)
            await parent.sees(answer)
        await parent.says("соня")
        named = await parent.sees("Теперь в сообщениях будет имя: Соня.")
        assert "Соня, 8 лет" in named.text
        await parent.says("просто так")
        assert "Вот меню" in parent.last().text
        for data in (
            "kid:open:one",
            "kid:gone:999",
            "kid:goal:2:свобода",
            "item:x:tick:a",
            "item:99999:stop",
            "hm",
        ):
            told = await parent.forges(data)
            assert told.get("show_alert"), data
            assert told["text"], data
        assert len(await place.rows("SELECT 1 FROM guardians WHERE until IS NULL")) == 2


async def test_without_a_child_the_menu_invites_to_add_one(parent: Parent):
    await parent.meets(children=0)
    await parent.sees("Ребёнка можно добавить в любой момент")
    menu = await parent.opens_menu()
    assert menu.text.startswith("Добавьте ребёнка")
    await parent.press("Мои дети", menu)
    assert "Пока никого" in parent.at(menu).text
    stranger = Parent(
        parent.place, parent.place.town.person("Ольга", user_id=5002, language_code="en")
    )
    stranger.person.user.started.add(parent.place.bot.id)
    for said in ("/menu", "привет"):
        await stranger.says(said)
        assert "/start" in stranger.last().text
    told = await stranger.forges("menu:home")
    assert told["text"]
