"""The talent file in figures: by pool, grade, occupation, region, age; in and out by year.

Counts people and not files: duplicates are one.  An age is counted only where the birth
date is recorded.  A fixed number of queries.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from awards.models import PoolEntry
from awards.queries.candidates import survivors
from people.core import grades, regions
from people.core.grades import Grade
from people.models import GradeHeld

FIELDS = (
    "pool_id",
    "pool__name",
    "person_id",
    "entered_on",
    "left_on",
    "person__birth_on",
    "person__home_region",
    "person__organization__region",
)
AGE_BANDS = ((0, 29), (30, 39), (40, 49), (50, 59), (60, None))


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: ``key`` for filters, how many people; "" is unknown."""

    key: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Year:
    """Entries and exits of one calendar year."""

    year: int
    entered: int
    left: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page of figures shows; ``people`` counts each person once."""

    people: int
    entries: int
    by_pool: tuple[Bar, ...]
    by_grade: tuple[Bar, ...]
    by_occupation: tuple[Bar, ...]
    by_region: tuple[Bar, ...]
    by_age: tuple[Bar, ...]
    age_unknown: int
    years: tuple[Year, ...]


def figures_of(rows: QuerySet[PoolEntry], today: date) -> Figures:
    """Count the entries given; those that left count only in the years."""
    survivor = survivors()
    entered: Counter[int] = Counter()
    left: Counter[int] = Counter()
    pools: dict[tuple[int, str], set[int]] = {}
    births: dict[int, date | None] = {}
    places: dict[int, str] = {}
    for row in rows.order_by("pool_id").values_list(*FIELDS):
        pool, name, person, day, out, birth, home, work = row
        human = survivor.get(person, person)
        entered[day.year] += 1
        if out is not None:
            left[out.year] += 1
            continue
        pools.setdefault((pool, name), set()).add(human)
        births[human] = births.get(human) or birth
        places[human] = places.get(human) or home or work or ""
    held = _highest(births, survivor)
    ages = [_band(birth, today) for birth in births.values() if birth]
    return Figures(
        people=len(births),
        entries=sum(len(people) for people in pools.values()),
        by_pool=tuple(
            Bar(str(pool), name, len(people)) for (pool, name), people in pools.items()
        ),
        by_grade=_by_grade(held, births),
        by_occupation=_by_occupation(held),
        by_region=_by_region(places.values()),
        by_age=tuple(
            Bar(str(low), _band_words(low, high), ages.count(low))
            for low, high in AGE_BANDS
            if low in ages
        ),
        age_unknown=len(births) - len(ages),
        years=tuple(
            Year(year, entered[year], left[year])
            for year in sorted(entered.keys() | left.keys())
        ),
    )


def _highest(people: Iterable[int], survivor: dict[int, int]) -> dict[int, GradeHeld]:
    wanted = set(people)
    found: dict[int, GradeHeld] = {}
    rows = GradeHeld.objects.filter(withdrawn_at__isnull=True).order_by("-grade", "pk")
    for row in rows.only("person_id", "grade", "occupation_code", "occupation_name"):
        human = survivor.get(row.person_id, row.person_id)
        if human in wanted:
            found.setdefault(human, row)
    return found


def _by_grade(held: dict[int, GradeHeld], people: Iterable[int]) -> tuple[Bar, ...]:
    counts = Counter(row.grade for row in held.values())
    bars = [
        Bar(str(grade), grades.LABELS[Grade(grade)], counts[grade])
        for grade in sorted(counts, reverse=True)
    ]
    unknown = sum(1 for person in people if person not in held)
    return tuple([*bars, Bar("", "", unknown)] if unknown else bars)


def _by_occupation(held: dict[int, GradeHeld]) -> tuple[Bar, ...]:
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for row in held.values():
        counts[row.occupation_code] += 1
        names[row.occupation_code] = row.occupation_name or row.occupation_code
    return tuple(
        Bar(code, names[code], number)
        for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _by_region(places: Iterable[str]) -> tuple[Bar, ...]:
    """By city, provinces' own people under the province; the unknown last."""
    counts = Counter(f"{place[:4]}00" if place else "" for place in places)
    known = sorted(filter(None, counts))
    bars = [Bar(code, regions.full_name(code) or code, counts[code]) for code in known]
    return tuple([*bars, Bar("", "", counts[""])] if counts[""] else bars)


def _band(birth: date, today: date) -> int:
    age = (
        today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    )
    return next(low for low, high in reversed(AGE_BANDS) if age >= low or low == 0)


def _band_words(low: int, high: int | None) -> str:
    if low == 0:
        return f"<{high + 1}" if high is not None else ""
    return f"{low}–{high}" if high is not None else f"≥{low}"
