"""Lists that name others beside their subject: squads with coaches, coaches, units.

Who coached whom is what the release says; names of the others are read by the chunk.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from django.db.models import Q, QuerySet

from awards.core.vocabulary import Trigger
from awards.enums import DecisionState, OutcomeKind
from awards.listings import cells
from awards.listings.base import Listing, ListLine, Selection
from awards.listings.bonus import amount_of
from awards.listings.cells import MONEY, shown
from awards.listings.persons import SQUAD_COLUMNS
from awards.listings.reading import (
    Told,
    by_target,
    chunks,
    decisions_on,
    entitlements_on,
    in_places,
    shelf,
    told,
)
from awards.models import Entitlement
from awards.queries.documents import rulebooks
from people.enums import OrganizationKind
from people.models import Person
from people.spreadsheets import Cell

Names = Mapping[int, str]
ALL_KINDS = tuple(OutcomeKind)
COACH_COLUMNS = (
    cells.NUMBER,
    cells.NAME,
    cells.IDENTITY,
    cells.UNIT,
    cells.PHONE,
    cells.COMPETITION,
    cells.TIER,
    cells.SKILL,
    shown("coached", "指导选手", 18, wraps=True),
    cells.PLACE,
    cells.AWARD,
    shown("kind", "奖励类别", 12),
    shown("value", "奖励内容", 18, wraps=True),
    shown("amount", "金额(元)", 12, "number", MONEY),
    shown("authority", "奖励单位", 20, wraps=True),
    cells.CITATION,
    cells.NOTE,
)
UNIT_COLUMNS = (
    cells.NUMBER,
    shown("name", "单位名称", 28, wraps=True),
    shown("nature", "单位性质", 14, wraps=True),
    shown("region", "所属地区(行政区划代码)", 18, wraps=True),
    shown("credit_code", "统一社会信用代码", 21),
    cells.COMPETITION,
    cells.TIER,
    cells.SKILL,
    shown("coached", "相关选手", 18, wraps=True),
    cells.PLACE,
    cells.AWARD,
    shown("kind", "奖励类别", 12),
    shown("value", "奖励内容", 20, wraps=True),
    shown("amount", "金额(元)", 12, "number", MONEY),
    shown("authority", "奖励单位", 20, wraps=True),
    cells.CITATION,
    cells.NOTE,
)
LEAD = "第一指导教练"


def coach_rules() -> Q:
    """Return the condition on decisions of rules about coaches."""
    found = Q(kind=OutcomeKind.COACH)
    for book in rulebooks():
        names = [rule.id for rule in book.rules if rule.trigger is Trigger.COACH]
        if names:
            found |= Q(rulebook=book.document.id, rule__in=names)
    return found & Q(person__isnull=False)


def of_coaches(selection: Selection) -> QuerySet[Entitlement]:
    """Return what coaches are entitled to, of whatever kind."""
    chosen = decisions_on(selection, ALL_KINDS).filter(coach_rules())
    return entitlements_on(selection, ALL_KINDS).filter(decision__in=chosen)


def of_units(selection: Selection) -> QuerySet[Entitlement]:
    """Return what units are entitled to."""
    return entitlements_on(selection, ALL_KINDS).filter(unit__isnull=False)


def of_squads(selection: Selection) -> QuerySet[Entitlement]:
    """Return the places in squads."""
    return entitlements_on(selection, (OutcomeKind.SQUAD,))


def squad_cells(line: Told, names: Names) -> dict[str, Cell]:
    """Return a squad member with who coached."""
    return {**cells.all_cells(line), "coaches": _listed(line.result.coaches, names)}


def reward_cells(line: Told, names: Names) -> dict[str, Cell]:
    """Return what a coach or unit is given, and for whose result."""
    members = [person for person, _unit, _kind in line.result.members]
    coaches = line.result.coaches
    unit = line.row.unit
    lead = bool(coaches) and coaches[0] == line.row.person_id
    written = {
        **cells.all_cells(line),
        "coached": _listed(members, names),
        "kind": cells.kind_word(line.row.kind),
        "amount": amount_of(line),
        "note": LEAD if lead else "",
    }
    if unit is not None:
        written["nature"] = "、".join(
            cells.word(OrganizationKind, kind) for kind in unit.kinds
        )
        written["credit_code"] = unit.credit_code
        written["region"] = cells.region_of(unit.region)
    return written


def lines_with_names(
    selection: Selection,
    rows_of: Callable[[Selection], QuerySet[Entitlement]],
    cells_of: Callable[[Told, Names], Mapping[str, Cell]],
) -> Iterator[ListLine]:
    """Yield a line per entitlement, with the names of those around it."""
    rows = by_target(rows_of(selection))
    for chunk in chunks(in_places(told(rows, shelf()))):
        names = _names(chunk)
        for line in chunk:
            sheet = line.row.value or cells.kind_word(line.row.kind)
            yield cells.line_of(line, sheet, cells_of(line, names))


def _names(lines: Sequence[Told]) -> Names:
    wanted: set[int] = set()
    for line in lines:
        wanted |= {person for person, _unit, _kind in line.result.members}
        wanted |= set(line.result.coaches)
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _listed(people: Iterable[int], names: Names) -> str:
    return "、".join(names[person] for person in people if person in names)


def _people(
    selection: Selection, rows_of: Callable[[Selection], QuerySet[Entitlement]]
) -> int:
    rows = rows_of(selection).order_by().filter(person__isnull=False)
    return rows.values("person").distinct().count()


def _open(selection: Selection, which: Callable[[], Q]) -> int:
    rows = decisions_on(selection, ALL_KINDS).filter(which())
    rows = rows.filter(state=DecisionState.OPEN).order_by()
    return rows.values("person", "unit").distinct().count()


def _is_unit() -> Q:
    return Q(unit__isnull=False)


def _is_squad() -> Q:
    return Q(kind=OutcomeKind.SQUAD)


SQUAD = Listing(
    name="squad-list",
    title="集训队拟入选人员名单",
    columns=SQUAD_COLUMNS,
    lines=partial(lines_with_names, rows_of=of_squads, cells_of=squad_cells),
    left_open=partial(_open, which=_is_squad),
    people=partial(_people, rows_of=of_squads),
    takes_answers=True,
)
COACHES = Listing(
    name="coach-rewards",
    title="教练(指导教师)奖励名单",
    columns=COACH_COLUMNS,
    lines=partial(lines_with_names, rows_of=of_coaches, cells_of=reward_cells),
    left_open=partial(_open, which=coach_rules),
    people=partial(_people, rows_of=of_coaches),
    takes_answers=True,
)
UNITS = Listing(
    name="unit-rewards",
    title="单位奖励名单",
    columns=UNIT_COLUMNS,
    lines=partial(lines_with_names, rows_of=of_units, cells_of=reward_cells),
    left_open=partial(_open, which=_is_unit),
    takes_answers=True,
)
