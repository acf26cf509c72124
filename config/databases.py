"""What every fresh database connection is asked, or told, before it is used.

A receipt means *durable*: a PostgreSQL that may forget what it acknowledged is refused
(SQLite is told to be durable by the settings).
"""

import sqlite3
from typing import Any

from django.core.exceptions import ImproperlyConfigured

SQLITE_PARAMETERS = 32_766  # what every SQLite since 3.32 takes in one statement
_asked: set[str] = set()


def prepare_connection(connection: Any, **kwargs: object) -> None:
    """Called by Django for each new connection."""
    if connection.vendor == "sqlite":
        _allow_large_statements(connection)
    elif connection.alias not in _asked:
        _refuse_forgetful(connection)
        _asked.add(connection.alias)


def _allow_large_statements(connection: Any) -> None:
    """Let a batch be one INSERT: Django still assumes SQLite's old limit of 999."""
    limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    connection.features.max_query_params = min(limit, SQLITE_PARAMETERS)


def _refuse_forgetful(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE setting = 'off'"
            " AND name IN ('fsync', 'synchronous_commit', 'full_page_writes')"
        )
        off = sorted(name for (name,) in cursor.fetchall())
    if off:
        raise ImproperlyConfigured(
            f"PostgreSQL runs with {', '.join(off)} off: an acknowledged mark could be "
            "lost in a power cut. Switch it on, then start again."
        )
