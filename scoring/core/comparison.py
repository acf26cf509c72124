"""Members and delegations compared: medals, scores, place points, the best of each.

Works on what releases say, skill by skill; a team is one entry.  Demonstration skills
never count.  Nothing is decided here that a document or a person must decide: which
table counts, and who is the best of a nation, come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType

MEDAL_POINTS = (4, 3, 2, 1)  # gold, silver, bronze, excellence
LEVELS: Mapping[str, int] = MappingProxyType(
    {
        "金牌": 1,
        "银牌": 2,
        "铜牌": 3,
        "一等奖": 1,
        "二等奖": 2,
        "三等奖": 3,
        "优胜奖": 4,
    }
)


class Report(StrEnum):
    """The five reports of a member comparison."""

    ALPHABETICAL = "alphabetical"
    MEDAL_TOTAL = "medal-total"
    MEDAL_AVERAGE = "medal-average"
    SCORE_TOTAL = "score-total"
    SCORE_AVERAGE = "score-average"


@dataclass(frozen=True, slots=True)
class Achievement:
    """One entry's result in one skill, as published.

    ``member`` sorts and names the delegation; ``level`` is 1 to 4 for gold to
    excellence, or first prize to merit, 0 for nothing; ``passed`` says that it passed
    all parts (None: not known).
    """

    entry: int
    member: str
    skill: str
    place: int | None = None
    level: int = 0
    scale_score: int | None = None
    field: int = 0
    passed: bool | None = None
    is_official: bool = True


@dataclass(frozen=True, slots=True)
class MemberRow:
    """What one member achieved; score figures are None unless every skill has one."""

    member: str
    skills: int
    medals: tuple[int, int, int, int]
    medal_points: int
    medal_average: Fraction
    score_total: int | None
    score_average: Fraction | None


@dataclass(frozen=True, slots=True)
class Ordered:
    """A row of a report with its rank; equal figures share it, alphabetical has none."""

    rank: int | None
    row: MemberRow


@dataclass(frozen=True, slots=True)
class PointTable:
    """Points of a delegation by place or by prize; ``rest`` for those with neither.

    ``places`` counts from the first place.  ``prizes`` holds points of levels 1 to 4.
    With ``needs_pass`` the rest counts only for those who passed every part.
    """

    code: str
    places: tuple[int, ...] = ()
    prizes: tuple[int, int, int, int] = (0, 0, 0, 0)
    rest: int = 0
    needs_pass: bool = False


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation's total: ``counts`` is how many entries stand at place 1, 2, 3 …

    ``decided_by``: total, or places where equal totals were parted by better places,
    against the row above.  ``is_shared``: equal in both.  ``unknown``: entries whose
    points depend on a pass that is not known; they count nothing.
    """

    member: str
    total: int
    counts: tuple[int, ...]
    rank: int = 0
    is_shared: bool = False
    decided_by: str = ""
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """The best of a delegation: by the figures, and by choice where one was recorded."""

    member: str
    by_figures: tuple[Achievement, ...]
    chosen: Achievement | None = None

    @property
    def named(self) -> tuple[Achievement, ...]:
        """Who is named: the chosen one, else everybody who is best by the figures."""
        return self.by_figures if self.chosen is None else (self.chosen,)


# 威海市 2018, and the machinery industry 2024.
TABLES: Mapping[str, PointTable] = MappingProxyType(
    {
        table.code: table
        for table in (
            PointTable("places", places=(10, 9, 8, 7, 6, 5, 4, 4, 4, 4), rest=1),
            PointTable("prizes", prizes=(8, 4, 2, 0), rest=1, needs_pass=True),
        )
    }
)


def official(achievements: Iterable[Achievement]) -> list[Achievement]:
    """Those that count: of official skills."""
    return [row for row in achievements if row.is_official]


def compare_members(achievements: Iterable[Achievement]) -> tuple[MemberRow, ...]:
    """One row per member, in the order of their names."""
    return tuple(_member_row(member, rows) for member, rows in _by_member(achievements))


def report(rows: Sequence[MemberRow], kind: Report) -> tuple[Ordered, ...]:
    """One of the five reports; members without the figure come last without rank."""
    figures: dict[Report, Callable[[MemberRow], Fraction | int | None]] = {
        Report.MEDAL_TOTAL: lambda row: row.medal_points,
        Report.MEDAL_AVERAGE: lambda row: row.medal_average,
        Report.SCORE_TOTAL: lambda row: row.score_total,
        Report.SCORE_AVERAGE: lambda row: row.score_average,
    }
    if kind is Report.ALPHABETICAL:
        return tuple(Ordered(None, row) for row in rows)
    figure = figures[kind]
    known = [(value, row) for row in rows if (value := figure(row)) is not None]
    known.sort(key=lambda pair: (-pair[0], pair[1].member))
    values = [value for value, _ in known]
    ranked = [Ordered(values.index(value) + 1, row) for value, row in known]
    return (*ranked, *(Ordered(None, row) for row in rows if figure(row) is None))


