"""Change of a signed mark."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scoring", "0008_printed_sheets")]
    operations: list[migrations.operations.base.Operation] = []
