"""session topics"""

import sqlalchemy as sa
from alembic import op

revision = "community_0007"
down_revision = "community_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "ama_sessions",
        sa.Column("thread_id", sa.BigInteger(), comment="its own topic; null = the shared one"),
    )
