"""The ledger keeps what it was told: the database refuses changes, and a change behind its back is found."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from consent import checkpoint
from consent.chain import Break, Head
from consent.ports import About
from consent.purposes import Purpose
from core.errors import Refusal
from core.ids import ChatId
from storage.consent_run import follow_run
from storage.consent_verify import alarm, clear_alarms, verify
from storage.consent_verify_file import verify_file
from storage.consent_watch import watch
from storage.database import Database
from storage.migrations.versions import consent_0002_append_only as triggers
from tests.consent.school import School

P = Purpose


def file_of(school: School) -> Path:
    return Path(str(school.database.url.database))


async def checked(school: School):
    async with school.database.begin() as unit:
        return await verify(unit.connection)


async def behind_its_back(database: Database, *statements: str) -> None:
    """Do what an intruder with the database in hand would: switch the guards off first."""

    await database.run(lambda connection: meddled(connection, database.is_sqlite, statements))


DISARM = tuple(
    f"DROP TRIGGER IF EXISTS {name}"
    for name in ("consents_no_update", "consents_no_delete", "consents_in_order")
)


async def meddled(connection, is_sqlite: bool, statements) -> None:
    disarm = DISARM if is_sqlite else ("ALTER TABLE consents DISABLE TRIGGER ALL",)
    for statement in (*disarm, *statements):
        await connection.exec_driver_sql(statement)


async def test_the_database_itself_refuses_to_change_or_delete(school: School):
    await school.parent(P.MARKETING)
    verbs = ["UPDATE {} SET purpose = 'service'", "DELETE FROM {}"]
    if not school.database.is_sqlite:
        verbs.append("TRUNCATE {}")
    for statement in [verb.format(table) for table in triggers.APPEND_ONLY for verb in verbs]:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            async with school.database.begin() as unit:
                await unit.connection.execute(sa.text(statement))


async def test_replacing_or_skipping_a_number_is_refused(school: School):
    await school.parent(P.MARKETING, P.SERVICE)
    columns = "ledger, {}, {}, subject, child, purpose, action, at, receipt, previous, hash, body"
    names = columns.format("seq", "id")
    verb = "INSERT OR REPLACE" if school.database.is_sqlite else "INSERT"
    for seq, identity in (("seq", "id"), ("seq", "'other'"), ("seq + 7", "'other'"), ("3", "id")):
        values = columns.format(seq, identity)
        statement = f"{verb} INTO consents ({names}) SELECT {values} FROM consents WHERE seq = 1"
        with pytest.raises(sa.exc.DBAPIError):
            async with school.database.begin() as unit:
                await unit.connection.execute(sa.text(statement))
    assert (await checked(school)).ok


TAMPERING = {
    "changed body": (["UPDATE consents SET body = replace(body, '\"RU\"', '\"US\"') WHERE seq = 3"], 3, "changed"),
    "changed column": (["UPDATE consents SET action = 'grant' WHERE seq = 2"], 2, "changed"),
    "changed time": (["UPDATE consents SET at = at - 1 WHERE seq = 4"], 4, "changed"),
    "changed hash": (["UPDATE consents SET hash = upper(hash) WHERE seq = 4"], 4, "changed"),
    "changed link": (["UPDATE consents SET previous = hash WHERE seq = 2"], 2, "reordered"),
    "deleted": (["DELETE FROM consents WHERE seq = 3"], 3, "missing"),
    "swapped": (
        [
            "UPDATE consents SET seq = 99 WHERE seq = 2",
            "UPDATE consents SET seq = 2 WHERE seq = 3",
            "UPDATE consents SET seq = 3 WHERE seq = 99",
        ],
        2,
        "reordered",
    ),
    "cut off": (["DELETE FROM consents WHERE seq = 4"], 4, "cut"),
    "cut off with its head": (
        [
            "DELETE FROM consents WHERE seq = 4",
            "UPDATE consent_heads SET seq = 3, hash = (SELECT hash FROM consents WHERE seq = 3)",
        ],
        3,
        "pointer",
    ),
    "everything gone": (["DELETE FROM consents"], 1, "cut"),
    "pointer moved": (["UPDATE consent_state SET seq = 1 WHERE seq = 2"], 2, "pointer"),
    "pointer lost": (["DELETE FROM consent_state WHERE seq = 2"], 2, "pointer"),
    "pointer of somebody else": (
        ["INSERT INTO consent_state SELECT 4040, purpose, child_id, ledger, seq FROM consent_state WHERE seq = 2"],
        2,
        "pointer",
    ),
}  # fmt: skip
HIDDEN = {
    "an invisible character": (["UPDATE consents SET purpose = purpose || char(0) WHERE seq = 1"], 1, "changed"),
    "no text at all": (["UPDATE consents SET body = x'fffe' WHERE seq = 3"], 3, "changed"),
}  # fmt: skip
"""What only SQLite lets into a text."""


async def wavering(school: School) -> None:
    """Grant, withdrawal, grant of another purpose, withdrawal of it."""
    parent = await school.parent(P.MARKETING)
    await school.consents.withdraw(parent, [P.MARKETING])
    await school.says(parent, P.PERSONALISATION, grant=True)
    await school.consents.withdraw(parent, [P.PERSONALISATION])


async def test_tampering_is_found_and_the_first_broken_record_named(school: School):
    """L120."""
    await wavering(school)
    assert (await checked(school)).ok
    found = {}
    for case, (statements, _, _) in TAMPERING.items():
        async with school.database.writer.connect() as connection:
            await meddled(connection, school.database.is_sqlite, statements)
            broken = (await verify(connection)).broken
            found[case] = (broken.seq, broken.reason) if broken is not None else None
            await connection.rollback()
    assert found == {case: (seq, reason) for case, (_, seq, reason) in TAMPERING.items()}
    assert (await checked(school)).ok


async def test_tampering_with_a_file_is_found_however_it_is_cut_into_runs(small_school, tmp_path):
    """L120."""
    await wavering(small_school)
    with sqlite3.connect(file_of(small_school)) as source:
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cases, found = TAMPERING | HIDDEN, {}
    for case, (statements, _, _) in cases.items():
        copy = shutil.copy(file_of(small_school), tmp_path / "copy.db")
        with sqlite3.connect(copy) as connection:
            for statement in (*DISARM, *statements):
                connection.execute(statement)
        connection.close()
        outcomes = [verify_file(Path(copy), workers=1, runs=runs).broken for runs in (1, 2, 4)]
        found[case] = {(one.seq, one.reason) for one in outcomes if one is not None}
    assert found == {case: {(seq, reason)} for case, (_, seq, reason) in cases.items()}


async def test_a_tampered_record_allows_nothing_at_once_and_the_purpose_stops_when_found(school):
    """L120: the parent concerned at once, everybody by that purpose after the check, until a human clears it."""
    victim, other = await school.parent(P.MARKETING), await school.parent(P.MARKETING, P.SERVICE)
    await behind_its_back(
        school.database,
        "UPDATE consents SET body = replace(body, 'telegram', 'teIegram') WHERE seq = 1",
    )
    assert (await school.may(victim, P.MARKETING)).reason == "tampered"
    assert (await school.may(other, P.MARKETING)).allowed
    verdict = await checked(school)
    async with school.database.begin() as unit:
        assert await alarm(unit.connection, verdict.broken, unit.now) == P.MARKETING
        assert await alarm(unit.connection, verdict.broken, unit.now) == P.MARKETING
    answers = await school.gate([About(victim), About(other)], P.MARKETING)
    assert {answer.reason for answer in answers.values()} == {"ledger_broken"}
    assert (await school.may(other, P.SERVICE)).allowed
    async with school.database.begin() as unit:
        assert await clear_alarms(unit.connection, unit.now) == 1
    assert (await school.may(other, P.MARKETING)).allowed


async def test_the_regular_check_stops_the_purpose_and_tells_staff_once(small_school: School):
    """L120."""
    parent = await small_school.parent(P.MARKETING)
    assert (await watch(small_school.database, ChatId(-100))).ok
    await behind_its_back(small_school.database, "UPDATE consents SET action = 'refuse'")
    for _ in range(3):
        assert not (await watch(small_school.database, ChatId(-100))).ok
    assert (await small_school.may(parent, P.MARKETING)).reason == "ledger_broken"
    async with small_school.database.reading() as unit:
        told = await unit.outbox.by_key("ledger-broken:1:changed")
        alarms = await unit.connection.scalar(sa.text("SELECT count(*) FROM consent_alarms"))
    assert told is not None
    assert alarms == 1


async def test_a_pointer_to_somebody_elses_grant_allows_nothing(small_school: School):
    granted, refused = await small_school.parent(P.MARKETING), await small_school.parent()
    await small_school.says(refused, P.MARKETING, grant=False)
    await behind_its_back(
        small_school.database,
        f"UPDATE consent_state SET seq = 1 WHERE person_id = {refused}",
    )
    assert (await small_school.may(granted, P.MARKETING)).allowed
    assert (await small_school.may(refused, P.MARKETING)).reason == "tampered"


async def test_appends_of_many_units_at_once_make_one_chain(school: School):
    import asyncio

    parents = [await school.parent() for _ in range(8)]
    for parent in parents:
        await school.consents.serve(parent, P.MARKETING, language="ru")

    async def wavers(parent) -> None:
        for grant in (True, False, True):
            await school.consents.answer(parent, P.MARKETING, grant=grant, version=1)

    await asyncio.gather(*(wavers(parent) for parent in parents))
    verdict = await checked(school)
    assert (verdict.ok, verdict.records) == (True, 24)


async def test_the_file_is_followed_by_several_processes(small_school: School, tmp_path):
    """Straight from a file: an intact one, a broken one, an empty one."""
    empty = verify_file(file_of(small_school))
    assert (empty.ok, empty.records) == (True, 0)
    for _ in range(6):
        await small_school.parent(P.MARKETING, P.SERVICE)
    path = file_of(small_school)
    assert verify_file(path).records == 12
    runs = [follow_run(path, start, start + 4) for start in (0, 4, 8)]
    assert runs[-1] == (await checked(small_school)).head
    await behind_its_back(small_school.database, "DELETE FROM consents WHERE seq = 5")
    broken = verify_file(path).broken
    assert broken is not None
    assert broken.reason == "missing"
    assert isinstance(follow_run(path, 5, 9), Break)


async def test_a_signed_checkpoint_shows_a_rewritten_ledger(small_school: School):
    await small_school.parent(P.MARKETING, P.SERVICE)
    key = checkpoint.new_key()
    head = (await checked(small_school)).head
    signed = checkpoint.sign(head, small_school.clock.now(), key)
    import orjson

    stored = checkpoint.read(orjson.dumps(signed.as_json()))
    assert stored == signed
    assert checkpoint.is_genuine(stored, signed.key)
    forged = checkpoint.Checkpoint(
        Head(head.ledger, head.seq, "f" * 64), signed.at, signed.key, signed.signature
    )
    assert not checkpoint.is_genuine(forged, signed.key)
    stranger = checkpoint.sign(head, signed.at + timedelta(1), checkpoint.new_key())
    assert not checkpoint.is_genuine(stranger, signed.key)
    with pytest.raises(Refusal, match=r"consent\.bad_key"):
        checkpoint.sign(head, signed.at, "short")
    with pytest.raises(Refusal, match=r"consent\.bad_checkpoint"):
        checkpoint.read("{}")
