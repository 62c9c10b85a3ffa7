"""A low score is answered by a person; words reach staff without names; nobody is sold anything meanwhile."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.reading import journeys, packs
from community.escalation import Escalations
from community.escalation_effects import Reply
from community.escalation_model import SLA, Severity, State
from community.escalation_watch import Watch
from community.replies import Replies
from community.survey_words import mask
from community.surveys import WINDOW, Surveys, close_complaint
from consent.book import Book
from consent.fold import ConsentPolicy
from consent.privacy import Privacy
from consent.record import Controller
from core.effects import Effect, Kind, MessageClass
from core.errors import Refusal
from core.ids import ChatId
from delivery.gate import Ask, decide
from delivery.policy import GatePolicy
from handlers.parents import items
from storage.erasure_journal import ErasureJournal, sweep
from storage.tables.delivery import outbox
from tests.community.people import ADMIN, EXPERT, OWNER, PARENT, School, found
from tests.consent.desk import opened_desk
from tests.consent.test_erasure import scan
from tests.consent.test_returning import Nothing

WORDS = "Варю не слышат! Варенька плачет, звоните +7 916 123-77-31 или @vera_mama. Варе всего 7."


class Survey:
    """A school that asked a parent for a score."""

    def __init__(self, school: School, clock: Any) -> None:
        self.school, self.clock = school, clock
        self.escalations = Escalations(school.database, listeners=(close_complaint,))
        self.surveys = Surveys(school.database, self.escalations)
        library = packs()
        nothing: Any = Nothing()
        self.replies = Replies(school.database, lambda: library, nothing, self.surveys)
        self.parent = school.person(PARENT)

    async def asked(self, key: str = "survey") -> int:
        async with self.school.database.begin() as unit:
            await unit.outbox.enqueue(
                Effect(
                    key,
                    Kind.MESSAGE,
                    MessageClass.CARE,
                    person=self.parent,
                    content="item:survey-nps",
                )
            )
            await unit.connection.execute(
                sa.update(outbox).where(outbox.c.key == key).values(state="sent", done_at=unit.now)
            )
            return (await unit.outbox.by_key(key)).id

    async def scores(self, row: int, score: int) -> None:
        await self.replies.press(self.parent, row, f"fact:nps={score}", "ru")

    async def ticket(self, row: int):
        async with self.school.database.reading() as unit:
            return await unit.escalations.by_key(f"nps:{row}")

    async def said(self) -> list[tuple[str | None, str | None]]:
        async with self.school.database.reading() as unit:
            return [(one.value, one.words) for one in await unit.surveys.of(self.parent)]

    async def offer(self) -> str:
        """Ask the gate about an offer to this parent, who agreed to offers."""
        async with self.school.database.reading() as unit:
            reader = (await unit.readers.load([self.parent]))[self.parent]
        reader.permissions["marketing"] = "record"
        verdict = decide(Ask(MessageClass.MARKETING), reader, GatePolicy(), self.clock.now())
        return verdict.reason


@pytest.fixture
async def survey(sqlite, clock) -> Survey:
    return Survey(await found(sqlite), clock)


async def test_words_reach_staff_without_names_and_contacts_and_go_with_the_person(
    survey, tmp_path
):
    """L114."""
    async with survey.school.database.begin() as unit:
        await unit.people.add_child(survey.parent, unit.now, name="Варя", born="2019-05")
    row = await survey.asked()
    await survey.scores(row, 2)
    assert await survey.surveys.said(survey.parent, row, WORDS)
    hidden = ("Вар", "916", "vera_mama")
    rows = [str(one["facts"]) for one in await survey.school.planned("escalation:")]
    assert any("плачет" in facts for facts in rows)
    assert not [
        facts for facts in rows for word in ("Варю", "Варе ", "916", "vera_mama") if word in facts
    ]
    held = await survey.ticket(row)
    assert "плачет" in held.request.text
    journal = ErasureJournal(tmp_path / "journal" / "erasures.jsonl")
    database = survey.school.database
    privacy = Privacy(
        database, Book(Controller(), ConsentPolicy()), journal, lambda: sweep(database)
    )
    packed = await privacy.export(survey.parent, "ru", {}, "Данные")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        exported = json.loads(archive.read("data.json"))["data"]["survey_answers"]
    assert [one["value"] for one in exported if "value" in one] == ["2"]
    assert "плачет" in str(exported)
    await privacy.delete_me(survey.parent)
    assert await survey.said() == []
    assert (await survey.ticket(row)) is None or "плачет" not in (
        await survey.ticket(row)
    ).request.text
    assert scan(tmp_path, "плачет".encode()) == []
    assert hidden


@pytest.mark.parametrize(
    ("text", "names", "masked"),
    [
        ("С Марией всё хорошо, Марию хвалят", ["Мария"], "С ••• всё хорошо, ••• хвалят"),
        ("АННА устала", ["Анна"], "••• устала"),
        ("Анна-Мария и Петя", ["Анна-Мария", "Петя"], "••• и •••"),
        ("родилась 17.05.2019, пишите mama@example.org", [], "родилась •••, пишите •••"),
        ("Урок в 18:00 стоит 82.000", ["Урс"], "Урок в 18:00 стоит 82.000"),
    ],
)
def test_what_is_masked_in_words_of_parents(text, names, masked):
    """L114 M39."""
    assert mask(text, names) == masked


async def test_a_low_score_is_a_ticket_with_a_deadline_that_climbs_until_it_is_closed(survey):
    """L115: owner, deadline, escalation, closing words; no offers until then, no second wave within 90 days."""
    row = await survey.asked()
    assert await survey.offer() == ""
    await survey.scores(row, 6)
    held = await survey.ticket(row)
    assert SLA[Severity.FEEDBACK] == timedelta(hours=24)
    assert held.due is not None
    assert held.due > survey.clock.now() + timedelta(hours=24)
    assert held.due < survey.clock.now() + timedelta(days=7)
    told = {one["content"] for one in await survey.school.planned(f"escalation:{held.id}:")}
    assert "text:survey-told-received" in told
    assert await survey.offer() == "complaint"
    survey.clock.jump(timedelta(days=8))
    watch = Watch(survey.school.database)
    for _ in range(6):
        await watch.tick(survey.clock.now())
        survey.clock.jump(timedelta(days=1))
    called = {
        one["person_id"]
        for one in await survey.school.planned(f"escalation:{held.id}:")
        if one["content"] == "text:escalation-supervisor"
    }
    assert called & {survey.school.person(who) for who in (OWNER, ADMIN)}
    expert = survey.school.person(EXPERT)
    await survey.escalations.take(held.id, expert, survey.clock.now())
    answer = Reply("Анна", "Перенесли урок, попробуйте.", ChatId(EXPERT), 7)
    await survey.escalations.answer(held.id, expert, answer, survey.clock.now())
    assert await survey.offer() == "complaint"
    await survey.escalations.rate(held.id, survey.parent, "yes", survey.clock.now())
    assert (await survey.ticket(row)).state is State.CLOSED
    assert await survey.offer() == ""
    assert journeys().by_id["survey-nps"].reentry_days >= 90


async def test_a_ticket_closed_without_an_answer_is_told_to_who_complained(survey):
    """L115: the loop never ends in silence; a forgotten ticket stops offers for 90 days at most."""
    first, second = await survey.asked("one"), await survey.asked("two")
    await survey.scores(first, 0)
    held = await survey.ticket(first)
    await survey.escalations.close(held.id, survey.school.person(EXPERT), survey.clock.now())
    told = {one["content"] for one in await survey.school.planned(f"escalation:{held.id}:")}
    assert "text:survey-told-closed" in told
    assert await survey.offer() == ""
    await survey.scores(second, 3)
    assert await survey.offer() == "complaint"
    survey.clock.jump(timedelta(days=91))
    assert await survey.offer() == ""


async def test_the_last_answer_within_the_window_counts_and_all_are_kept(survey):
    """L116."""
    row = await survey.asked()
    for score in (9, 9, 4):
        survey.clock.jump(timedelta(hours=1))
        await survey.scores(row, score)
    assert await survey.said() == [("9", None), ("4", None)]
    survey.clock.jump(WINDOW)
    with pytest.raises(Refusal, match=r"survey\.closed"):
        await survey.scores(row, 10)
    async with survey.school.database.reading() as unit:
        facts = await unit.facts.of(survey.parent)
    assert [value for (_, name), value in facts.items() if name == "nps"] == ["4"]
    assert await survey.said() == [("9", None), ("4", None)]
    later = await survey.asked("second wave")
    await survey.scores(later, 10)
    assert (await survey.said())[-1] == ("10", None)


async def test_a_parent_presses_a_score_and_says_why_in_words(small_school, tmp_path):
    """L114 L116: the button, the question that follows, words with a phone that are kept without it."""
    desk = opened_desk(small_school, ErasureJournal(tmp_path / "j" / "e.jsonl"), None)
    database, library, nothing = small_school.database, packs(), Nothing()
    desk.dispatcher["replies"] = Replies(
        database, lambda: library, nothing, desk.dispatcher["surveys"]
    )
    desk.dispatcher.include_router(items.router())
    desk.dispatcher.sub_routers.insert(0, desk.dispatcher.sub_routers.pop())
    vera, person = await desk.parent()
    async with database.begin() as unit:
        effect = Effect(
            "nps", Kind.MESSAGE, MessageClass.CARE, person=person, content="item:survey-nps"
        )
        await unit.outbox.enqueue(effect)
        row = (await unit.outbox.by_key("nps")).id
    await desk.says(vera, "/consent")
    vera.press_stale(vera.chat_of(None), desk.shown(vera).message_id, f"item:{row}:fact:nps=3")
    await desk.handled()
    assert "Что подвело?" in desk.last(vera)
    assert "прочитаем" in await desk.says(vera, "Не дозвониться, мой +7 916 123-45-67")
    async with database.reading() as unit:
        said = [(one.value, one.words) for one in await unit.surveys.of(person)]
    assert said == [("3", None), (None, "Не дозвониться, мой •••")]
    assert "не сохранили" in await desk.says(vera, "мой +7 916 123-45-67")


def test_the_scan_reads_every_file(tmp_path: Path):
    (tmp_path / "x").write_bytes(b"abc")
    assert scan(tmp_path, b"bc") == ["x: b'bc'"]
