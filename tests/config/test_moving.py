"""From SQLite to PostgreSQL as docs/operations.md says it."""

import base64
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import call_command

from ledger.actions import EventDraft, append
from ledger.core.chain import skill_chain
from people.models import Person

AT = datetime(2026, 11, 20, 1, 0, 2, 30_999, tzinfo=UTC)
LEFT_OUT = ("contenttypes", "auth.permission", "sessions")


@pytest.fixture
def there(postgres_url):
    """A management command on the other database, with the same keys."""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    same = {
        "DATABASE_URL": postgres_url,
        "LEITAI_PII_KEYS": f"{key_id}:{base64.b64encode(key).decode()}",
        "LEITAI_PII_INDEX_KEY": settings.BLIND_INDEX_KEY.decode(),
    }

    def run(*words):
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.ROOT,
            env=os.environ | same,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    return run


@pytest.mark.django_db
def test_everything_arrives_and_the_ledger_still_fits(there, tmp_path):
    Person.objects.create(name="周舟", phone="13900000000", registered_at=AT)
    append(skill_chain(3), [EventDraft("mark", {"value": "1.50"})], actor="a", at=AT)
    everything = tmp_path / "all.json"
    excluded = [word for name in LEFT_OUT for word in ("--exclude", name)]
    call_command("dumpdata", "--natural-foreign", *excluded, output=str(everything))

    there("migrate", "--verbosity", "0")
    there("loaddata", str(everything))

    assert json.loads(there("verify_ledger", "--json")) == {
        "chains": 1,
        "events": 1,
        "broken": [],
    }
    phones = "from people.models import Person; print(Person.objects.get().phone)"
    assert "13900000000" in there("shell", "--command", phones)
