"""The order of what people are entitled to: grades down the ladder, then names."""

from people.core import grades

GRADE_ORDER = tuple(label for _rung, label in sorted(grades.LABELS.items()))[::-1]


def target_order(target: str) -> tuple[int, str]:
    """Return the place of a target among others: the ladder downwards, then names."""
    known = target in GRADE_ORDER
    return (GRADE_ORDER.index(target) if known else len(GRADE_ORDER), target)
