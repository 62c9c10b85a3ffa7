"""Communities: a supergroup, its topics, its members, and who holds which role in it."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

communities = sa.Table(
    "communities",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False, unique=True),
    sa.Column("staff_chat_id", sa.BigInteger, unique=True),
    sa.Column("title", sa.String(255), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("zone", sa.String(64), nullable=False, comment="IANA zone of the community"),
    sa.Column("settings", json_type(), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("removed_at", Instant, comment="the bot was removed or the chat deleted"),
)

community_topics = sa.Table(
    "community_topics",
    metadata,
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), primary_key=True),
    sa.Column("key", sa.String(60), primary_key=True, comment="from content/community.yaml"),
    sa.Column("chat_id", sa.BigInteger, nullable=False, comment="the community or its staff forum"),
    sa.Column("thread_id", sa.BigInteger, nullable=False),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("state", sa.String(8), nullable=False, comment="open | closed | gone"),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Index("ix_community_topics_thread", "chat_id", "thread_id"),
)

community_settings_log = sa.Table(
    "community_settings_log",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("before", json_type()),
    sa.Column("after", json_type()),
    sa.Column("author_id", sa.BigInteger, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_community_settings_log_name", "community_id", "name", "id"),
)

community_members = sa.Table(
    "community_members",
    metadata,
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), primary_key=True),
    sa.Column("telegram_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("status", sa.String(16), nullable=False, comment="member | left | banned"),
    sa.Column("first_joined_at", Instant, nullable=False),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("left_at", Instant),
    sa.Column("visits", sa.Integer, nullable=False, comment="how often the person joined"),
    sa.Index("ix_community_members_joined", "community_id", "joined_at"),
)

join_requests = sa.Table(
    "join_requests",
    metadata,
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), primary_key=True),
    sa.Column("telegram_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column(
        "state",
        sa.String(12),
        nullable=False,
        comment="asked | queued | approved | declined | gone",
    ),
    sa.Column("reason", sa.String(40), nullable=False),
    sa.Column("settled_at", Instant),
)

role_grants = sa.Table(
    "role_grants",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column(
        "community_id",
        sa.BigInteger,
        sa.ForeignKey("communities.id"),
        comment="null = in every community",
    ),
    sa.Column("person_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("role", sa.String(12), nullable=False),
    sa.Column("speciality", sa.String(24), comment="experts: methodist | psychologist | support"),
    sa.Column("granted_by", sa.BigInteger, comment="null = the settings of the installation"),
    sa.Column("granted_at", Instant, nullable=False),
    sa.Column("expires_at", Instant),
    sa.Column("withdrawn_by", sa.BigInteger),
    sa.Column("withdrawn_at", Instant),
    sa.Index("ix_role_grants_person", "person_id", "community_id"),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("person_id", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False, comment="which form is being filled in"),
    sa.Column("ref", sa.String(40), nullable=False, comment="what it is about"),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="sealed JSON of the answers"),
    sa.Column("changed_at", Instant, nullable=False),
)
