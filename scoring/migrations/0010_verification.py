"""Verification by sample, findings, sign-off."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("competitions", "0004_appeals"),
        ("scoring", "0009_change_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VerificationDraw",
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
                ("seq", models.PositiveBigIntegerField()),
                ("head", models.CharField(max_length=128)),
                ("rules", models.JSONField()),
                ("entries", models.JSONField()),
                ("is_escalated", models.BooleanField(default=False)),
                ("drawn_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "skill",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verification_draw",
                        to="competitions.skill",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VerificationCheck",
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
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("right", "无误"),
                            ("wrong", "评分有误"),
                            ("remark", "只有记录问题"),
                        ],
                        max_length=8,
                    ),
                ),
                ("aspect", models.CharField(blank=True, max_length=16)),
                ("seat", models.PositiveSmallIntegerField(default=0)),
                ("value", models.CharField(blank=True, max_length=24)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("request_ref", models.CharField(blank=True, max_length=60)),
                ("checked_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="scoring.sheet",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="scoring.verificationdraw",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="VerificationRule",
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
                ("is_required", models.BooleanField(verbose_name="须抽样复核")),
                ("top", models.CharField(max_length=8, verbose_name="前列全核（%）")),
                (
                    "sample",
                    models.CharField(max_length=8, verbose_name="其余抽核（%）"),
                ),
                (
                    "trigger",
                    models.CharField(
                        max_length=8, verbose_name="差错率超过此数即全部复核（%）"
                    ),
                ),
                (
                    "with_close",
                    models.BooleanField(
                        default=False, verbose_name="名次接近的一并复核"
                    ),
                ),
                (
                    "citation",
                    models.CharField(blank=True, max_length=200, verbose_name="依据"),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="原因"),
                ),
                ("set_at", models.DateTimeField()),
                (
                    "competition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verification_rule",
                        to="competitions.competition",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
