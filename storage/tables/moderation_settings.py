"""Numbers people changed, rights the bot lacks, gates that are closed."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

policy_changes = sa.Table(
    "policy_changes",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("topic_id", sa.BigInteger, nullable=False, comment="0 = the whole chat"),
    sa.Column("key", sa.String(60), nullable=False, comment="section.field"),
    sa.Column("before", json_type(), comment="null = the default"),
    sa.Column("after", json_type(), comment="null = the default"),
    sa.Column("author_id", sa.BigInteger, nullable=False, comment="Telegram id"),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_policy_changes_place", "chat_id", "topic_id", "key", "id"),
)

missing_rights = sa.Table(
    "missing_rights",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("right_name", sa.String(40), primary_key=True),
    sa.Column("since", Instant, nullable=False),
)

raid_gates = sa.Table(
    "raid_gates",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant, nullable=False, comment="opens by itself at this instant"),
    sa.Column("author_id", sa.BigInteger, comment="null = closed by a surge"),
)
