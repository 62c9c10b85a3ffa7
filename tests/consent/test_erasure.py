"""Erasure end to end: what goes, what stays and why, and that nothing brings anybody back."""

from __future__ import annotations

import io
import json
import logging
import shutil
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from consent.book import Book
from consent.fold import ConsentPolicy
from consent.ports import About
from consent.privacy import Privacy
from consent.purposes import Purpose
from consent.record import Action, Controller
from core.effects import Effect, Kind, Lane, MessageClass, RowState
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import PersonId
from core.outgoing import Claim, Outcome, Setback
from scheduler.plan.progress import overview
from scheduler.progress.facts import LearningFacts
from scheduler.progress.model import Lesson
from storage.consent_verify import verify
from storage.database import Database
from storage.erasure_journal import ErasureJournal, reapply, sweep
from storage.erasure_rules import RULES, Fate
from storage.exports import RAW, SEALED
from storage.tables import metadata
from storage.tables.intake import events, inbox
from storage.tables.moderation import messages
from tests.consent.school import School, opened
from tests.databases import SEAL

P = Purpose
CANARY = "Канарейкина-7731"
PHONE = "+79161237731"
TELEGRAM = 7731773177


def privacy_of(school: School, journal: ErasureJournal, *forgetters) -> Privacy:
    return Privacy(
        school.database,
        Book(Controller(), ConsentPolicy()),
        journal,
        lambda: sweep(school.database),
        forgetters,
    )


@pytest.fixture
def journal(tmp_path) -> ErasureJournal:
    return ErasureJournal(tmp_path / "journal" / "erasures.jsonl")


async def planted(school: School) -> tuple[PersonId, list]:
    """A parent with two children, whose name lies wherever it could lie."""
    async with school.database.begin() as unit:
        person = (await unit.people.add(TELEGRAM, "ru", unit.now)).id
        await unit.people.change(person, display_name=CANARY, username="kanareykina7731")
        await unit.contacts.keep(person, "phone", PHONE, unit.now)
        raw = json.dumps({"text": CANARY, "from": {"id": TELEGRAM}}).encode()
        await unit.connection.execute(
            inbox.insert().values(
                update_id=1,
                received_at=unit.now,
                kind="message",
                lane=f"c{TELEGRAM} p{TELEGRAM}",
                payload=raw,
                state="received",
            )
        )
        await unit.connection.execute(
            messages.insert().values(
                chat_id=-100,
                message_id=1,
                author_id=TELEGRAM,
                at=unit.now,
                fingerprint=1,
                signals="",
                has_media=False,
                body=raw,
                hidden=False,
            )
        )
        for key in ("planned", "handed"):
            await unit.outbox.enqueue(
                Effect(
                    f"digest:{person}:{key}",
                    Kind.MESSAGE,
                    MessageClass.CARE,
                    person=person,
                    content="text:digest",
                    facts={"name": CANARY},
                    purpose="child_data",
                )
            )
        await unit.events.record(
            Event(EventName.PERSON_STARTED, unit.now, person=person, facts={"payload": CANARY})
        )
    for purpose in (P.SERVICE, P.MARKETING, P.CHILD_DATA):
        await school.says(person, purpose, grant=True)
    children = [await school.child(person, name=name) for name in (CANARY, "Петя")]
    for child in children:
        await school.consents.attach_child(person, child)
    return person, children


def scan(folder: Path, *wanted: bytes) -> list[str]:
    """Look for the planted bytes (or others) in every file."""
    needles = [*wanted] or [
        CANARY.encode(),
        json.dumps(CANARY).strip('"').encode(),
        PHONE.encode(),
        b"kanareykina7731",
        str(TELEGRAM).encode(),
        TELEGRAM.to_bytes(5, "big"),
    ]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [
        f"{path.name}: {needle!r}"
        for path in files
        for needle in needles
        if needle in path.read_bytes()
    ]


def test_every_table_declares_what_erasure_does_to_it():
    assert set(RULES) == set(metadata.tables)
    for name, rule in RULES.items():
        columns = metadata.tables[name].c
        assert rule.why
        for column in (*rule.person, *rule.child, *rule.telegram, *rule.chat, *rule.empty):
            assert column in columns, f"{name}.{column}"
        assert (rule.fate is Fate.EMPTY) == bool(rule.empty)


def test_every_binary_column_is_declared_sealed_or_short_lived():
    binary = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, sa.LargeBinary)
    }
    assert binary == SEALED | RAW


