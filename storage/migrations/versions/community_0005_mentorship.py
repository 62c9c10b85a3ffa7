"""mentorship"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key, json_type

revision = "community_0005"
down_revision = "community_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mentor_applications",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False, comment="mentor | family"),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("cohorts", json_type(), nullable=False),
        sa.Column("topics", json_type(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False, comment="from UTC when applied"),
        sa.Column("load_limit", sa.SmallInteger(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False, comment="sealed words about oneself"),
        sa.Column("applied_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_mentor_applications_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_mentor_applications_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_applications")),
        sa.UniqueConstraint(
            "community_id",
            "person_id",
            "side",
            name=op.f("uq_mentor_applications_community_id_person_id_side"),
        ),
    )
    op.create_table(
        "mentor_pairs",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("mentor_id", sa.BigInteger(), nullable=False),
        sa.Column("family_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reasons", json_type(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("mentor_agreed", sa.Boolean(), nullable=False),
        sa.Column("family_agreed", sa.Boolean(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("last_message_at", Instant(), nullable=True),
        sa.Column("check_in_at", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("mentor_feedback", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.Column("family_feedback", sa.LargeBinary(), nullable=True, comment="sealed"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_mentor_pairs_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["people.id"], name=op.f("fk_mentor_pairs_family_id")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["people.id"], name=op.f("fk_mentor_pairs_mentor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_pairs")),
    )
    op.create_index("ix_mentor_pairs_check_in", "mentor_pairs", ["check_in_at"], unique=False)
    op.create_index("ix_mentor_pairs_family", "mentor_pairs", ["family_id", "state"], unique=False)
    op.create_index("ix_mentor_pairs_mentor", "mentor_pairs", ["mentor_id", "state"], unique=False)
    op.create_table(
        "mentor_flags",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("pair_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["mentor_pairs.id"], name=op.f("fk_mentor_flags_pair_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_flags")),
    )
    op.create_index("ix_mentor_flags_pair", "mentor_flags", ["pair_id", "at"], unique=False)
    op.create_table(
        "mentor_messages",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pair_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("outbox_key", sa.String(length=190), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["mentor_pairs.id"], name=op.f("fk_mentor_messages_pair_id")
        ),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_mentor_messages")),
    )
    op.create_index("ix_mentor_messages_pair", "mentor_messages", ["pair_id", "at"], unique=False)
