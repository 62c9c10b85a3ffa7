"""survey answers"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key

revision = "consent_0003"
down_revision = "consent_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_answers",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("survey", sa.String(length=12), nullable=False, comment="nps | leave"),
        sa.Column(
            "question", sa.String(length=12), nullable=False, comment="score | words | cause ..."
        ),
        sa.Column(
            "wave", sa.BigInteger(), nullable=False, comment="outbox row that asked; 0 = none"
        ),
        sa.Column(
            "value",
            sa.String(length=20),
            nullable=True,
            comment="a score or a code; null = in words",
        ),
        sa.Column(
            "sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="sealed words, names and contacts masked",
        ),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
    )
    op.create_index("ix_survey_answers_person", "survey_answers", ["person_id", "id"], unique=False)
