"""Rows that only ever grow: the database itself refuses the rest."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.actions import EventDraft, append
from ledger.core.chain import skill_chain

AT = datetime(2026, 11, 20, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE ledger_event SET actor = 'user:2'", "never changed"),
        ("UPDATE ledger_event SET device_signature = 'x'", "never changed"),
        ("DELETE FROM ledger_event", "never deleted"),
        ("DELETE FROM ledger_chain", "never deleted"),
        ("UPDATE ledger_chain SET seq = seq", "only moves forward"),
        ("UPDATE ledger_chain SET seq = 0", "only moves forward"),
        ("UPDATE ledger_chain SET seq = 2, ref = '4'", "only moves forward"),
        ("UPDATE ledger_chain SET seq = 2, algorithm = 'sm3'", "only moves forward"),
    ],
)
def test_database_refuses_to_rewrite_the_record(statement, message):
    append(skill_chain(3), [EventDraft("mark", {})], actor="user:1", at=AT)

    with (
        pytest.raises(DatabaseError, match=message),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
