"""Mentorship: applications, pairs, traces of messages, red flags."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

mentor_applications = sa.Table(
    "mentor_applications",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("person_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("side", sa.String(8), nullable=False, comment="mentor | family"),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("cohorts", json_type(), nullable=False),
    sa.Column("topics", json_type(), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("offset_minutes", sa.Integer, nullable=False, comment="from UTC when applied"),
    sa.Column("load_limit", sa.SmallInteger, nullable=False),
    sa.Column("about", sa.LargeBinary, nullable=False, comment="sealed words about oneself"),
    sa.Column("applied_at", Instant, nullable=False),
    sa.UniqueConstraint("community_id", "person_id", "side"),
)

mentor_pairs = sa.Table(
    "mentor_pairs",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("mentor_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("family_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("reasons", json_type(), nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    sa.Column("mentor_agreed", sa.Boolean, nullable=False),
    sa.Column("family_agreed", sa.Boolean, nullable=False),
    sa.Column("started_at", Instant),
    sa.Column("last_message_at", Instant),
    sa.Column("check_in_at", Instant),
    sa.Column("finished_at", Instant),
    sa.Column("mentor_feedback", sa.LargeBinary, comment="sealed"),
    sa.Column("family_feedback", sa.LargeBinary, comment="sealed"),
    sa.Column("mentor_opens", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("family_opens", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_mentor_pairs_mentor", "mentor_id", "state"),
    sa.Index("ix_mentor_pairs_family", "family_id", "state"),
    sa.Index("ix_mentor_pairs_check_in", "check_in_at"),
)

mentor_messages = sa.Table(
    "mentor_messages",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("pair_id", sa.BigInteger, sa.ForeignKey("mentor_pairs.id"), nullable=False),
    sa.Column("author_id", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("outbox_key", sa.String(190), nullable=False),
    sa.Column("edits", sa.Integer, nullable=False),
    sa.Index("ix_mentor_messages_pair", "pair_id", "at"),
)

mentor_flags = sa.Table(
    "mentor_flags",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("pair_id", sa.BigInteger, sa.ForeignKey("mentor_pairs.id"), nullable=False),
    sa.Column("author_id", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_mentor_flags_pair", "pair_id", "at"),
)
