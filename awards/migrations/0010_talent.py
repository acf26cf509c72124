import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0009_certificates"),
        ("people", "0003_person_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pool",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("skilled", "高技能人才库"),
                            ("leading", "领军人才库"),
                            ("teacher", "师资库"),
                            ("other", "其他人才库"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("catalogue", models.CharField(blank=True, max_length=40)),
                ("document", models.CharField(max_length=200, verbose_name="依据文件")),
                (
                    "clause",
                    models.CharField(blank=True, max_length=60, verbose_name="条款"),
                ),
                (
                    "quote",
                    models.CharField(blank=True, max_length=300, verbose_name="原文"),
                ),
                ("takes", models.JSONField(blank=True, default=list)),
                ("waits_for_grant", models.BooleanField(default=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("close_reason", models.CharField(blank=True, max_length=300)),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pools",
                        to="people.organization",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PoolCriterion",
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
                ("asked", models.JSONField(default=dict)),
                ("document", models.CharField(max_length=200, verbose_name="依据文件")),
                (
                    "clause",
                    models.CharField(blank=True, max_length=60, verbose_name="条款"),
                ),
                ("written_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="awards.pool",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PoolDecline",
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
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("at", models.DateTimeField()),
                ("batch", models.CharField(db_index=True, max_length=36)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_declines",
                        to="people.person",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declines",
                        to="awards.pool",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PoolEntry",
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
                    "basis",
                    models.CharField(
                        choices=[
                            ("entitlement", "待遇"),
                            ("criterion", "入库条件"),
                            ("hand", "凭文件入库"),
                        ],
                        max_length=12,
                    ),
                ),
                ("document", models.CharField(max_length=200, verbose_name="入库文件")),
                (
                    "evidence",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="事由和证据"
                    ),
                ),
                ("entered_on", models.DateField(verbose_name="入库日期")),
                ("entered_at", models.DateTimeField()),
                ("batch", models.CharField(db_index=True, max_length=36)),
                (
                    "left_on",
                    models.DateField(blank=True, null=True, verbose_name="退出日期"),
                ),
                (
                    "left_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="退出理由"
                    ),
                ),
                (
                    "left_document",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="退出依据"
                    ),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="awards.poolcriterion",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_entries",
                        to="awards.entitlement",
                    ),
                ),
                (
                    "left_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_entries",
                        to="people.person",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="awards.pool",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PoolReview",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="复核年度")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("keep", "保留"),
                            ("leave", "退出"),
                            ("defer", "暂缓"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="复核意见"
                    ),
                ),
                ("ended_entry", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("batch", models.CharField(db_index=True, max_length=36)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="awards.poolentry",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="pool",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("bureau", "name"),
                name="pool_once_while_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="pooldecline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("pool", "person"),
                name="pool_decline_once",
            ),
        ),
        migrations.AddIndex(
            model_name="poolentry",
            index=models.Index(
                fields=["pool", "left_at", "person"], name="pool_entry_list"
            ),
        ),
        migrations.AddConstraint(
            model_name="poolentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("left_at__isnull", True), ("undone_at__isnull", True)
                ),
                fields=("pool", "person"),
                name="pool_entry_once_while_in",
            ),
        ),
        migrations.AddIndex(
            model_name="poolreview",
            index=models.Index(fields=["entry", "year"], name="pool_review_year"),
        ),
    ]