def delegation_totals(
    achievements: Iterable[Achievement], table: PointTable
) -> tuple[DelegationRow, ...]:
    """Total points of every delegation, best first; ties by the number of better places.

    >>> rows = [
    ...     Achievement(1, "甲", "a", 1),
    ...     Achievement(2, "甲", "b", 12),
    ...     Achievement(3, "乙", "a", 3),
    ...     Achievement(4, "乙", "b", 8, level=0),
    ... ]
    >>> [(r.member, r.total) for r in delegation_totals(rows, TABLES["places"])]
    [('乙', 12), ('甲', 11)]
    """
    found = [_total(member, rows, table) for member, rows in _by_member(achievements)]
    width = max((len(row.counts) for row in found), default=0)

    def key(row: DelegationRow) -> tuple[int, tuple[int, ...]]:
        padded = row.counts + (0,) * (width - len(row.counts))
        return -row.total, tuple(-count for count in padded)

    found.sort(key=lambda row: (key(row), row.member))
    ranked: list[DelegationRow] = []
    for _, group in groupby(found, key=key):
        members = list(group)
        above = ranked[-1] if ranked else None
        place = len(ranked) + 1
        by = "" if above is None else "total"
        if above is not None and above.total == members[0].total:
            by = "places"
        ranked += [
            DelegationRow(
                member=row.member,
                total=row.total,
                counts=row.counts,
                rank=place,
                is_shared=len(members) > 1,
                decided_by=by,
                unknown=row.unknown,
            )
            for row in members
        ]
    return tuple(ranked)


def best_of_delegations(
    achievements: Iterable[Achievement], choices: Mapping[str, int] | None = None
) -> tuple[Best, ...]:
    """The best of every delegation that has a ranked entry; ``choices`` by member.

    By scale score where all its entries have one; else by place, then by the larger
    field that the place was won in.
    """
    chosen = choices or {}
    found = []
    for member, rows in _by_member(achievements):
        ranked = [row for row in rows if row.place is not None]
        if not ranked:
            continue
        pick = next((row for row in ranked if row.entry == chosen.get(member)), None)
        found.append(Best(member, _best(ranked), pick))
    return tuple(found)


def albert_vidal(achievements: Iterable[Achievement]) -> tuple[Achievement, ...]:
    """Everybody with the highest scale score of all official skills."""
    rows = [row for row in official(achievements) if row.scale_score is not None]
    best = max((row.scale_score or 0 for row in rows), default=0)
    return tuple(row for row in rows if row.scale_score == best)


def _by_member(
    achievements: Iterable[Achievement],
) -> list[tuple[str, list[Achievement]]]:
    ordered = sorted(
        official(achievements), key=lambda row: (row.member, row.skill, row.entry)
    )
    groups = groupby(ordered, key=lambda row: row.member)
    return [(member, list(rows)) for member, rows in groups]


def _member_row(member: str, rows: Sequence[Achievement]) -> MemberRow:
    first, second, third, fourth = (
        sum(row.level == level for row in rows) for level in range(1, 5)
    )
    medals = (first, second, third, fourth)
    points = sum(n * each for n, each in zip(medals, MEDAL_POINTS, strict=True))
    scores = [row.scale_score for row in rows if row.scale_score is not None]
    total = sum(scores) if len(scores) == len(rows) else None
    return MemberRow(
        member=member,
        skills=len(rows),
        medals=medals,
        medal_points=points,
        medal_average=Fraction(points, len(rows)),
        score_total=total,
        score_average=None if total is None else Fraction(total, len(rows)),
    )


def _total(
    member: str, rows: Sequence[Achievement], table: PointTable
) -> DelegationRow:
    points = [_points(row, table) for row in rows]
    places = [row.place for row in rows if row.place is not None]
    counts = tuple(places.count(n) for n in range(1, max(places, default=0) + 1))
    return DelegationRow(
        member=member,
        total=sum(value or 0 for value in points),
        counts=counts,
        unknown=points.count(None),
    )


def _points(row: Achievement, table: PointTable) -> int | None:
    """None where the points depend on a pass that nobody recorded."""
    if row.place is None:
        return 0
    if row.level and table.prizes[row.level - 1]:
        return table.prizes[row.level - 1]
    if row.place <= len(table.places):
        return table.places[row.place - 1]
    if table.needs_pass and row.passed is not True:
        return None if row.passed is None else 0
    return table.rest


def _best(rows: Sequence[Achievement]) -> tuple[Achievement, ...]:
    if all(row.scale_score is not None for row in rows):
        best_score = max(row.scale_score or 0 for row in rows)
        return tuple(row for row in rows if row.scale_score == best_score)

    def key(row: Achievement) -> tuple[int, int]:
        return row.place or 0, -row.field

    best = min(key(row) for row in rows)
    return tuple(row for row in rows if key(row) == best)
