"""What people answered to surveys, every answer on its own: the last one counts, the earlier ones stay as history."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key

survey_answers = sa.Table(
    "survey_answers",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("survey", sa.String(12), nullable=False, comment="nps | leave"),
    sa.Column("question", sa.String(12), nullable=False, comment="score | words | cause ..."),
    sa.Column("wave", sa.BigInteger, nullable=False, comment="outbox row that asked; 0 = none"),
    sa.Column("value", sa.String(20), comment="a score or a code; null = in words"),
    sa.Column("sealed", sa.LargeBinary, comment="sealed words, names and contacts masked"),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_survey_answers_person", "person_id", "id"),
)
"""Rows are only added; erasure takes them away, the retention schedule empties words."""
