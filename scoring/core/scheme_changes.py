"""What the text of a scheme says otherwise than another: part by part, value by value.

Values are plain texts; wording belongs to the caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.core.findings import aspects_of
from scoring.core.rounding import plain_text
from scoring.core.scheme import (
    Aspect,
    Calculation,
    Criterion,
    Scheme,
    SubCriterion,
)
from scoring.core.scheme_versions import subs_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of one part: ``part`` is settings, criterion, sub, aspect or section.

    ``name`` is ``added`` or ``removed`` for a whole part, then one side is empty.
    """

    part: str
    code: str
    name: str
    before: str
    after: str


def differences(old: Scheme, new: Scheme) -> tuple[Difference, ...]:
    """Everything of the text that differs, part by part, in the order of ``new``."""
    found: list[Difference] = []
    for part, values in (
        ("settings", lambda s: {"": _settings(s)}),
        ("section", lambda s: {x.number: _section(x) for x in s.sections}),
        ("criterion", lambda s: {c.letter: _criterion(c) for c in s.criteria}),
        ("sub", lambda s: {x.code: _sub(x) for x in subs_of(s)}),
        ("aspect", lambda s: {a.code: _aspect(a) for a in aspects_of(s)}),
    ):
        found += _compared(part, values(old), values(new))
    return tuple(found)


def _is_new_order(before: str, after: str) -> bool:
    """The same aspects in another order; else others were added or removed."""
    return sorted(before.split()) == sorted(after.split())


def _compared(
    part: str, old: Mapping[str, dict[str, str]], new: Mapping[str, dict[str, str]]
) -> Iterator[Difference]:
    for code in (*new, *(code for code in old if code not in new)):
        if code not in old:
            yield Difference(part, code, "added", "", _title(new[code]))
        elif code not in new:
            yield Difference(part, code, "removed", _title(old[code]), "")
        else:
            for name, value in new[code].items():
                before = old[code][name]
                is_told = name != "order" or _is_new_order(before, value)
                if before != value and is_told:
                    yield Difference(part, code, name, before, value)


def _title(values: Mapping[str, str]) -> str:
    return next(iter(values.values()), "")


def _settings(scheme: Scheme) -> dict[str, str]:
    return {
        "title": scheme.title,
        **{
            f"rounding-{name}": _text(getattr(scheme.rounding, name))
            for name in ("aspect", "sub_criterion", "criterion", "total")
        },
        "ties": "\n".join(scheme.ties),
        "fallback": scheme.fallback,
        "medal_rule": scheme.medal_rule,
    }


def _section(section: Any) -> dict[str, str]:
    return {"name": section.name, "declared": _text(section.declared)}


def _criterion(criterion: Criterion) -> dict[str, str]:
    return {"name": criterion.name, "weight": _text(criterion.weight)}


def _sub(sub: SubCriterion) -> dict[str, str]:
    dual = sub.dual
    second = (
        "" if dual is None else f"{dual.panel} ±{_text(dual.tolerance)} {dual.unit}"
    )
    return {
        "name": sub.name,
        "day": _text(sub.day),
        "panel": sub.panel,
        "dual": second if dual is None else f"{second} {dual.places}",
        "order": " ".join(aspect.code for aspect in sub.aspects),
    }


def _aspect(aspect: Aspect) -> dict[str, str]:
    return {
        "description": aspect.description,
        "maximum": _text(aspect.maximum),
        "calculation": _calculation(aspect.calculation),
        "requirement": aspect.requirement,
        "extra": "\n".join(aspect.extra),
        "descriptors": "\n".join(aspect.descriptors),
        "section": aspect.section,
        "step": _text(aspect.step),
        "trim": _text(aspect.trim),
        "scale": _text(aspect.scale),
    }


def _calculation(calculation: Calculation) -> str:
    pairs = [f"{name}={value}" for name, value in calculation.parameters]
    return "\n".join([calculation.kind.value, *pairs])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else plain_text(value)
