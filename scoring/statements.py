"""Statements of the mark path, compiled once for each shape and then only executed.

Composing SQL costs the ORM several times what the database needs to run it; a mark runs
a dozen statements.  Everything here gives exactly what the queryset or ``bulk_create``
would give; use it where a mark passes, and nowhere else.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

# Values that stand for parameters while a statement is composed.
FIRST_MARKER = 8_000_000_000_000_000
_reads: dict[tuple[Any, ...], "_Read"] = {}
_writes: dict[tuple[Any, ...], str] = {}


@dataclass(frozen=True, slots=True)
class _Read:
    """A composed query: its text, where each value goes, how columns are converted."""

    sql: str
    template: tuple[tuple[bool, Any], ...]  # (is a value, its position or a constant)
    convert: Callable[[list[Any]], list[Any]]


def fetch(
    build: Callable[..., QuerySet[Any, Any]], *values: int | Sequence[int]
) -> list[Any]:
    """Return the rows of ``build(*values)``, a ``values_list`` of whole numbers' query.

    ``build`` is a plain function: it is called once for each shape of ``values`` (which
    of them are lists, and how long) with markers in their place.
    """
    if any(not isinstance(value, int) and not value for value in values):
        return []
    shape = tuple(None if isinstance(value, int) else len(value) for value in values)
    key = (connection.vendor, build, shape)
    read = _reads.get(key)
    if read is None:
        read = _reads[key] = _composed(build, shape)
    flat = [
        number
        for value in values
        for number in ([value] if isinstance(value, int) else value)
    ]
    wanted = [flat[item] if is_value else item for is_value, item in read.template]
    with connection.cursor() as cursor:
        cursor.execute(read.sql, wanted)
        return read.convert(cursor.fetchall())


def _composed(
    build: Callable[..., QuerySet[Any, Any]], shape: Sequence[int | None]
) -> _Read:
    markers = iter(range(FIRST_MARKER, FIRST_MARKER + 10_000))
    arguments = [
        next(markers) if size is None else [next(markers) for _ in range(size)]
        for size in shape
    ]
    compiler = build(*arguments).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])

    def convert(rows: list[Any]) -> list[Any]:
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    template = tuple(
        (True, item - FIRST_MARKER)
        if isinstance(item, int) and item >= FIRST_MARKER
        else (False, item)
        for item in parameters
    )
    return _Read(sql, template, convert)


def upsert(
    model: type[Model],
    rows: Collection[Model],
    *,
    unique: Sequence[str],
    update: Sequence[str],
) -> None:
    """Insert all rows, or update those that are there; one statement.

    ``unique`` and ``update`` name fields; ``unique`` is ``["id"]`` for rows with a key.
    """
    if not rows:
        return
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key or field.name in unique
    ]
    key = (connection.vendor, model, tuple(unique), tuple(update), len(rows))
    sql = _writes.get(key)
    if sql is None:
        sql = _writes[key] = _upsert_sql(model, fields, unique, update, len(rows))
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for row in rows
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _upsert_sql(
    model: type[Model],
    fields: Sequence[Any],
    unique: Sequence[str],
    update: Sequence[str],
    count: int,
) -> str:
    quote = connection.ops.quote_name
    columns = {field.name: quote(field.column) for field in fields}
    place = f"({', '.join(['%s'] * len(fields))})"
    sets = ", ".join(f"{columns[n]} = EXCLUDED.{columns[n]}" for n in update)
    # Names come from the models alone; every value is a parameter.
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns.values())}) "  # noqa: S608
        f"VALUES {', '.join([place] * count)} "
        f"ON CONFLICT ({', '.join(columns[n] for n in unique)}) DO UPDATE SET {sets}"
    )
