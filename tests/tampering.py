"""What only a test may do: change rows that triggers protect, as an attacker would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

REPLICA = "SET session_replication_role = replica"
ORIGIN = "SET session_replication_role = DEFAULT"


def triggers() -> dict[str, str]:
    """Name and definition of every trigger in a SQLite database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


@contextmanager
def without_triggers() -> Iterator[None]:
    """Write to append-only tables inside this block."""
    if connection.vendor == "sqlite":
        found = triggers()
        off, on = [f"DROP TRIGGER {name}" for name in found], list(found.values())
    else:
        off, on = [REPLICA], [ORIGIN]
    with connection.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in on:
            cursor.execute(statement)


@contextmanager
def flush_allowed() -> Iterator[None]:
    """Let Django's own emptying of all tables pass the triggers."""
    operations = type(connection.ops)
    original = operations.sql_flush

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        statements: list[str] = original(self, *args, **kwargs)
        if connection.vendor != "sqlite":
            return [REPLICA, *statements, ORIGIN] if statements else []
        found = triggers()
        return (
            [f"DROP TRIGGER {name}" for name in found] + statements + [*found.values()]
        )

    with patch.object(operations, "sql_flush", sql_flush):
        yield
