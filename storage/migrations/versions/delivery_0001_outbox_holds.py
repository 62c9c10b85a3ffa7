"""outbox_holds"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key, json_type

revision = "delivery_0001"
down_revision = None
branch_labels = ("delivery",)
depends_on = ("house_0001",)


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), server_default="", nullable=False),
        sa.Column(
            "message_class", sa.String(length=12), server_default="marketing", nullable=False
        ),
        sa.Column("body", sa.Text(), server_default="", nullable=False, comment="Telegram HTML"),
        sa.Column(
            "label", sa.String(length=200), server_default="", nullable=False, comment="ad label"
        ),
        sa.Column("segment", json_type(), nullable=False),
        sa.Column(
            "local_day",
            sa.String(length=10),
            nullable=True,
            comment="recipients' date; null = at once",
        ),
        sa.Column("local_hour", sa.String(length=5), nullable=True, comment="recipients' HH:MM"),
        sa.Column(
            "state",
            sa.String(length=12),
            server_default="draft",
            nullable=False,
            comment="draft | confirmed | running | paused | cancelled | finished",
        ),
        sa.Column("planned", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("progress_chat", sa.BigInteger(), nullable=True),
        sa.Column("progress_message", sa.BigInteger(), nullable=True),
        sa.Column(
            "repeats",
            sa.String(length=60),
            nullable=True,
            comment="the campaign whose missed ones it is for",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_campaigns")),
    )
    op.create_index("ix_campaigns_state", "campaigns", ["state"], unique=False)
    op.create_table(
        "delivery_holds",
        sa.Column(
            "scope",
            sa.String(length=200),
            nullable=False,
            comment="all | class:<c> | campaign:<k> | content:<c> | telegram | chat:<id>",
        ),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True, comment="null = until lifted by hand"),
        sa.Column("by_person", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_delivery_holds")),
    )
    op.create_table(
        "delivery_workers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("beat", sa.BigInteger(), nullable=False, comment="grows while the worker lives"),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_workers")),
    )
    op.create_table(
        "enrolments",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("journey", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.BigInteger(), nullable=False, comment="0 = about the parent"),
        sa.Column(
            "entry", sa.Integer(), nullable=False, comment="1 at the first time, 2 at the next"
        ),
        sa.Column("anchor", sa.String(length=10), nullable=False, comment="local date of day 0"),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False, comment="number of the next step"),
        sa.Column("wake_at", Instant(), nullable=False, comment="when the next step is looked at"),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="active | done | exited | held_out",
        ),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint(
            "journey",
            "person_id",
            "child_id",
            "entry",
            name=op.f("uq_enrolments_journey_person_id_child_id_entry"),
        ),
    )
    op.create_index(
        "ix_enrolments_due",
        "enrolments",
        ["wake_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_index("ix_enrolments_person", "enrolments", ["person_id"], unique=False)
    op.create_table(
        "freezes",
        sa.Column("id", big_key(), nullable=False),
        sa.Column(
            "first_day", sa.String(length=10), nullable=False, comment="local date, included"
        ),
        sa.Column("last_day", sa.String(length=10), nullable=False, comment="local date, included"),
        sa.Column("classes", json_type(), nullable=False, comment="message classes it holds"),
        sa.Column("rule", sa.String(length=8), nullable=False, comment="skip | shift"),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("by_person", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freezes")),
    )
    op.create_table(
        "journey_answers",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.BigInteger(), nullable=False, comment="0 = about the parent"),
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "child_id", "fact", name=op.f("pk_journey_answers")),
    )
    op.create_table(
        "journey_versions",
        sa.Column("journey", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", json_type(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("journey", "version", name=op.f("pk_journey_versions")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("key", sa.String(length=190), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("message_class", sa.String(length=12), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False, comment="0 control .. 3 marketing"),
        sa.Column("target", sa.String(length=24), nullable=False, comment="p<person> or c<chat>"),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("topic", sa.BigInteger(), nullable=True),
        sa.Column("child_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.String(length=190), server_default="", nullable=False),
        sa.Column("facts", json_type(), nullable=False, comment="emptied with the outcome"),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("campaign", sa.String(length=80), nullable=True),
        sa.Column("due", Instant(), nullable=False),
        sa.Column("expires", Instant(), nullable=True),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=12), server_default="planned", nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True, comment="why it ended as it did"),
        sa.Column(
            "held_by",
            sa.String(length=60),
            nullable=True,
            comment="the first reason that held it back",
        ),
        sa.Column("reasons", json_type(), nullable=False, comment="trace, rule by rule"),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("unknowns", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("worker", sa.String(length=36), nullable=True, comment="who holds the claim"),
        sa.Column("handed_at", Instant(), nullable=True, comment="set before Telegram is called"),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column(
            "sent_day",
            sa.String(length=10),
            nullable=True,
            comment="local date of the reader when sent",
        ),
        sa.Column("sent_week", sa.String(length=8), nullable=True, comment="ISO week of that date"),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "consent_record",
            sa.String(length=64),
            nullable=True,
            comment="the ledger record that allowed it",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index("ix_outbox_campaign", "outbox", ["campaign", "state"], unique=False)
    op.create_index(
        "ix_outbox_claimed",
        "outbox",
        ["target"],
        unique=False,
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["lane", "due", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_index("ix_outbox_person", "outbox", ["person_id", "sent_week"], unique=False)
