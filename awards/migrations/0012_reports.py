"""Reports and staff certificates as they were made; a report is never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQLITE = [
    """
    CREATE TRIGGER awards_report_no_update BEFORE UPDATE ON awards_periodicreport
    BEGIN SELECT RAISE(ABORT, 'a report is never changed'); END
    """,
    """
    CREATE TRIGGER awards_report_no_delete BEFORE DELETE ON awards_periodicreport
    BEGIN SELECT RAISE(ABORT, 'a report is never deleted'); END
    """,
]
POSTGRES = [
    """
    CREATE TRIGGER awards_report_no_update BEFORE UPDATE ON awards_periodicreport
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a report is never changed')
    """,
    """
    CREATE TRIGGER awards_report_no_delete BEFORE DELETE ON awards_periodicreport
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse('a report is never deleted')
    """,
]


def forward(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


def _key(model, related_name="+"):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=model,
    )


def _id():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


PERIODS = [
    ("month", "月报"),
    ("quarter", "季报"),
    ("half-year", "半年报"),
    ("year", "年报"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0011_result_codes"),
        ("ledger", "0002_append_only"),
        ("people", "0003_person_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PeriodicReport",
            fields=[
                ("id", _id()),
                ("period", models.CharField(choices=PERIODS, max_length=10)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("figures", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("bureau", _key("people.organization", "periodic_reports")),
                ("made_by", _key(settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["bureau", "starts_on", "ends_on"],
                        name="periodic_report_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffCertificate",
            fields=[
                ("id", _id()),
                ("number", models.CharField(max_length=32, unique=True)),
                ("as_of", models.DateField()),
                ("people", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("bureau", _key("people.organization", "staff_certificates")),
                ("employer", _key("people.organization")),
                ("made_by", _key(settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunPython(forward, migrations.RunPython.noop, elidable=False),
    ]
