"""Facts about persons: issuers, evidence, corrections, card hashes, tables of grades."""

import django.db.models.deletion
from django.db import migrations, models

from people.core import social_cards
from people.fields import blind_index


def hash_cards(apps, schema_editor):
    """Give every card number its hash; of two rows with one number the first has it."""
    persons = apps.get_model("people", "Person").objects
    seen = set()
    cards = persons.order_by("pk").values_list("pk", "social_card_number")
    for pk, card in list(cards):
        hashed = blind_index("social-card", social_cards.normalize(card))
        if hashed and hashed not in seen:
            seen.add(hashed)
            persons.filter(pk=pk).update(social_card_hash=hashed)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_pins"),
    ]

    operations = [
        migrations.AddField(
            model_name="gradeconfirmation",
            name="evidence_on",
            field=models.DateField(blank=True, null=True, verbose_name="证据日期"),
        ),
        migrations.AddField(
            model_name="gradeconfirmation",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="people.gradeconfirmation",
            ),
        ),
        migrations.AddField(
            model_name="gradeconfirmation",
            name="withdrawn_by",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="gradeconfirmation",
            name="withdrawn_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="gradeheld",
            name="dictionary",
            field=models.CharField(
                default="2022", max_length=10, verbose_name="大典版本"
            ),
        ),
        migrations.AddField(
            model_name="gradeheld",
            name="evidence_on",
            field=models.DateField(blank=True, null=True, verbose_name="证据日期"),
        ),
        migrations.AddField(
            model_name="gradeheld",
            name="issuer",
            field=models.CharField(blank=True, max_length=120, verbose_name="发证机构"),
        ),
        migrations.AddField(
            model_name="gradeheld",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="people.gradeheld",
            ),
        ),
        migrations.AddField(
            model_name="gradeheld",
            name="withdrawn_by",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="gradeheld",
            name="withdrawn_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="gradeheld",
            name="work_type",
            field=models.CharField(blank=True, max_length=60, verbose_name="工种"),
        ),
        migrations.AddField(
            model_name="holderfact",
            name="evidence_on",
            field=models.DateField(blank=True, null=True, verbose_name="证据日期"),
        ),
        migrations.AddField(
            model_name="holderfact",
            name="holds",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="holderfact",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="people.holderfact",
            ),
        ),
        migrations.AddField(
            model_name="holderfact",
            name="withdrawn_by",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="holderfact",
            name="withdrawn_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="integrityrecord",
            name="document",
            field=models.CharField(blank=True, max_length=200, verbose_name="处理文件"),
        ),
        migrations.AddField(
            model_name="integrityrecord",
            name="end_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="integrityrecord",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="integrityrecord",
            name="ended_by",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="person",
            name="social_card_hash",
            field=models.CharField(blank=True, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="titleheld",
            name="evidence_on",
            field=models.DateField(blank=True, null=True, verbose_name="证据日期"),
        ),
        migrations.AddField(
            model_name="titleheld",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="people.titleheld",
            ),
        ),
        migrations.AddField(
            model_name="titleheld",
            name="withdrawn_by",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="titleheld",
            name="withdrawn_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.CreateModel(
            name="FieldEvidence",
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
                    "evidence",
                    models.CharField(blank=True, max_length=200, verbose_name="证据"),
                ),
                (
                    "evidence_on",
                    models.DateField(blank=True, null=True, verbose_name="证据日期"),
                ),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=60)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("employment_kind", "身份"),
                            ("education", "学历"),
                            ("birth_on", "出生日期"),
                            ("sex", "性别"),
                            ("social_card_number", "社会保障卡号"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="people.fieldevidence",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProfessionalTitle",
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
                    "evidence",
                    models.CharField(blank=True, max_length=200, verbose_name="证据"),
                ),
                (
                    "evidence_on",
                    models.DateField(blank=True, null=True, verbose_name="证据日期"),
                ),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=60)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(max_length=60, verbose_name="职称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("elementary", "员级"),
                            ("assistant", "助理级"),
                            ("intermediate", "中级"),
                            ("associate", "副高级"),
                            ("full", "正高级"),
                        ],
                        max_length=20,
                        verbose_name="职称层级",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="评审单位"
                    ),
                ),
                (
                    "acquired_on",
                    models.DateField(blank=True, null=True, verbose_name="取得日期"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="people.professionaltitle",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TitleConfirmation",
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
                    "evidence",
                    models.CharField(blank=True, max_length=200, verbose_name="证据"),
                ),
                (
                    "evidence_on",
                    models.DateField(blank=True, null=True, verbose_name="证据日期"),
                ),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=60)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="people.titleconfirmation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GradeAlias",
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
                ("issuer", models.CharField(max_length=120, verbose_name="发证机构")),
                ("name", models.CharField(max_length=60, verbose_name="本单位的叫法")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="等级")),
                ("citation", models.CharField(max_length=200, verbose_name="依据文件")),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("bureau", "issuer", "name"),
                        name="grade_alias_once_while_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GradeEquivalence",
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
                ("grade", models.PositiveSmallIntegerField(verbose_name="等级")),
                (
                    "ladder",
                    models.CharField(
                        choices=[("professional-title", "职称"), ("education", "学历")],
                        max_length=20,
                    ),
                ),
                ("counts_as", models.CharField(max_length=60, verbose_name="相当于")),
                ("citation", models.CharField(max_length=200, verbose_name="依据文件")),
                ("recorded_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("bureau", "grade", "ladder"),
                        name="grade_equivalence_once_while_in_force",
                    )
                ],
            },
        ),
        migrations.RunPython(hash_cards, migrations.RunPython.noop),
    ]
