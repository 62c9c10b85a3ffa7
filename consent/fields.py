"""A record in words of ISO/IEC TS 27560, for receipts, exports and auditors; the map is in docs/consent.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from consent.purposes import TERMS
from consent.record import SCHEMA, Record


def as_json(record: Record) -> dict[str, Any]:
    """Write a record with its field names of the standard. Chats stay keyed hashes."""
    terms = TERMS[record.purpose]
    document = record.document
    return {
        "schema_version": SCHEMA,
        "record_id": record.id,
        "pii_principal_id": record.subject,
        "child_id": record.child or None,
        "purpose": record.purpose.value,
        "lawful_basis": terms.basis.value,
        "pii_categories": list(terms.categories),
        "retention": terms.retention,
        "event": {
            "type": record.action.value,
            "time": record.at.isoformat(),
            "received": record.received_at.isoformat(),
            "valid_until": record.valid_until.isoformat() if record.valid_until else None,
            "channel": record.channel.value,
            "source": record.source,
            "cause": record.cause or None,
            "proven": record.proven,
            "refers_to": record.refers_to,
        },
        "given_by": {
            "relation": record.grantor.relation.value,
            "verified_by": record.grantor.verified_by,
        },
        "notice": {
            "version": document.version,
            "language": document.language,
            "sha256": document.sha256,
            "served_event": record.served,
        }
        if document
        else None,
        "controller": asdict(record.controller),
        "evidence": {
            "chat": record.chat_hash,
            "message": record.evidence.message,
            "callback": record.evidence.callback,
            "update": record.evidence.update,
            "link": record.evidence.link,
        },
        "chain": {"ledger": record.ledger, "seq": record.seq, "hash": record.hash},
    }
