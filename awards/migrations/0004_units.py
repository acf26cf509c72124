import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

ONE_SUBJECT = Q(
    Q(("person__isnull", False), ("unit__isnull", True)),
    Q(("person__isnull", True), ("unit__isnull", False)),
    _connector="OR",
)


def _key(to: str, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0003_indicator_figures"),
        ("people", "0003_person_facts"),
    ]

    operations = [
        *(
            migrations.AddField(model, "unit", _key("people.organization", related))
            for model, related in (
                ("decision", "decisions"),
                ("entitlement", "entitlements"),
                ("factfilling", "fact_fillings"),
            )
        ),
        migrations.AlterField("decision", "person", _key("people.person", "decisions")),
        migrations.AlterField(
            "entitlement", "person", _key("people.person", "entitlements")
        ),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(condition=ONE_SUBJECT, name="decision_one_subject"),
        ),
        migrations.AddConstraint(
            "entitlement",
            models.CheckConstraint(
                condition=ONE_SUBJECT, name="entitlement_one_subject"
            ),
        ),
    ]
