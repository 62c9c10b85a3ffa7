"""A parent at the preference centre, in the chat and on the school's page."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from dataclasses import replace
from datetime import UTC, timedelta
from urllib.parse import urlencode

import pytest
from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.middlewares.looks import Looks
from bot.services_consent import links_of, stop_links
from bot.settings import Settings
from consent.links import LinkKind
from consent.purposes import Purpose
from consent.staff import StaffConsents
from core.effects import Effect, Kind, MessageClass
from core.ids import PersonId
from core.roles import Role
from delivery.render import Audience, Renderer, Words
from handlers.parents.consents_words import says_stop
from handlers.parents.mentors import WRITING
from handlers.web.routes import web_routes
from storage.erasure_journal import ErasureJournal, sweep
from tests.consent.desk import BOT_TOKEN, SITE, Desk, opened_desk
from tests.consent.school import School

P = Purpose


@pytest.fixture
async def desk(small_school: School, tmp_path) -> Desk:
    journal = ErasureJournal(tmp_path / "journal" / "erasures.jsonl")
    return opened_desk(small_school, journal, lambda: sweep(small_school.database))


async def test_a_parent_reads_the_text_agrees_gets_a_receipt_and_takes_it_back(desk: Desk):
    vera, person = await desk.parent()
    await desk.says(vera, "/consent")
    await desk.clicks(vera, "c:open:marketing:0")
    shown = [seen.text for seen in vera.messages()]
    assert any("Текст." in (text or "") for text in shown[:-1])
    row = desk.shown(vera).buttons[:2]
    assert row == ["Соглашаюсь", "Не соглашаюсь"]
    await desk.clicks(vera, "Соглашаюсь")
    assert "Согласие записано" in desk.last(vera)
    assert (await desk.school.may(person, P.MARKETING)).allowed
    await desk.clicks(vera, "Квитанция файлом")
    assert desk.shown(vera).raw["document"]["file_name"].endswith(".json")
    await desk.clicks(vera, "c:open:marketing:0")
    await desk.clicks(vera, "Отозвать")
    assert not (await desk.school.may(person, P.MARKETING)).allowed
    await desk.clicks(vera, "Вернуть как было")
    assert (await desk.school.may(person, P.MARKETING)).allowed


async def test_every_way_of_saying_stop_has_the_same_effect_and_a_receipt(desk: Desk):
    """L117 L118: undone by one tap each time; both deeds stay."""
    vera, person = await desk.parent()
    await desk.school.says(person, P.MARKETING, grant=True)
    for words in ("/stop", "Стоп!", "отпишите меня, пожалуйста", "UNSUBSCRIBE"):
        assert "Больше не присылаем" in await desk.says(vera, words), words
        assert not (await desk.school.may(person, P.MARKETING)).allowed
        assert not (await desk.school.may(person, P.CARE)).allowed
        assert "и так ничего" in await desk.says(vera, words)
        await desk.clicks(vera, "Вернуть как было")
        assert (await desk.school.may(person, P.MARKETING)).allowed
        desk.school.clock.jump(timedelta(seconds=1))
    async with desk.school.database.reading() as unit:
        actions = [r.action.value for r in await unit.consents.records(person)]
    assert (actions.count("withdraw"), actions.count("grant")) == (8, 9)


async def test_blocking_the_bot_is_a_stop_and_coming_back_finds_it_so(desk: Desk):
    """L117 L118: without a receipt, which could not arrive; undone in one tap after the return."""
    vera, person = await desk.parent()
    await desk.school.says(person, P.MARKETING, grant=True)
    before = len(vera.messages())
    vera.block()
    await desk.handled()
    for purpose in (P.MARKETING, P.CARE):
        assert (await desk.school.may(person, purpose)).reason == "withdrawn"
    async with desk.school.database.reading() as unit:
        known = await unit.people.get(person)
        assert {r.cause for r in await unit.consents.records(person)} == {"", "blocked"}
    assert known.channel == "blocked"
    assert len(vera.messages()) == before
    vera.unblock()
    await desk.handled()
    assert "С возвращением" in desk.last(vera)
    assert not (await desk.school.may(person, P.MARKETING)).allowed
    await desk.clicks(vera, "Вернуть как было")
    assert (await desk.school.may(person, P.MARKETING)).allowed
    async with desk.school.database.reading() as unit:
        assert (await unit.people.get(person)).channel == "active"
    vera.block()
    vera.unblock()
    await desk.handled()
    await desk.clicks(vera, "Вернуть как было")
    stranger = desk.town.person("Чужой", language_code="ru")
    stranger.start()
    await desk.handled(quiet=True)
    stranger.block()
    await desk.handled()


@pytest.mark.parametrize(
    ("text", "means_stop"),
    [
        ("стоп", True),
        ("Хватит писать!!!", True),
        ("stop.", True),
        ("стоп, а когда урок?", False),
        ("где кнопка отписаться и как её нажать на телефоне", False),
        ("не пишите код на уроке", False),
        ("", False),
    ],
)
def test_only_a_message_that_says_nothing_else_is_a_stop(text, means_stop):
    assert says_stop(text) is means_stop


async def test_the_button_under_a_message_stops_too(desk: Desk):
    """L117."""
    vera, person = await desk.parent()
    await desk.school.says(person, P.MARKETING, grant=True)
    await desk.says(vera, "/consent")
    vera.press_stale(vera.chat_of(None), desk.shown(vera).message_id, "stop:marketing")
    await desk.handled()
    assert not (await desk.school.may(person, P.MARKETING)).allowed


FORGED = [
    "c:yes:marketing:0:1",
    "c:yes:marketing:0:99",
    "c:yes:nothing:0:1",
    "c:yes:child_data:1:1",
    "c:yes:child_data:99999999999999999999:1",
    "c:yes:marketing",
    "c:end:marketing:x",
    "c:undo:00000000-0000-0000-0000-000000000000",
    "c:json:nobody",
    "c:set:everything",
    "c:pause:52",
    "c:digest:9:99",
    "c:quiet:99:1",
    "c:zone:Mars/Base",
    "c:topic:weapons",
    "p:gone:1",
    "p:child:1",
    "p:why:cause:because",
    "p:why:nonsense:skip",
]


async def test_forged_and_foreign_presses_change_nothing_and_are_answered(desk: Desk, caplog):
    """Bad input gets a clear answer, and the log says a code only."""
    caplog.set_level(logging.INFO)
    _, other = await desk.parent("Чужая")
    await desk.school.says(other, P.CHILD_DATA, grant=True)
    await desk.school.child(other)
    vera, person = await desk.parent("Вераника")
    chat = vera.chat_of(None)
    await desk.says(vera, "/consent")
    shown = desk.shown(vera)
    for data in FORGED:
        pressed = vera.press_stale(chat, shown.message_id, data)
        await desk.handled()
        assert pressed.answer is not None, data
    async with desk.school.database.reading() as unit:
        assert await unit.consents.records(person) == []
        assert len(await unit.people.children_of(other)) == 1
    told = [str(record.__dict__) for record in caplog.records]
    assert not any("Вераника" in line or "because" in line for line in told)


async def test_with_several_children_each_has_a_line_of_its_own(desk: Desk):
    vera, person = await desk.parent()
    await desk.school.says(person, P.CHILD_DATA, grant=True)
    varya = await desk.school.child(person, name="Варя")
    assert "Варя" not in await desk.says(vera, "/consent")
    for name in ("Петя", None):
        await desk.school.child(person, name=name)
    await desk.says(vera, "/consent")
    lines = [one for one in desk.shown(vera).buttons if one.startswith("Данные ребёнка")]
    assert lines[:2] == [f"Данные ребёнка и его прогресс: {name}" for name in ("Варя", "Петя")]
    assert "№" in lines[2]
    await desk.clicks(vera, lines[0])
    assert "Данные ребёнка и его прогресс: Варя" in desk.last(vera)
    assert "23 ноября 2026 года, 12:00" in desk.last(vera)
    await desk.clicks(vera, "Отозвать")
    assert not (await desk.school.may(person, P.CHILD_DATA, varya)).allowed


async def test_settings_are_kept_one_tap_each(desk: Desk):
    vera, person = await desk.parent()
    await desk.says(vera, "/consent")
    for button in ("c:set:digest", "c:day:7", "c:digest:7:18"):
        await desk.clicks(vera, button)
    for button in ("c:set:quiet", "c:quiet:22:8", "c:set:zone", "c:zone:Asia/Omsk"):
        await desk.clicks(vera, button)
    for button in ("c:set:topics", "c:topic:health", "c:topic:play", "c:topic:health"):
        await desk.clicks(vera, button)
    await desk.clicks(vera, "c:set:zone")
    assert {"Омск", "Красноярск", "Петропавловск-Камчатский"} <= set(desk.shown(vera).buttons)
    await desk.clicks(vera, "c:set:pause")
    await desk.clicks(vera, "c:pause:2")
    assert "2 недели" in desk.last(vera)
    async with desk.school.database.reading() as unit:
        known = await unit.people.get(person)
    assert known is not None
    assert known.zone == "Asia/Omsk"
    assert known.preferences["paused_until"] == "2026-12-07T09:00:00+00:00"
    kept = {key: known.preferences[key] for key in ("digest_weekday", "digest_hour", "topics")}
    assert kept == {"digest_weekday": 7, "digest_hour": 18, "topics": ["play"]}
    assert (known.preferences["quiet_from"], known.preferences["quiet_until"]) == ("22:00", "08:00")


async def test_leaving_takes_two_taps_and_three_questions_that_may_be_skipped(desk: Desk):
    vera, person = await desk.parent()
    await desk.school.says(person, P.MARKETING, grant=True)
    await desk.says(vera, "/leave")
    await desk.clicks(vera, "Уйти")
    assert not (await desk.school.may(person, P.MARKETING)).allowed
    left = next(seen for seen in vera.messages() if "Дверь открыта" in (seen.text or ""))
    assert left.buttons == ["Вернуть как было"]
    await desk.clicks(vera, "p:why:cause:price")
    await desk.clicks(vera, "своими словами")
    assert "изменить" in await desk.says(vera, "Уроки позже, пишите +7 916 123-45-67")
    await desk.clicks(vera, "p:why:change:nothing")
    assert "Спасибо" in desk.last(vera)
    async with desk.school.database.reading() as unit:
        events = await unit.events.of_person(person)
        words = [(said.question, said.words) for said in await unit.surveys.of(person)]
    why = {e.facts["question"]: e.facts["answer"] for e in events if e.name.endswith("left_why")}
    assert why == {"cause": "price", "change": "nothing"}
    assert words == [("better", "Уроки позже, пишите •••")]


async def test_export_and_erasure_in_the_chat(desk: Desk):
    vera, person = await desk.parent()
    await desk.school.child(person, name="Варя")
    await desk.says(vera, "/export")
    assert desk.shown(vera).raw["document"]["file_name"].endswith(".zip")
    await desk.says(vera, "/delete_me")
    assert "требует закон" in desk.last(vera)
    await desk.clicks(vera, "Удалить только ребёнка: Варя")
    await desk.clicks(vera, "Удалить навсегда")
    async with desk.school.database.reading() as unit:
        assert await unit.people.children_of(person) == []
    await desk.says(vera, "/delete_me")
    await desk.clicks(vera, "Удалить навсегда")
    assert desk.shown(vera).raw["document"]["file_name"].endswith(".json")
    async with desk.school.database.reading() as unit:
        assert await unit.people.by_telegram(vera.id) is None


async def test_a_phone_typed_into_the_chat_is_removed_and_a_form_is_offered(desk: Desk):
    """L122."""
    vera, _ = await desk.parent()
    answer = await desk.says(vera, "Мой телефон +7 916 123-45-67, звоните")
    assert "/form/" in answer
    assert not any("916" in (seen.text or "") for seen in vera.messages())
    desk.dispatcher["public_url"] = ""
    answer = await desk.says(vera, "Родилась 17.05.2019")
    assert "не сохранили" in answer
    assert "form" not in answer


async def test_what_is_written_to_a_mentor_is_left_to_the_relay(desk: Desk):
    """L122: the relay hides contacts and keeps nothing, so the rest of the message is not lost."""
    vera, person = await desk.parent()
    words = "Запишу телефон школы: +7 916 123-45-67"
    async with desk.school.database.begin() as unit:
        await unit.drafts.save(person, WRITING, "1", {}, unit.now)
    assert "не сохранили" not in await desk.says(vera, words)
    async with desk.school.database.begin() as unit:
        await unit.drafts.drop(person)
    assert "не сохранили" in await desk.says(vera, words)


async def test_staff_see_states_only_and_the_look_is_logged(desk: Desk):
    vera, person = await desk.parent()
    await desk.school.says(person, P.MARKETING, grant=True)
    await desk.says(vera, f"/consents {person}")
    assert not any("✓ да" in (seen.text or "") for seen in vera.messages())
    admin, admin_id = await desk.parent("Алла")
    async with desk.school.database.begin() as unit:
        from storage.tables.community import role_grants

        await unit.connection.execute(
            role_grants.insert().values(
                community_id=None,
                person_id=admin_id,
                role=Role.ADMIN.value,
                granted_by=None,
                granted_at=unit.now,
            )
        )
        assert unit.roles is not None
    shown = await desk.says(admin, f"/consents {person}")
    assert "✓ да" in shown
    assert "Вера" not in shown
    async with desk.school.database.reading() as unit:
        assert [look[:2] for look in await unit.access.of_person(person)] == [
            (PersonId(admin_id), "consents")
        ]
    assert "Не нашли" in await desk.says(admin, "/consents @nobody")


async def test_other_looks_of_staff_are_written_down_before_anything_is_shown(desk: Desk):
    """By reply, by Telegram id, by @name; of nobody known and of commands about nobody there is no line."""
    vera, person = await desk.parent()
    admin, admin_id = await desk.parent("Алла")
    async with desk.school.database.begin() as unit:
        await unit.people.change(person, username="vera_mama")
    shown = []

    async def on_look(message: Message, command: CommandObject) -> None:
        async with desk.school.database.reading() as unit:
            shown.append((command.command, len(await unit.access.of_person(person))))

    staff = Router()
    staff.message.register(on_look, Command("history", "why", "mute"))
    desk.dispatcher.include_router(staff)
    desk.dispatcher.sub_routers.insert(0, desk.dispatcher.sub_routers.pop())
    desk.dispatcher.message.middleware(
        Looks(StaffConsents(desk.school.database, desk.school.consents))
    )
    for words in (
        f"/history {vera.id}",
        "/why @vera_mama 5",
        f"/mute {vera.id}",
        "/why",
        "/why 424242",
    ):
        admin.send(words)
        await desk.handled()
    assert shown == [("history", 1), ("why", 2), ("mute", 2), ("why", 2), ("why", 2)]
    async with desk.school.database.reading() as unit:
        looks = [(who, what) for who, what, _ in await unit.access.of_person(person)]
    assert sorted(looks) == [(admin_id, "history"), (admin_id, "why")]


async def test_the_web_link_shows_on_get_acts_on_post_and_is_undone(desk: Desk):
    """L117: safe against link previews, works without signing in, any number of times."""
    _, person = await desk.parent()
    await desk.school.says(person, P.MARKETING, grant=True)
    path = "/u/" + desk.links.make(LinkKind.STOP, person, desk.school.clock.now())
    async with TestClient(TestServer(desk.site())) as client:
        for _ in range(3):
            preview = await client.get(path)
            assert preview.status == 200
        assert (await desk.school.may(person, P.MARKETING)).allowed
        done = await client.post(path, data={"List-Unsubscribe": "One-Click"})
        page = await done.text()
        assert not (await desk.school.may(person, P.MARKETING)).allowed
        assert "уже отписаны" in await (await client.post(path)).text()
        undo = page.split('action="')[1].split('"')[0]
        assert (await client.post(undo)).status == 200
        assert (await desk.school.may(person, P.MARKETING)).allowed
        assert (await client.post(undo)).status == 400
    async with desk.school.database.reading() as unit:
        channels = {r.channel.value for r in await unit.consents.records(person)}
    assert channels == {"bot", "web"}


async def test_the_link_under_a_message_stops_as_the_button_does(desk: Desk):
    """L117: under care and marketing where the school has pages; made for the reader, worth as much as the button."""
    _, person = await desk.parent()
    await desk.school.says(person, P.MARKETING, grant=True)
    settings = Settings(_env_file=None, bot_token=BOT_TOKEN, public_url=f"{SITE}/")
    renderer = Renderer(desk.texts, stop_link=stop_links(settings, desk.school.clock))
    words = {}
    async with desk.school.database.begin() as unit:
        for kind in MessageClass:
            await unit.outbox.enqueue(
                Effect(kind.value, Kind.MESSAGE, kind, person=person, content="text:consent-left")
            )
            row = await unit.outbox.by_key(kind.value)
            words[kind] = renderer.words(row, Audience("ru", UTC)).html
    photo = replace(row, message_class=MessageClass.CARE, content="long:")
    long = replace(renderer, makers={"long": lambda *_: Words("я" * 1020, photo="file")})
    assert "href" not in long.words(photo, Audience("ru", UTC)).html
    linked = {kind for kind, html in words.items() if "Отписаться на сайте" in html}
    assert linked == {MessageClass.CARE, MessageClass.MARKETING}
    assert "href" not in replace(renderer, stop_link=None).words(row, Audience("ru", UTC)).html
    assert stop_links(Settings(_env_file=None), desk.school.clock) is None
    path = words[MessageClass.CARE].split(SITE)[1].split('"')[0]
    forms = replace(desk.forms, links=links_of(settings))
    pages = web.Application()
    pages.router.add_routes(web_routes(forms, desk.texts, desk.school.clock))
    async with TestClient(TestServer(pages)) as client:
        assert (await client.get(path)).status == 200
        assert (await desk.school.may(person, P.MARKETING)).allowed
        assert (await client.post(path, data={"List-Unsubscribe": "One-Click"})).status == 200
    for purpose in (P.MARKETING, P.CARE):
        assert (await desk.school.may(person, purpose)).reason == "withdrawn"


async def test_expired_forged_and_used_links_are_refused(desk: Desk):
    _, person = await desk.parent()
    child = await desk.school.child(person)
    now = desk.school.clock.now()
    stop, form = (desk.links.make(kind, person, now) for kind in (LinkKind.STOP, LinkKind.FORM))
    forged = stop[:-2] + ("AA" if stop[-2:] != "AA" else "BB")
    data = {"phone": "8 916 123-45-67", "birth": "2019-05-17"}
    async with TestClient(TestServer(desk.site())) as client:
        assert (await client.post("/u/" + forged)).status == 404
        assert (await client.post("/u/" + form)).status == 404
        assert (await client.get("/u/short")).status == 404
        assert (await client.post("/form/" + form, data={"phone": "12"})).status == 400
        assert (await client.post("/form/" + form, data={"birth": "2099-01-01"})).status == 400
        assert (await client.get("/form/" + form)).status == 200
        assert (await client.post("/form/" + form, data=data)).status == 200
        assert (await client.post("/form/" + form, data=data)).status == 410
        assert (await client.get("/documents/marketing/ru")).status == 200
        assert (await client.get("/documents/marketing/ru/7")).status == 404
        assert (await client.get("/documents/nothing/ru")).status == 404
        desk.school.clock.jump(timedelta(days=61))
        assert (await client.post("/u/" + stop)).status == 410
    async with desk.school.database.reading() as unit:
        assert await unit.contacts.of_person(person) == {"phone": "+79161234567"}
        assert await unit.contacts.who("phone", "+79161234567") == [person]
        [kept] = await unit.people.children_of(person)
    assert (kept.id, str(kept.born)) == (child, "2019-05-17")


async def test_a_teen_answers_by_the_link_its_parent_passed_on(desk: Desk):
    """L106."""
    _, person = await desk.parent()
    child = await desk.school.child(person, born="2012-01")
    await desk.school.says(person, P.CHILD_DATA, grant=True)
    token = desk.links.make(LinkKind.TEEN, PersonId(child), desk.school.clock.now())
    teen = desk.town.person("Саша", language_code="ru")
    teen.start(payload=f"t_{token}")
    await desk.handled()
    assert "Тебе уже есть 14" in desk.last(teen)
    assert desk.shown(teen).buttons == ["Соглашаюсь", "Не соглашаюсь"]
    await desk.clicks(teen, "Не соглашаюсь")
    assert (await desk.school.may(person, P.CHILD_DATA, child)).allowed
    async with desk.school.database.begin() as unit:
        await unit.growth.mark(child, 14, unit.now)
    assert (await desk.school.may(person, P.CHILD_DATA, child)).reason == "teen_refused"
    desk.school.clock.jump(timedelta(seconds=1))
    await desk.clicks(teen, "Соглашаюсь")
    assert (await desk.school.may(person, P.CHILD_DATA, child)).allowed
    await desk.says(teen, "/start t_forged")
    assert "не от нас" in desk.last(teen)


def init_data(user: int, at: int, token: str = BOT_TOKEN) -> str:
    fields = {"auth_date": str(at), "query_id": "q", "user": json.dumps({"id": user})}
    text = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return urlencode(fields | {"hash": signature})


async def test_a_mini_app_is_let_in_by_genuine_and_fresh_data_only(desk: Desk):
    vera, _ = await desk.parent()
    now = int(desk.school.clock.now().timestamp())
    cases = {
        "fresh": (init_data(vera.id, now - 60), 200),
        "a day old": (init_data(vera.id, now - 86_400), 410),
        "from the future": (init_data(vera.id, now + 3_600), 410),
        "another bot's": (init_data(vera.id, now, "1:other"), 404),
        "somebody unknown": (init_data(424_242, now), 400),
        "empty": ("", 404),
    }
    async with TestClient(TestServer(desk.site())) as client:
        for name, (data, status) in cases.items():
            answer = await client.post("/form", data={"init_data": data})
            assert answer.status == status, name
