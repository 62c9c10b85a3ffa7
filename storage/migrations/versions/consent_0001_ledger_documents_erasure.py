"""ledger_documents_erasure"""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant, big_key, json_type

revision = "consent_0001"
down_revision = None
branch_labels = ("consent",)
depends_on = ("house_0001",)


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", sa.String(length=36), nullable=False, comment="UUIDv7"),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("child_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "what", sa.String(length=40), nullable=False, comment="consents | profile | export ..."
        ),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index("ix_access_log_person", "access_log", ["person_id", "at"], unique=False)
    op.create_table(
        "consent_alarms",
        sa.Column("id", big_key(), nullable=False),
        sa.Column("ledger", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.String(length=36), nullable=False),
        sa.Column(
            "purpose", sa.String(length=24), nullable=False, comment="stopped purpose; * = all"
        ),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("cleared_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_alarms")),
    )
    op.create_table(
        "consent_documents",
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="Markdown source of what was shown"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the rendered text"),
        sa.Column("material", sa.Boolean(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint(
            "purpose", "language", "version", name=op.f("pk_consent_documents")
        ),
    )
    op.create_table(
        "consent_heads",
        sa.Column("ledger", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("ledger", name=op.f("pk_consent_heads")),
    )
    op.create_table(
        "consent_servings",
        sa.Column("id", sa.String(length=36), nullable=False, comment="UUIDv7"),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("child", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("evidence", json_type(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_servings")),
    )
    op.create_index(
        "ix_consent_servings_subject", "consent_servings", ["subject", "purpose"], unique=False
    )
    op.create_table(
        "consent_stages",
        sa.Column("child_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "stage", sa.Integer(), nullable=False, comment="14 | 16 | 18: full years reached"
        ),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("child_id", name=op.f("pk_consent_stages")),
    )
    op.create_table(
        "consent_state",
        sa.Column("person_id", sa.BigInteger(), nullable=False, comment="0 = the child itself"),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("child_id", sa.BigInteger(), nullable=False, comment="0 = no single child"),
        sa.Column("ledger", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False, comment="the record in force"),
        sa.PrimaryKeyConstraint("person_id", "purpose", "child_id", name=op.f("pk_consent_state")),
    )
    op.create_index(
        "ix_consent_state_child", "consent_state", ["child_id", "purpose"], unique=False
    )
    op.create_table(
        "consent_subjects",
        sa.Column("subject", sa.String(length=36), nullable=False, comment="random pseudonym"),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("child_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_consent_subjects")),
        sa.UniqueConstraint("child_id", name=op.f("uq_consent_subjects_child_id")),
        sa.UniqueConstraint("person_id", name=op.f("uq_consent_subjects_person_id")),
    )
    op.create_table(
        "consents",
        sa.Column("seq", big_key(), autoincrement=False, nullable=False, comment="1, 2, 3 ..."),
        sa.Column("ledger", sa.String(length=20), nullable=False, comment="name of the chain"),
        sa.Column("id", sa.String(length=36), nullable=False, comment="UUIDv7"),
        sa.Column(
            "subject", sa.String(length=36), nullable=False, comment="pseudonym of who answers"
        ),
        sa.Column(
            "child", sa.String(length=36), nullable=False, comment="pseudonym of the child or empty"
        ),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column(
            "action",
            sa.String(length=12),
            nullable=False,
            comment="grant | refuse | withdraw | expire ...",
        ),
        sa.Column(
            "at", sa.BigInteger(), nullable=False, comment="microseconds since 1970, as hashed"
        ),
        sa.Column(
            "receipt", sa.String(length=36), nullable=False, comment="shared by records of one tap"
        ),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="canonical JSON of all other fields"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_consents")),
        sa.UniqueConstraint("id", name=op.f("uq_consents_id")),
    )
    op.create_index("ix_consents_child", "consents", ["child", "purpose"], unique=False)
    op.create_index(
        "ix_consents_line", "consents", ["subject", "purpose", "child", "seq"], unique=False
    )
    op.create_index("ix_consents_receipt", "consents", ["receipt"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="phone | email"),
        sa.Column("value", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.Column(
            "blind", sa.String(length=64), nullable=False, comment="keyed hash, for look-ups"
        ),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_blind", "contacts", ["kind", "blind"], unique=False)
    op.create_table(
        "erasures",
        sa.Column("id", sa.String(length=36), nullable=False, comment="UUIDv7"),
        sa.Column("scope", sa.String(length=8), nullable=False, comment="person | child"),
        sa.Column("key", sa.BigInteger(), nullable=False, comment="emptied row"),
        sa.Column("born_at", Instant(), nullable=False, comment="created_at of that row"),
        sa.Column("requested_at", Instant(), nullable=False),
        sa.Column("completed_at", Instant(), nullable=False),
        sa.Column("cause", sa.String(length=24), nullable=False),
        sa.Column(
            "act", json_type(), nullable=False, comment="destruction act without personal data"
        ),
        sa.Column(
            "swept_at",
            Instant(),
            nullable=True,
            comment="traces in the log of the database are gone",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_table(
        "suppressions",
        sa.Column("hash", sa.String(length=64), nullable=False, comment="keyed hash of an address"),
        sa.Column(
            "kind",
            sa.String(length=24),
            nullable=False,
            comment="telegram | phone | email | external",
        ),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True, comment="the person came back by itself"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_suppressions")),
    )
    op.create_table(
        "used_links",
        sa.Column(
            "digest",
            sa.String(length=32),
            nullable=False,
            comment="of a signed link that works once",
        ),
        sa.Column("used_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_links")),
    )
