import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

STATES = [
    ("waiting", "待审批"),
    ("declined", "未同意"),
    ("making", "生成中"),
    ("ready", "可取走"),
    ("failed", "未生成"),
    ("cleared", "已清除"),
]
FORMS = [("xlsx", "Excel 工作簿"), ("csv", "CSV 文本")]
PROTECT = django.db.models.deletion.PROTECT
CASCADE = django.db.models.deletion.CASCADE
USER = settings.AUTH_USER_MODEL


def _id():
    key = models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )
    return ("id", key)


def _key(to, related_name, on_delete=PROTECT, **options):
    return models.ForeignKey(
        on_delete=on_delete, related_name=related_name, to=to, **options
    )


def _added(name, field):
    return migrations.AddField("exportbatch", name, field)


def _altered(name, field):
    return migrations.AlterField("exportbatch", name, field)


def clear_older_files(apps, schema_editor):
    """Files made before were kept in the database; what they were stays known."""
    batches = apps.get_model("awards", "ExportBatch").objects.all()
    batches.update(
        state="cleared",
        made_at=F("asked_at"),
        cleared_at=F("asked_at"),
        expected=F("rows"),
        lines=F("rows"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0006_saved_views"),
        ("jobs", "0001_initial"),
        migrations.swappable_dependency(USER),
    ]

    operations = [
        migrations.RenameField("exportbatch", "made_by", "asked_by"),
        migrations.RenameField("exportbatch", "made_at", "asked_at"),
        migrations.RemoveField("exportbatch", "content"),
        _added("options", models.JSONField(default=dict)),
        _added(
            "document",
            models.CharField(blank=True, max_length=120, verbose_name="依据文号"),
        ),
        _added("is_personal", models.BooleanField(default=True)),
        _added("form", models.CharField(choices=FORMS, default="xlsx", max_length=6)),
        _added(
            "state", models.CharField(choices=STATES, default="making", max_length=10)
        ),
        _added("expected", models.PositiveIntegerField(default=0)),
        _added("decided_by", _key(USER, "+", blank=True, null=True)),
        _added("decided_at", models.DateTimeField(blank=True, null=True)),
        _added("decision_reason", models.CharField(blank=True, max_length=200)),
        _added(
            "job",
            _key(
                "jobs.job",
                "+",
                django.db.models.deletion.SET_NULL,
                blank=True,
                null=True,
            ),
        ),
        _added("error", models.CharField(blank=True, max_length=300)),
        _added("lines", models.PositiveIntegerField(default=0)),
        _added("size", models.PositiveBigIntegerField(default=0)),
        _added("file", models.CharField(blank=True, max_length=64)),
        _added("made_at", models.DateTimeField(blank=True, null=True)),
        _added("cleared_at", models.DateTimeField(blank=True, null=True)),
        _altered("rows", models.PositiveIntegerField(default=0)),
        _altered("digest", models.CharField(blank=True, max_length=64)),
        _altered("rows_digest", models.CharField(blank=True, max_length=64)),
        _altered("file_name", models.CharField(blank=True, max_length=160)),
        migrations.AddIndex(
            "exportbatch",
            models.Index(fields=["bureau", "-asked_at"], name="export_of_bureau"),
        ),
        migrations.CreateModel(
            name="ExportRow",
            fields=[
                _id(),
                ("sheet", models.CharField(max_length=31)),
                ("position", models.PositiveIntegerField()),
                ("row_check", models.CharField(max_length=16)),
                ("batch", _key("awards.exportbatch", "answerable_rows", CASCADE)),
                ("entitlement", _key("awards.entitlement", "exported_rows")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "entitlement"), name="export_row_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ExportLink",
            fields=[
                _id(),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("batch", _key("awards.exportbatch", "links", CASCADE)),
                ("issued_to", _key(USER, "+")),
            ],
        ),
        migrations.CreateModel(
            name="ExportTaking",
            fields=[
                _id(),
                ("at", models.DateTimeField()),
                ("batch", _key("awards.exportbatch", "takings")),
                ("by", _key(USER, "+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["batch", "-at"], name="export_taking_of")
                ]
            },
        ),
        migrations.RunPython(clear_older_files, migrations.RunPython.noop),
    ]
