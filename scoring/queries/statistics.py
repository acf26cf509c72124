"""Judge statistics of a skill, made once for each head of its ledger and kept.

Only aspects that are settled take part, so nothing of a blind panel shows.  Trainees'
marks, the groups' values and imported ones do not.  Judges have letters until a
supervisor opens their names; competitors have workstation codes and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from competitions.core.conflicts import conflicts
from competitions.models import Competition, Entry, Skill
from competitions.queries import entries_of, judge_of, parties_of
from ledger.core.chain import skill_chain
from ledger.queries import head_of
from people.core.regions import prefix_of
from people.models import User
from scoring.core.marking import AspectState, is_per_judge, largest_value
from scoring.core.scheme import Aspect, MarkKind
from scoring.models import Mark, Sheet, StatisticsOpening
from scoring.queries.points import aspect_outcomes
from scoring.queries.schemes import Plan, plan_by_digest, state_of
from scoring.statistics.cells import Cell
from scoring.statistics.study import Study, study

UNIT, REGION = "unit", "region"
RELATIONS = (UNIT, REGION)
KEPT_SECONDS = 24 * 3600
FORM = 1  # of what is kept; raise it when a statistic changes
MUNICIPALITIES = ("11", "12", "31", "50")  # their districts are one step below them


class Row(NamedTuple):
    """A current mark, as far as it matters here."""

    code: str
    seat: int
    judge: int
    state: str
    value: str
    seq: int


@dataclass(frozen=True, slots=True)
class Made:
    """What is kept of one head."""

    study: Study
    letters: Mapping[int, str]
    codes: Mapping[int, str]  # entry -> workstation code
    titles: Mapping[str, str]  # aspect -> what it is about
    scales: Mapping[str, str]  # aspect -> its largest mark, as text
    settled: int
    aspects: int


@dataclass(frozen=True, slots=True)
class SkillStatistics:
    """The statistics with the head they stand for; names once they are opened."""

    made: Made
    seq: int
    head: str
    opening: StatisticsOpening | None
    names: Mapping[int, str]

    @property
    def study(self) -> Study:
        return self.made.study


def statistics_of(skill: Skill) -> SkillStatistics | None:
    """The statistics of a skill at the present head; None before it has a scheme."""
    state = state_of(skill)
    if state is None:
        return None
    head = head_of([skill_chain(skill.pk)])[skill_chain(skill.pk)]
    name = f"judge-statistics:{FORM}:{skill.pk}:{head.seq}:{head.hash[:32]}"
    made: Made | None = cache.get(name)
    if made is None:
        plan = plan_by_digest(state.scheme.digest)
        made = _make(skill, plan, seed=head.hash)
        cache.set(name, made, KEPT_SECONDS)
    rows = StatisticsOpening.objects.select_related("opened_by")
    opening = rows.filter(skill=skill).first()
    names = _names(made.letters) if opening else {}
    return SkillStatistics(made, head.seq, head.hash, opening, names)


def cells_of_skill(skill: Skill, plan: Plan) -> tuple[list[Cell], int, int]:
    """Every judge's mark of a settled aspect; how many aspects are settled, of all."""
    marks: dict[int, list[Row]] = defaultdict(list)
    columns = ("sheet_id", "code", "seat", "judge_id", "state", "value", "seq")
    rows = Mark.objects.filter(sheet__skill=skill).order_by("seq", "pk")
    for sheet, *row in rows.values_list(*columns):
        marks[sheet].append(Row(*row))
    cells: list[Cell] = []
    settled = aspects = 0
    sheets = Sheet.objects.filter(skill=skill).order_by("pk")
    for pk, entry, code, seats in sheets.values_list(
        "pk", "entry_id", "sub_criterion__code", "seats"
    ):
        sub = plan.subs.get(code)
        if sub is None:
            continue
        judged = [aspect for aspect in sub.aspects if is_per_judge(aspect.kind)]
        aspects += len(judged)
        found = {(row.code, row.seat): row for row in marks[pk]}
        outcomes = aspect_outcomes(plan, sub, seats, found)
        ready = [a for a in judged if outcomes[a.code].is_settled]
        settled += len(ready)
        scored = {
            aspect.code: aspect
            for aspect in ready
            if outcomes[aspect.code].state is AspectState.SCORED
        }
        wanted = set(seats)
        cells += [
            _cell(scored[row.code], entry, code, row)
            for row in marks[pk]
            if row.code in scored and row.seat in wanted
        ]
    return cells, settled, aspects


