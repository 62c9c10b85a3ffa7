"""intake_people"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key, json_type

revision = "house_0001"
down_revision = None
branch_labels = ("house",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "children",
        sa.Column("id", big_key(), nullable=False),
        sa.Column(
            "name", sa.LargeBinary(), nullable=True, comment="sealed first name; null = not given"
        ),
        sa.Column(
            "birth", sa.LargeBinary(), nullable=True, comment="sealed ISO year-month or full date"
        ),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_children")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=36), nullable=False, comment="UUIDv7"),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("child_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("facts", json_type(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_name_at", "events", ["name", "at"], unique=False)
    op.create_index("ix_events_person_at", "events", ["person_id", "at"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "lane", sa.String(length=40), nullable=False, comment="order key: chat or person"
        ),
        sa.Column("payload", sa.LargeBinary(), nullable=True, comment="raw JSON; purged once done"),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="received | acted | done | quarantined",
        ),
        sa.Column(
            "error",
            sa.String(length=200),
            nullable=True,
            comment="exception class and phase, never its text",
        ),
        sa.Column("done_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    op.create_index(
        "ix_inbox_open",
        "inbox",
        ["state", "update_id"],
        unique=False,
        sqlite_where=sa.text("state != 'done'"),
        postgresql_where=sa.text("state != 'done'"),
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", json_type(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    op.create_table(
        "people",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "display_name",
            sa.String(length=130),
            nullable=True,
            comment="first and last name in Telegram, staff only",
        ),
        sa.Column(
            "username",
            sa.String(length=40),
            nullable=True,
            comment="staff only: to notice imitators",
        ),
        sa.Column("language", sa.String(length=8), server_default="ru", nullable=False),
        sa.Column(
            "zone", sa.String(length=64), nullable=True, comment="IANA zone; null = the school's"
        ),
        sa.Column(
            "channel",
            sa.String(length=12),
            server_default="unknown",
            nullable=False,
            comment="unknown | active | blocked | deactivated",
        ),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("last_seen_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.Column(
            "stage",
            sa.String(length=24),
            server_default="new",
            nullable=False,
            comment="how far the first steps went: language | consents | child | done",
        ),
        sa.Column(
            "preferences",
            json_type(),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="digest day and hour, quiet hours, topics, pause; see consent.preferences",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_people_telegram_id")),
    )
    op.create_table(
        "deep_links",
        sa.Column(
            "token_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the start payload",
        ),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column(
            "parent",
            sa.String(length=64),
            nullable=True,
            comment="blind index of the parent's id there",
        ),
        sa.Column(
            "learner",
            sa.String(length=64),
            nullable=True,
            comment="blind index of the child's id there",
        ),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column(
            "child_id", sa.BigInteger(), nullable=True, comment="the child the learner became"
        ),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_deep_links_used_by")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_deep_links")),
    )
    op.create_index("ix_deep_links_used_by", "deep_links", ["used_by"], unique=False)
    op.create_table(
        "guardians",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "relation",
            sa.String(length=24),
            nullable=False,
            comment="parent | legal_representative",
        ),
        sa.Column(
            "verified_by",
            sa.String(length=40),
            nullable=False,
            comment="declared | platform | document",
        ),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["children.id"], name=op.f("fk_guardians_child_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_guardians_person_id")),
        sa.PrimaryKeyConstraint("person_id", "child_id", name=op.f("pk_guardians")),
    )
    op.create_index("ix_guardians_child", "guardians", ["child_id"], unique=False)
    op.create_table(
        "identities",
        sa.Column(
            "source",
            sa.String(length=40),
            nullable=False,
            comment="lms, crm, segment write key name",
        ),
        sa.Column(
            "external_id",
            sa.String(length=190),
            nullable=False,
            comment="keyed hash of the id there",
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("child_id", sa.BigInteger(), nullable=True),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["children.id"], name=op.f("fk_identities_child_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_identities_person_id")),
        sa.PrimaryKeyConstraint("source", "external_id", name=op.f("pk_identities")),
    )
    op.create_index("ix_identities_child", "identities", ["child_id"], unique=False)
    op.create_index("ix_identities_person", "identities", ["person_id"], unique=False)
