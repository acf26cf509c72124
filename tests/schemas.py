"""What a database holds besides rows, for comparing two: as sets, for the order of
columns is nobody's business.  Names that Django draws from a column's former name are
left out.
"""

import re
from typing import Any

# An index keeps the name it was born with when its column is renamed.
DRAWN = re.compile(r"\b\w+_[0-9a-f]{8}\b")
POSTGRESQL = {
    "column": """
        SELECT table_name, column_name, data_type, character_maximum_length,
               is_nullable, column_default, is_identity, collation_name
        FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "constraint": """
        SELECT conrelid::regclass::text, CASE WHEN contype <> 'n' THEN conname END,
               pg_get_constraintdef(oid), condeferrable, condeferred
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "function": """
        SELECT pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    """,
    "sequence": "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'",
}


def schema_of(connection: Any) -> set[tuple[str, ...]]:
    """Every column, constraint, index, trigger and function of the database."""
    read = of_sqlite if connection.vendor == "sqlite" else of_postgresql
    with connection.cursor() as cursor:
        return set(read(cursor))


def of_sqlite(cursor: Any) -> list[tuple[str, ...]]:
    cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    found: list[tuple[str, ...]] = []
    for kind, name, sql in cursor.fetchall():
        if kind == "table":
            body = sql[sql.index("(") + 1 : sql.rindex(")")]
            found += [(kind, name, part) for part in parts_of(body)]
        else:
            found.append((kind, DRAWN.sub("", name), DRAWN.sub("", sql)))
    return found


def of_postgresql(cursor: Any) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for kind, query in POSTGRESQL.items():
        cursor.execute(query)
        found += [(kind, *(DRAWN.sub("", str(v)) for v in row)) for row in cursor]
    return found


def parts_of(body: str) -> list[str]:
    """The columns and constraints between the outermost commas of a definition."""
    parts, depth, quote, begun = [], 0, "", 0
    for at, letter in enumerate(body):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "," and depth == 0:
            parts.append(body[begun:at].strip())
            begun = at + 1
    return [*parts, body[begun:].strip()]
