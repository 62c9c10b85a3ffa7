"""The Segment protocol: one message in, one arrival out. Pure; raises Wrong with what the sender should mend."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from ingest.fields import LONGEST_TEXT, printable, text
from ingest.problems import Wrong
from ingest.schemas import Schema, name_of, schema_of
from ingest.times import event_time
from ingest.traits import open_traits, private_traits
from scheduler.progress.happenings import is_history
from scheduler.progress.model import Arrival, State

TYPES = ("track", "identify", "page", "screen", "group", "alias")
LARGEST_EVENT = 32 * 1024
LARGEST_BATCH = 500 * 1024
MOST_EVENTS = 2500
"""Messages of one batch."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known about a request before its messages are read."""

    source: str
    received: datetime
    sent_at: Any = None


def read(message: Any, envelope: Envelope, kind: str | None = None) -> Arrival:
    """Read one message; `kind` is the type the address of the request names. Raises Wrong."""
    if not isinstance(message, dict):
        raise Wrong("protocol.object")
    type_ = str(kind or message.get("type"))
    if type_ not in TYPES:
        raise Wrong("protocol.type", "type")
    user = _id(message, "userId") or _id(message, "anonymousId")
    learner = _learner(message)
    if user is None and learner is None:
        raise Wrong("protocol.user", "userId")
    at, impossible = event_time(message, envelope.sent_at, envelope.received)
    body = _Body.of(type_, message)
    age = envelope.received - at
    return Arrival(
        source=envelope.source,
        message=_message_id(envelope.source, message, body, user, learner),
        type=type_,
        name=body.name,
        version=body.version,
        at=at,
        received_at=envelope.received,
        user=user,
        learner=learner,
        history=is_history(_is_import(message), age),
        facts=body.facts,
        private=body.private,
        state=State.QUARANTINED if impossible else body.state,
        error=impossible,
    )


def check_size(message: Any) -> None:
    """Refuse a message of a batch that is too large by itself. Raises Wrong."""
    if len(orjson.dumps(message)) > LARGEST_EVENT:
        raise Wrong("protocol.size")


def rejected(message: Any, envelope: Envelope, wrong: Wrong) -> Arrival:
    """Keep a message that was refused, so that the operator can look at it and play it again once it can be read."""
    raw = orjson.dumps(message)
    said = message if isinstance(message, dict) else {}
    return Arrival(
        source=envelope.source,
        message=_digest(b"rejected", raw),
        type=printable(said.get("type"))[:10],
        name=name_of(printable(said.get("event")))[:80],
        version=0,
        at=envelope.received,
        received_at=envelope.received,
        private=raw if len(raw) <= LARGEST_EVENT else None,
        state=State.REJECTED,
        error=wrong.error,
    )


@dataclass(frozen=True, slots=True)
class _Body:
    """What a message says, by its type."""

    name: str
    version: int
    facts: dict[str, Any]
    private: bytes | None
    state: State
    object: str = ""

    @classmethod
    def of(cls, type_: str, message: Json) -> _Body:
        if type_ == "track":
            return cls._track(message)
        if type_ == "identify":
            traits = _mapping(message, "traits")
            private = private_traits(traits)
            sealed = orjson.dumps(private) if private else None
            return cls("identify", 1, open_traits(traits), sealed, State.RECEIVED)
        if type_ == "alias":
            previous = _id(message, "previousId")
            if previous is None:
                raise Wrong("protocol.previous", "previousId")
            return cls("alias", 1, {}, orjson.dumps({"previous": previous}), State.RECEIVED)
        return cls(printable(message.get("name") or type_)[:80], 0, {}, None, State.KEPT)

    @classmethod
    def _track(cls, message: Json) -> _Body:
        if not isinstance(message.get("event"), str) or not message["event"].strip():
            raise Wrong("protocol.event", "event")
        name = name_of(printable(message["event"]))
        properties = _mapping(message, "properties")
        found = schema_of(name, properties.get("schema_version"))
        if found is None:
            kept = orjson.dumps({"event": message["event"], "properties": properties})
            return cls(name[:80], 0, {}, kept, State.KEPT)
        version, schema = found
        facts = schema.read(properties)
        zone = _mapping(message, "context").get("timezone")
        if zone and "timezone" not in facts:
            facts |= _zone(zone)
        return cls(name, version, facts, None, State.RECEIVED, _object(schema, facts))


def _object(schema: Schema, facts: Json) -> str:
    return str(facts.get(schema.object, "")) if schema.object else ""


def _zone(value: Any) -> dict[str, str]:
    """Take the zone of the context when there is such one; a library may send nonsense there."""
    found = Schema(()).read({"timezone": value}) if _is_zone(value) else {}
    return {"timezone": found["timezone"]} if found else {}


def _is_zone(value: Any) -> bool:
    try:
        Schema(()).read({"timezone": value})
    except Wrong:
        return False
    return True


def _mapping(message: Json, name: str) -> Json:
    value = message.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Wrong("protocol.object", name)
    return value


def _id(message: Json, name: str) -> str | None:
    value = message.get(name)
    if value is None or value == "":
        return None
    try:
        return text(value)
    except (TypeError, ValueError):
        raise Wrong("schema.value", name) from None


def _learner(message: Json) -> str | None:
    """Find the learner's id: `properties.learner_id`, `context.learner` or `context.learner.id`."""
    properties, context = message.get("properties"), message.get("context")
    if isinstance(properties, dict):
        for name in ("learner_id", "learnerId"):
            if (found := _id(properties, name)) is not None:
                return found
    learner = context.get("learner") if isinstance(context, dict) else None
    if isinstance(learner, dict):
        return _id(learner, "id")
    return _id({"learner": learner}, "learner") if learner else None


def _is_import(message: Json) -> bool:
    context = message.get("context")
    return isinstance(context, dict) and context.get("historical") is True


def _message_id(
    source: str, message: Json, body: _Body, user: str | None, learner: str | None
) -> str:
    """Digest the message's id, or what makes the event itself when it has none (L40)."""
    given = message.get("messageId")
    if given is not None and str(given).strip():
        return _digest(b"id", str(given).encode()[: LONGEST_TEXT * 4])
    when = message.get("originalTimestamp") or message.get("timestamp")
    if when is None:
        return _digest(b"body", source.encode(), orjson.dumps(message, option=orjson.OPT_SORT_KEYS))
    said = (source, body.name, user or "", learner or "", str(when), body.object)
    if not body.object:
        told = orjson.dumps(
            [body.facts, (body.private or b"").decode()], option=orjson.OPT_SORT_KEYS
        )
        return _digest(b"made", *(one.encode() for one in said), told)
    return _digest(b"made", *(one.encode() for one in said))


def _digest(*parts: bytes) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.hexdigest()
