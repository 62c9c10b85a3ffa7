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
        sa.Column("fingerprint", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "joined_to",
            sa.BigInteger(),
            nullable=True,
            comment="an earlier case this one is a copy of",
        ),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("key", name=op.f("uq_cases_key")),
    )
    op.create_index("ix_cases_album", "cases", ["chat_id", "album_id"], unique=False)
    op.create_index("ix_cases_author", "cases", ["chat_id", "author_id"], unique=False)
    op.create_index(
        "ix_cases_copies", "cases", ["chat_id", "fingerprint", "opened_at"], unique=False
    )
    op.create_index("ix_cases_open", "cases", ["state", "due_at"], unique=False)
    op.create_table(
        "members",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("messages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_at", Instant(), nullable=True),
        sa.Column("trusted", sa.Boolean(), server_default=sa.false(), nullable=False),
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
        sa.Column(
            "version",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="hash of all a reader sees",
        ),
        sa.Column("signals", sa.String(length=120), server_default="", nullable=False),
        sa.Column("has_media", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "body", sa.LargeBinary(), nullable=True, comment="raw message JSON; purged by retention"
        ),
        sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_album", "messages", ["chat_id", "album_id"], unique=False)
    op.create_index("ix_messages_at", "messages", ["at"], unique=False)
    op.create_index("ix_messages_author", "messages", ["chat_id", "author_id", "at"], unique=False)
    op.create_table(
        "missing_rights",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("right_name", sa.String(length=40), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "right_name", name=op.f("pk_missing_rights")),
    )
    op.create_table(
        "policy_changes",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False, comment="0 = the whole chat"),
        sa.Column("key", sa.String(length=60), nullable=False, comment="section.field"),
        sa.Column("before", json_type(), nullable=True, comment="null = the default"),
        sa.Column("after", json_type(), nullable=True, comment="null = the default"),
        sa.Column("author_id", sa.BigInteger(), nullable=False, comment="Telegram id"),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_changes")),
    )
    op.create_index(
        "ix_policy_changes_place",
        "policy_changes",
        ["chat_id", "topic_id", "key", "id"],
        unique=False,
    )
    op.create_table(
        "raid_gates",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False, comment="opens by itself at this instant"),
        sa.Column("author_id", sa.BigInteger(), nullable=True, comment="null = closed by a surge"),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_raid_gates")),
    )
    op.create_table(
        "appeals",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state", sa.String(length=12), nullable=False, comment="open | upheld | rejected"
        ),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("alarmed_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_appeals_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("case_id", name=op.f("uq_appeals_case_id")),
    )
    op.create_index("ix_appeals_open", "appeals", ["state", "due_at"], unique=False)
    op.create_table(
        "case_bodies",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=True,
            comment="raw JSON of a later version; purged by retention",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_bodies_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_bodies")),
        sa.UniqueConstraint("case_id", "version", name=op.f("uq_case_bodies_case_id_version")),
    )
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
        "member_notes",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column(
            "sealed", sa.LargeBinary(), nullable=False, comment="sealed words of a moderator"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_member_notes_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_notes")),
    )
    op.create_index("ix_member_notes_user", "member_notes", ["chat_id", "user_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "reporter_id", sa.BigInteger(), nullable=False, comment="Telegram id; never shown"
        ),
        sa.Column(
            "weight", sa.Float(), nullable=False, comment="accuracy of the reporter at that time"
        ),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("was_right", sa.Boolean(), nullable=True, comment="null = not decided"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reports_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("case_id", "reporter_id", name=op.f("uq_reports_case_id_reporter_id")),
    )
    op.create_index("ix_reports_reporter", "reports", ["reporter_id", "at"], unique=False)
    op.create_table(
        "samples",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("spam", sa.Boolean(), nullable=False),
        sa.Column(
            "fingerprint", json_type(), nullable=False, comment="MinHash of the text, no words"
        ),
        sa.Column("author_id", sa.BigInteger(), nullable=False, comment="who marked it"),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_samples_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_samples")),
    )
    op.create_index("ix_samples_chat", "samples", ["chat_id"], unique=False)
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
