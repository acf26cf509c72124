"""What the change of one cell would move, found by making it and taking it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import override

from people.models import User
from scoring.actions.rehearsal import Rehearsal, rehearse
from scoring.actions.reopening import reopen_results, void_signatures
from scoring.actions.results import refresh_skill
from scoring.actions.totals import apply_total, save_sheets
from scoring.core.rounding import from_scaled
from scoring.models import Mark, Sheet, Signature
from scoring.queries.corrections import Correction
from scoring.queries.points import SheetTotal, sheet_total
from scoring.queries.schemes import plan_by_digest, state_of
from scoring.queries.sheets import cells_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a sheet and what shall stand in it."""

    aspect: str
    seat: int
    state: str
    value: str


def preview_of(sheet: Sheet, cell: Cell, *, by: User, at: datetime) -> dict[str, Any]:
    """Everything the change would move, as plain values in the language of the house.

    Places, points and awards of each entry it touches, against the results of now and
    against the release in force; certificates and entitlements that stand on them; the
    sheet's points; the signatures and the verification that become void.  By code, never
    by name.  Nothing stays.
    """
    facts: dict[str, Any] = {}

    def act() -> None:
        facts.update(_put(sheet, cell, by=by, at=at))

    with override(settings.LANGUAGE_CODE):
        found = rehearse(sheet.skill, act, at=at)
    return {**facts, **_moved(found)}


def _put(sheet: Sheet, cell: Cell, *, by: User, at: datetime) -> dict[str, Any]:
    """Do what the mark and its consequences would do; return the sheet's own facts."""
    skill = sheet.skill
    row = Sheet.objects.select_related("sub_criterion").get(pk=sheet.pk)
    state = state_of(skill)
    if state is None:
        raise ValueError("a skill without a scheme has no sheets")
    plan = plan_by_digest(state.scheme.digest)
    code = row.sub_criterion.code
    before = sheet_total(plan, code, row.seats, cells_of([row])[row.pk])
    Mark.objects.update_or_create(
        {"state": cell.state, "value": cell.value},
        {"judge": by, "seq": 0, "marked_at": at, "remark": ""}
        | {"state": cell.state, "value": cell.value},
        sheet=row,
        code=cell.aspect,
        seat=cell.seat,
    )
    after = sheet_total(plan, code, row.seats, cells_of([row])[row.pk])
    signatures = Signature.objects.filter(sheets=row, void_at__isnull=True).count()
    apply_total(row, after)
    save_sheets([row])
    void_signatures(skill, [row], cause="preview", by=by, at=at, keeps_seats=True)
    was = str(state.state)
    reopened = reopen_results(skill, state, cause="preview", by=by, at=at)
    refresh_skill(skill, state, at=at)
    return {
        "sheet": _sheet_facts(before, after, cell.aspect),
        "signatures": signatures,
        "reopened": was if reopened else "",
    }


def _sheet_facts(before: SheetTotal, after: SheetTotal, aspect: str) -> dict[str, Any]:
    return {
        "points": [_points(before.sub.points), _points(after.sub.points)],
        "aspect": [str(total.outcomes[aspect].state) for total in (before, after)],
        "complete": after.is_complete,
    }


def _points(scaled: int) -> str:
    return str(from_scaled(scaled))


def _moved(found: Rehearsal) -> dict[str, Any]:
    released = found.released
    return {
        "entries": _entries(found.now),
        "release": "" if released is None else released.before,
        "released": [] if released is None else _entries(released),
    }


def _entries(correction: Correction) -> list[dict[str, Any]]:
    return [
        {
            "entry": changed.entry,
            "code": changed.code,
            "lines": [[line.label, line.before, line.after] for line in changed.lines],
            "effects": [[effect.kind, effect.text] for effect in changed.effects],
        }
        for changed in correction.entries
    ]
