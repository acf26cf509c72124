"""Issue and reset of PINs: failures for each device, locks lifted by two persons."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ID = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)
USER = settings.AUTH_USER_MODEL
CASCADE = django.db.models.deletion.CASCADE
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RemoveField("user", "pin_failed_at"),
        migrations.RemoveField("user", "pin_failures"),
        migrations.AddField(
            "user", "pin_set_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "user", "pin_is_temporary", models.BooleanField(default=False)
        ),
        migrations.CreateModel(
            name="PinFailure",
            fields=[
                ("id", ID.clone()),
                ("device", models.CharField(blank=True, max_length=80)),
                ("scope", models.CharField(blank=True, max_length=60)),
                ("failed_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=CASCADE, related_name="pin_failures", to=USER
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["user", "device", "failed_at"], name="pin_failure_at"
                    ),
                    models.Index(
                        fields=["scope", "failed_at"], name="pin_failure_scope"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PinRelease",
            fields=[
                ("id", ID.clone()),
                ("device", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True, on_delete=PROTECT, related_name="+", to=USER
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to=USER),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=CASCADE, related_name="pin_releases", to=USER
                    ),
                ),
            ],
        ),
    ]
