from django.db import migrations, models

from people.names import search_key


def forward(apps, schema_editor):
    person = apps.get_model("people", "Person")
    batch = []
    for row in person.objects.only("pk", "name", "latin_name").iterator(1000):
        row.search_key = search_key(row.name, row.latin_name)
        batch.append(row)
        if len(batch) == 1000:
            person.objects.bulk_update(batch, ["search_key"])
            batch = []
    person.objects.bulk_update(batch, ["search_key"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_person_facts")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="search_key",
            field=models.CharField(blank=True, max_length=480),
        ),
        migrations.RunPython(forward, migrations.RunPython.noop),
    ]
