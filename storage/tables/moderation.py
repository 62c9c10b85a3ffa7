"""What was written in groups, who writes there, and what was done about it."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("topic_id", sa.BigInteger),
    sa.Column("author_id", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("edited_at", Instant),
    sa.Column("album_id", sa.String(32)),
    sa.Column("fingerprint", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column(
        "version",
        sa.BigInteger,
        nullable=False,
        server_default="0",
        comment="hash of all a reader sees",
    ),
    sa.Column("signals", sa.String(120), nullable=False, server_default=""),
    sa.Column("has_media", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("body", sa.LargeBinary, comment="raw message JSON; purged by retention"),
    sa.Column("hidden", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_messages_author", "chat_id", "author_id", "at"),
    sa.Index("ix_messages_at", "at"),
    sa.Index("ix_messages_album", "chat_id", "album_id"),
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("messages", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_at", Instant),
    sa.Column("trusted", sa.Boolean, nullable=False, server_default=sa.false()),
)

cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("key", sa.String(80), nullable=False, unique=True, comment="chat:message, or album"),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("topic_id", sa.BigInteger),
    sa.Column("message_id", sa.BigInteger, nullable=False),
    sa.Column("message_ids", json_type(), nullable=False),
    sa.Column("album_id", sa.String(32)),
    sa.Column("author_id", sa.BigInteger, nullable=False),
    sa.Column("author_kind", sa.String(20), nullable=False),
    sa.Column("rule", sa.String(40), nullable=False),
    sa.Column("action", sa.String(12), nullable=False),
    sa.Column("reason", sa.String(16), nullable=False, comment="done | review | confirm_ban"),
    sa.Column("findings", json_type(), nullable=False),
    sa.Column("body", sa.LargeBinary, comment="raw message JSON at the time; purged by retention"),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("due_at", Instant),
    sa.Column(
        "state",
        sa.String(12),
        nullable=False,
        server_default="open",
        comment="open | claimed | decided | undone",
    ),
    sa.Column("claimed_by", sa.BigInteger),
    sa.Column("claimed_at", Instant),
    sa.Column("decided_by", sa.BigInteger),
    sa.Column("decided_at", Instant),
    sa.Column("verdict", sa.String(20)),
    sa.Column("staff_chat_id", sa.BigInteger),
    sa.Column("fingerprint", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("joined_to", sa.BigInteger, comment="an earlier case this one is a copy of"),
    sa.Column("reminded_at", Instant),
    sa.Index("ix_cases_author", "chat_id", "author_id"),
    sa.Index("ix_cases_album", "chat_id", "album_id"),
    sa.Index("ix_cases_open", "state", "due_at"),
    sa.Index("ix_cases_copies", "chat_id", "fingerprint", "opened_at"),
)

case_bodies = sa.Table(
    "case_bodies",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("case_id", sa.BigInteger, sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("author_id", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("body", sa.LargeBinary, comment="raw JSON of a later version; purged by retention"),
    sa.UniqueConstraint("case_id", "version"),
)

case_steps = sa.Table(
    "case_steps",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("case_id", sa.BigInteger, sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor_id", sa.BigInteger, comment="Telegram id; null = the bot"),
    sa.Column("step", sa.String(40), nullable=False),
    sa.Column("facts", json_type(), nullable=False),
    sa.Index("ix_case_steps_case", "case_id"),
)

sanctions = sa.Table(
    "sanctions",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("case_id", sa.BigInteger, sa.ForeignKey("cases.id")),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False, comment="warn | mute | ban | ban_channel"),
    sa.Column("rule", sa.String(40), nullable=False),
    sa.Column("points", sa.Integer, nullable=False, server_default="0"),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant),
    sa.Column("actor_id", sa.BigInteger, comment="Telegram id; null = the bot"),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", sa.BigInteger),
    sa.Column("end_reason", sa.String(20), comment="lapsed | undone | lifted | appeal"),
    sa.Index("ix_sanctions_user", "chat_id", "user_id"),
    sa.Index("ix_sanctions_until", "ended_at", "until"),
)
