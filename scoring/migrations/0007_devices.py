"""Tablets by name, group entry, presence on a sheet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scoring", "0006_marking_teams")]
    operations: list[migrations.operations.base.Operation] = []
