"""questions"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key

revision = "community_0003"
down_revision = "community_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("asker_id", sa.BigInteger(), nullable=True),
        sa.Column("asker_telegram", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="sealed words"),
        sa.Column("cohort", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column(
            "due_at",
            Instant(),
            nullable=True,
            comment="when an unanswered one is taken to an expert",
        ),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_questions_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_questions_chat_id_message_id")),
    )
    op.create_index("ix_questions_asker", "questions", ["asker_telegram", "asked_at"], unique=False)
    op.create_index("ix_questions_due", "questions", ["due_at"], unique=False)
    op.create_table(
        "question_likes",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_likes_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "telegram_id", name=op.f("pk_question_likes")),
    )
