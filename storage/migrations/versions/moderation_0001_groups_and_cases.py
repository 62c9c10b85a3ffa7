"""groups_and_cases"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key, json_type

revision = "moderation_0001"
down_revision = None
branch_labels = ("moderation",)
depends_on = ("house_0001",)


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False, comment="chat:message, or album"),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("message_ids", json_type(), nullable=False),
        sa.Column("album_id", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("author_kind", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column(
            "reason", sa.String(length=16), nullable=False, comment="done | review | confirm_ban"
        ),
        sa.Column("findings", json_type(), nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=True,
            comment="raw message JSON at the time; purged by retention",
        ),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column(
            "state",
            sa.String(length=12),
            server_default="open",
            nullable=False,
            comment="open | claimed | decided | undone",
        ),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("staff_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("card_message_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("key", name=op.f("uq_cases_key")),
    )
    op.create_index("ix_cases_album", "cases", ["chat_id", "album_id"], unique=False)
    op.create_index("ix_cases_author", "cases", ["chat_id", "author_id"], unique=False)
    op.create_index("ix_cases_open", "cases", ["state", "due_at"], unique=False)
    op.create_table(
        "members",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("messages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_at", Instant(), nullable=True),
        sa.Column("trusted", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "user_id", name=op.f("pk_members")),
    )
    op.create_table(
        "messages",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.Column("album_id", sa.String(length=32), nullable=True),
        sa.Column("fingerprint", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("signals", sa.String(length=120), server_default="", nullable=False),
        sa.Column("has_media", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "body", sa.LargeBinary(), nullable=True, comment="raw message JSON; purged by retention"
        ),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_album", "messages", ["chat_id", "album_id"], unique=False)
    op.create_index("ix_messages_at", "messages", ["at"], unique=False)
    op.create_index("ix_messages_author", "messages", ["chat_id", "author_id", "at"], unique=False)
    op.create_table(
        "case_steps",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column(
            "actor_id", sa.BigInteger(), nullable=True, comment="Telegram id; null = the bot"
        ),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("facts", json_type(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_steps_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_steps")),
    )
    op.create_index("ix_case_steps_case", "case_steps", ["case_id"], unique=False)
    op.create_table(
        "sanctions",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind", sa.String(length=16), nullable=False, comment="warn | mute | ban | ban_channel"
        ),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Integer(), server_default="0", nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column(
            "actor_id", sa.BigInteger(), nullable=True, comment="Telegram id; null = the bot"
        ),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "end_reason",
            sa.String(length=20),
            nullable=True,
            comment="lapsed | undone | lifted | appeal",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sanctions_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions")),
    )
    op.create_index("ix_sanctions_until", "sanctions", ["ended_at", "until"], unique=False)
    op.create_index("ix_sanctions_user", "sanctions", ["chat_id", "user_id"], unique=False)
