"""Entitlements with everything a line may say about them, read a thousand at a time.

Reads only.  A release is taken apart once per thousand lines and only what lists print
is kept of it; the number of queries grows by the thousand, never by the line.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from awards import worklist
from awards.certificates import award_label
from awards.core.rulebook import Document
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.listings.base import Selection
from awards.models import Decision, Entitlement
from awards.queries.documents import rulebooks
from competitions.models import Skill
from people.core import grades, regions
from people.models import GradeHeld, Organization, TitleHeld
from people.queries import persons_matching
from scoring.models import Release

CHUNK = 1000
DIGITS = 12  # of an id; longer is nobody's
CLOSED = (
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)
UNDER_WAY = (
    EntitlementState.PUBLICITY,
    EntitlementState.FILED,
    EntitlementState.GRANTED,
    EntitlementState.DELIVERED,
)
THEORY, PRACTICE = ("理论",), ("实操", "技能", "操作")
GRADES_DOWN = tuple(label for _rung, label in sorted(grades.LABELS.items()))[::-1]
LAST = Decimal(10**6)
UNPRINTED = (  # what no list prints of a row, its decision, its person
    "changed_at",
    *(f"decision__{name}" for name in ("reasons", "missing", "evaluated_at")),
    "decision__rulebook_digest",
    "decision__facts_digest",
    *(f"person__{name}" for name in ("search_key", "identity_hash", "registered_at")),
    "person__social_card_number",
    "person__social_card_hash",
    "person__population_tags",
    "person__provisional_key",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a release says of one entry, as lists print it.

    ``members`` are (person, unit, employment kind) in the order of entering.
    """

    place: Decimal | str = ""
    is_shared: bool = False
    award: str = ""
    theory: Decimal | None = None
    practice: Decimal | None = None
    total: Decimal | None = None
    delegation: str = ""
    team_size: int = 1
    members: tuple[tuple[int, int | None, str], ...] = ()
    coaches: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An entitlement with its result, its document and what the register holds."""

    row: Entitlement
    result: Result
    document: Document | None
    unit: str
    employment: str
    held: GradeHeld | None
    titles: str

    @property
    def decision(self) -> Decision:
        """The decision it stands on."""
        return self.row.decision


Shelf = Mapping[str, Document]


class Results:
    """What a release says of each entry, by skill and entry; read when asked for."""

    __slots__ = ("_entries",)

    def __init__(self, text: str) -> None:
        self._entries: dict[tuple[int, int], tuple[Any, bool, int]] = {}
        for skill in json.loads(text)["skills"]:
            places = Counter(
                entry["place"] for entry in skill["entries"] if entry.get("place")
            )
            size = skill.get("team_size") or 1
            for entry in skill["entries"]:
                shared = places[entry.get("place")] > 1
                self._entries[skill["skill"], entry["entry"]] = entry, shared, size

    def of(self, skill: int, entry: int) -> Result:
        """Return the result of an entry; a blank one where the release has none."""
        found = self._entries.get((skill, entry))
        return _result(*found) if found else Result()


def chosen_id(selection: Selection, name: str) -> int | None:
    """Return the row that an option names; None without one, 0 for no row at all."""
    text = selection.options.get(name, "").strip()
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0


def shelf() -> dict[str, Document]:
    """Return every document by its id."""
    return {book.document.id: book.document for book in rulebooks()}


def decisions_on(selection: Selection, kinds: Sequence[str]) -> QuerySet[Decision]:
    """Return the decisions in force of these kinds that the selection lets through."""
    rows = Decision.objects.filter(selection.scope, is_current=True, kind__in=kinds)
    today = timezone.localdate(selection.at)
    rows = worklist.narrowed(rows, selection.filters, today)
    return rows.filter(release=selection.release) if selection.release else rows


def results_on(selection: Selection) -> QuerySet[Decision]:
    """Return every decision in force about a person, whatever came of it."""
    filters, release = selection.filters, selection.release
    rows = Decision.objects.filter(selection.scope, is_current=True)
    rows = rows.filter(person__isnull=False)
    if filters.competition:
        rows = rows.filter(release__competition__code=filters.competition)
    if filters.release:
        rows = rows.filter(release__number=filters.release)
    if filters.region:
        rows = rows.filter(region__startswith=regions.prefix_of(filters.region))
    if filters.q:
        people = persons_matching(filters.q).order_by().values("pk")
        rows = rows.filter(person__in=people)
    return rows.filter(release=release) if release else rows


def entitlements_on(
    selection: Selection,
    kinds: Sequence[str],
    *,
    with_lost: bool = False,
    with_conditions: bool = False,
) -> QuerySet[Entitlement]:
    """Return entitlements of these kinds, those refused or lost left out.

    One that is under way stays on its list although its basis has changed since.
    ``with_conditions``: the conditions of the decisions are read along.
    """
    chosen = decisions_on(selection, tuple(OutcomeKind)).filter(pk=OuterRef("decision"))
    stands = Q(decision__state=DecisionState.ENTITLED) | Q(state__in=UNDER_WAY)
    own = Entitlement.objects.filter(selection.scope, kind__in=kinds)
    rows = own.filter(Exists(chosen), stands)
    rows = rows if with_lost else rows.exclude(state__in=CLOSED)
    unread = UNPRINTED if with_conditions else (*UNPRINTED, "decision__conditions")
    return rows.select_related("person", "decision").defer(*unread)


def left_open(selection: Selection, kinds: Sequence[str]) -> int:
    """Return how many people and units wait for a fact and are on no list yet."""
    rows = decisions_on(selection, kinds).filter(state=DecisionState.OPEN)
    return rows.order_by().values("person", "unit").distinct().count()


def people_on(selection: Selection, kinds: Sequence[str]) -> int:
    """Return how many people are entitled to one of these kinds."""
    rows = entitlements_on(selection, kinds).order_by()
    return rows.values("person").filter(person__isnull=False).distinct().count()


def by_target(rows: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    """Return rows by target, the ladder downwards, then release, skill and name."""
    order = [When(value=label, then=Value(n)) for n, label in enumerate(GRADES_DOWN)]
    return rows.annotate(
        target_order=Case(*order, default=Value(99), output_field=IntegerField()),
        name_order=Coalesce("person__sort_key", "unit__sort_key"),
    ).order_by("target_order", "value", *SKILL_ORDER)


SKILL_ORDER = (
    "release_id",
    "decision__skill__number",
    "decision__skill_id",
    "name_order",
    "pk",
)


def told(rows: Iterable[Entitlement], documents: Shelf) -> Iterator[Told]:
    """Yield every row with what surrounds it, chunk by chunk, in the rows' order."""
    read: dict[int, Results] = {}
    for chunk in chunks(rows):
        _give_shared(chunk)
        wanted = {row.release_id for row in chunk}
        read = {pk: found for pk, found in read.items() if pk in wanted}
        read |= _releases(wanted - read.keys())
        yield from _told(chunk, read, documents)