async def test_nothing_planted_is_left_in_the_database_its_log_the_journal_or_the_logs(
    small_school: School, journal, tmp_path, caplog
):
    """L109 L111 L119: bytes of files, not rows, are looked through."""
    caplog.set_level(logging.INFO)
    person, _ = await planted(small_school)
    assert scan(tmp_path)
    forgotten = []

    async def forget(who: PersonId) -> None:
        forgotten.append(who)

    act = await privacy_of(small_school, journal, forget).delete_me(person)
    assert forgotten == [person]
    assert scan(tmp_path) == []
    assert not any(CANARY in str(record.__dict__) for record in caplog.records)
    assert {line["table"] for line in act.acts[-1]["log"]} >= {"people", "messages", "contacts"}
    assert CANARY not in json.dumps(act.acts, ensure_ascii=False)
    async with small_school.database.reading() as unit:
        verdict = await verify(unit.connection)
        assert await unit.erasures.unswept() == []
    assert verdict.ok


async def test_queued_messages_fall_and_the_ledger_keeps_a_pseudonymous_trail(school, journal):
    """L109 L111."""
    person, _ = await planted(school)
    async with school.database.reading() as unit:
        before = await unit.consents.records(person)
    await privacy_of(school, journal).delete_me(person)
    async with school.database.begin() as unit:
        rows = await unit.outbox.of_person(person)
        assert {(row.state.value, row.reason) for row in rows} == {
            ("suppressed", "consent_withdraw")
        }
        assert all(row.facts == {} for row in rows)
        assert await unit.consents.records(person) == []
        trail = [await unit.consents.get(record.id) for record in before]
        assert trail == before
        assert (await verify(unit.connection)).ok
        answers = await unit.consents.permissions([About(person)], P.MARKETING, unit.now)
    assert not answers[About(person)].allowed
    with pytest.raises(Refusal, match=r"privacy\.nothing"):
        await privacy_of(school, journal).delete_me(person)


async def test_what_is_claimed_does_not_leave_and_what_was_handed_over_is_empty(school, journal):
    """L109: queued, claimed, waiting for another try, handed over; the outcome of a call brings nothing back."""
    person, _ = await planted(school)
    keys = ("queued", "claimed", "again", "handed over", "parked")
    async with school.database.begin() as unit:
        for key in keys:
            await unit.outbox.enqueue(
                Effect(
                    f"late:{key}",
                    Kind.MESSAGE,
                    MessageClass.SERVICE,
                    person=person,
                    content="text:digest",
                    facts={"name": CANARY},
                )
            )
        rows = {key: (await unit.outbox.by_key(f"late:{key}")).id for key in keys}
        mine = [rows["claimed"], rows["handed over"]]
        await unit.claims.claim("w", [Claim(row, "2026-11-23", "2026-W48") for row in mine])
        assert await unit.claims.hand("w", [rows["handed over"]]) == {rows["handed over"]}
        await unit.claims.set_back(
            [
                Setback(rows["again"], RowState.PLANNED, "network", due=unit.now),
                Setback(rows["parked"], RowState.FAILED, "telegram.bad_request"),
            ]
        )
    await privacy_of(school, journal).delete_me(person)
    async with school.database.begin() as unit:
        assert await unit.claims.hand("w", [rows["claimed"]]) == set()
        await unit.claims.finish("w", [Outcome(rows["handed over"], RowState.SENT, unit.now)])
        found = {key: await unit.outbox.by_key(f"late:{key}") for key in keys}
        assert await unit.claims.candidates(Lane.SERVICE, 10) == []
        known = await unit.people.get(person)
    assert {key: row.state.value for key, row in found.items()} == {
        "queued": "suppressed",
        "claimed": "suppressed",
        "again": "suppressed",
        "handed over": "sent",
        "parked": "failed",
    }
    assert all(row.facts == {} and row.chat is None for row in found.values())
    assert known.erased_at is not None
    assert known.telegram_id is None


async def test_an_import_cannot_bring_the_erased_back_and_the_person_itself_can(
    small_school: School, journal
):
    """L110."""
    person, _ = await planted(small_school)
    await privacy_of(small_school, journal).delete_me(person)
    async with small_school.database.begin() as unit:
        assert await unit.erasures.suppressed("phone", PHONE)
        assert await unit.erasures.suppressed("telegram", str(TELEGRAM))
        assert not await unit.erasures.suppressed("phone", "+79990000000")
        await unit.erasures.lift("telegram", str(TELEGRAM), unit.now)
        assert not await unit.erasures.suppressed("telegram", str(TELEGRAM))


async def streak_of(school: School, child):
    """Lessons and streak as the parent sees them; nothing for a child nothing is known about."""
    facts = LearningFacts(ZoneInfo("UTC"))
    async with school.database.reading() as unit:
        record = (await facts.records(unit, [child])).get(child)
        if record is None or not record.lessons:
            return None
        seen = overview(record, unit.now)
        return seen.lessons, seen.streak


