"""A scheme as text and back: what a freeze event carries and a digest is taken of.

Equal schemes have equal text.  Reading is strict: an unknown or missing key, a number
that is not one or a wrong type is refused, because results are rebuilt from this text.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from scoring.core import scheme as values
from scoring.core.rounding import plain_text

# How each field that is not plain text is read back.
_READERS: MappingProxyType[tuple[type, str], Any] = MappingProxyType(
    {
        (values.Calculation, "kind"): values.CalculationKind,
        (values.Calculation, "parameters"): "pairs",
        (values.Aspect, "kind"): values.MarkKind,
        (values.Aspect, "maximum"): Decimal,
        (values.Aspect, "extra"): "texts",
        (values.Aspect, "descriptors"): "texts",
        (values.Aspect, "calculation"): values.Calculation,
        (values.Aspect, "step"): Decimal,
        (values.Aspect, "trim"): int,
        (values.Aspect, "scale"): Decimal,
        (values.SubCriterion, "day"): int,
        (values.SubCriterion, "aspects"): [values.Aspect],
        (values.SubCriterion, "dual"): values.DualMarking,
        (values.DualMarking, "tolerance"): Decimal,
        (values.DualMarking, "places"): int,
        (values.Criterion, "sub_criteria"): [values.SubCriterion],
        (values.Criterion, "weight"): Decimal,
        (values.Section, "declared"): Decimal,
        (values.Rounding, "aspect"): int,
        (values.Rounding, "sub_criterion"): int,
        (values.Rounding, "criterion"): int,
        (values.Rounding, "total"): int,
        (values.Scheme, "criteria"): [values.Criterion],
        (values.Scheme, "sections"): [values.Section],
        (values.Scheme, "rounding"): values.Rounding,
        (values.Scheme, "ties"): "texts",
    }
)
_OPTIONAL = frozenset(
    {
        (values.Aspect, "scale"),
        (values.SubCriterion, "day"),
        (values.SubCriterion, "dual"),
        (values.Criterion, "weight"),
        (values.Rounding, "aspect"),
        (values.Rounding, "sub_criterion"),
        (values.Rounding, "criterion"),
        (values.Rounding, "total"),
    }
)
# Left out where there is none: a scheme without it reads as it always did.
_LEFT_OUT = frozenset({"dual"})


class SchemeTextRefused(ValueError):
    """The text is not a scheme; the message names the place."""


def canonical(scheme: values.Scheme) -> str:
    """Return the scheme as canonical JSON: sorted keys, decimals as plain strings."""
    return json.dumps(
        _plain(scheme), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def digest(scheme: values.Scheme) -> str:
    """SHA-256 (hexadecimal) of the canonical text."""
    return hashlib.sha256(canonical(scheme).encode("utf-8")).hexdigest()


def parse(text: str) -> values.Scheme:
    """Return the scheme that ``text`` describes, or raise :class:`SchemeTextRefused`."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise SchemeTextRefused(f"not JSON: {error}") from error
    scheme: values.Scheme = _read(values.Scheme, found, "scheme")
    return scheme


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_text(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (str, int)):
        return value
    found = {item.name: getattr(value, item.name) for item in fields(value)}
    return {
        name: _plain(item)
        for name, item in found.items()
        if item is not None or name not in _LEFT_OUT
    }


def _read(kind: type, found: Any, place: str) -> Any:
    if not isinstance(found, dict):
        raise SchemeTextRefused(f"{place}: an object is expected")
    known = {item.name: item for item in fields(kind)}
    if unknown := sorted(set(found) - set(known)):
        raise SchemeTextRefused(f"{place}: unknown key {unknown[0]}")
    arguments = {}
    for name, item in known.items():
        if name in found:
            arguments[name] = _read_field(kind, name, found[name], f"{place}.{name}")
        elif item.default is MISSING and item.default_factory is MISSING:
            raise SchemeTextRefused(f"{place}: {name} is missing")
    return kind(**arguments)


def _read_field(kind: type, name: str, found: Any, place: str) -> Any:
    reader = _READERS.get((kind, name), str)
    if found is None and (kind, name) in _OPTIONAL:
        return None
    if isinstance(reader, list):
        rows = _typed(found, list, place)
        return tuple(
            _read(reader[0], row, f"{place}[{index}]") for index, row in enumerate(rows)
        )
    if reader == "texts":
        rows = _typed(found, list, place)
        return tuple(_typed(row, str, place) for row in rows)
    if reader == "pairs":
        return tuple(_pair(row, place) for row in _typed(found, list, place))
    if reader is Decimal:
        return _decimal(_typed(found, str, place), place)
    if reader in (str, int):
        return _typed(found, reader, place)
    if issubclass(reader, StrEnum):
        return _word(reader, found, place)
    return _read(reader, found, place)


def _typed(found: Any, kind: type, place: str) -> Any:
    if not isinstance(found, kind) or isinstance(found, bool):
        raise SchemeTextRefused(f"{place}: {kind.__name__} is expected")
    return found


def _pair(found: Any, place: str) -> tuple[str, str]:
    row = _typed(found, list, place)
    if len(row) != 2:
        raise SchemeTextRefused(f"{place}: a pair is expected")
    return _typed(row[0], str, place), _typed(row[1], str, place)


def _decimal(text: str, place: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise SchemeTextRefused(f"{place}: {text!r} is not a number") from error
    if not number.is_finite():
        raise SchemeTextRefused(f"{place}: {text!r} is not a number")
    return number


def _word(reader: type[StrEnum], found: Any, place: str) -> StrEnum:
    try:
        return reader(found)
    except ValueError as error:
        raise SchemeTextRefused(f"{place}: {found!r} is not known") from error
