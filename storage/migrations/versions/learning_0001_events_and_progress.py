"""events_and_progress"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key, json_type

revision = "learning_0001"
down_revision = None
branch_labels = ("learning",)
depends_on = ("house_0001",)


def upgrade() -> None:
    op.create_table(
        "learning_amnesties",
        sa.Column(
            "day",
            sa.String(length=10),
            nullable=False,
            comment="a missed lesson of this day costs nothing",
        ),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_learning_amnesties")),
    )
    op.create_table(
        "learning_lessons",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False, comment="start | finish"),
        sa.Column("at", Instant(), nullable=False),
        sa.Column(
            "day",
            sa.String(length=10),
            nullable=False,
            comment="learner's date; a day begins at 03:00",
        ),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column(
            "lesson",
            sa.String(length=190),
            nullable=False,
            comment="the platform's id, may be empty",
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_learning_lessons")),
    )
    op.create_index(
        "ix_learning_lessons_child", "learning_lessons", ["child_id", "day"], unique=False
    )
    op.create_table(
        "learning_states",
        sa.Column("kind", sa.String(length=6), nullable=False, comment="child | person"),
        sa.Column("subject_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "child_id", sa.BigInteger(), nullable=True, comment="subject_id of a child, for erasure"
        ),
        sa.Column(
            "person_id",
            sa.BigInteger(),
            nullable=True,
            comment="subject_id of a person, for erasure",
        ),
        sa.Column(
            "registers", json_type(), nullable=False, comment="name -> [microseconds, id, value]"
        ),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_learning_states")),
    )
    op.create_index("ix_learning_states_child", "learning_states", ["child_id"], unique=False)
    op.create_index("ix_learning_states_person", "learning_states", ["person_id"], unique=False)
    op.create_table(
        "platform_events",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False, comment="name of the write key"),
        sa.Column(
            "message", sa.String(length=32), nullable=False, comment="BLAKE2b-128 of the message id"
        ),
        sa.Column(
            "type", sa.String(length=10), nullable=False, comment="track, identify, alias ..."
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="of the event's schema; 0 = none"
        ),
        sa.Column("at", Instant(), nullable=False, comment="when it happened, skew corrected"),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("user_ref", sa.String(length=64), nullable=True, comment="blind index of userId"),
        sa.Column(
            "learner_ref",
            sa.String(length=64),
            nullable=True,
            comment="blind index of the learner's id",
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("child_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "history", sa.Boolean(), nullable=False, comment="imported: state, never messages"
        ),
        sa.Column("facts", json_type(), nullable=False, comment="properties the schema names"),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="what may hold names or contacts; emptied once used",
        ),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="received | applied | kept | parked | quarantined | rejected | failed | withheld | expired | dropped",
        ),
        sa.Column(
            "error",
            sa.String(length=80),
            nullable=True,
            comment="a code and a field, never a value",
        ),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_events")),
        sa.UniqueConstraint("source", "message", name=op.f("uq_platform_events_source_message")),
    )
    op.create_index("ix_platform_events_child", "platform_events", ["child_id"], unique=False)
    op.create_index(
        "ix_platform_events_learner",
        "platform_events",
        ["learner_ref"],
        unique=False,
        sqlite_where=sa.text("state = 'parked'"),
        postgresql_where=sa.text("state = 'parked'"),
    )
    op.create_index(
        "ix_platform_events_open",
        "platform_events",
        ["state", "id"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('applied', 'kept')"),
        postgresql_where=sa.text("state NOT IN ('applied', 'kept')"),
    )
    op.create_index("ix_platform_events_person", "platform_events", ["person_id"], unique=False)
    op.create_index(
        "ix_platform_events_user",
        "platform_events",
        ["user_ref"],
        unique=False,
        sqlite_where=sa.text("state = 'parked'"),
        postgresql_where=sa.text("state = 'parked'"),
    )
