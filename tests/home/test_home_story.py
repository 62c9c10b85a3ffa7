"""The parent's home, pressed through: the first meeting, the menu, children, clock and language."""

from __future__ import annotations

from tests.home.family import Parent

DIALOGUE: list[str] = []


async def test_a_parent_meets_the_bot_and_finds_the_menu(parent: Parent):
    await parent.meets()
    await parent.sees("Записали: 5 лет")
    await parent.sees("Готово, вы с нами")
    await parent.press("Меню")
    menu = await parent.sees("Чем помочь?")
    assert menu.text.startswith("Ребёнок, 5 лет")
    assert menu.buttons == [
        "Мои дети", "Прогресс", "Задать вопрос", "Встречи", "Наставник", "Сообщество", "Сводка и часы", "Согласия",
        "Язык и время", "Помощь",
    ]  # fmt: skip
    for one in parent.screen:
        print("-----", one.from_id, one.buttons)
        print(one.text)