def _give_shared(chunk: Sequence[Entitlement]) -> None:
    """Give the rows their skill, release, units: read once for many rows."""
    skills = _skills(row.decision.skill_id for row in chunk)
    releases = Release.objects.select_related("competition").defer("text", "source")
    releases_by = releases.in_bulk({row.release_id for row in chunk})
    own = {row.person.organization_id for row in chunk if row.person}
    own |= {row.unit_id for row in chunk}
    units = Organization.objects.in_bulk(own - {None})
    for row in chunk:
        row.decision.skill = skills[row.decision.skill_id]
        row.release = releases_by[row.release_id]
        if row.unit_id:
            row.unit = units[row.unit_id]
        if row.person and row.person.organization_id:
            row.person.organization = units[row.person.organization_id]


def _skills(pks: Iterable[int]) -> dict[int, Skill]:
    rows = Skill.objects.select_related("competition")
    return rows.defer("competition__tier_role").in_bulk(set(pks))


def in_places(lines: Iterable[Told]) -> Iterator[Told]:
    """Yield the rows of every target, release and skill by place, then by name."""

    def group(line: Told) -> tuple[object, ...]:
        return (line.row.value, line.row.release_id, line.decision.skill_id)

    for _key, members in groupby(lines, key=group):
        yield from sorted(members, key=place_of)


def place_of(line: Told) -> Decimal:
    """Return the place by which a line is ordered; an unknown one comes last."""
    place = line.result.place
    return place if isinstance(place, Decimal) else LAST


