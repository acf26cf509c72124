"""Appeals, objections, decode by two persons."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("competitions", "0003_conflict_parties")]
    operations: list[migrations.operations.base.Operation] = []
