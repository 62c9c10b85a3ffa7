"""The durable inbox and small facts about the installation itself."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, json_type

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("lane", sa.String(40), nullable=False, comment="order key: chat or person"),
    sa.Column("payload", sa.LargeBinary, comment="raw JSON; purged once done"),
    sa.Column(
        "state", sa.String(12), nullable=False, comment="received | acted | done | quarantined"
    ),
    sa.Column("error", sa.String(200), comment="exception class and phase, never its text"),
    sa.Column("done_at", Instant),
    sa.Index(
        "ix_inbox_open",
        "state",
        "update_id",
        sqlite_where=sa.text("state != 'done'"),
        postgresql_where=sa.text("state != 'done'"),
    ),
)

installation = sa.Table(
    "installation",
    metadata,
    sa.Column("name", sa.String(60), primary_key=True),
    sa.Column("value", json_type(), nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True, comment="UUIDv7"),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("child_id", sa.BigInteger),
    sa.Column("actor_id", sa.BigInteger),
    sa.Column("facts", json_type(), nullable=False),
    sa.Index("ix_events_person_at", "person_id", "at"),
    sa.Index("ix_events_name_at", "name", "at"),
)
