"""A prize scale as plain values, as stored and as documents hand it down, and back.

``{"award", "from", "to" | "share", "rounding", "citation"}``: places are whole numbers,
a share is a text such as ``1/10``.  ``band`` and ``minimum`` are there only when set.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from scoring.core.prizes import (
    PrizeScaleRefused,
    PrizeStep,
    ShareRounding,
    check_steps,
)


def steps_from(values: Sequence[Mapping[str, Any]]) -> tuple[PrizeStep, ...]:
    """Read plain values; PrizeScaleRefused names the step that cannot be applied."""
    try:
        steps = tuple(_step(step) for step in values)
    except (KeyError, ValueError, TypeError, ZeroDivisionError) as error:
        raise PrizeScaleRefused(str(error)) from error
    check_steps(steps)
    return steps


def plain_steps(steps: Sequence[PrizeStep]) -> list[dict[str, object]]:
    """The plain values of a scale."""
    return [
        {
            "award": step.award,
            "from": step.first,
            "to": step.last,
            "share": "" if step.share is None else str(step.share),
            "rounding": step.rounding.value,
            "citation": step.citation,
            **({"band": True} if step.is_band else {}),
            **({"minimum": step.minimum} if step.minimum else {}),
        }
        for step in steps
    ]


def _step(step: Mapping[str, Any]) -> PrizeStep:
    return PrizeStep(
        award=str(step["award"]),
        last=None if step.get("to") is None else int(step["to"]),
        share=Fraction(str(step["share"])) if step.get("share") else None,
        rounding=ShareRounding(step.get("rounding") or ShareRounding.DOWN),
        first=None if step.get("from") is None else int(step["from"]),
        citation=str(step.get("citation", "")),
        is_band=bool(step.get("band")),
        minimum=int(step.get("minimum") or 0),
    )
