"""What people say about messages and decisions: reports, appeals, notes, samples."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("case_id", sa.BigInteger, sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("reporter_id", sa.BigInteger, nullable=False, comment="Telegram id; never shown"),
    sa.Column("weight", sa.Float, nullable=False, comment="accuracy of the reporter at that time"),
    sa.Column("at", Instant, nullable=False),
    sa.Column("was_right", sa.Boolean, comment="null = not decided"),
    sa.UniqueConstraint("case_id", "reporter_id"),
    sa.Index("ix_reports_reporter", "reporter_id", "at"),
)

appeals = sa.Table(
    "appeals",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("case_id", sa.BigInteger, sa.ForeignKey("cases.id"), nullable=False, unique=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, comment="open | upheld | rejected"),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("alarmed_at", Instant),
    sa.Column("decided_by", sa.BigInteger),
    sa.Column("decided_at", Instant),
    sa.Index("ix_appeals_open", "state", "due_at"),
)

member_notes = sa.Table(
    "member_notes",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("case_id", sa.BigInteger, sa.ForeignKey("cases.id")),
    sa.Column("author_id", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="sealed words of a moderator"),
    sa.Index("ix_member_notes_user", "chat_id", "user_id"),
)

samples = sa.Table(
    "samples",
    metadata,
    sa.Column("case_id", sa.BigInteger, sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("spam", sa.Boolean, nullable=False),
    sa.Column("fingerprint", json_type(), nullable=False, comment="MinHash of the text, no words"),
    sa.Column("author_id", sa.BigInteger, nullable=False, comment="who marked it"),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_samples_chat", "chat_id"),
)
