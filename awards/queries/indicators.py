"""What the registers and the bureau's own figures say about targets and title numbers.

The number of queries does not depend on the people, the targets or the years.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from awards.core.indicators import (
    HIGHLY_SKILLED,
    NUMERATORS,
    SKILLED,
    Counter,
    Progress,
    Stated,
    counter_of,
    names_of,
    period_of,
    progress_of,
)
from awards.core.quotas import limits_of
from awards.core.rulebook import NATIONAL, Document, Rulebook, Target
from awards.core.scoping import region_covers
from awards.core.vocabulary import GrantKind, Status
from awards.models import IndicatorFigure
from awards.queries.documents import rulebooks
from people.core import regions
from people.core.grades import Grade
from people.models import GradeHeld, Organization, TitleHeld

GRADES = {SKILLED: Grade.JUNIOR, HIGHLY_SKILLED: Grade.SENIOR}
YEARS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A target with its progress, and what the registers themselves count.

    ``held`` are the counts of the registers by year, empty where they hold no such
    thing; they cover the people known here only and are never put into a share.
    """

    target: Target
    progress: Progress
    held: Mapping[int, int]
    period: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Indicators:
    """Targets by document, title numbers with their use, and targets of elsewhere."""

    own: tuple[tuple[Document, tuple[Line, ...]], ...]
    elsewhere: tuple[tuple[Document, tuple[Target, ...]], ...]
    counters: tuple[Counter, ...]
    names: tuple[str, ...]


def indicators_of(bureau: Organization, on: date) -> Indicators:
    """Everything the page shows to a bureau on a day."""
    books = [book for book in rulebooks() if not book.document.competition]
    own = [book for book in books if _concerns(book, bureau)]
    stated = [_stated(row) for row in figures_of(bureau)]
    held = _graded(bureau, on) | _titled(bureau, own, on)
    lines = tuple(
        (
            book.document,
            tuple(_line(target, own, stated, held) for target in book.targets),
        )
        for book in own
        if book.targets
    )
    elsewhere = tuple(
        (book.document, book.targets)
        for book in books
        if book.targets and book not in own
    )
    names = dict.fromkeys(
        name
        for _document, found in lines
        for line in found
        for name in names_of(line.target)
    )
    return Indicators(lines, elsewhere, _counters(bureau, own, on), tuple(names))


def figure_names(bureau: Organization) -> tuple[str, ...]:
    """The names of figures that targets of the bureau's documents are made of."""
    books = [book for book in rulebooks() if not book.document.competition]
    return tuple(
        dict.fromkeys(
            name
            for book in books
            if _concerns(book, bureau)
            for target in book.targets
            for name in names_of(target)
        )
    )


def figures_of(bureau: Organization) -> QuerySet[IndicatorFigure]:
    """The bureau's figures in force, by name and year."""
    rows = IndicatorFigure.objects.filter(bureau=bureau, withdrawn_at__isnull=True)
    return rows.select_related("entered_by").order_by("name", "year")


def _concerns(book: Rulebook, bureau: Organization) -> bool:
    document = book.document
    if document.status is Status.REPEALED:
        return False
    whole = bureau.region in ("", NATIONAL)
    return whole or region_covers(document.region, bureau.region)


def _stated(row: IndicatorFigure) -> Stated:
    who = row.entered_by.name or row.entered_by.username
    return Stated(row.name, row.year, row.value, row.document, who)


def _line(
    target: Target,
    books: Sequence[Rulebook],
    stated: Iterable[Stated],
    held: Mapping[str, Mapping[int, int]],
) -> Line:
    name = NUMERATORS.get(target.indicator, target.indicator)
    return Line(
        target,
        progress_of(target, stated),
        held.get(name, {}),
        period_of(target.indicator, books),
    )


def _inside(bureau: Organization) -> Q:
    """People of the bureau's region; everybody for the nation."""
    whole = bureau.region in ("", NATIONAL)
    prefix = "" if whole else regions.prefix_of(bureau.region)
    return Q(person__home_region__startswith=prefix)


def _graded(bureau: Organization, on: date) -> dict[str, dict[int, int]]:
    """People by the end of each year with a grade at or above the one asked."""
    years = range(on.year - YEARS + 1, on.year + 1)
    rows = GradeHeld.objects.filter(_inside(bureau), withdrawn_at__isnull=True)
    rows = rows.annotate(who=Coalesce("person__survivor", F("person")))
    wanted = {
        f"{place}_{year}": Count(
            "who",
            distinct=True,
            filter=Q(grade__gte=int(lowest)) & _by(min(date(year, 12, 31), on)),
        )
        for place, lowest in enumerate(GRADES.values())
        for year in years
    }
    counted = rows.aggregate(**wanted)
    return {
        name: {year: counted[f"{place}_{year}"] for year in years}
        for place, name in enumerate(GRADES)
    }


def _by(day: date) -> Q:
    return Q(issued_on__isnull=True) | Q(issued_on__lte=day)


def _titled(
    bureau: Organization, books: Iterable[Rulebook], on: date
) -> dict[str, dict[int, int]]:
    """Titles that targets name, given in each year to people of the region."""
    shelf = list(books)
    titles = _titles_in(rulebooks())
    found: dict[str, dict[int, set[str]]] = {}
    for target in (target for book in shelf for target in book.targets):
        if target.indicator in titles:
            first, last = period_of(target.indicator, shelf) or (
                target.year - YEARS + 1,
                target.year,
            )
            years = range(first, min(last, on.year) + 1)
            found[target.indicator] = {year: set() for year in years}
    for person, title, day in _given(bureau, found, on):
        found[title].setdefault(day.year, set()).add(person)
    return {
        title: {year: len(people) for year, people in sorted(years.items())}
        for title, years in found.items()
    }


def _titles_in(books: Iterable[Rulebook]) -> set[str]:
    """Every title a document lists or gives: what the register of titles can hold."""
    found = set()
    for book in books:
        found |= {title.name for title in book.titles}
        found |= {
            grant.value
            for rule in book.rules
            for grant in rule.grants
            if grant.kind is GrantKind.TITLE
        }
    return found


def _given(
    bureau: Organization, titles: Iterable[str], on: date
) -> list[tuple[str, str, date]]:
    rows = TitleHeld.objects.filter(
        _inside(bureau),
        title__in=set(titles),
        withdrawn_at__isnull=True,
        awarded_on__isnull=False,
        awarded_on__lte=on,
    ).annotate(who=Coalesce("person__survivor", F("person")))
    return [
        (str(who), title, day)
        for who, title, day in rows.values_list("who", "title", "awarded_on")
        if day is not None
    ]


def _counters(
    bureau: Organization, books: Sequence[Rulebook], on: date
) -> tuple[Counter, ...]:
    """Every number of titles with its use, per plan or year; those per city are not."""
    limits = [limit for limit in limits_of(books) if not limit.per_city]
    if not limits:
        return ()
    given = _given(bureau, {limit.value for limit in limits}, on)
    return tuple(counter_of(limit, given, on) for limit in limits)
