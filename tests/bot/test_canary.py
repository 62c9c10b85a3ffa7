"""What people write, their names and the token never reach a log (L119)."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.demo.school import BOT_TOKEN
from bot.logs import JsonLines, quieten
from tests.bot.house import at_work

CANARY = "Канарейка"
SECRETS = (CANARY, CANARY.upper(), BOT_TOKEN, BOT_TOKEN.split(":")[1])


class Kept(logging.Handler):
    """Keeps every line as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept():
    handler = Kept()
    root = logging.getLogger()
    root.addHandler(handler)
    before = root.level
    root.setLevel(logging.DEBUG)
    quieten()
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


async def test_what_people_write_never_reaches_the_log(
    sqlite_template: Path, tmp_path: Path, kept: Kept
):
    async with at_work(sqlite_template, tmp_path) as place:
        person = place.town.person(CANARY, last_name=CANARY, username="kanarejka")
        place.town.add_member(place.group, person)
        for text in (
            f"Моего сына зовут {CANARY}, ему 7 лет, школа 12, телефон +7 912 345-67-89",
            f"Зарабатывай {CANARY} https://t.me/+kanarejka",
            f"Дайте {CANARY} нурофен 5 мл каждые 6 часов",
            f"/ban {CANARY}",
        ):
            person.send(text, chat=place.group)
        person.start(place.bot, CANARY)
        person.send(f"{CANARY} +7 912 345-67-89", chat=place.bot)
        person.send(f"/ask {CANARY}", chat=place.bot)
        person.press_stale(place.group, 1, f"case:undo:{CANARY}", place.bot)
        await place.settled()
    assert kept.lines, "nothing was logged at all"
    assert [line for line in kept.lines if any(secret in line for secret in SECRETS)] == []
