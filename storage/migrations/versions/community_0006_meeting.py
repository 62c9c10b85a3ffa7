"""meeting"""

import sqlalchemy as sa
from alembic import op

revision = "community_0006"
down_revision = "community_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("mentor_opens", "family_opens"):
        op.add_column(
            "mentor_pairs",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
