"""AMA sessions: subscribers, questions, votes, answers."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

ama_sessions = sa.Table(
    "ama_sessions",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("expert_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("starts", Instant, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("created_by", sa.BigInteger, nullable=False),
    sa.Column("cohort", sa.String(8)),
    sa.Column("capacity", sa.Integer, comment="subscribers; null = no limit"),
    sa.Column("sequence", sa.Integer, nullable=False, comment="grows with every move"),
    sa.Column("stage_id", sa.BigInteger, comment="the question on stage"),
    sa.Column("expert_here", Instant),
    sa.Column("finished_at", Instant),
    sa.Column("notes", json_type(), nullable=False),
    sa.Column("thread_id", sa.BigInteger, comment="its own topic; null = the shared one"),
    sa.Index("ix_ama_sessions_community", "community_id", "starts"),
    sa.Index("ix_ama_sessions_state", "state", "starts"),
)

ama_subscribers = sa.Table(
    "ama_subscribers",
    metadata,
    sa.Column("session_id", sa.BigInteger, sa.ForeignKey("ama_sessions.id"), primary_key=True),
    sa.Column("person_id", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("subscribed_at", Instant, nullable=False),
    sa.Column("here_at", Instant, comment="showed up live"),
    sa.Column("rating", sa.SmallInteger, comment="1 to 5"),
)

ama_questions = sa.Table(
    "ama_questions",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("session_id", sa.BigInteger, sa.ForeignKey("ama_sessions.id"), nullable=False),
    sa.Column("asker_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="sealed words and name"),
    sa.Column("anonymous", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("umbrella_id", sa.BigInteger, comment="the question it was merged into"),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("message_id", sa.BigInteger),
    sa.Index("ix_ama_questions_session", "session_id", "state"),
    sa.Index("ix_ama_questions_message", "chat_id", "message_id"),
)

ama_votes = sa.Table(
    "ama_votes",
    metadata,
    sa.Column("question_id", sa.BigInteger, sa.ForeignKey("ama_questions.id"), primary_key=True),
    sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
)

ama_answers = sa.Table(
    "ama_answers",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("question_id", sa.BigInteger, sa.ForeignKey("ama_questions.id"), nullable=False),
    sa.Column("text", sa.Text, nullable=False, comment="the expert's public words"),
    sa.Index("ix_ama_answers_question", "question_id"),
)
