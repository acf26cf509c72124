import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import people.fields

KINDS = [
    ("social-insurance", "社保参保名单"),
    ("grade-list", "技能等级名单"),
]
WHOM = [
    ("open", "正在办理待遇的人"),
    ("waiting", "等着补事实的人"),
    ("all", "本单位待遇名单里的所有人"),
]


def _id() -> tuple[str, models.Field]:
    key = models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )
    return ("id", key)


def _key(to: str, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to
    )


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0007_exports"),
        ("people", "0003_person_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerFile",
            fields=[
                _id(),
                ("file_name", models.CharField(max_length=160, verbose_name="文件")),
                ("digest", models.CharField(max_length=64)),
                ("lines", models.PositiveIntegerField()),
                ("granted", models.PositiveIntegerField()),
                ("refused", models.PositiveIntegerField()),
                ("unchanged", models.PositiveIntegerField()),
                ("unanswered", models.PositiveIntegerField()),
                ("rows", models.JSONField(default=list)),
                ("taken_at", models.DateTimeField()),
                ("bureau", _key("people.organization", "answer_files")),
                ("export", _key("awards.exportbatch", "answer_files")),
                ("taken_by", _key(settings.AUTH_USER_MODEL, "+")),
            ],
        ),
        migrations.CreateModel(
            name="Comparison",
            fields=[
                _id(),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("whom", models.CharField(choices=WHOM, max_length=10)),
                ("source", models.CharField(max_length=200, verbose_name="名单来源")),
                ("source_on", models.DateField(verbose_name="名单日期")),
                ("file_name", models.CharField(max_length=160, verbose_name="文件")),
                ("digest", models.CharField(max_length=64)),
                ("lines", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("rows", people.fields.EncryptedTextField()),
                ("made_at", models.DateTimeField()),
                ("bureau", _key("people.organization", "comparisons")),
                ("made_by", _key(settings.AUTH_USER_MODEL, "+")),
            ],
        ),
        migrations.CreateModel(
            name="ComparisonTake",
            fields=[
                _id(),
                ("lines", models.JSONField(default=list)),
                ("facts", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField()),
                ("taken_at", models.DateTimeField()),
                ("comparison", _key("awards.comparison", "takes")),
                ("taken_by", _key(settings.AUTH_USER_MODEL, "+")),
            ],
        ),
    ]
