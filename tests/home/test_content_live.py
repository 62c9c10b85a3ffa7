"""Content in force: reloaded when right, kept when wrong, old versions found; previews; the commands Telegram offers."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiogram import Bot
from typer.testing import CliRunner

from bot.__main__ import main_app
from bot.commands import announce
from bot.content import Content
from bot.reading import all_texts
from community.model import Community
from core.cohorts import Cohort
from core.ids import ChatId, CommunityId
from core.roles import Role
from emulator.actors import Town
from emulator.api import Emulator
from emulator.session import EmulatorSession
from storage.database import Database
from tests.home.family import Parent
from texts.pack_sample import FAMILIES, preview
from texts.packs import UnknownItem, load_packs

PACK = """\
format: 1
kind: onboarding
class: care
purpose: child_data
language: {language}
cohort: any
tone: neutral
items:
  - id: onboarding-any-day-0
    version: {version}
    text: |
      {words}
"""
JOURNEY = """\
format: 1
id: onboarding
version: {version}
title: Первая неделя
trigger:
  event: child_added
steps:
  - id: welcome
    day: 0
    at: once
    send: onboarding-any-day-0
"""


def write(folder: Path, version: int, words: str) -> None:
    for part in ("packs/onboarding", "journeys", "templates", "faq"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for language in ("ru", "en"):
        text = PACK.format(version=version, words=words, language=language)
        (folder / "packs/onboarding" / f"any.{language}.yaml").write_text(text, encoding="utf-8")
    (folder / "journeys/onboarding.yaml").write_text(
        JOURNEY.format(version=version), encoding="utf-8"
    )


async def look(content: Content) -> bool:
    """Look twice: a change counts once it stands still."""
    await content.look()
    return await content.look()


async def test_a_changed_text_is_taken_over_and_its_former_version_is_still_found(
    sqlite: Database, tmp_path: Path
):
    """A row planned before the change renders the version it was planned with, also after a restart."""
    write(tmp_path, 1, "Здравствуйте.")
    content = Content(sqlite, tmp_path)
    await content.open()
    assert not await look(content)
    write(tmp_path, 2, "Добрый день, мы рады.")
    assert await look(content)
    assert content.library().item("onboarding-any-day-0").text.startswith("Добрый день")
    assert content.library().item("onboarding-any-day-0", 1).text.startswith("Здравствуйте")
    assert content.journeys().by_id["onboarding"].version == 2
    restarted = Content(sqlite, tmp_path)
    await restarted.open()
    assert restarted.library().item("onboarding-any-day-0", 1).text.startswith("Здравствуйте")
    with pytest.raises(UnknownItem):
        restarted.library().item("onboarding-any-day-0", 7)
    assert [
        one.version for one in restarted.library().find(kind="onboarding", cohort=Cohort.UNKNOWN)
    ] == [2]


async def test_a_broken_file_changes_nothing(sqlite: Database, tmp_path: Path):
    write(tmp_path, 1, "Здравствуйте.")
    content = Content(sqlite, tmp_path)
    write(tmp_path, 2, "Вылечим {chlid} за неделю.")
    assert not await look(content)
    assert content.library().item("onboarding-any-day-0").version == 1
    [problem, *_] = await content.reload()
    assert (problem.file, problem.line) == ("packs/onboarding/any.en.yaml", 9)
    write(tmp_path, 3, "Здравствуйте, рады вам.")
    assert await look(content)
    assert content.library().item("onboarding-any-day-0").version == 3


@pytest.fixture(scope="module")
def run():
    app, runner = main_app(), CliRunner()
    return lambda *words: runner.invoke(app, list(words))


def test_the_checker_speaks_by_file_and_line_and_fails(run, tmp_path: Path):
    write(tmp_path, 1, "Здравствуйте, {chlid}.")
    told = run("content", "check", "--folder", str(tmp_path))
    assert told.exit_code == 1
    assert (
        "packs/onboarding/any.ru.yaml:9: onboarding-any-day-0: there is no placeholder {chlid}"
        in told.output
    )
    assert run("content", "check").output == "Nothing wrong.\n"


def test_an_item_is_shown_with_marks_buttons_and_length(run):
    told = run("content", "preview", "onboarding-3-5-day-0")
    assert "*Здравствуйте! Мы уже ждём Соню.*" in told.output
    assert "[ Речь и звуки ]  fact:goal=speech" in told.output
    assert "UTF-16 units" in told.output
    assert (
        "Рады, что вы с нами"
        in run("content", "preview", "onboarding-3-5-day-0", "--family", "generic").output
    )
    wrong = run("content", "preview", "onbording-3-5-day-1")
    assert wrong.exit_code == 1
    assert "onboarding-3-5-day-1" in wrong.output
    assert run("content", "preview", "onboarding-3-5-day-1", "--family", "x").exit_code == 2


def test_every_item_can_be_shown_to_every_family():
    """No item fails on samples, names nobody without consent, or passes Telegram's limit."""
    library = load_packs()
    for item in library.items:
        for family in FAMILIES.values():
            made = preview(library, item.ref, family, item.lang)
            assert made.units <= 4096, item.ref
            if not family.personal and made.rendered is not None:
                assert family.child not in made.rendered.html, item.ref


