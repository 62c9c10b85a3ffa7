"""Questions of parents."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("asker_id", sa.BigInteger),
    sa.Column("asker_telegram", sa.BigInteger, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="sealed words"),
    sa.Column("cohort", sa.String(8), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("due_at", Instant, comment="when an unanswered one is taken to an expert"),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("topic_id", sa.BigInteger),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("answered_at", Instant),
    sa.UniqueConstraint("chat_id", "message_id"),
    sa.Index("ix_questions_due", "due_at"),
    sa.Index("ix_questions_asker", "asker_telegram", "asked_at"),
)

question_likes = sa.Table(
    "question_likes",
    metadata,
    sa.Column("question_id", sa.BigInteger, sa.ForeignKey("questions.id"), primary_key=True),
    sa.Column("telegram_id", sa.BigInteger, primary_key=True, autoincrement=False),
)
