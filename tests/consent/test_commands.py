"""`opora consent ...`: what an operator types and reads."""

from __future__ import annotations

import asyncio
import json

import orjson
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from bot.__main__ import main_app
from consent import checkpoint
from consent.purposes import Purpose
from core.effects import Effect, Kind, MessageClass
from core.outgoing import Claim
from tests.consent.school import School, document
from tests.consent.test_ledger import behind_its_back
from tests.databases import SEAL_KEY

P = Purpose
NEW = """---
purpose: marketing
language: ru
version: 2
title: Новости
change: material
---
# Новости

{controller_name} пишет реже.
"""


@pytest.fixture
async def answered(small_school: School) -> School:
    """Two parents, one of whom has left; the database is closed, so that a command may open it."""
    stays, leaves = await small_school.parent(P.MARKETING, P.SERVICE), await small_school.parent()
    await small_school.child(stays)
    await small_school.says(leaves, P.MARKETING, grant=True)
    await small_school.consents.stop(leaves, cause="web")
    async with small_school.database.begin() as unit:
        effect = Effect(
            "offer", Kind.MESSAGE, MessageClass.MARKETING, person=stays, content="text:x"
        )
        await unit.outbox.enqueue(effect)
        row = await unit.outbox.by_key("offer")
        [record] = [r for r in await unit.consents.records(stays) if r.purpose is P.MARKETING]
        reasons = ("class.marketing", f"consent={record.id}")
        await unit.claims.claim("w", [Claim(row.id, "2026-11-23", "2026-W48", record.id, reasons)])
    return small_school


def run(school: School, *words: str, code: int = 0) -> str:
    """Run a command in a process's own event loop, as an operator would."""
    environment = {
        "DATABASE_URL": school.database.url.render_as_string(),
        "ENCRYPTION_KEYS": SEAL_KEY,
        "COLUMNS": "200",
    }
    result = CliRunner().invoke(main_app(), ["consent", *words], env=environment)
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


class Shell:
    """Runs commands in a thread, since each starts an event loop of its own."""

    def __init__(self, school: School) -> None:
        self.school = school

    async def __call__(self, *words: str, code: int = 0) -> str:
        return await asyncio.to_thread(run, self.school, *words, code=code)


async def test_verify_names_the_broken_record_stops_its_purpose_and_lifts_the_stop(answered):
    """L120."""
    opora = Shell(answered)
    assert "5 records hold" in await opora("verify")
    file = str(answered.database.url.database)
    assert "5 records hold" in await opora("verify", "--file", file)
    await behind_its_back(
        answered.database, "UPDATE consents SET body = replace(body, 'RU', 'US') WHERE seq = 1"
    )
    said = await opora("verify", code=1)
    assert "record 1 " in said
    assert "changed" in said
    [person] = await people(answered, "SELECT min(id) FROM people")
    assert (await answered.may(person, P.MARKETING)).reason == "ledger_broken"
    await behind_its_back(
        answered.database, "UPDATE consents SET body = replace(body, 'US', 'RU') WHERE seq = 1"
    )
    assert "hold" in await opora("verify", "--clear")
    assert (await answered.may(person, P.MARKETING)).allowed
    assert "not an SQLite database" in await opora("verify", "--file", __file__, code=1)


async def people(school: School, query: str):
    async with school.database.reading() as unit:
        return (await unit.connection.execute(sa.text(query))).scalars().all()


async def test_why_shows_the_record_that_allowed_a_message(answered):
    """What a regulator asks first: on what ground was this sent?"""
    opora = Shell(answered)
    told = json.loads(await opora("why", "offer"))
    assert told["class"] == "marketing"
    assert told["record"]["purpose"] == "marketing"
    assert told["trace"] == ["class.marketing", f"consent={told['record']['record_id']}"]
    assert told["record"]["notice"]["served_event"]
    assert "no such message" in await opora("why", "nothing", code=1)


async def test_the_report_counts_and_draws(answered, tmp_path):
    """Counts by purpose, version and cohort; withdrawals by week and cause; a picture."""
    opora, picture = Shell(answered), tmp_path / "consents.png"
    said = await opora("report", "--picture", str(picture))
    assert "web" in said
    assert "6-8" in said
    assert "granted" in said
    assert picture.read_bytes().startswith(b"\x89PNG")
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    assert "material" in await opora("publish", str(tmp_path / "new.md"))
    (tmp_path / "new.md").write_text(NEW.replace("реже", "чаще"), encoding="utf-8")
    assert "Not published" in await opora("publish", str(tmp_path / "new.md"), code=1)
    assert "Suspended until answered again: 1" in await opora("report")


async def test_a_checkpoint_is_signed_and_keys_are_rotated_and_old_rows_go(answered, tmp_path):
    opora, key, out = Shell(answered), tmp_path / "key", tmp_path / "point.json"
    await opora("checkpoint", "--key-file", str(key), "--out", str(out))
    stored = checkpoint.read(out.read_bytes())
    assert checkpoint.is_genuine(stored, stored.key)
    assert orjson.loads(out.read_bytes())
    assert "children.name: 1" in await opora("rotate-keys")
    assert "handled updates" in await opora("purge")


async def test_consents_of_another_system_are_imported_with_and_without_proof(answered, tmp_path):
    """L107: no proof, no marketing; somebody unknown is left out; a broken line stops everything."""
    opora, file = Shell(answered), tmp_path / "crm.csv"
    parent, other = await answered.parent(), await answered.parent()
    async with answered.database.begin() as unit:
        await unit.contacts.keep(parent, "phone", "+79160000001", unit.now)
    sha = document(P.MARKETING).sha256
    head = "who,purpose,granted,at,version,language,sha256,reference\n"
    file.write_text(
        head
        + f"phone:+79160000001,marketing,yes,2026-08-01T10:00:00+03:00,1,ru,{sha},form:17\n"
        + f"{other},marketing,yes,2026-08-01,1,ru,{'0' * 64},form:18\n"
        + "phone:+79999999999,marketing,yes,2026-08-01,,,,\n",
        encoding="utf-8",
    )
    said = await opora("import", str(file), "--source", "crm")
    assert said.startswith("1 with proof, 1 without, 1 of nobody known here.")
    assert (await answered.may(parent, P.MARKETING)).allowed
    assert (await answered.may(other, P.MARKETING)).reason == "unproven"
    file.write_text(head + f"{other},everything,yes,2026-08-01,,,,\n", encoding="utf-8")
    assert "line 2 " in await opora("import", str(file), "--source", "crm", code=1)
    file.write_text("who\n", encoding="utf-8")
    assert "columns at, granted, purpose" in await opora(
        "import", str(file), "--source", "crm", code=1
    )
    assert "hold" in await opora("verify")
