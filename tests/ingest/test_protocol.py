"""The protocol: who may send, how large, what each item is told, what is put aside and played again."""

from __future__ import annotations

import gzip
import logging
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.localtime import known_zone
from ingest.keys import WriteKeys
from ingest.problems import Wrong
from ingest.protocol import TYPES, Envelope, read
from ingest.schemas import SCHEMAS
from scheduler.progress.model import State
from tests.ingest.platform import KEY
from texts.journey_model import EVENTS

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ENVELOPE = Envelope("lms", NOW)


def track(event="lesson_finish", **more):
    return {"userId": "parent-1", "event": event, "type": "track", **more}


@pytest.mark.parametrize(
    ("case", "headers", "body", "status"),
    [
        ("the key as user name", {"Authorization": "Basic YS1sb25nLXdyaXRlLWtleTo="}, {}, 200),
        ("the key as bearer", {"Authorization": f"Bearer {KEY}"}, {}, 200),
        ("the key in the body", {}, {"writeKey": KEY}, 200),
        ("a wrong key", {"Authorization": "Bearer another"}, {}, 401),
        ("no key", {}, {}, 401),
        ("nonsense for a key", {"Authorization": "Basic %%%"}, {}, 401),
    ],
)
async def test_only_a_write_key_opens_the_door(lms, case, headers, body, status):
    assert (await lms.post("track", track() | body, headers=headers))[0] == status, case


@pytest.mark.parametrize(
    ("pairs", "word"), [(["lms"], "lms"), (["lms:short"], "lms"), ([":12345678"], "?"), (["a:12345678", "b:12345678"], "b")]
)  # fmt: skip
def test_wrong_write_keys_are_named_without_their_key(pairs, word):
    with pytest.raises(ValueError, match="WRITE_KEYS") as told:
        WriteKeys.read(pairs)
    assert word in str(told.value)
    assert "12345678" not in str(told.value)


@pytest.mark.parametrize("kind", TYPES)
async def test_every_type_of_the_protocol_is_taken(lms, kind):
    body = {"userId": "u", "event": "x", "previousId": "p", "groupId": "g", "name": "page"}
    assert (await lms.post(kind, body))[0] == 200


async def test_one_bad_item_never_spoils_a_batch(lms):
    await lms.family()
    batch = [
        track(),
        {"type": "track"},
        track("nps", properties={"score": 11}),
        "nonsense",
        track(messageId="2"),
    ]
    status, body = await lms.post("batch", {"batch": batch, "sentAt": NOW.isoformat()})
    assert status == 200
    assert body["results"] == [
        {"index": 0, "status": "accepted"},
        {"index": 1, "status": "rejected", "code": "protocol.user", "field": "userId"},
        {"index": 2, "status": "rejected", "code": "schema.value", "field": "properties.score"},
        {"index": 3, "status": "rejected", "code": "protocol.object"},
        {"index": 4, "status": "accepted"},
    ]
    await lms.taker.tick()
    assert await lms.states() == {"applied": 2, "rejected": 3}


async def test_a_corrected_item_may_come_under_the_same_id(lms):
    parent, [child] = await lms.family()
    wrong = track("level_up", messageId="7")
    assert (await lms.post("track", wrong))[0] == 400
    assert (await lms.post("track", wrong | {"properties": {"level": 3}}))[0] == 200
    await lms.taker.tick()
    assert (await lms.known(parent, child))["level"] == "3"


@pytest.mark.parametrize(
    ("case", "path", "body", "status"),
    [
        ("an event of 33 kB", "track", track(properties={"x": "y" * 33_000}), 413),
        ("a batch of 501 KiB", "batch", {"batch": [track(properties={"x": "y" * 513_000})]}, 413),
        ("too many events", "batch", {"batch": [0] * 2501}, 413),
        ("no JSON", "track", b"{", 400),
        ("no batch", "batch", {"batch": {}}, 400),
        ("a list for a body", "batch", [], 400),
    ],
)
async def test_a_request_as_a_whole_is_refused(lms, case, path, body, status):
    found, answer = await lms.post(path, body)
    assert found == status, case
    assert {"code", "message"} <= answer.keys()


async def test_a_large_event_of_a_batch_is_refused_alone(lms):
    _, body = await lms.post("batch", {"batch": [track(properties={"x": "y" * 33_000}), track()]})
    assert [one["status"] for one in body["results"]] == ["rejected", "accepted"]


async def test_a_compressed_body_is_read(lms):
    headers = {"Authorization": f"Bearer {KEY}", "Content-Encoding": "gzip"}
    body = gzip.compress(orjson.dumps({"batch": [track()]}))
    assert (await lms.post("batch", body, headers=headers))[0] == 200


async def test_too_many_events_at_once_are_asked_to_wait(lms):
    """L53: memory stays bounded; a client library sends again."""
    for _ in range(20_001):
        lms.intake._writer._waiting.append(read(track(), ENVELOPE))
    lms.intake._writer._submitted += 20_001
    status, body = await lms.post("track", track())
    assert (status, body["code"]) == (429, "busy")
    lms.intake._writer._waiting.clear()
    lms.intake._writer._submitted -= 20_001


async def test_unknown_events_are_kept_and_sealed(lms):
    await lms.post("track", track("Video Paused", properties={"child": "Маша"}))
    await lms.taker.tick()
    [(name, state, facts, sealed)] = await lms.rows(
        "SELECT name, state, facts, sealed FROM platform_events"
    )
    assert (name, state, facts) == ("video_paused", "kept", "{}")
    assert "Маша".encode() not in sealed
    assert "Маша" in lms.database.seal.open(sealed)


