"""Verification by sample, findings, sign-off."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scoring", "0009_change_requests")]
    operations: list[migrations.operations.base.Operation] = []
