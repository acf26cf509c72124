"""Skills shown without counting for their delegations."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competitions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='skill',
            name='is_demonstration',
            field=models.BooleanField(default=False, verbose_name='表演项目，不计团体'),
        ),
    ]
