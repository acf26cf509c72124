import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0008_answers"),
        ("competitions", "0004_appeals"),
        ("people", "0003_person_facts"),
        ("scoring", "0012_import_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateDesign",
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
                ("number", models.PositiveIntegerField()),
                ("base", models.CharField(max_length=40)),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("chosen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CertificateFile",
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
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("signed_with", models.CharField(blank=True, max_length=200)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CertificateWithdrawal",
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
                    "reason",
                    models.CharField(max_length=300, verbose_name="撤销的原因和依据"),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待复核"),
                            ("agreed", "已撤销"),
                            ("declined", "未同意"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_reason", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="certificate",
            name="certificate_once",
        ),
        migrations.AddField(
            model_name="certificate",
            name="issue",
            field=models.CharField(
                choices=[
                    ("first", "首次颁发"),
                    ("lost", "补发"),
                    ("corrected", "换发"),
                ],
                default="first",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="state_changed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="certificatedesign",
            name="chosen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="certificatedesign",
            name="competition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate_designs",
                to="competitions.competition",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="design",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="awards.certificatedesign",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "valid")),
                fields=("release", "entry_id", "person"),
                name="certificate_valid_once",
            ),
        ),
        migrations.AddField(
            model_name="certificatefile",
            name="certificate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="awards.certificate",
            ),
        ),
        migrations.AddField(
            model_name="certificatewithdrawal",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="certificatewithdrawal",
            name="certificate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawals",
                to="awards.certificate",
            ),
        ),
        migrations.AddField(
            model_name="certificatewithdrawal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatedesign",
            constraint=models.UniqueConstraint(
                fields=("competition", "number"), name="certificate_design_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatefile",
            constraint=models.UniqueConstraint(
                fields=("certificate", "digest"), name="certificate_file_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatewithdrawal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("certificate",),
                name="certificate_withdrawal_once",
            ),
        ),
    ]