async def test_one_child_of_two_goes_and_the_other_stays_whole(school: School, journal):
    """L113: lessons, streak and permission of the other stay as they were."""
    person, (first, second) = await planted(school)
    async with school.database.begin() as unit:
        await unit.learning.add_lessons(
            [
                Lesson(child * 10 + n, child, "finish", at, at.date().isoformat(), "UTC", "", 20)
                for child in (first, second)
                for n in range(3)
                for at in (unit.now - timedelta(days=n),)
            ]
        )
    before = await streak_of(school, second)
    assert before is not None
    assert await streak_of(school, first) == before
    await privacy_of(school, journal).delete_child(person, first)
    assert await streak_of(school, second) == before
    assert await streak_of(school, first) is None
    async with school.database.begin() as unit:
        assert [child.name for child in await unit.people.children_of(person)] == ["Петя"]
        answers = await unit.consents.permissions(
            [About(person, first), About(person, second)], P.CHILD_DATA, unit.now
        )
        assert (await verify(unit.connection)).ok
    assert [answers[About(person, c)].allowed for c in (first, second)] == [False, True]


async def test_a_child_with_another_parent_is_let_go_of_not_erased(small_school, journal):
    mother = await small_school.parent(P.CHILD_DATA)
    father = await small_school.parent(P.CHILD_DATA)
    child = await small_school.child(mother, father)
    await small_school.consents.attach_child(mother, child)
    await small_school.consents.attach_child(father, child)
    act = await privacy_of(small_school, journal).delete_child(mother, child)
    assert act.acts == ()
    assert (await small_school.may(father, P.CHILD_DATA, child)).allowed
    assert not (await small_school.may(mother, P.CHILD_DATA, child)).allowed
    stranger = await small_school.parent()
    with pytest.raises(Refusal, match=r"child\.not_yours"):
        await privacy_of(small_school, journal).delete_child(stranger, child)


async def test_a_restored_backup_erases_again_before_anything_is_sent(
    sqlite: Database, clock, journal, tmp_path
):
    """L112: the same person only, never another who got the same number."""
    school = await opened(sqlite, clock)
    person, _ = await planted(school)
    await sweep(sqlite)
    file, backup = Path(str(sqlite.url.database)), tmp_path / "backup.db"
    async with sqlite.begin() as unit:
        await unit.connection.execute(sa.text("SELECT 1"))
    import sqlite3

    with sqlite3.connect(file) as source, sqlite3.connect(backup) as copy:
        source.backup(copy)
    copy.close()
    source.close()
    await privacy_of(school, journal).delete_me(person)
    await sqlite.close()
    for trace in tmp_path.glob("opora.db*"):
        trace.unlink()
    shutil.copy(backup, file)
    backup.unlink()
    restored = Database(sqlite.url.render_as_string(), clock, SEAL)
    assert await reapply(restored, journal) == 3
    assert await reapply(restored, journal) == 0
    assert scan(tmp_path) == []
    await restored.close()


async def test_another_person_under_the_same_number_is_left_alone(small_school, journal):
    parent = await small_school.parent(P.MARKETING)
    moment = small_school.clock.now()
    journal.append(
        [
            {
                "id": "x",
                "scope": "person",
                "key": parent,
                "born_at": (moment - timedelta(days=9)).isoformat(),
                "at": moment.isoformat(),
                "cause": "request",
            }
        ]
    )
    with journal.path.open("ab") as file:
        file.write(b'{"id": "cut off')
    assert await reapply(small_school.database, journal) == 0
    assert (await small_school.may(parent, P.MARKETING)).allowed


async def test_the_export_is_whole_readable_and_holds_nobody_else(small_school, journal):
    """L108: ten thousand events within 30 s."""
    person, _ = await planted(small_school)
    other = await small_school.parent(P.MARKETING)
    async with small_school.database.begin() as unit:
        await unit.people.change(other, display_name="Чужая Мария")
        happened = Event(EventName.MESSAGE_SENT, unit.now, person=person, facts={"n": 1})
        await unit.events.record(happened)
        [kept] = (
            await unit.connection.execute(sa.select(events).where(events.c.name == happened.name))
        ).mappings()
        rows = [{**kept, "id": f"copy-{n}", "facts": {"n": n}} for n in range(10_000)]
        await unit.connection.execute(sa.insert(events), rows)
    started = time.perf_counter()
    packed = await privacy_of(small_school, journal).export(
        person, "ru", {"people": "Вы"}, "Ваши данные"
    )
    assert time.perf_counter() - started < 30
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        data = json.loads(archive.read("data.json"))["data"]
        html = archive.read("data.html").decode()
        assert any(name.startswith("documents/marketing") for name in archive.namelist())
    assert {"people", "children", "contacts", "events", "messages", "consents", "guardians"} <= set(
        data
    )
    assert [child["name"] for child in data["children"]] == [CANARY, "Петя"]
    assert data["contacts"][0]["value"] == PHONE
    assert len(data["events"]) >= 10_000
    assert {one["event"]["type"] for one in data["consents"]} == {Action.GRANT}
    assert "<h2>Вы (1)</h2>" in html
    assert "Чужая" not in json.dumps(data, ensure_ascii=False)
