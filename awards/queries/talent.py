"""The talent file: filters from the address, the list, what is due for review.

Reads only, and only inside the entries it is given (access.py scopes them).  The number
of queries does not depend on the number of rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from awards.core.talent import asked_from
from awards.enums import PoolBasis, ReviewOutcome
from awards.models import Pool, PoolEntry, PoolReview
from awards.queries.candidates import ENDED, criteria_of, met_by, survivors
from people.core import regions
from people.models import GradeHeld, IntegrityRecord, Person, TitleHeld
from people.queries import persons_matching

IN, LEFT, CHANGED, SANCTIONED = "in", "left", "changed", "sanctioned"
STATES = (IN, LEFT, CHANGED, SANCTIONED)


@dataclass(frozen=True, slots=True)
class TalentFilters:
    """What the address asks for; empty means everybody who is in a pool now."""

    pool: str = ""
    state: str = ""
    grade: str = ""
    occupation: str = ""
    region: str = ""
    employer: str = ""
    title: str = ""
    year: str = ""
    q: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "TalentFilters":
        """Return the filters of a query string; unknown values are dropped."""
        grade, region = values.get("grade", ""), values.get("region", "")
        state, year = values.get("state", ""), values.get("year", "")
        pool = values.get("pool", "")
        return cls(
            pool=pool if _is_number(pool) else "",
            state=state if state in STATES else "",
            grade=grade if grade in tuple("01234567") else "",
            occupation=values.get("occupation", "").strip()[:20],
            region=region if _is_number(region) and len(region) == 6 else "",
            employer=values.get("employer", "").strip()[:60],
            title=values.get("title", "").strip()[:60],
            year=year if _is_number(year) and len(year) == 4 else "",
            q=values.get("q", "").replace("\0", "").strip()[:80],
        )

    def but(self, **changes: str) -> str:
        """Return the query string with these filters changed."""
        changed = replace(self, **changes)
        values = {name: getattr(changed, name) for name in self.__slots__}
        return "?" + urlencode({key: value for key, value in values.items() if value})

    @property
    def is_any(self) -> bool:
        """Whether anything at all narrows the list."""
        return any(getattr(self, name) for name in self.__slots__)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def people_in_pools(rows: QuerySet[PoolEntry]) -> dict[int, int]:
    """Return how many people are in each pool now."""
    inside = rows.filter(left_at__isnull=True, undone_at__isnull=True).order_by()
    return dict(inside.values_list("pool_id").annotate(n=Count("pk")))


def listed(
    rows: QuerySet[PoolEntry], filters: TalentFilters, *, today: date
) -> QuerySet[PoolEntry]:
    """Return the entries of the list by pinyin, with what a line shows."""
    return (
        narrowed(rows, filters, today=today)
        .select_related("pool", "person__organization", "entitlement", "criterion")
        .order_by("person__sort_key", "person_id", "pool_id", "pk")
    )


def narrowed(
    rows: QuerySet[PoolEntry], filters: TalentFilters, *, today: date
) -> QuerySet[PoolEntry]:
    """Return the entries that every filter lets through."""
    return matching(_by_state(rows, filters.state, today), filters)


def matching(rows: QuerySet[PoolEntry], filters: TalentFilters) -> QuerySet[PoolEntry]:
    """Return the entries that every filter but the state lets through."""
    if filters.pool:
        rows = rows.filter(pool=int(filters.pool))
    if filters.grade or filters.occupation:
        rows = rows.filter(_holds_grade(filters))
    if filters.region:
        prefix = regions.prefix_of(filters.region)
        at_home = Q(person__home_region__startswith=prefix)
        at_work = Q(
            person__home_region="", person__organization__region__startswith=prefix
        )
        rows = rows.filter(at_home | at_work)
    if filters.employer:
        rows = rows.filter(person__organization__name__icontains=filters.employer)
    if filters.title:
        rows = rows.filter(_of_person(TitleHeld, title__icontains=filters.title))
    if filters.year:
        rows = rows.filter(entered_on__year=int(filters.year))
    if filters.q:
        rows = rows.filter(named(filters.q))
    return rows


def named(text: str) -> Q:
    """Entries of people found by name, pinyin or whole number, under any of their files,
    or by the name of their unit."""
    found = persons_matching(text).order_by().values("pk")
    return (
        Q(person__in=found)
        | Q(person__survivor__in=found)
        | Q(person__organization__name__icontains=text)
    )


def _by_state(
    rows: QuerySet[PoolEntry], state: str, today: date
) -> QuerySet[PoolEntry]:
    if state == LEFT:
        return rows.filter(left_at__isnull=False)
    rows = rows.filter(left_at__isnull=True)
    if state == CHANGED:
        return rows.filter(pk__in=changed_entries(rows, today))
    if state == SANCTIONED:
        return rows.filter(sanctioned(today))
    return rows


def sanctioned(today: date) -> Any:
    """The condition that a person has an integrity record in force, in any file."""
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return _of_person(IntegrityRecord, in_force, starts_on__lte=today)


def _holds_grade(filters: TalentFilters) -> Any:
    asked: dict[str, Any] = {"withdrawn_at__isnull": True}
    if filters.grade:
        asked["grade"] = int(filters.grade)
    if filters.occupation:
        asked["occupation_code"] = filters.occupation
    return _of_person(GradeHeld, **asked)


def _of_person(model: Any, *conditions: Q, **values: Any) -> Exists:
    """Whether a row of ``model`` names the entry's person or a duplicate of them."""
    if model is TitleHeld:
        values["withdrawn_at__isnull"] = True
    human = Q(person=OuterRef("person")) | Q(person__survivor=OuterRef("person"))
    human |= Q(person=OuterRef("person__survivor"))
    return Exists(model._default_manager.filter(human, *conditions, **values))


