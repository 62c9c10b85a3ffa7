"""The program's own commands: what they say to an operator, and how they end."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app, main_app
from bot.demo.school import BOT_TOKEN
from core.clock import ManualClock
from storage.database import Database
from storage.inbox import Inbox, InboxRow
from tests.databases import SEAL, SEAL_KEY, START

cli = CliRunner()


@pytest.fixture
def environment(tmp_path: Path, sqlite_url: str) -> dict[str, str]:
    """Settings of an installation with a migrated database, none from .env."""
    return {
        "DATABASE_URL": sqlite_url,
        "ENCRYPTION_KEYS": SEAL_KEY,
        "BOT_TOKEN": BOT_TOKEN,
        "API_URL": "http://127.0.0.1:9",
    }


def run(environment: dict[str, str], *words: str, code: int = 0) -> str:
    result = cli.invoke(main_app(), list(words), env=environment)
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def fill(url: str, *rows: InboxRow) -> None:
    async def work() -> None:
        database = Database(url, ManualClock(START), SEAL)
        await database.run(lambda connection: Inbox(connection).store(rows))
        await database.close()

    asyncio.run(work())


def test_run_in_production_names_what_is_missing_and_does_not_start(environment):
    said = run(environment | {"PRODUCTION": "true", "ENCRYPTION_KEYS": ""}, "run", code=2)
    assert "PRODUCTION=true, but ENCRYPTION_KEYS, CONTROLLER, CONTROLLER_ADDRESS" in said
    operator = {
        "CONTROLLER": "ООО «Опора»",
        "CONTROLLER_ADDRESS": "Москва",
        "CONTROLLER_INN": "7701234567",
    }
    said = run(environment | {"PRODUCTION": "true"} | operator, "run", code=2)
    assert "but CONTROLLER_EMAIL is empty" in said


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "BOT_TOKEN is empty"),
        ("12345", "does not look like a token"),
        ("abc:def", "does not look like a token"),
    ],
)
def test_run_without_a_proper_token_says_what_to_do_in_one_sentence(environment, token, words):
    said = run(environment | {"BOT_TOKEN": token}, "run", code=2)
    assert words in said
    assert "@BotFather" in said
    assert len(said.strip().splitlines()) == 1


def test_a_wrong_setting_is_named_with_what_is_allowed(environment):
    said = run(environment | {"SCHOOL_ZONE": "Moscow", "DIGEST_HOUR": "25"}, "migrate", code=2)
    assert "SCHOOL_ZONE" in said
    assert "Europe/Moscow" in said
    assert "DIGEST_HOUR" in said


def test_pending_migrations_are_listed_and_nothing_starts(environment, tmp_path):
    empty = environment | {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"}
    said = run(empty, "quarantine", "list", code=1)
    assert "house_0001" in said
    assert "opora migrate" in said
    assert "house_0001" in run(empty, "migrate")
    assert "Nothing to apply" in run(empty, "migrate")


def test_quarantined_updates_are_listed_given_back_and_dropped(environment):
    at = START - timedelta(hours=1)
    fill(
        environment["DATABASE_URL"],
        InboxRow(7, at, "message", "c1", b"{}", "quarantined", "decode: 1 errors"),
        InboxRow(8, at, "message", "c1", b"{}", "quarantined", "handle: KeyError"),
    )
    listed = run(environment, "quarantine", "list")
    assert "decode: 1 errors" in listed
    assert "handle: KeyError" in listed
    assert "Given back: 1" in run(environment, "quarantine", "retry", "7")
    assert "Dropped: 1" in run(environment, "quarantine", "drop")
    assert run(environment, "quarantine", "list") == ""


def test_a_backup_is_whole_and_comes_back(environment, tmp_path):
    database = Path(environment["DATABASE_URL"].split("///")[1])
    fill(
        environment["DATABASE_URL"],
        InboxRow(7, START, "message", "c1", b"{}", "quarantined", "kept"),
    )
    copy = tmp_path / "copy.db"
    assert "verified" in run(environment, "backup", str(copy))
    run(environment, "quarantine", "drop")
    assert "--yes" in run(environment, "restore", str(copy), code=1)
    assert "Restored" in run(environment, "restore", str(copy), "--yes")
    assert "kept" in run(environment, "quarantine", "list")
    assert database.with_name(database.name + ".before").exists()


def test_a_file_that_is_no_sound_database_is_refused(environment, tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all" * 100)
    assert "no SQLite database" in run(environment, "restore", str(broken), "--yes", code=1)
    foreign = tmp_path / "foreign.db"
    sqlite3.connect(foreign).execute("CREATE TABLE notes (text)").connection.close()
    assert "no Opora database" in run(environment, "restore", str(foreign), "--yes", code=1)
    assert "exists" in run(environment, "backup", str(foreign), code=1)


def test_doctor_names_what_is_wrong_and_exits_with_one(environment):
    said = run(environment | {"PRODUCTION": "true", "BOT_TOKEN": ""}, "doctor", code=1)
    assert "CONTROLLER" in said
    assert "current schema" in said
    assert "does not answer" in said
    assert "ask @BotFather" in said
    assert SEAL_KEY not in said


def test_a_key_is_made_for_the_seal(environment):
    assert len(run(environment, "key").strip()) == 44


def test_help_names_every_command(environment):
    said = run(environment, "--help")
    for command in (
        "run",
        "demo",
        "migrate",
        "doctor",
        "quarantine",
        "backup",
        "restore",
        "emulator",
    ):
        assert command in said
    assert app.info.name == "opora"
