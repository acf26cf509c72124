"""Triggers that refuse a change of a published release."""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER scoring_release_no_update BEFORE UPDATE ON scoring_release
    BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END
    """,
    """
    CREATE TRIGGER scoring_release_no_delete BEFORE DELETE ON scoring_release
    BEGIN SELECT RAISE(ABORT, 'a release is never deleted'); END
    """,
]
POSTGRES = [
    """
    CREATE TRIGGER scoring_release_no_update BEFORE UPDATE ON scoring_release
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a release is never changed')
    """,
    """
    CREATE TRIGGER scoring_release_no_delete BEFORE DELETE ON scoring_release
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a release is never deleted')
    """,
]


def forward(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial"), ("ledger", "0002_append_only")]

    operations = [migrations.RunPython(forward, elidable=False)]
