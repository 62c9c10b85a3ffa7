"""The gate as a table: one reader, one message, one answer with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from core.effects import MessageClass, RowState
from core.ids import ChildId, PersonId
from core.localtime import Window
from core.outgoing import Freeze, Reader
from delivery.gate import Ask, decide, held_out
from delivery.policy import GatePolicy

CARE, MARKETING, SERVICE = MessageClass.CARE, MessageClass.MARKETING, MessageClass.SERVICE
NOON = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
"""A Wednesday, 12:00 in Moscow."""
ALL = {"care": "r1", "care/5": "r2", "marketing": "r3", "personalisation": "r4"}
READER = Reader(PersonId(1), 77, "ru", None, "active", erased=False, children=frozenset({5}))
READER.permissions.update(ALL)
POLICY = GatePolicy()


def reader(**more):
    return replace(READER, **more)


@pytest.mark.parametrize(
    ("ask", "who", "state", "reason"),
    [
        pytest.param(Ask(CARE), READER, RowState.PLANNED, "", id="all-well"),
        pytest.param(Ask(CARE), None, RowState.SUPPRESSED, "person.erased", id="gone"),
        pytest.param(Ask(SERVICE), reader(erased=True), RowState.SUPPRESSED, "person.erased", id="L109"),
        pytest.param(Ask(SERVICE), reader(telegram_id=None), RowState.SUPPRESSED, "channel.none", id="no-channel"),
        pytest.param(Ask(SERVICE), reader(channel="blocked"), RowState.SUPPRESSED, "channel.blocked", id="L75"),
        pytest.param(Ask(SERVICE), reader(channel="deactivated"), RowState.SUPPRESSED, "channel.deactivated", id="L78"),
        pytest.param(Ask(CARE, expires=NOON), READER, RowState.EXPIRED, "expired", id="L14"),
        pytest.param(Ask(CARE, ChildId(6)), READER, RowState.SUPPRESSED, "child.gone", id="L30"),
        pytest.param(Ask(CARE), reader(permissions={}), RowState.SUPPRESSED, "consent.care", id="no-care"),
        pytest.param(Ask(CARE, ChildId(5)), reader(permissions={"care": "r"}), RowState.SUPPRESSED,
                     "consent.care", id="about-another-child"),
        pytest.param(Ask(MARKETING), reader(permissions={"care": "r"}), RowState.SUPPRESSED,
                     "consent.marketing", id="L103"),
        pytest.param(Ask(SERVICE), reader(permissions={}), RowState.PLANNED, "", id="L103-service-allowed"),
        pytest.param(Ask(SERVICE), reader(soft_days={"2026-11-25": 9}, all_days={"2026-11-25": 9}),
                     RowState.PLANNED, "", id="L92-service-is-not-capped"),
        pytest.param(Ask(MARKETING, test=True), reader(permissions={}), RowState.PLANNED, "", id="L89"),
    ],
)  # fmt: skip
def test_what_ends_a_message(ask, who, state, reason):
    verdict = decide(ask, who, POLICY, NOON)
    assert (verdict.state, verdict.reason, verdict.due) == (state, reason, None)


@pytest.mark.parametrize(
    ("who", "now", "freezes", "reason", "due"),
    [
        pytest.param(READER, "20:59:59", (), "", None, id="L12-last-second"),
        pytest.param(READER, "21:00:00", (), "quiet", "2026-11-26T09:00", id="L10"),
        pytest.param(reader(soft_days={"2026-11-25": 1}), "12:00:00", (), "cap.day", "2026-11-26T09:00", id="L92"),
        pytest.param(reader(all_days={"2026-11-25": 4}), "12:00:00", (), "cap.ceiling", "2026-11-26T09:00", id="ceiling"),
        pytest.param(reader(soft_weeks={"2026-W48": 4}), "12:00:00", (), "cap.week", "2026-11-30T09:00", id="cap-week"),
        pytest.param(READER, "22:00:00", ("2026-11-26", "2026-11-27", "shift"), "quiet", "2026-11-28T09:00", id="L11"),
        pytest.param(READER, "12:00:00", ("2026-11-25", "2026-11-25", "shift"), "freeze.rest", "2026-11-26T09:00", id="L21"),
        pytest.param(reader(preferences={"quiet_from": "13:00", "quiet_until": "15:00"}), "14:00:00", (),
                     "quiet", "2026-11-25T15:00", id="own-quiet-hours"),
        pytest.param(reader(preferences={"quiet_from": "?"}), "21:00:00", (), "quiet", "2026-11-26T09:00", id="nonsense"),
        pytest.param(reader(preferences={"paused_until": "2026-11-27T12:00:00+00:00"}), "12:00:00", (),
                     "paused", "2026-11-27T15:00", id="own-pause"),
        pytest.param(reader(zone="Mars/Olympus"), "21:00:00", (), "quiet", "2026-11-26T09:00", id="L5"),
    ],
)  # fmt: skip
def test_what_holds_a_message_back_and_until_when(who, now, freezes, reason, due):
    at = datetime.fromisoformat(f"2026-11-25T{now}+03:00")
    kept = (
        [Freeze(freezes[0], freezes[1], frozenset({CARE}), freezes[2], "rest")] if freezes else []
    )
    verdict = decide(Ask(CARE), who, POLICY, at, kept)
    local = (
        verdict.due.astimezone(POLICY.school_zone).isoformat("T", "minutes")[:16]
        if verdict.due
        else None
    )
    assert (verdict.reason, local) == (reason, due)


@pytest.mark.parametrize(
    ("case", "message_class", "promised", "soft_days", "goes"),
    [
        ("L92 four a week are enough", CARE, False, {}, False),
        ("the first week was announced", CARE, True, {}, True),
        ("L92 one a day holds in the first week too", CARE, True, {"2026-11-25": 1}, False),
        ("an offer is never announced", MARKETING, True, {}, False),
    ],
)
def test_only_the_first_week_rests_from_the_weekly_cap(
    case, message_class, promised, soft_days, goes
):
    who = reader(soft_weeks={"2026-W48": 4}, soft_days=soft_days)
    assert decide(Ask(message_class, promised=promised), who, POLICY, NOON).go == goes, case


@pytest.mark.parametrize(
    ("who", "at", "state", "reason"),
    [
        pytest.param(READER, "22:00:00", RowState.EXPIRED, "quiet", id="L14-held-too-long"),
        pytest.param(reader(soft_days={"2026-11-25": 1}), "12:00:00", RowState.SUPPRESSED, "cap.day", id="capped-out"),
    ],
)  # fmt: skip
def test_what_cannot_wait_that_long_ends(who, at, state, reason):
    now = datetime.fromisoformat(f"2026-11-25T{at}+03:00")
    verdict = decide(Ask(CARE, expires=now + timedelta(hours=2)), who, POLICY, now)
    assert (verdict.state, verdict.reason) == (state, reason)


def test_a_skipping_freeze_ends_the_message():
    freeze = Freeze("2026-11-25", "2026-11-25", frozenset({MARKETING}), "skip", "траур")
    verdict = decide(Ask(MARKETING), READER, POLICY, NOON, [freeze])
    assert (verdict.state, verdict.reason) == (RowState.SUPPRESSED, "freeze.траур")
    assert decide(Ask(CARE), READER, POLICY, NOON, [freeze]).go


def test_while_nobody_is_named_as_advertiser_no_offer_leaves():
    """L121: whatever was consented to, and whatever plans it; other classes are no advertising."""
    unnamed = GatePolicy(advertiser_named=False)
    for early in (True, False):
        verdict = decide(Ask(MARKETING), READER, unnamed, NOON, early=early)
        assert (verdict.state, verdict.reason) == (RowState.SUPPRESSED, "advertising.no_advertiser")
        assert decide(Ask(CARE), READER, unnamed, NOON, early=early).go
        assert decide(Ask(MARKETING), READER, POLICY, NOON, early=early).go


def test_without_personalisation_the_words_are_generic():
    assert not decide(Ask(CARE), READER, POLICY, NOON).generic
    assert decide(Ask(CARE), reader(permissions={"care": "r"}), POLICY, NOON).generic


def test_the_record_that_allowed_a_message_stays_with_it():
    assert decide(Ask(CARE, ChildId(5)), READER, POLICY, NOON).record == "r2"
    assert decide(Ask(MARKETING), READER, POLICY, NOON).record == "r3"


def test_the_holdout_grows_and_keeps_its_members():
    """L90."""
    small, large = GatePolicy(holdout_percent=10), GatePolicy(holdout_percent=30)
    inside = {person for person in range(1000) if held_out(person, small)}
    assert 60 < len(inside) < 150
    assert inside <= {person for person in range(1000) if held_out(person, large)}
    assert (
        decide(Ask(MARKETING), replace(READER, person=PersonId(min(inside))), small, NOON).reason
        == "holdout"
    )


def test_nobody_can_configure_five_messages_a_day():
    with pytest.raises(ValueError, match="at most 4"):
        GatePolicy(soft_per_day=5)
    assert GatePolicy(quiet=Window(time(22), time(8))).soft_per_day == 1
