"""Duty schedules and escalations."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key

duty_shifts = sa.Table(
    "duty_shifts",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("expert_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("speciality", sa.String(24), nullable=False),
    sa.Column("weekday", sa.SmallInteger, nullable=False, comment="Monday is 0"),
    sa.Column("starts", sa.String(5), nullable=False, comment="HH:MM on the expert's clock"),
    sa.Column("ends", sa.String(5), nullable=False, comment="not after starts: the next day"),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("first_day", sa.String(10), comment="ISO local date, included"),
    sa.Column("last_day", sa.String(10), comment="ISO local date, included"),
    sa.Index("ix_duty_shifts_community", "community_id", "weekday"),
)

duty_exemptions = sa.Table(
    "duty_exemptions",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("expert_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("speciality", sa.String(24), nullable=False),
    sa.Column("day", sa.String(10), nullable=False, comment="ISO local date"),
    sa.Column("kind", sa.String(8), nullable=False, comment="off | extra"),
    sa.Column("starts", sa.String(5), nullable=False),
    sa.Column("ends", sa.String(5), nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Index("ix_duty_exemptions_day", "community_id", "day"),
)

duty_swaps = sa.Table(
    "duty_swaps",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("day", sa.String(10), nullable=False, comment="ISO local date the hours begin on"),
    sa.Column("gives_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("takes_id", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("accepted_at", Instant),
    sa.Index("ix_duty_swaps_day", "community_id", "day"),
)

duty_limits = sa.Table(
    "duty_limits",
    metadata,
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), primary_key=True),
    sa.Column("expert_id", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("open_at_once", sa.SmallInteger, nullable=False),
)

escalations = sa.Table(
    "escalations",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("key", sa.String(120), nullable=False, unique=True),
    sa.Column("community_id", sa.BigInteger, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("source", sa.String(12), nullable=False),
    sa.Column("severity", sa.String(12), nullable=False),
    sa.Column("speciality", sa.String(24), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False, comment="sealed words of the asker"),
    sa.Column("asker_id", sa.BigInteger),
    sa.Column("asker_telegram", sa.BigInteger),
    sa.Column("cohort", sa.String(8), nullable=False),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("topic_id", sa.BigInteger),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("private", sa.Boolean, nullable=False),
    sa.Column("media", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("due_at", Instant),
    sa.Column("step", sa.String(12), nullable=False, comment="what happens next by itself"),
    sa.Column("step_at", Instant),
    sa.Column("assigned_id", sa.BigInteger),
    sa.Column("assigned_at", Instant),
    sa.Column("answers", sa.Integer, nullable=False),
    sa.Column("cards", sa.Integer, nullable=False, comment="how many cards were made of it"),
    sa.Column("left_seconds", sa.Integer, comment="working seconds left when the clock stopped"),
    sa.Column("closed_at", Instant),
    sa.Column("rating", sa.String(8), comment="yes | partly | no"),
    sa.Index("ix_escalations_step", "step_at"),
    sa.Index("ix_escalations_assigned", "assigned_id", "state"),
    sa.Index("ix_escalations_asker", "asker_id"),
)

escalation_relays = sa.Table(
    "escalation_relays",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("escalation_id", sa.BigInteger, sa.ForeignKey("escalations.id"), nullable=False),
    sa.Column("outbox_key", sa.String(190), nullable=False, comment="the row that carried it"),
    sa.Column("edits", sa.Integer, nullable=False),
    sa.Index("ix_escalation_relays_escalation", "escalation_id"),
)
