"""Editorial items as they were, for rows planned with a version that has left the files."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables.base import metadata
from storage.types import Instant, json_type

kept_items = sa.Table(
    "kept_items",
    metadata,
    sa.Column("item", sa.String(80), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("language", sa.String(8), primary_key=True),
    sa.Column("definition", json_type(), nullable=False),
    sa.Column("kept_at", Instant, nullable=False),
)
