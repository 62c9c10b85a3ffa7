"""Who is on which journey, what people answered on the way, and journeys as they were."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

enrolments = sa.Table(
    "enrolments",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("journey", sa.String(60), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("child_id", sa.BigInteger, nullable=False, comment="0 = about the parent"),
    sa.Column("entry", sa.Integer, nullable=False, comment="1 at the first time, 2 at the next"),
    sa.Column("anchor", sa.String(10), nullable=False, comment="local date of day 0"),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("step", sa.Integer, nullable=False, comment="number of the next step"),
    sa.Column("wake_at", Instant, nullable=False, comment="when the next step is looked at"),
    sa.Column("state", sa.String(12), nullable=False, comment="active | done | exited | held_out"),
    sa.Column("reason", sa.String(60)),
    sa.Column("ended_at", Instant),
    sa.UniqueConstraint("journey", "person_id", "child_id", "entry"),
    sa.Index(
        "ix_enrolments_due",
        "wake_at",
        "id",
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    ),
    sa.Index("ix_enrolments_person", "person_id"),
)

journey_versions = sa.Table(
    "journey_versions",
    metadata,
    sa.Column("journey", sa.String(60), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("definition", json_type(), nullable=False),
    sa.Column("kept_at", Instant, nullable=False),
)

answers = sa.Table(
    "journey_answers",
    metadata,
    sa.Column("person_id", sa.BigInteger, primary_key=True),
    sa.Column("child_id", sa.BigInteger, primary_key=True, comment="0 = about the parent"),
    sa.Column("fact", sa.String(40), primary_key=True),
    sa.Column("value", sa.String(60), nullable=False),
    sa.Column("at", Instant, nullable=False),
)
