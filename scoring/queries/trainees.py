"""Sheets as a trainee practises on them, and how far trainees lie from the panels."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import judges_of
from people.models import User
from scoring.core.marking import score_aspect
from scoring.core.rounding import round_half_up
from scoring.core.scheme import Aspect, MarkKind
from scoring.core.trainees import Compared, Deviation, deviation
from scoring.models import Sheet, TraineeMark
from scoring.queries.judging import live_sheets
from scoring.queries.points import aspect_outcomes, core_mark
from scoring.queries.schemes import Plan, plan_of
from scoring.queries.sheets import cells_of


@dataclass(frozen=True, slots=True)
class PractiseRow:
    """One sheet in a trainee's list."""

    id: int
    code: str
    sub_code: str
    sub_name: str
    aspects: int
    filled: int


@dataclass(frozen=True, slots=True)
class TraineeRow:
    """One trainee with what they have entered and how far it lies from the panel."""

    name: str
    entered: int
    deviation: Deviation

    @property
    def mean(self) -> str:
        """The mean difference in percent of the maximum, signed."""
        return _percent(self.deviation.mean, signed=True)

    @property
    def mean_size(self) -> str:
        return _percent(self.deviation.mean_size)

    @property
    def largest(self) -> str:
        return _percent(self.deviation.largest)


def _percent(share: Fraction, *, signed: bool = False) -> str:
    found = round_half_up(share * 100, 1)
    return f"{found:+}%" if signed and found else f"{found}%"


def practised(aspect: Aspect) -> bool:
    """Whether a trainee can mark it: a theory paper is imported, not judged."""
    return aspect.kind is not MarkKind.IMPORTED


def practise_rows(user: User, skill: Skill) -> list[PractiseRow]:
    """All sheets of a skill, with how far this trainee is; three queries."""
    plan = plan_of(skill)
    if plan is None:
        return []
    counted = TraineeMark.objects.filter(sheet__skill=skill, trainee=user)
    filled = dict(
        counted.values_list("sheet_id").annotate(count=Count("pk")).order_by()
    )
    return [
        PractiseRow(
            sheet.pk,
            sheet.entry.code,
            sheet.sub_criterion.code,
            sheet.sub_criterion.name,
            sum(map(practised, plan.subs[sheet.sub_criterion.code].aspects)),
            filled.get(sheet.pk, 0),
        )
        for sheet in live_sheets(skill)
    ]


def own_practice(user: User, sheet: Sheet) -> Mapping[str, TraineeMark]:
    """What a trainee has entered on a sheet, by aspect."""
    rows = TraineeMark.objects.filter(sheet=sheet, trainee=user)
    return {row.code: row for row in rows}


def trainee_rows(skill: Skill) -> list[TraineeRow]:
    """Every trainee of a skill against the panels, in the order of appointment.

    Only aspects whose panel has settled them are compared; a fixed number of queries.
    """
    people = judges_of(skill, EventRole.TRAINEE).select_related("person__user")
    marks: dict[int, list[TraineeMark]] = defaultdict(list)
    rows = TraineeMark.objects.filter(sheet__skill=skill)
    for mark in rows.select_related("sheet__sub_criterion").order_by("pk"):
        marks[mark.trainee_id].append(mark)
    plan = plan_of(skill)
    settled = {} if plan is None else _settled(plan, marks)
    found = []
    for appointment in people:
        user = getattr(appointment.person, "user", None)
        mine = marks[user.pk] if user else []
        compared = [] if plan is None else _compared(plan, mine, settled)
        row = TraineeRow(appointment.person.name, len(mine), deviation(compared))
        found.append(row)
    return found


def _settled(
    plan: Plan, marks: Mapping[int, list[TraineeMark]]
) -> dict[tuple[int, str], Fraction]:
    """The panel's points before rounding, by sheet and aspect, where there are any."""
    sheets = {row.sheet_id: row.sheet for rows in marks.values() for row in rows}
    cells = cells_of(list(sheets.values()))
    found = {}
    for pk, sheet in sheets.items():
        sub = plan.subs[sheet.sub_criterion.code]
        outcomes = aspect_outcomes(plan, sub, sheet.seats, cells[pk])
        for code, outcome in outcomes.items():
            if outcome.is_settled and outcome.unrounded is not None:
                found[pk, code] = outcome.unrounded
    return found


def _compared(
    plan: Plan,
    marks: list[TraineeMark],
    settled: Mapping[tuple[int, str], Fraction],
) -> list[Compared]:
    found = []
    for row in marks:
        aspect = plan.aspects.get(row.code)
        panel = settled.get((row.sheet_id, row.code))
        if aspect is None or panel is None:
            continue
        own = score_aspect(aspect, [core_mark(_Alone(row))], judges=1).unrounded
        if own is not None:
            found.append(Compared(own, panel, Fraction(aspect.maximum)))
    return found


@dataclass(frozen=True, slots=True)
class _Alone:
    """A trainee's mark as a cell of its own."""

    row: TraineeMark

    @property
    def seat(self) -> int:
        return 1

    @property
    def state(self) -> str:
        return self.row.state

    @property
    def value(self) -> str:
        return self.row.value
