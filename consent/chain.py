"""Canonical bytes of a record and the hash chain over them: a change, a loss or a swap is found.

The hash of a record is SHA-256 over its text: the previous hash, the columns as they lie in the table and the body, a
line each. No column and no canonical JSON holds a line break, so two different records never have the same text, and
checking one needs no parsing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson

from consent.fold import Standing
from consent.purposes import TERMS, Purpose
from consent.record import (
    SCHEMA,
    Action,
    Channel,
    Controller,
    Draft,
    Evidence,
    Grantor,
    Record,
    Relation,
    controller_of,
    document_of,
    instant,
    microseconds,
    optional_instant,
)

GENESIS = "0" * 64
"""The previous hash of the first record."""

Row = Sequence[Any]
"""`(ledger, seq, id, subject, child, purpose, action, at, receipt, previous, hash, body)` as stored."""

COLUMNS = (
    "ledger",
    "seq",
    "id",
    "subject",
    "child",
    "purpose",
    "action",
    "at",
    "receipt",
    "previous",
    "hash",
    "body",
)
"""Names of the columns of a row, in its order."""
TEXT_COLUMNS = ("previous", *COLUMNS[:9], "body")
"""Names of the columns in the order of `text_of`."""

Slim = tuple[int, str, str, str, str | bytes]
"""`(seq, id, previous, hash, text)`: what following a chain needs; the database puts the text together."""

_COLUMNS = 9
_PREVIOUS, _HASH, _BODY = 9, 10, 11


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a chain."""

    ledger: str
    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Break:
    """The first record that does not hold: `reason` is changed, missing, reordered, cut or projection."""

    seq: int
    record: str
    reason: str


def body_of(draft: Draft, controller: Controller) -> str:
    """Write everything but the columns as JSON with sorted keys and no spaces."""
    terms = TERMS[draft.purpose]
    evidence = {
        "chat": draft.chat_hash,
        "message": draft.evidence.message,
        "callback": draft.evidence.callback,
        "update": draft.evidence.update,
        "link": draft.evidence.link,
    }
    body = {
        "schema": SCHEMA,
        "received_at": microseconds(draft.received_at),
        "valid_until": microseconds(draft.valid_until) if draft.valid_until else None,
        "grantor": {"relation": draft.grantor.relation, "verified_by": draft.grantor.verified_by},
        "document": asdict(draft.document) if draft.document else None,
        "served": draft.served,
        "channel": draft.channel,
        "evidence": {key: value for key, value in evidence.items() if value is not None},
        "source": draft.source,
        "cause": draft.cause,
        "proven": draft.proven,
        "refers_to": draft.refers_to,
        "basis": terms.basis,
        "categories": terms.categories,
        "retention": terms.retention,
        "controller": asdict(controller),
    }
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()


def text_of(row: Row, previous: str) -> str:
    """Write the text whose hash a record carries."""
    ledger, seq, record, subject, child, purpose, action, at, receipt = row[:_COLUMNS]
    who = f"{ledger}\n{seq}\n{record}\n{subject}\n{child}"
    return f"{previous}\n{who}\n{purpose}\n{action}\n{at}\n{receipt}\n{row[_BODY]}"


def digest(text: str) -> str:
    """Hash a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def link(draft: Draft, record_id: str, head: Head, controller: Controller) -> tuple[Row, Head]:
    """Make the row that follows `head`, and the head after it."""
    seq = head.seq + 1
    columns: tuple[str | int, ...] = (
        head.ledger,
        seq,
        record_id,
        draft.subject,
        draft.child,
        draft.purpose.value,
        draft.action.value,
        microseconds(draft.at),
        draft.receipt,
    )
    row = (*columns, head.hash, "", body_of(draft, controller))
    hashed = digest(text_of(row, head.hash))
    return (*columns, head.hash, hashed, row[_BODY]), Head(head.ledger, seq, hashed)


def holds(row: Row) -> bool:
    """Tell whether one row agrees with its own hash (its place in the chain is not asked)."""
    return bool(digest(text_of(row, row[_PREVIOUS])) == row[_HASH])


def follow(rows: Iterable[Slim], head: Head) -> Head | Break:
    """Check rows that should follow `head`; the head after them, or the first break."""
    expected, previous, sha256 = head.seq, head.hash, hashlib.sha256
    for seq, record, before, hashed, text in rows:
        expected += 1
        if seq != expected:
            return Break(expected, record, "missing")
        if before != previous:
            return Break(expected, record, "reordered")
        raw = text if isinstance(text, bytes) else text.encode()
        previous = sha256(raw).hexdigest()
        if hashed != previous:
            return Break(expected, record, "changed")
    return Head(head.ledger, expected, previous)


def hold_pace(rows: Iterable[tuple[bytes, bytes]], head: Head) -> Head:
    """Follow `(hash, text)` as far as they hold: the head after the last that does; `follow` names what is wrong next.

    A text begins with the hash before it and holds its own number, so nothing else needs to be compared.
    """
    count, previous, sha256 = head.seq, head.hash.encode(), hashlib.sha256
    for hashed, text in rows:
        if not text.startswith(previous) or sha256(text).hexdigest().encode() != hashed:
            break
        previous = hashed
        count += 1
    return Head(head.ledger, count, previous.decode())


def slim(row: Row) -> Slim:
    """Take of a row what `follow` needs."""
    return row[1], row[2], row[_PREVIOUS], row[_HASH], text_of(row, row[_PREVIOUS])


def standing_of(row: Row) -> Standing:
    """Read of a stored row only what decides; the gate does this for every recipient."""
    body = orjson.loads(row[_BODY])
    document, until = body["document"], body["valid_until"]
    return Standing(
        Action(row[6]),
        row[2],
        instant(row[7]),
        document["version"] if document else 0,
        instant(until) if until else None,
        body["proven"],
    )


def read(row: Row) -> Record:
    """Turn a stored row into a record."""
    ledger, seq, record_id, subject, child, purpose, action, at, act, previous, hashed, text = row
    body = orjson.loads(str(text))
    evidence = dict(body["evidence"])
    chat = evidence.pop("chat", None)
    return Record(
        subject=str(subject),
        purpose=Purpose(purpose),
        action=Action(action),
        at=instant(int(at)),
        received_at=instant(body["received_at"]),
        grantor=Grantor(Relation(body["grantor"]["relation"]), body["grantor"]["verified_by"]),
        channel=Channel(body["channel"]),
        receipt=str(act),
        child=str(child),
        document=document_of(body["document"]),
        served=body["served"],
        valid_until=optional_instant(body["valid_until"]),
        evidence=replace(Evidence(), **evidence),
        chat_hash=chat,
        source=body["source"],
        cause=body["cause"],
        proven=body["proven"],
        refers_to=body["refers_to"],
        id=str(record_id),
        ledger=str(ledger),
        seq=int(seq),
        previous=str(previous),
        hash=str(hashed),
        controller=controller_of(body["controller"]),
    )
