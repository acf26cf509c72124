"""Tablets by name, group entry, presence on a sheet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ID = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)


def _to(model, name="+", rule=django.db.models.deletion.PROTECT, **more):
    return models.ForeignKey(on_delete=rule, related_name=name, to=model, **more)


USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0006_marking_teams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "mark", "device", models.CharField(blank=True, default="", max_length=80)
        ),
        migrations.AddField("mark", "entered_by", _to(USER, null=True)),
        migrations.AddField(
            "mark", "contradicts", models.PositiveBigIntegerField(blank=True, null=True)
        ),
        migrations.AddField("mark", "settles", models.BooleanField(default=False)),
        migrations.AddField(
            "skillstate", "group_panels", models.JSONField(default=list)
        ),
        migrations.CreateModel(
            name="DevicePolicy",
            fields=[
                ("id", ID.clone()),
                ("is_required", models.BooleanField(default=False)),
                (
                    "competition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="device_policy",
                        to="competitions.competition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", ID.clone()),
                ("name", models.CharField(blank=True, max_length=40)),
                ("client", models.CharField(blank=True, max_length=80)),
                (
                    "secret_digest",
                    models.CharField(blank=True, db_index=True, max_length=64),
                ),
                (
                    "code_digest",
                    models.CharField(blank=True, db_index=True, max_length=64),
                ),
                ("code_until", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("enrolled_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_because", models.CharField(blank=True, max_length=300)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("unsent", models.JSONField(default=dict)),
                ("skew_ms", models.IntegerField(blank=True, null=True)),
                (
                    "receipt_seq",
                    models.PositiveBigIntegerField(blank=True, null=True),
                ),
                ("receipt_hash", models.CharField(blank=True, max_length=128)),
                ("competition", _to("competitions.competition", "devices")),
                ("enrolled_by", _to(USER, null=True)),
                ("revoked_by", _to(USER, null=True)),
                ("sheet", _to("scoring.sheet", null=True)),
                ("user", _to(USER, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True))
                        & ~models.Q(("name", "")),
                        fields=("competition", "name"),
                        name="device_named_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True))
                        & ~models.Q(("client", "")),
                        fields=("competition", "client"),
                        name="device_known_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", ID.clone()),
                ("tab", models.CharField(max_length=80, unique=True)),
                ("client", models.CharField(max_length=80)),
                ("device_name", models.CharField(blank=True, max_length=40)),
                ("seat", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("is_refused", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "sheet",
                    _to(
                        "scoring.sheet",
                        "visits",
                        django.db.models.deletion.CASCADE,
                    ),
                ),
                ("user", _to(USER)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["sheet", "seen_at"], name="visit_sheet_seen")
                ],
            },
        ),
    ]
