"""The consent ledger, the texts that were shown, and what erasure leaves behind."""

from __future__ import annotations

import sqlalchemy as sa

from consent.chain import COLUMNS
from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("seq", big_key(), primary_key=True, autoincrement=False, comment="1, 2, 3 ..."),
    sa.Column("ledger", sa.String(20), nullable=False, comment="name of the chain"),
    sa.Column("id", sa.String(36), nullable=False, unique=True, comment="UUIDv7"),
    sa.Column("subject", sa.String(36), nullable=False, comment="pseudonym of who answers"),
    sa.Column("child", sa.String(36), nullable=False, comment="pseudonym of the child or empty"),
    sa.Column("purpose", sa.String(24), nullable=False),
    sa.Column(
        "action", sa.String(12), nullable=False, comment="grant | refuse | withdraw | expire ..."
    ),
    sa.Column("at", sa.BigInteger, nullable=False, comment="microseconds since 1970, as hashed"),
    sa.Column("receipt", sa.String(36), nullable=False, comment="shared by records of one tap"),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("body", sa.Text, nullable=False, comment="canonical JSON of all other fields"),
    sa.Index("ix_consents_line", "subject", "purpose", "child", "seq"),
    sa.Index("ix_consents_child", "child", "purpose"),
    sa.Index("ix_consents_receipt", "receipt"),
)
"""Append-only: triggers refuse UPDATE, DELETE and a number out of order."""

ROW = tuple(consents.c[name] for name in COLUMNS)
"""Columns in the order `consent.chain` reads and hashes them."""

consent_heads = sa.Table(
    "consent_heads",
    metadata,
    sa.Column("ledger", sa.String(20), primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)
"""The last link of each chain; its row lock serialises appends."""

consent_subjects = sa.Table(
    "consent_subjects",
    metadata,
    sa.Column("subject", sa.String(36), primary_key=True, comment="random pseudonym"),
    sa.Column("person_id", sa.BigInteger, unique=True),
    sa.Column("child_id", sa.BigInteger, unique=True),
)
"""Who a pseudonym is; the row goes when the person is erased."""

consent_state = sa.Table(
    "consent_state",
    metadata,
    sa.Column("person_id", sa.BigInteger, primary_key=True, comment="0 = the child itself"),
    sa.Column("purpose", sa.String(24), primary_key=True),
    sa.Column("child_id", sa.BigInteger, primary_key=True, comment="0 = no single child"),
    sa.Column("ledger", sa.String(20), nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False, comment="the record in force"),
    sa.Index("ix_consent_state_child", "child_id", "purpose"),
)
"""A pointer per line to the record in force; `opora consent verify` checks it against the fold."""

consent_stages = sa.Table(
    "consent_stages",
    metadata,
    sa.Column("child_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("stage", sa.Integer, nullable=False, comment="14 | 16 | 18: full years reached"),
    sa.Column("since", Instant, nullable=False),
)

consent_documents = sa.Table(
    "consent_documents",
    metadata,
    sa.Column("purpose", sa.String(24), primary_key=True),
    sa.Column("language", sa.String(8), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False, comment="Markdown source of what was shown"),
    sa.Column("sha256", sa.String(64), nullable=False, comment="of the rendered text"),
    sa.Column("material", sa.Boolean, nullable=False),
    sa.Column("published_at", Instant, nullable=False),
)

consent_servings = sa.Table(
    "consent_servings",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True, comment="UUIDv7"),
    sa.Column("subject", sa.String(36), nullable=False),
    sa.Column("child", sa.String(36), nullable=False),
    sa.Column("purpose", sa.String(24), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("channel", sa.String(12), nullable=False),
    sa.Column("evidence", json_type(), nullable=False),
    sa.Index("ix_consent_servings_subject", "subject", "purpose"),
)

consent_alarms = sa.Table(
    "consent_alarms",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("ledger", sa.String(20), nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("record", sa.String(36), nullable=False),
    sa.Column("purpose", sa.String(24), nullable=False, comment="stopped purpose; * = all"),
    sa.Column("reason", sa.String(24), nullable=False),
    sa.Column("found_at", Instant, nullable=False),
    sa.Column("cleared_at", Instant),
)

suppressions = sa.Table(
    "suppressions",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True, comment="keyed hash of an address"),
    sa.Column("kind", sa.String(24), nullable=False, comment="telegram | phone | email | external"),
    sa.Column("at", Instant, nullable=False),
    sa.Column("lifted_at", Instant, comment="the person came back by itself"),
)

erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True, comment="UUIDv7"),
    sa.Column("scope", sa.String(8), nullable=False, comment="person | child"),
    sa.Column("key", sa.BigInteger, nullable=False, comment="emptied row"),
    sa.Column("born_at", Instant, nullable=False, comment="created_at of that row"),
    sa.Column("requested_at", Instant, nullable=False),
    sa.Column("completed_at", Instant, nullable=False),
    sa.Column("cause", sa.String(24), nullable=False),
    sa.Column("act", json_type(), nullable=False, comment="destruction act without personal data"),
    sa.Column("swept_at", Instant, comment="traces in the log of the database are gone"),
)

access_log = sa.Table(
    "access_log",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True, comment="UUIDv7"),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor_id", sa.BigInteger, nullable=False),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("child_id", sa.BigInteger),
    sa.Column("what", sa.String(40), nullable=False, comment="consents | profile | export ..."),
    sa.Column("reason", sa.String(60), nullable=False),
    sa.Index("ix_access_log_person", "person_id", "at"),
)
"""Every look of staff at personal data."""
