"""A frozen scheme's next version, proposed and confirmed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [
        ("competitions", "0001_initial"),
        ("scoring", "0004_overrides_and_choices"),
        migrations.swappable_dependency(USER),
    ]

    operations = [
        migrations.CreateModel(
            name="SchemeProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("base", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("source_name", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("dropped", models.JSONField(blank=True, default=dict)),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=PROTECT, related_name="+", to=USER
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to=USER),
                ),
                (
                    "scheme",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="proposal",
                        to="scoring.scheme",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="scheme_proposals",
                        to="competitions.skill",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True, on_delete=PROTECT, related_name="+", to=USER
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=("skill",),
                        name="scheme_proposal_waits_once",
                    )
                ],
            },
        ),
    ]
