"""people_places"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key, json_type

revision = "community_0001"
down_revision = None
branch_labels = ("community",)
depends_on = ("house_0001",)


def upgrade() -> None:
    op.create_table(
        "communities",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column(
            "zone", sa.String(length=64), nullable=False, comment="IANA zone of the community"
        ),
        sa.Column("settings", json_type(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column(
            "removed_at",
            Instant(),
            nullable=True,
            comment="the bot was removed or the chat deleted",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communities")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_communities_chat_id")),
        sa.UniqueConstraint("staff_chat_id", name=op.f("uq_communities_staff_chat_id")),
    )
    op.create_table(
        "community_members",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False, comment="member | left | banned"),
        sa.Column("first_joined_at", Instant(), nullable=False),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.Column("left_at", Instant(), nullable=True),
        sa.Column("visits", sa.Integer(), nullable=False, comment="how often the person joined"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_community_members_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "telegram_id", name=op.f("pk_community_members")),
    )
    op.create_index(
        "ix_community_members_joined",
        "community_members",
        ["community_id", "joined_at"],
        unique=False,
    )
    op.create_table(
        "community_settings_log",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("before", json_type(), nullable=True),
        sa.Column("after", json_type(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_community_settings_log_community_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_settings_log")),
    )
    op.create_index(
        "ix_community_settings_log_name",
        "community_settings_log",
        ["community_id", "name", "id"],
        unique=False,
    )
    op.create_table(
        "community_topics",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "key", sa.String(length=60), nullable=False, comment="from content/community.yaml"
        ),
        sa.Column(
            "chat_id", sa.BigInteger(), nullable=False, comment="the community or its staff forum"
        ),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False, comment="open | closed | gone"),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_community_topics_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "key", name=op.f("pk_community_topics")),
    )
    op.create_index(
        "ix_community_topics_thread", "community_topics", ["chat_id", "thread_id"], unique=False
    )
    op.create_table(
        "drafts",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind", sa.String(length=40), nullable=False, comment="which form is being filled in"
        ),
        sa.Column("ref", sa.String(length=40), nullable=False, comment="what it is about"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="sealed JSON of the answers"),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "join_requests",
        sa.Column("community_id", sa.BigInteger(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="asked | queued | approved | declined | gone",
        ),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_join_requests_community_id")
        ),
        sa.PrimaryKeyConstraint("community_id", "telegram_id", name=op.f("pk_join_requests")),
    )
    op.create_table(
        "role_grants",
        sa.Column("id", big_key(), nullable=False),
        sa.Column(
            "community_id", sa.BigInteger(), nullable=True, comment="null = in every community"
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column(
            "speciality",
            sa.String(length=24),
            nullable=True,
            comment="experts: methodist | psychologist | support",
        ),
        sa.Column(
            "granted_by",
            sa.BigInteger(),
            nullable=True,
            comment="null = the settings of the installation",
        ),
        sa.Column("granted_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_role_grants_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_role_grants_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
    )
    op.create_index(
        "ix_role_grants_person", "role_grants", ["person_id", "community_id"], unique=False
    )
