"""What the school's platform tells us: every event once, and what follows from them for each child and parent."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

platform_events = sa.Table(
    "platform_events",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("source", sa.String(40), nullable=False, comment="name of the write key"),
    sa.Column("message", sa.String(32), nullable=False, comment="BLAKE2b-128 of the message id"),
    sa.Column("type", sa.String(10), nullable=False, comment="track, identify, alias ..."),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("version", sa.Integer, nullable=False, comment="of the event's schema; 0 = none"),
    sa.Column("at", Instant, nullable=False, comment="when it happened, skew corrected"),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("user_ref", sa.String(64), comment="blind index of userId"),
    sa.Column("learner_ref", sa.String(64), comment="blind index of the learner's id"),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("child_id", sa.BigInteger),
    sa.Column("history", sa.Boolean, nullable=False, comment="imported: state, never messages"),
    sa.Column("facts", json_type(), nullable=False, comment="properties the schema names"),
    sa.Column(
        "sealed", sa.LargeBinary, comment="what may hold names or contacts; emptied once used"
    ),
    sa.Column(
        "state",
        sa.String(12),
        nullable=False,
        comment="received | applied | kept | parked | quarantined | rejected | failed | withheld | expired | dropped",
    ),
    sa.Column("error", sa.String(80), comment="a code and a field, never a value"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.UniqueConstraint("source", "message"),
    sa.Index(
        "ix_platform_events_open",
        "state",
        "id",
        sqlite_where=sa.text("state NOT IN ('applied', 'kept')"),
        postgresql_where=sa.text("state NOT IN ('applied', 'kept')"),
    ),
    sa.Index(
        "ix_platform_events_user",
        "user_ref",
        sqlite_where=sa.text("state = 'parked'"),
        postgresql_where=sa.text("state = 'parked'"),
    ),
    sa.Index(
        "ix_platform_events_learner",
        "learner_ref",
        sqlite_where=sa.text("state = 'parked'"),
        postgresql_where=sa.text("state = 'parked'"),
    ),
    sa.Index("ix_platform_events_person", "person_id"),
    sa.Index("ix_platform_events_child", "child_id"),
)

learning_lessons = sa.Table(
    "learning_lessons",
    metadata,
    sa.Column("event_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("child_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(8), nullable=False, comment="start | finish"),
    sa.Column("at", Instant, nullable=False),
    sa.Column(
        "day", sa.String(10), nullable=False, comment="learner's date; a day begins at 03:00"
    ),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("lesson", sa.String(190), nullable=False, comment="the platform's id, may be empty"),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Index("ix_learning_lessons_child", "child_id", "day"),
)

learning_states = sa.Table(
    "learning_states",
    metadata,
    sa.Column("kind", sa.String(6), primary_key=True, comment="child | person"),
    sa.Column("subject_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("child_id", sa.BigInteger, comment="subject_id of a child, for erasure"),
    sa.Column("person_id", sa.BigInteger, comment="subject_id of a person, for erasure"),
    sa.Column(
        "registers", json_type(), nullable=False, comment="name -> [microseconds, id, value]"
    ),
    sa.Index("ix_learning_states_child", "child_id"),
    sa.Index("ix_learning_states_person", "person_id"),
)

learning_amnesties = sa.Table(
    "learning_amnesties",
    metadata,
    sa.Column(
        "day", sa.String(10), primary_key=True, comment="a missed lesson of this day costs nothing"
    ),
    sa.Column("reason", sa.String(120), nullable=False),
    sa.Column("at", Instant, nullable=False),
)
