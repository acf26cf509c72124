"""Change of a signed mark."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0008_printed_sheets"),
    ]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="is_guarded",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="sheet",
            name="unlocked",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name="ChangeRequest",
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
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="competitions.skill",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="scoring.sheet",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=16)),
                ("seat", models.PositiveSmallIntegerField(default=0)),
                (
                    "old_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("value", "已评"),
                            ("absent", "缺考"),
                            ("unfinished", "未完成"),
                            ("disqualified", "取消"),
                            ("not-applicable", "不适用"),
                        ],
                        max_length=14,
                    ),
                ),
                ("old_value", models.CharField(blank=True, max_length=24)),
                ("old_seq", models.PositiveBigIntegerField(null=True)),
                (
                    "new_state",
                    models.CharField(
                        choices=[
                            ("value", "已评"),
                            ("absent", "缺考"),
                            ("unfinished", "未完成"),
                            ("disqualified", "取消"),
                            ("not-applicable", "不适用"),
                        ],
                        max_length=14,
                    ),
                ),
                ("new_value", models.CharField(blank=True, max_length=24)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("entry", "录入错误"),
                            ("standard", "评分标准理解有误"),
                            ("measurement", "测量或计数有误"),
                            ("fact", "补充了评分时没有的事实"),
                            ("finding", "成绩复核发现"),
                            ("ruling", "申诉裁定"),
                            ("other", "其他"),
                        ],
                        max_length=14,
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("evidence_name", models.CharField(blank=True, max_length=120)),
                ("evidence_digest", models.CharField(blank=True, max_length=64)),
                ("evidence", models.BinaryField(blank=True, null=True)),
                ("preview", models.JSONField(default=dict)),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_role",
                    models.CharField(
                        choices=[
                            ("judge", "裁判员"),
                            ("chief-judge", "裁判长"),
                            ("supervisor", "监督仲裁"),
                            ("results-officer", "成绩管理"),
                        ],
                        max_length=16,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="scoring.changerequest",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "批准"), ("rejected", "不批准")],
                        max_length=8,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("judge", "裁判员"),
                            ("chief-judge", "裁判长"),
                            ("supervisor", "监督仲裁"),
                            ("results-officer", "成绩管理"),
                        ],
                        max_length=16,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_text", models.CharField(blank=True, max_length=500)),
                ("approved_preview", models.JSONField(blank=True, null=True)),
                ("opened_until", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("done_seq", models.PositiveBigIntegerField(blank=True, null=True)),
                ("reopened", models.CharField(blank=True, max_length=12)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "voided",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="scoring.signature"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("sheet", "code", "seat"),
                        name="change_cell_once",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
