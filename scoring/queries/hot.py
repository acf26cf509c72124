"""What a mark needs, read with as little work as possible (see ``ledger.statements``).

Rows come as model instances whose other columns are deferred, so nothing is ever wrong
about them; the caller holds the lock of the skill's chain, under which alone sheets,
marks and results are written.
"""

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q

from competitions.models import Competition, Entry, Skill
from ledger.statements import Rows, columns, fetch, row
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

SKILL = columns(Skill, "id", "number", "competition_id")
COMPETITION = columns(
    Competition, "id", "tier", "is_rehearsal", "public_from", "starts_on", "zone"
)
STATE = columns(
    SkillState,
    "id",
    "skill_id",
    "scheme_id",
    "state",
    "frozen_at",
    "decisions",
    "calendar",
    "group_panels",
)
SCHEME = columns(Scheme, "id", "skill_id", "version", "digest", "frozen_at")
SHEET = columns(Sheet)
SUB = columns(SubCriterion, "id", "code", "panel", "second_panel")
# Without the modules: they are written anew, never looked at, when an entry is marked.
RESULT = columns(
    Result,
    "id",
    "entry_id",
    "standing",
    "points_scaled",
    "tie_scaled",
    "place",
    "is_undecided",
    "scale_score",
    "public_standing",
    "public_points_scaled",
    "public_place",
    "award",
    "penalties",
)
ENTRY = columns(Entry, "id", "state", "is_guest")


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in a cell."""

    seat: int
    state: str
    value: str
    seq: int = 0
    device: str = ""
    contradicts: int | None = None


def seated_skill(user: User, pk: int) -> Skill | None:
    """The skill, with its competition, if ``user`` has a seat in it, if only for an entry."""
    rows = fetch(_seated, user.pk, pk)
    if not rows:
        return None
    skill: Skill = row(Skill, SKILL, rows[0])
    skill.competition = row(Competition, COMPETITION, rows[0][len(SKILL) :])
    skill.__dict__["demands_devices"] = bool(rows[0][-1])
    return skill


def state_and_seats(
    skill: Skill, user: User
) -> tuple[SkillState | None, dict[str, int]]:
    """The scoring side of the skill with its scheme; the judge's seat in each panel.

    Seats held for one entry only are not among them: the sheet knows its stand-ins.
    """
    rows = fetch(_state_and_seats, user.pk, skill.pk)
    if not rows:
        return None, {}
    state: SkillState = row(SkillState, STATE, rows[0])
    state.scheme = row(Scheme, SCHEME, rows[0][len(STATE) :])
    return state, {panel: seat for *_, panel, seat in rows if panel is not None}


def sheets_of_entries(skill: Skill, sheets: Collection[int]) -> dict[int, Sheet]:
    """All sheets of the entries that own one of ``sheets``, by id."""
    found = {}
    for values in fetch(_sheets, skill.pk, sorted(sheets), skill.pk):
        sheet = row(Sheet, SHEET, values)
        sheet.sub_criterion = row(SubCriterion, SUB, values[len(SHEET) :])
        found[sheet.pk] = sheet
    return found


def cells_of(
    sheets: Iterable[int],
) -> dict[int, dict[tuple[str, int], Entered]]:
    """The marks of the given sheets by cell."""
    wanted = sorted(sheets)
    found: dict[int, dict[tuple[str, int], Entered]] = {pk: {} for pk in wanted}
    for sheet, code, seat, *entered in fetch(_marks, wanted):
        found[sheet][code, seat] = Entered(seat, *entered)
    return found


def results_of_skill(skill: Skill, marked: Container[int]) -> list[Result]:
    """All results of the skill as far as places depend on them.

    What matters of the entry itself comes with the entries that are ``marked``.
    """
    found = []
    for values in fetch(_results, skill.pk):
        result: Result = row(Result, RESULT, values)
        if result.entry_id in marked:
            result.entry = row(Entry, ENTRY, values[len(RESULT) :])
        found.append(result)
    return found


def holders_of(skill: Skill) -> dict[tuple[str, int], int]:
    """Who holds each seat of a skill: user id by panel letter and number."""
    rows = PanelSeat.objects.filter(
        skill=skill, left_at__isnull=True, entry__isnull=True
    )
    return {
        (panel, number): judge
        for panel, number, judge in rows.values_list("panel", "number", "judge_id")
    }


def _seated(user: int, skill: int) -> Rows:
    names = [f"skill__{name}" for name in SKILL]
    names += [f"skill__competition__{name}" for name in COMPETITION]
    names.append("skill__competition__device_policy__is_required")
    rows = PanelSeat.objects.filter(judge=user, skill=skill, left_at__isnull=True)
    return rows.values_list(*names)


def _state_and_seats(user: int, skill: int) -> Rows:
    held = Q(
        skill__seats__judge=user,
        skill__seats__left_at__isnull=True,
        skill__seats__entry__isnull=True,
    )
    rows = SkillState.objects.alias(
        held=FilteredRelation("skill__seats", condition=held)
    )
    names = [*STATE, *(f"scheme__{name}" for name in SCHEME)]
    return rows.filter(skill=skill).values_list(*names, "held__panel", "held__number")


def _sheets(skill: int, ids: Sequence[int], same: int) -> Rows:
    entries = Sheet.objects.filter(skill=skill, pk__in=ids).values("entry_id")
    rows = Sheet.objects.filter(skill=same, entry_id__in=entries).order_by("pk")
    return rows.values_list(*SHEET, *(f"sub_criterion__{name}" for name in SUB))


def _marks(sheets: Sequence[int]) -> Rows:
    rows = Mark.objects.filter(sheet__in=sheets)
    entered = ("state", "value", "seq", "device", "contradicts")
    return rows.values_list("sheet_id", "code", "seat", *entered)


def _results(skill: int) -> Rows:
    rows = Result.objects.filter(skill=skill).order_by("pk")
    return rows.values_list(*RESULT, *(f"entry__{name}" for name in ENTRY))
