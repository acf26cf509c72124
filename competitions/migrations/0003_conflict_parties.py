"""Who else stands behind an entry or a judge."""

import django.db.models.deletion as deletion
from django.conf import settings
from django.db import migrations, models


def _id():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _key(to, **more):
    return models.ForeignKey(on_delete=deletion.PROTECT, to=to, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("competitions", "0002_demonstration_skills"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="EntryExpert",
            fields=[
                ("id", _id()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=deletion.CASCADE,
                        related_name="experts",
                        to="competitions.entry",
                    ),
                ),
                ("person", _key("people.person", related_name="expert_entries")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "person"), name="entry_expert_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredTie",
            fields=[
                ("id", _id()),
                ("reason", models.CharField(max_length=300)),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "competition",
                    _key("competitions.competition", related_name="declared_ties"),
                ),
                ("declared_by", _key(settings.AUTH_USER_MODEL, related_name="+")),
                (
                    "entry",
                    _key(
                        "competitions.entry",
                        blank=True,
                        null=True,
                        related_name="declared_ties",
                    ),
                ),
                (
                    "organization",
                    _key(
                        "people.organization", blank=True, null=True, related_name="+"
                    ),
                ),
                ("person", _key("people.person", related_name="declared_ties")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entry__isnull", False),
                            ("organization__isnull", False),
                            _connector="OR",
                        ),
                        name="declared_tie_names_something",
                    )
                ]
            },
        ),
    ]
