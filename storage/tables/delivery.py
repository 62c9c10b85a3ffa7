"""What leaves, who sends it, and what stops it."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, big_key, json_type

_OPEN = "state = 'planned'"

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("key", sa.String(190), nullable=False, unique=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("message_class", sa.String(12), nullable=False),
    sa.Column("lane", sa.SmallInteger, nullable=False, comment="0 control .. 3 marketing"),
    sa.Column("target", sa.String(24), nullable=False, comment="p<person> or c<chat>"),
    sa.Column("person_id", sa.BigInteger),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("topic", sa.BigInteger),
    sa.Column("child_id", sa.BigInteger),
    sa.Column("content", sa.String(190), nullable=False, server_default=""),
    sa.Column("facts", json_type(), nullable=False, comment="emptied with the outcome"),
    sa.Column("purpose", sa.String(40), nullable=False),
    sa.Column("campaign", sa.String(80)),
    sa.Column("due", Instant, nullable=False),
    sa.Column("expires", Instant),
    sa.Column("planned_at", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, server_default="planned"),
    sa.Column("reason", sa.String(60), comment="why it ended as it did"),
    sa.Column("held_by", sa.String(60), comment="the first reason that held it back"),
    sa.Column("reasons", json_type(), nullable=False, comment="trace, rule by rule"),
    sa.Column("attempts", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("unknowns", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("worker", sa.String(36), comment="who holds the claim"),
    sa.Column("handed_at", Instant, comment="set before Telegram is called"),
    sa.Column("done_at", Instant),
    sa.Column("sent_day", sa.String(10), comment="local date of the reader when sent"),
    sa.Column("sent_week", sa.String(8), comment="ISO week of that date"),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("consent_record", sa.String(64), comment="the ledger record that allowed it"),
    sa.Index(
        "ix_outbox_due",
        "lane",
        "due",
        "id",
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    ),
    sa.Index(
        "ix_outbox_claimed",
        "target",
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    ),
    sa.Index("ix_outbox_person", "person_id", "sent_week"),
    sa.Index("ix_outbox_campaign", "campaign", "state"),
)

delivery_workers = sa.Table(
    "delivery_workers",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("beat", sa.BigInteger, nullable=False, comment="grows while the worker lives"),
    sa.Column("seen_at", Instant, nullable=False),
)

delivery_holds = sa.Table(
    "delivery_holds",
    metadata,
    sa.Column(
        "scope",
        sa.String(200),
        primary_key=True,
        comment="all | class:<c> | campaign:<k> | content:<c> | telegram | chat:<id>",
    ),
    sa.Column("reason", sa.String(60), nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant, comment="null = until lifted by hand"),
    sa.Column("by_person", sa.BigInteger),
)

freezes = sa.Table(
    "freezes",
    metadata,
    sa.Column("id", big_key(), primary_key=True),
    sa.Column("first_day", sa.String(10), nullable=False, comment="local date, included"),
    sa.Column("last_day", sa.String(10), nullable=False, comment="local date, included"),
    sa.Column("classes", json_type(), nullable=False, comment="message classes it holds"),
    sa.Column("rule", sa.String(8), nullable=False, comment="skip | shift"),
    sa.Column("reason", sa.String(60), nullable=False),
    sa.Column("by_person", sa.BigInteger),
    sa.Column("lifted_at", Instant),
)

campaigns = sa.Table(
    "campaigns",
    metadata,
    sa.Column("key", sa.String(60), primary_key=True),
    sa.Column("title", sa.String(120), nullable=False, server_default=""),
    sa.Column("message_class", sa.String(12), nullable=False, server_default="marketing"),
    sa.Column("body", sa.Text, nullable=False, server_default="", comment="Telegram HTML"),
    sa.Column("label", sa.String(200), nullable=False, server_default="", comment="ad label"),
    sa.Column("segment", json_type(), nullable=False),
    sa.Column("local_day", sa.String(10), comment="recipients' date; null = at once"),
    sa.Column("local_hour", sa.String(5), comment="recipients' HH:MM"),
    sa.Column(
        "state",
        sa.String(12),
        nullable=False,
        server_default="draft",
        comment="draft | confirmed | running | paused | cancelled | finished",
    ),
    sa.Column("planned", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("cursor", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("created_by", sa.BigInteger, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("confirmed_by", sa.BigInteger),
    sa.Column("confirmed_at", Instant),
    sa.Column("progress_chat", sa.BigInteger),
    sa.Column("progress_message", sa.BigInteger),
    sa.Column("repeats", sa.String(60), comment="the campaign whose missed ones it is for"),
    sa.Index("ix_campaigns_state", "state"),
)
