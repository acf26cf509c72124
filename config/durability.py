"""A receipt means *durable*: a database that may forget what it acknowledged is refused.

SQLite is told to be durable on every connection (settings); PostgreSQL is asked once
per process.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

_asked: set[str] = set()


def refuse_forgetful_database(connection: Any, **kwargs: object) -> None:
    """Stop when PostgreSQL runs with fsync or synchronous_commit off."""
    if connection.vendor != "postgresql" or connection.alias in _asked:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings"
            " WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')"
        )
        off = sorted(name for name, setting in cursor.fetchall() if setting == "off")
    if off:
        raise ImproperlyConfigured(
            f"PostgreSQL runs with {', '.join(off)} off: an acknowledged mark could be "
            "lost in a power cut. Switch it on, then start again."
        )
    _asked.add(connection.alias)