def near_to(
    skill: Skill, judges: Iterable[int]
) -> dict[str, dict[int, frozenset[int]]]:
    """For each judge the entries of the own unit or delegation, and of the own region.

    The own region is the division one step below the competition's.
    """
    entries = list(entries_of(skill))
    parties = parties_of(entries)
    users = User.objects.select_related("person__organization").filter(pk__in=judges)
    near: dict[str, dict[int, frozenset[int]]] = {UNIT: {}, REGION: {}}
    digits = region_digits(skill.competition)
    for user in users.order_by("pk"):
        if user.person is None:
            continue
        judge = judge_of(user.person, skill.competition)
        mine = frozenset(p.entry for p in parties if conflicts(judge, p))
        near[UNIT][user.pk] = mine
        unit = user.person.organization
        home = division(unit.region, digits) if unit is not None else ""
        if home:
            there = (e.pk for e in entries if home in _regions(e, digits))
            near[REGION][user.pk] = mine | frozenset(there)
    return near


def region_digits(competition: Competition) -> int:
    """How many digits name the division one step below the competition's own."""
    own = prefix_of(competition.region) if competition.region.strip("0") else ""
    if len(own) == 2 and own in MUNICIPALITIES:  # noqa: PLR2004 - a province's digits
        return 6
    return min(6, len(own) + 2)


def division(region: str, digits: int) -> str:
    """The division that a region lies in, or nothing for what lies above divisions.

    >>> division("510104", 4), division("510000", 4), division("", 4)
    ('5101', '', '')
    """
    found = region[:digits]
    return "" if len(found) < digits or found.endswith("00") else found


def letters_of(skill: Skill, judges: Iterable[int]) -> dict[int, str]:
    """裁判 A, B, C …: an order that nobody outside the server can work out."""
    order = sorted(
        judges,
        key=lambda judge: salted_hmac(
            "scoring.statistics", f"{skill.pk} {judge}"
        ).hexdigest(),
    )
    return {judge: _letter(place) for place, judge in enumerate(order)}


def _make(skill: Skill, plan: Plan, *, seed: str) -> Made:
    cells, settled, aspects = cells_of_skill(skill, plan)
    judges = sorted({cell.judge for cell in cells})
    near = near_to(skill, judges) if judges else {UNIT: {}, REGION: {}}
    found = study(cells, near, seed=seed)
    seen = {each.entry for each in found.outliers}
    codes = Entry.objects.filter(pk__in=seen).values_list("pk", "code")
    pointed = {each.aspect for each in found.outliers}
    return Made(
        study=found,
        letters=letters_of(skill, judges),
        codes=dict(codes),
        titles={code: plan.aspects[code].description for code in pointed},
        scales={code: str(_range(plan.aspects[code])) for code in pointed},
        settled=settled,
        aspects=aspects,
    )


def _cell(aspect: Aspect, entry: int, sub: str, row: Row) -> Cell:
    value = Decimal(row.value)
    is_level = aspect.kind is MarkKind.JUDGEMENT
    return Cell(
        judge=row.judge,
        entry=entry,
        sheet=sub,
        aspect=aspect.code,
        share=value / _range(aspect),
        weight=aspect.maximum,
        order=row.seq,
        level=int(value) if is_level else None,
    )


def _range(aspect: Aspect) -> Decimal:
    """What a mark of this aspect is a share of; never nought."""
    return largest_value(aspect) or Decimal(1)


def _regions(entry: Entry, digits: int) -> set[str]:
    """The divisions an entry comes from: its members' units, or its delegation."""
    units = [
        member.organization or member.person.organization
        for member in entry.members.all()
    ]
    regions = {division(unit.region, digits) for unit in units if unit is not None}
    return regions | {division(entry.delegation.region, digits)}


def _letter(place: int) -> str:
    """A, B, … Z, AA, AB …"""
    more, last = divmod(place, 26)
    return (_letter(more - 1) if more else "") + chr(ord("A") + last)


def _names(judges: Iterable[int]) -> dict[int, str]:
    users = User.objects.select_related("person").filter(pk__in=list(judges))
    return {user.pk: str(user) for user in users}
