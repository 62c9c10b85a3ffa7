"""ama"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key, json_type

revision = "community_0004"
down_revision = "community_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ama_sessions",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("expert_id", sa.BigInteger(), nullable=False),
        sa.Column("starts", Instant(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("cohort", sa.String(length=8), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True, comment="subscribers; null = no limit"),
        sa.Column("sequence", sa.Integer(), nullable=False, comment="grows with every move"),
        sa.Column("stage_id", sa.BigInteger(), nullable=True, comment="the question on stage"),
        sa.Column("expert_here", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("notes", json_type(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_ama_sessions_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["people.id"], name=op.f("fk_ama_sessions_expert_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ama_sessions")),
    )
    op.create_index(
        "ix_ama_sessions_community", "ama_sessions", ["community_id", "starts"], unique=False
    )
    op.create_index("ix_ama_sessions_state", "ama_sessions", ["state", "starts"], unique=False)
    op.create_table(
        "ama_questions",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("asker_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="sealed words and name"),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column(
            "umbrella_id", sa.BigInteger(), nullable=True, comment="the question it was merged into"
        ),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["people.id"], name=op.f("fk_ama_questions_asker_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["ama_sessions.id"], name=op.f("fk_ama_questions_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ama_questions")),
    )
    op.create_index(
        "ix_ama_questions_message", "ama_questions", ["chat_id", "message_id"], unique=False
    )
    op.create_index(
        "ix_ama_questions_session", "ama_questions", ["session_id", "state"], unique=False
    )
    op.create_table(
        "ama_subscribers",
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("subscribed_at", Instant(), nullable=False),
        sa.Column("here_at", Instant(), nullable=True, comment="showed up live"),
        sa.Column("rating", sa.SmallInteger(), nullable=True, comment="1 to 5"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_ama_subscribers_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["ama_sessions.id"], name=op.f("fk_ama_subscribers_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_ama_subscribers")),
    )
    op.create_table(
        "ama_answers",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="the expert's public words"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["ama_questions.id"], name=op.f("fk_ama_answers_question_id")
        ),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_ama_answers")),
    )
    op.create_index("ix_ama_answers_question", "ama_answers", ["question_id"], unique=False)
    op.create_table(
        "ama_votes",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["ama_questions.id"], name=op.f("fk_ama_votes_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "person_id", name=op.f("pk_ama_votes")),
    )
