"""What a mark needs, read with as little work as possible (see ``scoring.statements``).

Rows come as model instances whose other columns are deferred, so nothing is ever wrong
about them; the caller holds the lock of the skill's chain, under which alone sheets,
marks and results are written.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from competitions.models import Competition, Entry, Skill
from people.models import User
from scoring.models import (
    Mark,
    PanelSeat,
    Result,
    Scheme,
    Sheet,
    SkillState,
    SubCriterion,
)
from scoring.statements import fetch

Rows = QuerySet[Any, Any]


def _columns(model: type[Model], *wanted: str) -> tuple[str, ...]:
    """Column names in the model's own order (all without ``wanted``)."""
    names = [field.attname for field in model._meta.concrete_fields]
    return tuple(name for name in names if not wanted or name in wanted)


SKILL = _columns(Skill, "id", "number", "competition_id")
COMPETITION = _columns(Competition, "id", "tier", "is_rehearsal", "public_from")
STATE = _columns(
    SkillState, "id", "skill_id", "scheme_id", "state", "frozen_at", "decisions"
)
SCHEME = _columns(Scheme, "id", "skill_id", "version", "digest", "frozen_at")
SHEET = _columns(Sheet)
SUB = _columns(SubCriterion, "id", "code", "panel")
RESULT = _columns(Result)
ENTRY = _columns(Entry, "id", "state", "is_guest")


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in a cell."""

    seat: int
    state: str
    value: str


def seated_skill(user: User, pk: int) -> Skill | None:
    """The skill, with its competition, if ``user`` has a seat in it."""
    rows = fetch(_seated, user.pk, pk)
    if not rows:
        return None
    skill: Skill = _row(Skill, SKILL, rows[0])
    skill.competition = _row(Competition, COMPETITION, rows[0][len(SKILL) :])
    return skill


def skill_state(skill: Skill) -> SkillState | None:
    """The scoring side of the skill with its scheme."""
    rows = fetch(_state, skill.pk)
    if not rows:
        return None
    state: SkillState = _row(SkillState, STATE, rows[0])
    state.scheme = _row(Scheme, SCHEME, rows[0][len(STATE) :])
    return state


def sheets_of_entries(skill: Skill, sheets: Collection[int]) -> dict[int, Sheet]:
    """All sheets of the entries that own one of ``sheets``, by id."""
    found = {}
    for values in fetch(_sheets, skill.pk, sorted(sheets), skill.pk):
        sheet = _row(Sheet, SHEET, values)
        sheet.sub_criterion = _row(SubCriterion, SUB, values[len(SHEET) :])
        found[sheet.pk] = sheet
    return found


def cells_of(
    sheets: Iterable[int],
) -> dict[int, dict[tuple[str, int], Entered]]:
    """The marks of the given sheets by cell."""
    wanted = sorted(sheets)
    found: dict[int, dict[tuple[str, int], Entered]] = {pk: {} for pk in wanted}
    for sheet, code, seat, state, value in fetch(_marks, wanted):
        found[sheet][code, seat] = Entered(seat, state, value)
    return found


def seats_held(skill: Skill, user: User) -> dict[str, int]:
    """The judge's seat in each panel."""
    return dict(fetch(_seats, skill.pk, user.pk))


def results_of_skill(skill: Skill) -> list[Result]:
    """All results of the skill with what matters of their entries."""
    found = []
    for values in fetch(_results, skill.pk):
        result = _row(Result, RESULT, values)
        result.entry = _row(Entry, ENTRY, values[len(RESULT) :])
        found.append(result)
    return found


def _row(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    return model.from_db(DEFAULT_DB_ALIAS, names, values[: len(names)])


def _seated(user: int, skill: int) -> Rows:
    names = [f"skill__{name}" for name in SKILL]
    names += [f"skill__competition__{name}" for name in COMPETITION]
    rows = PanelSeat.objects.filter(judge=user, skill=skill, left_at__isnull=True)
    return rows.values_list(*names)


def _state(skill: int) -> Rows:
    names = [*STATE, *(f"scheme__{name}" for name in SCHEME)]
    return SkillState.objects.filter(skill=skill).values_list(*names)


def _sheets(skill: int, ids: Sequence[int], same: int) -> Rows:
    entries = Sheet.objects.filter(skill=skill, pk__in=ids).values("entry_id")
    rows = Sheet.objects.filter(skill=same, entry_id__in=entries).order_by("pk")
    return rows.values_list(*SHEET, *(f"sub_criterion__{name}" for name in SUB))


def _marks(sheets: Sequence[int]) -> Rows:
    rows = Mark.objects.filter(sheet__in=sheets)
    return rows.values_list("sheet_id", "code", "seat", "state", "value")


def _seats(skill: int, user: int) -> Rows:
    rows = PanelSeat.objects.filter(skill=skill, judge=user, left_at__isnull=True)
    return rows.values_list("panel", "number")


def _results(skill: int) -> Rows:
    rows = Result.objects.filter(skill=skill).order_by("pk")
    return rows.values_list(*RESULT, *(f"entry__{name}" for name in ENTRY))