async def test_what_a_schema_does_not_name_is_not_kept(lms):
    await lms.family()
    await lms.track(
        "lesson_finish", properties={"lesson_id": "1", "child_name": "Маша", "phone": "+7"}
    )
    assert await lms.rows("SELECT facts, sealed FROM platform_events") == [
        ('{"lesson_id": "1"}', None)
    ]


async def test_ids_of_the_platform_are_kept_as_blind_indexes(lms):
    await lms.track("lesson_finish", user="parent-1", properties={"learner_id": "learner-1"})
    [(user, learner)] = await lms.rows("SELECT user_ref, learner_ref FROM platform_events")
    assert (user, learner) == (
        lms.database.seal.blind("parent-1"),
        lms.database.seal.blind("learner-1"),
    )


async def test_nothing_an_event_says_reaches_the_log(lms, caplog):
    caplog.set_level(logging.DEBUG)
    lms.journeys.breaks_on = "level_up"
    await lms.family()
    await lms.post("track", track("nps", properties={"score": "Маша-канарейка"}))
    await lms.track("level_up", properties={"level": "Маша-канарейка"})
    assert "канарейка" not in caplog.text


async def test_a_deep_link_binds_a_parent_and_a_learner_once(lms):
    """L37: forwarded to another person it does nothing."""
    status, body = await lms.post("links", {"userId": "parent-9", "learnerId": "kid-9"})
    assert status == 201
    assert body["url"] == f"https://t.me/opora_bot?start={body['start']}"
    parent, stranger = await lms.school.parent(), await lms.school.parent()
    async with lms.database.begin() as unit:
        assert await unit.links.redeem(parent, body["start"], unit.now)
    async with lms.database.begin() as unit:
        assert not await unit.links.redeem(stranger, body["start"], unit.now)
    assert (await lms.post("links", {}))[0] == 400


def test_every_event_journeys_may_wait_for_has_a_schema():
    from_the_bot = {"child_added", "done", "blocked"}
    assert set(EVENTS) - from_the_bot == set(SCHEMAS)


@pytest.mark.parametrize(
    ("case", "event", "sent", "kept"),
    [
        ("minutes as text", "lesson_finish", {"minutes": "20"}, {"minutes": 20}),
        ("seconds become minutes", "lesson_finish", {"duration": 1210}, {"minutes": 20}),
        ("minutes win over seconds", "lesson_finish", {"minutes": 5, "duration": 1210}, {"minutes": 5}),
        ("a number for a level", "level_up", {"level": 3}, {"level": "3"}),
        ("an amount is written as it is shown", "refund", {"amount": 1950}, {"amount": "1\u00a0950\u00a0₽"}),
        ("kopecks and another currency", "refund", {"amount": "19.5", "currency": "eur"}, {"amount": "19,50\u00a0€"}),
        ("control characters are let go", "level_up", {"level": "a\x00b"}, {"level": "a b"}),
        ("a zone of the context", "autopay_on", {"timezone": "Asia/Tomsk"}, {"timezone": "Asia/Tomsk"}),
    ],
)  # fmt: skip
def test_a_schema_reads_what_was_meant(case, event, sent, kept):
    assert read(track(event, properties=sent), ENVELOPE).facts == kept, case


@pytest.mark.parametrize(
    ("case", "event", "sent", "error"),
    [
        ("a level is needed", "level_up", {}, "schema.missing properties.level"),
        ("a score beyond ten", "nps", {"score": 11}, "schema.value properties.score"),
        ("yes for a number", "nps", {"score": True}, "schema.value properties.score"),
        ("not a number", "lesson_finish", {"minutes": "NaN"}, "schema.value properties.minutes"),
        ("an endless amount", "refund", {"amount": "1e400"}, "schema.value properties.amount"),
        ("an address that is no https", "payment_failed", {"pay_url": "javascript:x"}, "schema.value properties.pay_url"),
        ("a version there is not", "nps", {"score": 1, "schema_version": 2}, "schema.version properties.schema_version"),
        ("properties that are a list", "nps", [], "protocol.object properties"),
    ],
)  # fmt: skip
def test_a_schema_names_what_is_wrong_and_never_the_value(case, event, sent, error):
    with pytest.raises(Wrong) as told:
        read(track(event, properties=sent), ENVELOPE)
    assert told.value.error == error, case


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        "userId",
        "anonymousId",
        "event",
        "type",
        "properties",
        "context",
        "traits",
        "timestamp",
        "sentAt",
        "messageId",
    ]
)


@settings(max_examples=120, deadline=None)
@given(
    st.dictionaries(NAMES, ANYTHING, max_size=6),
    st.sampled_from(sorted(SCHEMAS)),
    st.sampled_from(TYPES),
)
def test_whatever_is_sent_is_read_or_refused_with_a_code(sent, event, kind):
    """Arrivals hold nothing a database would choke on, so no event spoils the commit of its neighbours."""
    message = {"userId": "u", "event": event, **sent}
    try:
        arrival = read(message, ENVELOPE, kind)
    except Wrong:
        return
    assert arrival.at <= NOW
    assert len(arrival.message) == 32
    assert "\x00" not in arrival.name + orjson.dumps(arrival.facts).decode()
    assert arrival.state in {State.RECEIVED, State.KEPT, State.QUARANTINED}
    zone = arrival.facts.get("timezone")
    assert zone is None or known_zone(zone) is not None
