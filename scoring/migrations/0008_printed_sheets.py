"""Printed sheets and what is keyed in from them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scoring", "0007_devices")]
    operations: list[migrations.operations.base.Operation] = []
