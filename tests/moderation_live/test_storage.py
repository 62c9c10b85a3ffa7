"""What moderation keeps, on each engine."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from moderation.cases import CASE_TIME, Case, CaseState, Sanction, SanctionKind, Step
from moderation.ports import Unit, Units
from moderation.records import AppealState, Change, ClosedGate, Report
from storage.aside import Aside
from storage.database import Database
from storage.standing import StoredFacts
from storage.unit import Unit as StoredUnit


def fits(database: Database, aside: Aside, unit: StoredUnit) -> tuple[Units, Units, Unit]:
    """Storage has the shape the engine asks for; mypy is the judge."""
    return database, aside, unit


def case_of(unit: StoredUnit, number: int, **facts: object) -> Case:
    given = {
        "key": f"-1:{number}", "chat_id": -1, "message_id": number, "message_ids": (number,), "author_id": 7,
        "author_kind": "user", "rule": "flood", "action": "review", "reason": "review", "opened_at": unit.now,
        "due_at": unit.now + CASE_TIME, "fingerprint": 42,
    }  # fmt: skip
    return Case(**(given | facts))  # type: ignore[arg-type]


async def test_a_case_is_opened_claimed_and_listed_once(database: Database):
    """M81 M83."""
    async with database.begin() as unit:
        first = await unit.cases.open(case_of(unit, 1))
        assert await unit.cases.open(case_of(unit, 1)) is None
        second = await unit.cases.open(case_of(unit, 2, joined_to=first))
        copy = await unit.cases.copy_of(-1, 42, unit.now - timedelta(hours=1))
        assert copy is not None
        assert copy.id == first
        assert [c.id for c in await unit.cases.joined(first or 0)] == [second]
        claim = {"state": "claimed", "claimed_by": 5, "claimed_at": unit.now}
        assert await unit.cases.move(first or 0, (CaseState.OPEN,), **claim)
        assert not await unit.cases.move(first or 0, (CaseState.OPEN,), **claim)
        assert [c.id for c in await unit.cases.queue(None)] == [first]
        assert await unit.cases.waiting(unit.now) == []
        assert [c.id for c in await unit.cases.waiting(unit.now + CASE_TIME)] == [first]


async def test_the_audit_and_the_log_of_numbers_only_grow(database: Database):
    async with database.begin() as unit:
        number = await unit.cases.open(case_of(unit, 1))
        await unit.cases.note(number or 0, Step(unit.now, "opened"))
        await unit.policies.add(Change(-1, None, "flood.dice_max", None, 3, 5, unit.now))
    for statement in (
        "UPDATE case_steps SET step = 'x'",
        "DELETE FROM case_steps",
        "DELETE FROM policy_changes",
        "UPDATE policy_changes SET author_id = 1",
    ):
        with pytest.raises(sa.exc.DBAPIError):
            async with database.begin() as unit:
                await unit.connection.execute(sa.text(statement))


async def test_numbers_in_force_are_the_fold_of_their_changes(database: Database):
    """M103."""
    async with database.begin() as unit:
        for topic, key, value in (
            (None, "flood.dice_max", 3),
            (None, "flood.dice_max", 4),
            (5, "toxicity.mode", "shadow"),
            (None, "flood.messages_max", 9),
            (None, "flood.messages_max", None),
        ):
            await unit.policies.add(Change(-1, topic, key, None, value, 5, unit.now))
        assert await unit.policies.in_force(-1, None) == {"flood.dice_max": 4}
        assert await unit.policies.in_force(-1, 5) == {"toxicity.mode": "shadow"}
        last = await unit.policies.last(-1, None, "flood.messages_max")
        assert last is not None
        assert last.after is None


async def test_reports_weigh_what_their_authors_were_right_about(database: Database):
    """M89 M90."""
    async with database.begin() as unit:
        for number in range(1, 4):
            case = await unit.cases.open(case_of(unit, number))
            report = Report(case or 0, -1, 9, 0.5, unit.now)
            assert await unit.reports.add(report)
            assert not await unit.reports.add(report)
            assert await unit.reports.settle(case or 0, was_right=number == 1) == [9]
            assert await unit.reports.settle(case or 0, was_right=True) == []
        record = await unit.reports.record(9, unit.now - timedelta(hours=1))
        assert (record.right, record.wrong, record.lately, record.weight) == (1, 2, 3, 0.4)


async def test_an_appeal_is_one_per_case_and_decided_once(database: Database):
    """M98."""
    async with database.begin() as unit:
        case = await unit.cases.open(case_of(unit, 1)) or 0
        await unit.cases.sanction(
            Sanction(
                chat_id=-1,
                user_id=7,
                kind=SanctionKind.MUTE,
                rule="flood",
                since=unit.now,
                case_id=case,
            )
        )
        latest = await unit.cases.latest_of(7)
        assert latest is not None
        number = await unit.appeals.open(case, -1, 7, unit.now, unit.now) or 0
        assert await unit.appeals.open(case, -1, 7, unit.now, unit.now) is None
        assert await unit.cases.latest_of(7) is None
        assert [a.id for a in await unit.appeals.late(unit.now)] == [number]
        await unit.appeals.alarmed(number, unit.now)
        assert await unit.appeals.late(unit.now) == []
        assert await unit.appeals.decide(number, AppealState.UPHELD, 5, unit.now)
        assert not await unit.appeals.decide(number, AppealState.REJECTED, 6, unit.now)


async def test_samples_notes_gates_and_rights_are_kept(database: Database):
    async with database.begin() as unit:
        case = await unit.cases.open(case_of(unit, 1)) or 0
        await unit.samples.learn(case, -1, (1, 2, 3), 5, unit.now, spam=True)
        await unit.samples.learn(case, -1, (1, 2, 3), 5, unit.now, spam=False)
        [sample] = await unit.samples.of_chat(-1)
        assert (sample.fingerprint, sample.spam) == ((1, 2, 3), False)
        assert await unit.samples.forget(case)
        await unit.notes.add(-1, 7, 5, unit.now, "слова", case_id=case)
        assert [note.words for note in await unit.notes.of(-1, 7)] == ["слова"]
        gate = ClosedGate(-1, unit.now, unit.now)
        assert [await unit.chats.close_gate(gate), await unit.chats.close_gate(gate)] == [
            True,
            False,
        ]
        assert [await unit.chats.open_gate(-1), await unit.chats.open_gate(-1)] == [True, False]
        assert await unit.chats.lacks(-1, "delete", unit.now)
        assert not await unit.chats.lacks(-1, "delete", unit.now)
        await unit.chats.granted(-1)
        assert await unit.chats.lacks(-1, "delete", unit.now)


async def test_a_chat_takes_everything_along_to_its_new_id(database: Database):
    """M77: 52 bits; a second time nothing is left to move."""
    new = -1_004_503_599_627_370
    async with database.begin() as unit:
        await unit.cases.open(case_of(unit, 1))
        await unit.policies.add(Change(-1, None, "flood.dice_max", None, 3, 5, unit.now))
        for _ in range(2):
            await unit.chats.migrate(-1, new)
        assert len(await unit.cases.of_author(new, 7)) == 1
        assert await unit.policies.in_force(new, None) == {"flood.dice_max": 3}


async def test_a_strike_that_cost_nothing_ends_the_first_time(database: Database):
    """M32: soft the first time only; M97: what was lifted counts no more."""
    facts = StoredFacts(database, 1, (), ())
    async with database.begin() as unit:
        for points in (0, 1):
            await unit.cases.sanction(
                Sanction(
                    chat_id=-1,
                    user_id=7,
                    kind=SanctionKind.WARN,
                    rule="progress_screenshot",
                    since=unit.now,
                    points=points,
                )
            )
    strikes = (await facts.author(-1, 7)).strikes
    assert [(s.rule, s.points) for s in strikes] == [
        ("progress_screenshot", 0),
        ("progress_screenshot", 1),
    ]
    async with database.begin() as unit:
        ids = [s.id for s in await unit.cases.sanctions_of(-1, 7)]
        await unit.cases.end_sanctions(ids, unit.now, 5, "undone")
    assert (await facts.author(-1, 7)).strikes == ()
