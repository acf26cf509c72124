"""Who else stands behind an entry or a judge."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("competitions", "0002_demonstration_skills")]
    operations: list[migrations.operations.base.Operation] = []
