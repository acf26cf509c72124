"""Penalties as lists show them: every one ever imposed, withdrawn ones too."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from competitions.models import Entry, Skill
from scoring.core.rounding import plain_text
from scoring.models import Penalty


@dataclass(frozen=True, slots=True)
class PenaltyRow:
    """One penalty; ``void_at`` is set once it was taken back."""

    id: int
    code: str
    amount: str
    clause: str
    reason: str
    by: str
    at: datetime
    void_at: datetime | None
    void_by: str
    void_reason: str


def penalties_of(skill: Skill) -> list[PenaltyRow]:
    """All penalties of a skill by workstation code, then in order; one query."""
    rows = Penalty.objects.filter(skill=skill).order_by("entry__code", "pk")
    return [
        PenaltyRow(
            row.pk,
            row.entry.code,
            f"{plain_text(Decimal(row.value))}{' %' if row.is_percent else ''}",
            row.clause,
            row.reason,
            str(row.imposed_by),
            row.imposed_at,
            row.void_at,
            "" if row.void_by is None else str(row.void_by),
            row.void_reason,
        )
        for row in rows.select_related("entry", "imposed_by", "void_by")
    ]


def entries_with_codes(skill: Skill) -> list[tuple[int, str]]:
    """The entries of a skill that have a workstation code, in its order."""
    rows = Entry.objects.filter(skill=skill).exclude(code="").order_by("code", "pk")
    return list(rows.values_list("pk", "code"))
