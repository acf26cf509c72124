"""A frozen scheme's next version, proposed and confirmed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scoring", "0004_overrides_and_choices")]
    operations: list[migrations.operations.base.Operation] = []