def changed_entries(rows: QuerySet[PoolEntry], today: date) -> dict[int, str]:
    """Return the entries in a pool whose basis no longer stands, with the code why.

    Codes: ``ended`` (the entitlement was refused, revoked or replaced), ``changed`` (its
    facts changed), ``unmet`` (the criterion is no longer met).  A keep in a review after
    the change is the bureau's answer and is not asked again for an entitlement.
    """
    rows = rows.filter(left_at__isnull=True)
    kept = PoolReview.objects.filter(
        entry=OuterRef("pk"),
        outcome=ReviewOutcome.KEEP,
        undone_at__isnull=True,
        at__gte=OuterRef("entitlement__changed_at"),
    )
    shaken = rows.filter(basis=PoolBasis.ENTITLEMENT).exclude(Exists(kept))
    wrong = Q(entitlement__state__in=ENDED) | Q(entitlement__basis_changed=True)
    found = {
        pk: "ended" if state in ENDED else "changed"
        for pk, state in shaken.filter(wrong)
        .order_by()
        .values_list("pk", "entitlement__state")
    }
    return found | _unmet(rows, today)


def _unmet(rows: QuerySet[PoolEntry], today: date) -> dict[int, str]:
    by_criterion: dict[int, list[tuple[int, int]]] = {}
    found = rows.filter(basis=PoolBasis.CRITERION).order_by()
    for pk, on_what, person in found.values_list("pk", "criterion_id", "person_id"):
        by_criterion.setdefault(on_what or 0, []).append((pk, person))
    if not by_criterion:
        return {}
    survivor = survivors()
    pools = rows.order_by().values("pool")
    unmet = {}
    for pool in _pools_with(by_criterion, pools):
        for criterion in criteria_of(pool):
            if criterion.pk not in by_criterion:
                continue
            still = met_by(asked_from(criterion.asked), today)
            for pk, person in by_criterion[criterion.pk]:
                if survivor.get(person, person) not in still:
                    unmet[pk] = "unmet"
    return unmet


def _pools_with(criteria: Iterable[int], pools: Any) -> QuerySet[Pool]:
    rows = Pool.objects.filter(pk__in=pools, criteria__in=list(criteria))
    return rows.distinct().order_by("pk")


def due_for_review(
    rows: QuerySet[PoolEntry], year: int, *, with_new: bool = False
) -> QuerySet[PoolEntry]:
    """Return the entries of a year's review that nobody has settled yet.

    People who entered in that very year are not due unless asked for; one put off
    (暂缓) stays on the list.
    """
    settled = PoolReview.objects.filter(
        entry=OuterRef("pk"), year=year, undone_at__isnull=True
    ).exclude(outcome=ReviewOutcome.DEFER)
    put_off = PoolReview.objects.filter(
        entry=OuterRef("pk"),
        year=year,
        undone_at__isnull=True,
        outcome=ReviewOutcome.DEFER,
    )
    rows = rows.filter(left_at__isnull=True)
    first = date(year, 1, 1)
    last = date(year, 12, 31)
    rows = (
        rows.filter(entered_on__lte=last)
        if with_new
        else rows.filter(entered_on__lt=first)
    )
    return rows.exclude(Exists(settled)).annotate(is_put_off=Exists(put_off))


def reviewed_in(rows: QuerySet[PoolEntry], year: int) -> QuerySet[PoolReview]:
    """Return the reviews of a year that stand, newest first."""
    found = PoolReview.objects.filter(
        entry__in=rows.order_by().values("pk"), year=year, undone_at__isnull=True
    )
    return found.select_related("entry__person", "entry__pool", "by").order_by(
        "-at", "-pk"
    )


def grades_by_person(people: Iterable[Person]) -> dict[int, GradeHeld]:
    """Return the highest grade of each of these people, duplicates' grades included."""
    ids = [person.pk for person in people]
    rows = GradeHeld.objects.filter(
        Q(person__in=ids) | Q(person__survivor__in=ids), withdrawn_at__isnull=True
    ).annotate(human=Coalesce("person__survivor_id", F("person_id")))
    found: dict[int, GradeHeld] = {}
    for row in rows.order_by("-grade", "pk"):
        for person in {row.person_id, row.human}:
            found.setdefault(person, row)
    return found


def titles_by_person(people: Iterable[Person]) -> dict[int, list[str]]:
    """Return the titles of each of these people, duplicates' titles included."""
    ids = [person.pk for person in people]
    rows = TitleHeld.objects.filter(
        Q(person__in=ids) | Q(person__survivor__in=ids), withdrawn_at__isnull=True
    ).order_by("-awarded_on", "pk")
    found: dict[int, list[str]] = {}
    for row in rows.values_list("title", "person_id", "person__survivor_id"):
        title, person, survivor = row
        for human in {person, survivor or person}:
            titles = found.setdefault(human, [])
            if title not in titles:
                titles.append(title)
    return found
