"""Pages of the community over HTTP: the calendar a program asks for, the transcript of a session."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.reading import all_texts
from community.ama.after import After
from community.duty import Shift
from community.escalation import Escalations
from community.feed import Feed
from community.model import Speciality
from consent.links import LinkKind, Links
from handlers.web.community import Signed, community_routes
from tests.community.people import CHAT, EXPERT, PARENT, ZONE
from tests.community.test_ama import Ama

LINKS = Links(b"secret of the tests")


@pytest.fixture
async def browser(school, clock):
    site = web.Application()
    after = After(school.database, Escalations(school.database))
    site.add_routes(community_routes(Feed(school.database), after, LINKS, all_texts(), clock))
    async with TestClient(TestServer(site)) as client:
        yield client


async def test_a_calendar_program_sees_duty_and_sessions_and_their_changes(school, clock, browser):
    async with school.database.begin() as unit:
        person = school.person(EXPERT)
        shift = Shift(0, person, Speciality.PSYCHOLOGIST, 0, time(10), time(14), ZONE)
        await unit.duty.add_shift(school.community.id, shift)
    ama = Ama(school)
    made = await ama.announced()
    address = Signed(LINKS, "", clock).links.make(LinkKind.CALENDAR, person, clock.now())
    answer = await browser.get(f"/calendar/{address}.ics")
    body = await answer.text()
    assert answer.content_type == "text/calendar"
    assert body.count("SUMMARY:Дежурство") >= 8
    assert "SUMMARY:Сон без слёз" in body
    assert "STATUS:CANCELLED" not in body
    await ama.planning.cancel(made.id, person, clock.now())
    body = await (await browser.get(f"/calendar/{address}.ics")).text()
    assert "STATUS:CANCELLED" in body, "a calendar that has it takes it away"
    stranger = LINKS.make(LinkKind.CALENDAR, school.person(PARENT), clock.now())
    assert "SUMMARY" not in await (await browser.get(f"/calendar/{stranger}.ics")).text()


async def test_a_transcript_is_a_page_and_hides_who_asked_without_a_name(school, clock, browser):
    ama = Ama(school)
    made = await ama.announced()
    asked = await ama.asks(made, "Почему <b>не спит</b>?", PARENT, anonymous=True)
    clock.jump(made.starts - clock.now())
    await ama.live.start(made.id, None, clock.now())
    await ama.live.answered(
        asked.id, school.person(EXPERT), CHAT, 801, text="Режим & тишина.", now=clock.now()
    )
    token = LINKS.make(LinkKind.TRANSCRIPT, made.id, clock.now())
    answer = await browser.get(f"/ama/{token}")
    body = await answer.text()
    assert "Почему &lt;b&gt;не спит&lt;/b&gt;?" in body
    assert "Режим &amp; тишина." in body
    assert "Имя" not in body
    assert answer.headers["X-Robots-Tag"] == "noindex"
    english = await browser.get(f"/ama/{token}", headers={"Accept-Language": "en-GB,ru;q=0.5"})
    assert "no name" in await english.text()


async def test_an_address_is_good_for_one_thing_and_not_for_ever(school, clock, browser):
    token = LINKS.make(LinkKind.TRANSCRIPT, 1, clock.now())
    assert (await browser.get(f"/calendar/{token}.ics")).status == 404
    assert (await browser.get(f"/ama/{token[:-2]}xx")).status == 404
    old = LINKS.make(LinkKind.CALENDAR, school.person(PARENT), clock.now() - timedelta(days=500))
    assert (await browser.get(f"/calendar/{old}.ics")).status == 410
