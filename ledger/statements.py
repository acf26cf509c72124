"""Statements of the mark path, composed once for each shape and then only executed.

Composing SQL costs the ORM several times what the database needs to run it; a mark runs
a dozen statements.  Everything here gives exactly what the queryset, ``bulk_create`` or
``bulk_update`` would give; use it where a mark passes, and nowhere else.  Names come
from the models alone; every value is a parameter.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

Value = int | str | UUID
Rows = QuerySet[Any, Any]

AT_ONCE = 1000  # rows in one statement, far below what any database takes
SHAPES = 2048  # statements kept
# Values that stand for parameters while a query is composed.
MARKERS: dict[type, Callable[[int], Value]] = {
    int: lambda n: 8_000_000_000_000_000 + n,
    str: lambda n: f"\ue000{n}",
    UUID: lambda n: UUID(int=(1 << 100) + n),
}


@dataclass(frozen=True, slots=True)
class _Read:
    """A composed query: its text, where each value goes, how columns are converted."""

    sql: str
    template: tuple[tuple[int | None, Any], ...]  # position of a value, or a constant
    convert: Callable[[list[Any]], list[Any]]


def columns(model: type[Model], *wanted: str) -> tuple[str, ...]:
    """The ``wanted`` columns (none: all) in the model's own order, for :func:`row`."""
    names = [field.attname for field in model._meta.concrete_fields]
    return tuple(name for name in names if not wanted or name in wanted)


def row(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """An instance of the first ``values``; its other columns are deferred.

    What ``from_db`` makes, without the signals and descriptors of ``__init__``, which
    cost more than all the rest of a read.
    """
    made = model.__new__(model)
    made._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    made.__dict__.update(zip(names, values, strict=False))
    return made


def fetch(build: Callable[..., Rows], *values: Value | Sequence[Value]) -> list[Any]:
    """Return the rows of ``build(*values)``, the query of a ``values_list``.

    ``build`` is a plain function: it is called once for each shape of ``values`` (their
    types, which of them are lists, and how long) with markers in their place.  An empty
    list finds nothing and asks nothing.
    """
    lists = [[v] if isinstance(v, Value) else v for v in values]
    if not all(lists):
        return []
    shape = tuple(
        (type(each[0]), None if isinstance(value, Value) else len(each))
        for value, each in zip(values, lists, strict=True)
    )
    read = _composed(connection.vendor, build, shape)
    flat = [_sent(item) for each in lists for item in each]
    wanted = [
        constant if place is None else flat[place] for place, constant in read.template
    ]
    with connection.cursor() as cursor:
        cursor.execute(read.sql, wanted)
        return read.convert(cursor.fetchall())


@lru_cache(SHAPES)
def _composed(
    vendor: str, build: Callable[..., Rows], shape: tuple[tuple[type, int | None], ...]
) -> _Read:
    markers: list[Value] = []
    arguments: list[Value | list[Value]] = []
    for kind, size in shape:
        first = len(markers)
        markers += [MARKERS[kind](first + n) for n in range(size or 1)]
        arguments.append(markers[first] if size is None else markers[first:])
    compiler = build(*arguments).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])

    def convert(rows: list[Any]) -> list[Any]:
        if not converters:
            return rows
        return [tuple(each) for each in compiler.apply_converters(rows, converters)]

    places = {_sent(marker): place for place, marker in enumerate(markers)}
    template = tuple((places.get(item), item) for item in parameters)
    return _Read(sql, template, convert)


def _sent(value: Value) -> Value:
    """A value as the database takes it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def insert(rows: Sequence[Model]) -> None:
    """Insert all rows and give them their keys; one statement for each thousand."""
    for part in _parts(rows):
        model: Any = type(part[0])
        returned = _store(_insert_sql(connection.vendor, model, len(part)), part)
        for each, (pk,) in zip(part, returned, strict=True):
            each.pk, each._state.adding = pk, False


def upsert(
    rows: Collection[Model], *, unique: tuple[str, ...], update: tuple[str, ...]
) -> None:
    """Insert all rows, or ``update`` those whose ``unique`` fields are there already."""
    for part in _parts(rows):
        model: Any = type(part[0])
        sql = _insert_sql(connection.vendor, model, len(part), unique, update)
        _store(sql, part)


def update(rows: Collection[Model], fields: tuple[str, ...]) -> None:
    """Store ``fields`` of rows that are there; one statement for each thousand.

    A field that a row has deferred stays as it is stored.
    """
    for part in _parts(rows):
        model: Any = type(part[0])
        stored = [model._meta.get_field(name) for name in fields]
        values = [
            value
            for each in part
            for value in (each.pk, *(_kept(field, each) for field in stored))
        ]
        with connection.cursor() as cursor:
            sql = _update_sql(connection.vendor, model, len(part), fields)
            cursor.execute(sql, values)


def _parts(rows: Collection[Any]) -> Iterator[list[Any]]:
    every = list(rows)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def _store(sql: str, rows: Sequence[Model]) -> list[Any]:
    fields = _inserted(type(rows[0]))
    values = [
        field.get_db_prep_save(getattr(each, field.attname), connection)
        for each in rows
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def _kept(field: Any, each: Model) -> Any:
    """The value to store: NULL, which a required column never holds, if deferred."""
    known = each.__dict__
    value = known[field.attname] if field.null else known.get(field.attname)
    return field.get_db_prep_save(value, connection)


def _inserted(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@lru_cache(SHAPES)
def _insert_sql(
    vendor: str,
    model: type[Model],
    count: int,
    unique: tuple[str, ...] = (),
    update: tuple[str, ...] = (),
) -> str:
    quote = connection.ops.quote_name
    names = {field.name: quote(field.column) for field in _inserted(model)}
    place = f"({', '.join(['%s'] * len(names))})"
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(names.values())}) "  # noqa: S608
        f"VALUES {', '.join([place] * count)} "
    )
    if not unique:
        return f"{sql}RETURNING {quote(_key_column(model))}"
    sets = ", ".join(f"{names[name]} = EXCLUDED.{names[name]}" for name in update)
    found = ", ".join(names[name] for name in unique)
    return f"{sql}ON CONFLICT ({found}) DO UPDATE SET {sets}"


@lru_cache(SHAPES)
def _update_sql(
    vendor: str, model: type[Model], count: int, fields: tuple[str, ...]
) -> str:
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    sets = []
    for number, name in enumerate(fields, start=2):
        field: Any = model._meta.get_field(name)
        column, value = quote(field.column), f"v.column{number}"
        if vendor == "postgresql":  # a column of NULLs alone would be text
            kind = str(field.db_type(connection)).partition("(")[0]
            value = f"CAST({value} AS {kind})"
        if not field.null:
            value = f"COALESCE({value}, {table}.{column})"
        sets.append(f"{column} = {value}")
    place = f"({', '.join(['%s'] * (len(fields) + 1))})"
    return (
        f"UPDATE {table} SET {', '.join(sets)} "  # noqa: S608
        f"FROM (VALUES {', '.join([place] * count)}) AS v "
        f"WHERE {table}.{quote(_key_column(model))} = v.column1"
    )


def _key_column(model: type[Model]) -> str:
    key = model._meta.pk
    if key is None:
        raise TypeError(f"{model} has no key")
    return str(key.column)