async def test_staff_preview_an_item_and_parents_may_not(parent: Parent):
    place = parent.place
    async with place.house.database.begin() as unit:
        home = (await unit.communities.all())[0]
        added = await unit.people.add(parent.person.id, "ru", unit.now)
        await unit.people.change(added.id, stage="done", channel="active", started_at=unit.now)
    parent.person.user.started.add(place.bot.id)
    await parent.says("/preview digest-3-5-boots")
    assert "для сотрудников" in parent.last().text
    assert len(parent.screen) == 2, "one answer to one command"
    async with place.house.database.begin() as unit:
        await unit.roles.add(
            added.id, Role.EXPERT, community=home.id, author=added.id, now=unit.now
        )
    await parent.says("/preview onboarding-3-5-day-0 3-5")
    shown = parent.last()
    assert shown.text.startswith(
        "Проверка, не рассылка: onboarding-3-5-day-0@1, семья 3-5, знаков: "
    )
    assert "Мы уже ждём Соню" in shown.text
    assert (await parent.press("Речь и звуки", shown))["show_alert"]
    for said, answer in (
        ("/preview", "Семьи: 0-2, 3-5"),
        ("/preview onboarding-3-5-day-0 лето", "Семьи: 0-2, 3-5"),
        ("/preview onbording-3-5-day-0", "Похожие: onboarding-"),
        ("/preview onboarding-3-5-day-0 en generic", "Hello"),
    ):
        await parent.says(said)
        assert answer in parent.last().text
    assert await place.rows("SELECT 1 FROM outbox") == []
    assert await place.rows("SELECT 1 FROM journey_answers") == []
    await parent.says("/help")
    assert "Эксперту" in parent.last().text
    assert "Чем помогу" in parent.last().text


async def test_commands_are_told_once_by_scope_and_language():
    town = Town(Emulator())
    made = town.bot("Опора", "opora_test_bot")
    owner = town.person("Алла")
    group = town.supergroup("Родители", owner, bots=(made,))
    staff = town.supergroup("Штаб", owner, bots=(made,))
    home = Community(
        CommunityId(1), ChatId(group.id), ChatId(staff.id), "", "ru", "Europe/Moscow", {}, None
    )
    gone = Community(CommunityId(2), ChatId(-100999), None, "", "ru", "Europe/Moscow", {}, None)
    async with Bot(made.token, session=EmulatorSession(town.emulator)) as bot:
        assert await announce(bot, [gone, home], all_texts()) == 10
        assert await announce(bot, [gone, home], all_texts()) == 0
        private = made.commands["all_private_chats", 0, 0, ""]
        english = made.commands["all_private_chats", 0, 0, "en"]
        await bot.delete_my_commands()
        assert await announce(bot, [home], all_texts()) == 1
    assert [one["description"] for one in private if one["command"] == "ask"] == ["Задать вопрос"]
    assert [one["description"] for one in english if one["command"] == "ask"] == ["Ask a question"]
    assert {one["command"] for one in made.commands["chat", staff.id, 0, ""]} >= {"queue", "duty"}
