"""append-only ledger, documents and servings"""

from alembic import op

revision = "consent_0002"
down_revision = "consent_0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("consents", "consent_documents", "consent_servings")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    # INSERT OR REPLACE deletes without asking the DELETE trigger, so a taken number or id is refused here.
    op.execute(
        "CREATE TRIGGER consents_in_order BEFORE INSERT ON consents WHEN NEW.seq != "
        "(SELECT COALESCE(MAX(seq), 0) + 1 FROM consents WHERE ledger = NEW.ledger) "
        "OR EXISTS (SELECT 1 FROM consents WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'consents is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER consent_servings_once BEFORE INSERT ON consent_servings "
        "WHEN EXISTS (SELECT 1 FROM consent_servings WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'consent_servings is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER consent_documents_once BEFORE INSERT ON consent_documents "
        "WHEN EXISTS (SELECT 1 FROM consent_documents WHERE purpose = NEW.purpose "
        "AND language = NEW.language AND version = NEW.version) "
        "BEGIN SELECT RAISE(ABORT, 'consent_documents is append-only'); END"
    )


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION consent_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION consent_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION consent_append_only()"
        )
    op.execute(
        "CREATE FUNCTION consent_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.seq != (SELECT COALESCE(MAX(seq), 0) + 1 FROM consents WHERE ledger = NEW.ledger) "
        "THEN RAISE EXCEPTION 'consents is append-only'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER consents_in_order BEFORE INSERT ON consents "
        "FOR EACH ROW EXECUTE FUNCTION consent_in_order()"
    )
