"""kept_items"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, json_type

revision = "content_0001"
down_revision = None
branch_labels = ("content",)
depends_on = ("house_0001",)


def upgrade() -> None:
    op.create_table(
        "kept_items",
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("definition", json_type(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("item", "version", "language", name=op.f("pk_kept_items")),
    )
