"""What the database is told on every connection."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config import databases


class FakePostgres:
    vendor, alias = "postgresql", "fake"

    def __init__(self, off):
        self.off = off

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def execute(self, sql):
        assert "synchronous_commit" in sql

    def fetchall(self):
        return [(name,) for name in self.off]


@pytest.mark.django_db
@pytest.mark.skipif("sqlite" not in connection.vendor, reason="SQLite's own options")
def test_sqlite_is_durable_and_takes_large_statements():
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "busy_timeout",
                "cache_size",
            )
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
        "cache_size": -16_000,
    }
    assert connection.features.max_query_params > 200 * 14


@pytest.mark.django_db
@pytest.mark.databases
def test_connection_that_answers_is_durable():
    connection.ensure_connection()

    databases.prepare_connection(connection)


def test_postgresql_that_may_forget_is_refused():
    with pytest.raises(ImproperlyConfigured, match="fsync, synchronous_commit off"):
        databases.prepare_connection(FakePostgres(["synchronous_commit", "fsync"]))


def test_postgresql_is_asked_once(monkeypatch):
    monkeypatch.setattr(databases, "_asked", set())
    asked = FakePostgres([])

    databases.prepare_connection(asked)
    asked.off = ["fsync"]
    databases.prepare_connection(asked)

    assert databases._asked == {"fake"}
