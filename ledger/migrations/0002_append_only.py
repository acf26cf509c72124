"""Triggers that refuse what an append-only record never does."""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event
    BEGIN SELECT RAISE(ABORT, 'ledger events are never changed'); END
    """,
    """
    CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event
    BEGIN SELECT RAISE(ABORT, 'ledger events are never deleted'); END
    """,
    """
    CREATE TRIGGER ledger_chain_forward BEFORE UPDATE ON ledger_chain
    WHEN NEW.seq <= OLD.seq OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind
      OR NEW.ref <> OLD.ref OR NEW.algorithm <> OLD.algorithm
      OR NEW.opened_at <> OLD.opened_at
    BEGIN SELECT RAISE(ABORT, 'a chain only moves forward'); END
    """,
    """
    CREATE TRIGGER ledger_chain_no_delete BEFORE DELETE ON ledger_chain
    BEGIN SELECT RAISE(ABORT, 'a chain is never deleted'); END
    """,
]
POSTGRES = [
    """
    CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$
    """,
    """
    CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('ledger events are never changed')
    """,
    """
    CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('ledger events are never deleted')
    """,
    """
    CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('ledger events are never deleted')
    """,
    """
    CREATE TRIGGER ledger_chain_forward BEFORE UPDATE ON ledger_chain
    FOR EACH ROW WHEN (
      NEW.seq <= OLD.seq OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind
      OR NEW.ref <> OLD.ref OR NEW.algorithm <> OLD.algorithm
      OR NEW.opened_at <> OLD.opened_at
    ) EXECUTE FUNCTION ledger_refuse('a chain only moves forward')
    """,
    """
    CREATE TRIGGER ledger_chain_no_delete BEFORE DELETE ON ledger_chain
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a chain is never deleted')
    """,
    """
    CREATE TRIGGER ledger_chain_no_truncate BEFORE TRUNCATE ON ledger_chain
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse('a chain is never deleted')
    """,
]


def forward(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(forward, elidable=False)]
