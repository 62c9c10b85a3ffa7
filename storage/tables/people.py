"""People, children and who stands for whom."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

people = sa.Table(
    "people",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("telegram_id", sa.BigInteger, unique=True),
    sa.Column(
        "display_name", sa.String(130), comment="first and last name in Telegram, staff only"
    ),
    sa.Column("username", sa.String(40), comment="staff only: to notice imitators"),
    sa.Column("language", sa.String(8), nullable=False, server_default="ru"),
    sa.Column("zone", sa.String(64), comment="IANA zone; null = the school's"),
    sa.Column(
        "channel",
        sa.String(12),
        nullable=False,
        server_default="unknown",
        comment="unknown | active | blocked | deactivated",
    ),
    sa.Column("started_at", Instant),
    sa.Column("last_seen_at", Instant),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("erased_at", Instant),
    sa.Column(
        "stage",
        sa.String(24),
        nullable=False,
        server_default="new",
        comment="how far the first steps went: language | consents | child | done",
    ),
    sa.Column(
        "preferences",
        json_type(),
        nullable=False,
        server_default=sa.text("'{}'"),
        comment="digest day and hour, quiet hours, topics, pause; see consent.preferences",
    ),
)

children = sa.Table(
    "children",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("name", sa.LargeBinary, comment="sealed first name; null = not given"),
    sa.Column("birth", sa.LargeBinary, comment="sealed ISO year-month or full date"),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("erased_at", Instant),
)

guardians = sa.Table(
    "guardians",
    metadata,
    sa.Column("person_id", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("child_id", sa.BigInteger, sa.ForeignKey("children.id"), primary_key=True),
    sa.Column("relation", sa.String(24), nullable=False, comment="parent | legal_representative"),
    sa.Column(
        "verified_by", sa.String(40), nullable=False, comment="declared | platform | document"
    ),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant),
    sa.Index("ix_guardians_child", "child_id"),
)

identities = sa.Table(
    "identities",
    metadata,
    sa.Column(
        "source", sa.String(40), primary_key=True, comment="lms, crm, segment write key name"
    ),
    sa.Column(
        "external_id", sa.String(190), primary_key=True, comment="keyed hash of the id there"
    ),
    sa.Column("person_id", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("child_id", sa.BigInteger, sa.ForeignKey("children.id")),
    sa.Column("linked_at", Instant, nullable=False),
    sa.Index("ix_identities_person", "person_id"),
    sa.Index("ix_identities_child", "child_id"),
)

deep_links = sa.Table(
    "deep_links",
    metadata,
    sa.Column(
        "token_hash", sa.String(64), primary_key=True, comment="SHA-256 of the start payload"
    ),
    sa.Column("source", sa.String(40), nullable=False),
    sa.Column("parent", sa.String(64), comment="blind index of the parent's id there"),
    sa.Column("learner", sa.String(64), comment="blind index of the child's id there"),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("used_by", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("used_at", Instant),
    sa.Column("child_id", sa.BigInteger, comment="the child the learner became"),
    sa.Index("ix_deep_links_used_by", "used_by"),
)
