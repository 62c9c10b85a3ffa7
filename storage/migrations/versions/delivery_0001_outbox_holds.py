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
