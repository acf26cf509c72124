"""Marking teams by day, reserves, trainees, second pairs."""

import django.db.models.deletion as deletion
from django.conf import settings
from django.db import migrations, models

STATES = [
    ("value", "已评"),
    ("absent", "缺考"),
    ("unfinished", "未完成"),
    ("disqualified", "取消"),
    ("not-applicable", "不适用"),
]
SEATED = models.Q(("entry__isnull", True), ("left_at__isnull", True))
STANDS_IN = models.Q(("entry__isnull", False), ("left_at__isnull", True))


def _id():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _key(to, **more):
    return models.ForeignKey(on_delete=deletion.PROTECT, to=to, **more)


USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0005_scheme_versions"),
        ("competitions", "0002_demonstration_skills"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="MarkingTeam",
            fields=[
                ("id", _id()),
                ("letter", models.CharField(max_length=1)),
                ("name", models.CharField(blank=True, max_length=60)),
                ("days", models.JSONField(blank=True, default=list)),
                ("by_sub_day", models.BooleanField(default=False)),
                ("size", models.PositiveSmallIntegerField(default=0)),
                ("is_arranged", models.BooleanField(default=False)),
                ("leader", _key(USER, blank=True, null=True, related_name="+")),
                ("skill", _key("competitions.skill", related_name="marking_teams")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("skill", "letter"), name="marking_team_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="CatchUp",
            fields=[
                ("id", _id()),
                ("sub", models.CharField(blank=True, max_length=12)),
                ("reason", models.CharField(max_length=300)),
                ("granted_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("granted_by", _key(USER, related_name="+")),
                ("team", _key("scoring.markingteam", related_name="catch_ups")),
            ],
        ),
        migrations.CreateModel(
            name="TraineeMark",
            fields=[
                ("id", _id()),
                ("code", models.CharField(max_length=16)),
                ("state", models.CharField(choices=STATES, max_length=14)),
                ("value", models.CharField(blank=True, max_length=24)),
                ("remark", models.CharField(blank=True, max_length=2000)),
                ("seq", models.PositiveBigIntegerField()),
                ("marked_at", models.DateTimeField()),
                ("sheet", _key("scoring.sheet", related_name="trainee_marks")),
                ("trainee", _key(USER, related_name="+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "trainee", "code"), name="trainee_mark_once"
                    )
                ]
            },
        ),
        migrations.AddField(
            "panelseat",
            "entry",
            _key("competitions.entry", blank=True, null=True, related_name="stand_ins"),
        ),
        migrations.AddField(
            "panelseat", "left_for", _key(USER, blank=True, null=True, related_name="+")
        ),
        migrations.RemoveConstraint("panelseat", "seat_held_once"),
        migrations.RemoveConstraint("panelseat", "judge_seated_once"),
        migrations.AddConstraint(
            "panelseat",
            models.UniqueConstraint(
                condition=SEATED,
                fields=("skill", "panel", "number"),
                name="seat_held_once",
            ),
        ),
        migrations.AddConstraint(
            "panelseat",
            models.UniqueConstraint(
                condition=SEATED,
                fields=("skill", "panel", "judge"),
                name="judge_seated_once",
            ),
        ),
        migrations.AddConstraint(
            "panelseat",
            models.UniqueConstraint(
                condition=STANDS_IN,
                fields=("skill", "panel", "number", "entry"),
                name="stand_in_once",
            ),
        ),
        migrations.AddField(
            "sheet", "stand_ins", models.JSONField(blank=True, default=dict)
        ),
        migrations.AddField(
            "skillstate", "calendar", models.JSONField(blank=True, default=dict)
        ),
        migrations.AddField(
            "subcriterion", "second_panel", models.CharField(blank=True, max_length=1)
        ),
    ]
