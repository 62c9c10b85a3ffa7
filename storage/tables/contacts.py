"""Personal data left on the school's own page, and links that work once."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant

contacts = sa.Table(
    "contacts",
    metadata,
    sa.Column("person_id", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.String(12), primary_key=True, comment="phone | email"),
    sa.Column("value", sa.LargeBinary, nullable=False, comment="sealed"),
    sa.Column("blind", sa.String(64), nullable=False, comment="keyed hash, for look-ups"),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Index("ix_contacts_blind", "kind", "blind"),
)

used_links = sa.Table(
    "used_links",
    metadata,
    sa.Column(
        "digest", sa.String(32), primary_key=True, comment="of a signed link that works once"
    ),
    sa.Column("used_at", Instant, nullable=False),
)
