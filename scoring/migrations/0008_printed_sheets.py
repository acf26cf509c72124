"""Printed sheets and what is keyed in from them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("scoring", "0007_devices"),
    ]

    operations = [
        migrations.AddField(
            model_name="skillstate",
            name="keys_twice",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="PaperForm",
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
                ("code", models.CharField(max_length=8, unique=True)),
                ("seat", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("layout", models.CharField(max_length=12)),
                ("is_filled", models.BooleanField(default=False)),
                ("cells", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("seq", models.PositiveBigIntegerField()),
                ("event_hash", models.CharField(max_length=128)),
                ("printed_at", models.DateTimeField()),
                (
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_forms",
                        to="competitions.skill",
                    ),
                ),
                (
                    "sub_criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scoring.subcriterion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperSignature",
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
                ("reference", models.CharField(blank=True, max_length=200)),
                (
                    "forms",
                    models.ManyToManyField(
                        related_name="paper_signatures", to="scoring.paperform"
                    ),
                ),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="on_paper",
                        to="scoring.signature",
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperFormSheet",
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
                ("version", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="scoring.paperform",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paper_rows",
                        to="scoring.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ("form", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("form", "sheet"), name="sheet_once_on_form"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperKeying",
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
                ("keyed_at", models.DateTimeField()),
                ("cells", models.JSONField(default=list)),
                ("entered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keyings",
                        to="scoring.paperform",
                    ),
                ),
                (
                    "keyed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entered_at__isnull", True)),
                        fields=("form", "keyed_by"),
                        name="form_keyed_once_by_person",
                    )
                ],
            },
        ),
    ]
