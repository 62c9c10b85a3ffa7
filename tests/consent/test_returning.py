"""Who was erased comes back by her own hand only: no event of another system brings a person back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from community.first_steps import FirstSteps
from consent.book import Book
from consent.fold import ConsentPolicy
from consent.forms import Forms
from consent.links import LinkKind, Links
from consent.privacy import Privacy
from consent.purposes import Purpose
from consent.record import Controller
from scheduler.progress.view import ProgressView
from storage.erasure_journal import ErasureJournal, sweep
from tests.ingest.platform import Platform, platform

PHONE, MAIL = "+79161237731", "kanareyka@school.example"


class Nothing:
    """Journeys and consents that have nothing to say."""

    def __getattr__(self, name: str) -> Any:
        async def nothing(*_: Any, **__: Any) -> None:
            return None

        return nothing


class Deep:
    """Deep links, as the frame passes them on."""

    async def redeem(self, unit: Any, person: Any, payload: str) -> bool:
        return await unit.links.redeem(person, payload, unit.now)

    async def attach_child(self, unit: Any, person: Any, child: Any) -> None:
        await unit.links.attach_child(person, child, unit.now)


@pytest.fixture
async def lms(sqlite, clock) -> AsyncIterator[Platform]:
    async with platform(sqlite, clock) as opened:
        yield opened


async def identify(lms: Platform, user: str, **traits: Any) -> None:
    message = {"userId": user, "traits": traits, "timestamp": lms.clock.now().isoformat()}
    status, body = await lms.post("identify", message)
    assert status == 200, body
    await lms.taker.tick()


async def telegram_of(lms: Platform, person: int) -> int:
    [row] = await lms.rows(f"SELECT telegram_id FROM people WHERE id = {person}")
    return int(row[0])


@asynccontextmanager
async def erased(lms: Platform, tmp_path) -> AsyncIterator[int]:
    """A family with contacts, a lesson, and an event that waits for a child nobody knows; then the parent is erased."""
    parent, _ = await lms.family("learner-1", "learner-2")
    await identify(lms, "parent-1", phone=PHONE, email=MAIL)
    await lms.track("lesson_finish", properties={"learner_id": "learner-1", "lesson_id": "l1"})
    await lms.track("lesson_finish", properties={"learner_id": "learner-9", "lesson_id": "l2"})
    telegram = await telegram_of(lms, parent)
    assert await lms.rows("SELECT * FROM contacts") != []
    assert (await lms.states())["parked"] == 1
    journal = ErasureJournal(tmp_path / "journal" / "erasures.jsonl")
    book = Book(Controller(), ConsentPolicy())
    await Privacy(lms.database, book, journal, lambda: sweep(lms.database)).delete_me(parent)
    yield telegram


async def people(lms: Platform) -> list[int | None]:
    return [row[0] for row in await lms.rows("SELECT telegram_id FROM people")]


async def test_no_event_of_the_platform_or_a_crm_brings_an_erased_person_back(lms, tmp_path):
    """L109 L110: neither her own id there, nor a new card with her phone or e-mail, nor what was waiting."""
    async with erased(lms, tmp_path):
        assert await lms.states() == {}
        await lms.track("lesson_finish", properties={"learner_id": "learner-1", "lesson_id": "l3"})
        await identify(lms, "parent-1", phone=PHONE)
        await identify(lms, "crm-card-77", phone="8 (916) 123-77-31", name="Канарейкина")
        await identify(lms, "crm-card-78", email="Kanareyka+school@School.example")
        assert await lms.states() == {"withheld": 4}
        kept = "SELECT 1 FROM platform_events WHERE sealed IS NOT NULL OR user_ref IS NOT NULL OR facts != '{}'"
        assert await lms.rows(kept) == []
        assert await people(lms) == [None]
        for table in ("contacts", "identities", "guardians"):
            assert await lms.rows(f"SELECT 1 FROM {table}") == []
        await identify(lms, "crm-card-79", phone="+79990000000")
        assert (await lms.states())["parked"] == 1


async def test_she_herself_comes_back_by_start_and_is_known_again(lms, tmp_path):
    """L110: a link she follows and a phone she leaves on the form end what kept her out."""
    async with erased(lms, tmp_path) as telegram:
        nothing: Any = Nothing()
        steps = FirstSteps(lms.database, nothing, nothing, Deep())
        async with lms.database.begin() as unit:
            token = await unit.links.issue("lms", "parent-1", None, unit.now)
        person, linked = await steps.start(telegram, "ru", token)
        assert linked
        links = Links(b"secret")
        form = links.make(LinkKind.FORM, person.id, lms.clock.now())
        pages = Forms(lms.database, lms.school.consents, links)
        await pages.save(form, phone=PHONE, birth="", child=None, now=lms.clock.now())
        async with lms.database.reading() as unit:
            for kind, value in (("telegram", str(telegram)), ("phone", PHONE)):
                assert not await unit.erasures.suppressed(kind, value)
            assert await unit.erasures.suppressed("email", MAIL)
        await identify(lms, "parent-1", timezone="Asia/Omsk")
        assert await lms.states() == {"applied": 1}
        assert sorted(map(str, await people(lms))) == sorted(["None", str(telegram)])
        async with lms.database.reading() as unit:
            zone = await unit.connection.scalar(
                sa.text("SELECT zone FROM people WHERE telegram_id IS NOT NULL")
            )
        assert zone == "Asia/Omsk"


async def test_what_a_parent_sees_of_a_child_ends_with_its_own_no_and_with_its_coming_of_age(lms):
    """L106 L105: progress is shown while it may be; nothing is lost, so a yes brings it back."""
    await lms.ask_the_ledger()
    parent, [child] = await lms.family("learner-1")
    await lms.track("lesson_finish", properties={"learner_id": "learner-1", "lesson_id": "l1"})
    view = ProgressView(lms.database, lms.facts)
    consents = lms.school.consents

    async def shown() -> int:
        return len(await view.of(parent))

    async def grows(stage: int) -> None:
        async with lms.database.begin() as unit:
            await unit.growth.mark(child, stage, unit.now - timedelta(days=60))

    async def says(*, grant: bool) -> None:
        lms.clock.jump(timedelta(seconds=1))
        await consents.answer_as_child(child, grant=grant, version=1, language="ru")

    assert await shown() == 1
    await grows(14)
    assert await shown() == 0
    await says(grant=True)
    assert await shown() == 1
    await says(grant=False)
    assert await shown() == 0
    await grows(18)
    await says(grant=True)
    assert await shown() == 1
    await consents.withdraw(parent, [Purpose.CHILD_DATA])
    assert await shown() == 0