def chunks(rows: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Yield the rows in lists of at most ``size``; a query set is read piecewise."""
    stream = iter(
        rows.iterator(chunk_size=size) if isinstance(rows, QuerySet) else rows
    )
    while chunk := list(islice(stream, size)):
        yield chunk


def held_by(people: Iterable[int]) -> dict[tuple[int, str], GradeHeld]:
    """The highest grade by person and occupation; "" stands for any occupation."""
    rows = list(GradeHeld.objects.filter(person__in=set(people), withdrawn_at=None))
    rows.sort(key=attrgetter("grade", "pk"))
    any_occupation = {(row.person_id, ""): row for row in rows}
    return {(row.person_id, row.occupation_code): row for row in rows} | any_occupation


def _told(
    chunk: Sequence[Entitlement],
    read: Mapping[int, Results],
    documents: Shelf,
) -> Iterator[Told]:
    people = {row.person_id for row in chunk if row.person_id}
    held, titles = held_by(people), titles_of(people)
    found = [(row, _result_of(row, read)) for row in chunk]
    units = _names(_unit_of(row, result)[0] for row, result in found)
    for row, result in found:
        unit, employment = _unit_of(row, result)
        person = row.person_id or 0
        own = row.person.organization if row.person else None
        yield Told(
            row=row,
            result=result,
            document=documents.get(row.decision.rulebook),
            unit=units.get(unit or 0, "") or (own.name if own else ""),
            employment=employment,
            held=held.get((person, row.decision.skill.occupation_code)),
            titles=titles.get(person, ""),
        )


def _result_of(row: Entitlement, read: Mapping[int, Results]) -> Result:
    decision = row.decision
    return read[row.release_id].of(decision.skill_id, decision.entry_id)


def _unit_of(row: Entitlement, result: Result) -> tuple[int | None, str]:
    for person, unit, employment in result.members:
        if person == row.person_id:
            return unit, employment
    return None, ""


def _names(pks: Iterable[int | None]) -> dict[int, str]:
    wanted = {pk for pk in pks if pk}
    rows = Organization.objects.filter(pk__in=wanted)
    return dict(rows.values_list("pk", "name"))


def titles_of(people: Iterable[int]) -> dict[int, str]:
    """The titles people hold by person, in the order they were given."""
    rows = TitleHeld.objects.filter(person__in=set(people), withdrawn_at=None)
    held: dict[int, list[str]] = {}
    ordered = rows.order_by("awarded_on", "pk").values_list("person", "title")
    for person, title in ordered:
        held.setdefault(person, []).append(title)
    return {person: "、".join(titles) for person, titles in held.items()}


def _releases(pks: Iterable[int]) -> dict[int, Results]:
    wanted = set(pks)
    if not wanted:
        return {}
    rows = Release.objects.filter(pk__in=wanted).values_list("pk", "text")
    return {pk: Results(text) for pk, text in rows.iterator(chunk_size=10)}


def _result(entry: Mapping[str, Any], is_shared: bool, size: int) -> Result:
    delegation = entry.get("delegation")
    return Result(
        place=_place(entry),
        is_shared=is_shared,
        award=award_label(entry.get("award") or ""),
        theory=_module(entry, THEORY),
        practice=_module(entry, PRACTICE),
        total=Decimal(entry["points"]) if entry.get("points") else None,
        delegation=delegation if isinstance(delegation, str) else "",
        team_size=size,
        members=tuple(
            (
                member["person"],
                member.get("organization"),
                member.get("employment_kind") or "",
            )
            for member in entry.get("members", ())
        ),
        coaches=tuple(entry.get("coaches", ())),
    )


def _place(entry: Mapping[str, Any]) -> Decimal | str:
    if entry.get("place"):
        return Decimal(entry["place"])
    low, high = entry.get("place_low"), entry.get("place_high")
    if not low:
        return ""
    return f"第{low}至{high}名" if high else f"第{low}名及以后"


def _module(entry: Mapping[str, Any], words: tuple[str, ...]) -> Decimal | None:
    modules = entry.get("modules", ())
    fitting = [m for m in modules if any(word in m["name"] for word in words)]
    return Decimal(fitting[0]["points"]) if len(fitting) == 1 else None
