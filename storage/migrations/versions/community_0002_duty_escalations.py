"""duty_escalations"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key

revision = "community_0002"
down_revision = "community_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_exemptions",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("expert_id", sa.BigInteger(), nullable=False),
        sa.Column("speciality", sa.String(length=24), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False, comment="ISO local date"),
        sa.Column("kind", sa.String(length=8), nullable=False, comment="off | extra"),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_duty_exemptions_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["people.id"], name=op.f("fk_duty_exemptions_expert_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_exemptions")),
    )
    op.create_index(
        "ix_duty_exemptions_day", "duty_exemptions", ["community_id", "day"], unique=False
    )
    op.create_table(
        "duty_limits",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("expert_id", sa.BigInteger(), nullable=False),
        sa.Column("open_at_once", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_duty_limits_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["people.id"], name=op.f("fk_duty_limits_expert_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "expert_id", name=op.f("pk_duty_limits")),
    )
    op.create_table(
        "duty_shifts",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("expert_id", sa.BigInteger(), nullable=False),
        sa.Column("speciality", sa.String(length=24), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False, comment="Monday is 0"),
        sa.Column(
            "starts", sa.String(length=5), nullable=False, comment="HH:MM on the expert's clock"
        ),
        sa.Column(
            "ends", sa.String(length=5), nullable=False, comment="not after starts: the next day"
        ),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column(
            "first_day", sa.String(length=10), nullable=True, comment="ISO local date, included"
        ),
        sa.Column(
            "last_day", sa.String(length=10), nullable=True, comment="ISO local date, included"
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_duty_shifts_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["people.id"], name=op.f("fk_duty_shifts_expert_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shifts")),
    )
    op.create_index(
        "ix_duty_shifts_community", "duty_shifts", ["community_id", "weekday"], unique=False
    )
    op.create_table(
        "duty_swaps",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "day", sa.String(length=10), nullable=False, comment="ISO local date the hours begin on"
        ),
        sa.Column("gives_id", sa.BigInteger(), nullable=False),
        sa.Column("takes_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_duty_swaps_community_id")
        ),
        sa.ForeignKeyConstraint(["gives_id"], ["people.id"], name=op.f("fk_duty_swaps_gives_id")),
        sa.ForeignKeyConstraint(["takes_id"], ["people.id"], name=op.f("fk_duty_swaps_takes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_swaps")),
    )
    op.create_index("ix_duty_swaps_day", "duty_swaps", ["community_id", "day"], unique=False)
    op.create_table(
        "escalations",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("severity", sa.String(length=12), nullable=False),
        sa.Column("speciality", sa.String(length=24), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="sealed words of the asker"),
        sa.Column("asker_id", sa.BigInteger(), nullable=True),
        sa.Column("asker_telegram", sa.BigInteger(), nullable=True),
        sa.Column("cohort", sa.String(length=8), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("media", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column(
            "step", sa.String(length=12), nullable=False, comment="what happens next by itself"
        ),
        sa.Column("step_at", Instant(), nullable=True),
        sa.Column("assigned_id", sa.BigInteger(), nullable=True),
        sa.Column("assigned_at", Instant(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False, comment="how many cards were made of it"),
        sa.Column(
            "left_seconds",
            sa.Integer(),
            nullable=True,
            comment="working seconds left when the clock stopped",
        ),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("rating", sa.String(length=8), nullable=True, comment="yes | partly | no"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_escalations_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
        sa.UniqueConstraint("key", name=op.f("uq_escalations_key")),
    )
    op.create_index("ix_escalations_asker", "escalations", ["asker_id"], unique=False)
    op.create_index(
        "ix_escalations_assigned", "escalations", ["assigned_id", "state"], unique=False
    )
    op.create_index("ix_escalations_step", "escalations", ["step_at"], unique=False)
    op.create_table(
        "escalation_relays",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("escalation_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "outbox_key", sa.String(length=190), nullable=False, comment="the row that carried it"
        ),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_escalation_relays_escalation_id")
        ),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_escalation_relays")),
    )
    op.create_index(
        "ix_escalation_relays_escalation", "escalation_relays", ["escalation_id"], unique=False
    )
