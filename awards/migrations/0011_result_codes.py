"""Codes that open a competitor's own page, and wrong ones that were tried."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _id() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _key(to: str, related_name: str, *, optional: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        to=to,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        null=optional,
        blank=optional,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0010_talent"),
        ("competitions", "0004_appeals"),
        ("people", "0003_person_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ResultCode",
            fields=[
                ("id", _id()),
                (
                    "slip",
                    models.CharField(
                        max_length=8, unique=True, verbose_name="查询条编号"
                    ),
                ),
                ("code_hash", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoke_reason", models.CharField(blank=True, max_length=300)),
                ("competition", _key("competitions.competition", "result_codes")),
                ("issued_by", _key(settings.AUTH_USER_MODEL, "+")),
                ("person", _key("people.person", "result_codes")),
                ("revoked_by", _key(settings.AUTH_USER_MODEL, "+", optional=True)),
            ],
        ),
        migrations.CreateModel(
            name="ResultCodeFailure",
            fields=[
                ("id", _id()),
                ("address", models.CharField(blank=True, max_length=64)),
                ("failed_at", models.DateTimeField()),
                (
                    "code",
                    models.ForeignKey(
                        to="awards.resultcode",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="failures",
                        null=True,
                        blank=True,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="resultcode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("competition", "person"),
                name="result_code_once",
            ),
        ),
        migrations.AddIndex(
            model_name="resultcodefailure",
            index=models.Index(
                fields=["code", "failed_at"], name="result_code_failure_at"
            ),
        ),
        migrations.AddIndex(
            model_name="resultcodefailure",
            index=models.Index(
                fields=["address", "failed_at"], name="result_code_failure_from"
            ),
        ),
    ]
