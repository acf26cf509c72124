"""Marking teams by day, reserves, trainees, second pairs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scoring", "0005_scheme_versions")]
    operations: list[migrations.operations.base.Operation] = []
