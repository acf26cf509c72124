"""What stands on an export: entitlements of a release as lines, read in bulk.

Reads only.  Lines carry personal data in full; who may see how much is decided where the
workbook is made.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import override

from awards.certificates import award_label
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.exports import ROSTER, TITLES, Line, target_order
from awards.models import Decision, Entitlement
from competitions.enums import CompetitionClass
from competitions.models import Competition, Delegation, Skill
from people.core import grades, regions
from people.enums import EmploymentKind
from people.models import GradeHeld, Organization, Person, TitleHeld
from scoring.models import Release

KINDS = {ROSTER: OutcomeKind.GRADE, TITLES: OutcomeKind.TITLE}
CLOSED = (
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)
TEAMS = {1: "单人", 2: "双人", 3: "三人"}
THEORY, PRACTICE = ("理论",), ("实操", "技能", "操作")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything the lines of one release need, loaded once."""

    entries: Mapping[tuple[int, int], Mapping[str, Any]]
    shared: frozenset[tuple[int, int]]
    skills: Mapping[int, Mapping[str, Any]]
    units: Mapping[int, str]
    delegations: Mapping[int, str]
    held: Mapping[tuple[int, str], GradeHeld]
    titles: Mapping[int, str]
    documents: Mapping[str, str]


def entitlements_on(release: Release, *, kind: str, scope: Q) -> QuerySet[Entitlement]:
    """Return the open and answered entitlements of an export, those lost left out."""
    return (
        Entitlement.objects.filter(
            scope,
            release=release,
            kind=KINDS[kind],
            decision__state=DecisionState.ENTITLED,
            decision__is_current=True,
        )
        .exclude(state__in=CLOSED)
        .select_related("person", "person__organization", "decision__skill")
    )


def left_open(release: Release, *, kind: str, scope: Q) -> int:
    """Return how many people of the kind wait for a fact and are on no list yet."""
    rows = Decision.objects.filter(
        scope,
        release=release,
        kind=KINDS[kind],
        state=DecisionState.OPEN,
        is_current=True,
    )
    return rows.values("person").distinct().count()


def lines_of(
    release: Release, *, kind: str, scope: Q, documents: Mapping[str, str]
) -> list[Line]:
    """Return an export's lines: by target, skill number, place, name.

    ``scope`` limits them to one bureau's people; ``documents`` are the titles of the rulebooks by id.  The number of queries does not
    depend on the number of people.
    """
    rows = list(entitlements_on(release, kind=kind, scope=scope))
    around = _surroundings(release, rows, documents)
    competition = release.competition
    pairs = [(row, _line(row, release, competition, around)) for row in rows]
    pairs.sort(key=lambda pair: _order(*pair))
    return [line for _row, line in pairs]


def _order(row: Entitlement, line: Line) -> tuple[Any, ...]:
    place = line.place if isinstance(line.place, Decimal) else Decimal(999)
    number = row.decision.skill.number
    return (target_order(line.sheet), number, place, row.person.sort_key, row.pk)


def _surroundings(
    release: Release, rows: list[Entitlement], documents: Mapping[str, str]
) -> Surroundings:
    text = json.loads(release.text)
    people = [row.person_id for row in rows]
    entries = {
        (skill["skill"], entry["entry"]): entry
        for skill in text["skills"]
        for entry in skill["entries"]
    }
    return Surroundings(
        entries=entries,
        shared=_shared_places(text["skills"]),
        skills={skill["skill"]: skill for skill in text["skills"]},
        units=_names(Organization, _unit_ids(entries.values())),
        delegations=_names(Delegation, _delegation_ids(entries.values())),
        held=_grades_held(people),
        titles=_titles_held(people),
        documents=documents,
    )


def _line(
    row: Entitlement, release: Release, competition: Competition, around: Surroundings
) -> Line:
    person, skill = row.person, row.decision.skill
    key = (skill.pk, row.decision.entry_id)
    entry = around.entries.get(key, {})
    written = around.skills.get(skill.pk, {})
    held = around.held.get((person.pk, skill.occupation_code))
    return Line(
        sheet=row.value,
        **_person_fields(row, entry, around),
        **_event_fields(competition, skill, written),
        result_document=release.document,
        place=_place(entry),
        award=award_label(entry.get("award") or ""),
        theory=_module(entry, THEORY),
        practice=_module(entry, PRACTICE),
        total=Decimal(entry["points"]) if entry.get("points") else None,
        grade_held=grades.LABELS[grades.Grade(held.grade)] if held else _stated(row),
        certificate_number=held.certificate_number if held else "",
        grade_to=row.value if row.kind == OutcomeKind.GRADE else "",
        delegation=_delegation(entry, around),
        citation=_citation(row.decision, around.documents),
        note="并列" if key in around.shared else "",
    )


def _person_fields(
    row: Entitlement, entry: Mapping[str, Any], around: Surroundings
) -> dict[str, Any]:
    person = row.person
    member = _member(entry, person)
    employment = member.get("employment_kind") or person.employment_kind
    unit = around.units.get(member.get("organization") or 0, "")
    region = person.home_region or row.region
    place = regions.full_name(region)
    with override(settings.LANGUAGE_CODE):
        sex = str(person.get_sex_display()) if person.sex in "12" else ""
        identity_kind = str(person.get_identity_kind_display())
        employment = str(dict(EmploymentKind.choices).get(employment, employment))
    return {
        "name": person.name,
        "sex": sex,
        "identity_kind": identity_kind,
        "identity_number": person.identity_number,
        "ethnicity": person.ethnicity,
        "birth_on": person.birth_on,
        "education": person.education,
        "employment": employment,
        "unit": unit or (person.organization.name if person.organization else ""),
        "region": f"{place}({region})" if place else region,
        "phone": person.phone,
        "titles": around.titles.get(person.pk, ""),
    }


def _event_fields(
    competition: Competition, skill: Skill, written: Mapping[str, Any]
) -> dict[str, Any]:
    with override(settings.LANGUAGE_CODE):
        tier = str(competition.get_tier_display())
        if competition.competition_class != CompetitionClass.NONE:
            tier += str(competition.get_competition_class_display())
        group = str(skill.get_group_display())
    size = written.get("team_size") or skill.team_size
    return {
        "competition": competition.name,
        "tier": tier,
        "document_number": competition.document_number,
        "skill": skill.name,
        "group": group,
        "team": TEAMS.get(size, f"{size}人"),
        "occupation": skill.occupation_name,
        "occupation_code": skill.occupation_code,
    }


def _member(entry: Mapping[str, Any], person: Person) -> Mapping[str, Any]:
    for member in entry.get("members", ()):
        if member["person"] == person.pk:
            found: Mapping[str, Any] = member
            return found
    return {}


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


def _stated(row: Entitlement) -> str:
    """The grade the decision started from, where it is not a certificate's."""
    return str(row.decision.detail.get("from") or "")


def _citation(decision: Decision, documents: Mapping[str, str]) -> str:
    title = documents.get(decision.rulebook, decision.rulebook)
    return f"《{title}》{decision.clause}".strip()


def _delegation(entry: Mapping[str, Any], around: Surroundings) -> str:
    value = entry.get("delegation")
    return value if isinstance(value, str) else around.delegations.get(value or 0, "")


def _shared_places(skills: Iterable[Mapping[str, Any]]) -> frozenset[tuple[int, int]]:
    shared = set()
    for skill in skills:
        ranked = [entry for entry in skill["entries"] if entry.get("place")]
        count = Counter(entry["place"] for entry in ranked)
        for entry in ranked:
            if count[entry["place"]] > 1:
                shared.add((skill["skill"], entry["entry"]))
    return frozenset(shared)


def _unit_ids(entries: Iterable[Mapping[str, Any]]) -> set[int]:
    members = (member for entry in entries for member in entry.get("members", ()))
    return {m["organization"] for m in members if m.get("organization")}


def _delegation_ids(entries: Iterable[Mapping[str, Any]]) -> set[int]:
    values = (entry.get("delegation") for entry in entries)
    return {value for value in values if isinstance(value, int)}


def _names(model: Any, pks: set[int]) -> dict[int, str]:
    return dict(model.objects.filter(pk__in=pks).values_list("pk", "name"))


def _grades_held(people: list[int]) -> dict[tuple[int, str], GradeHeld]:
    """The highest grade by person and occupation; "" stands for any occupation."""
    rows = list(GradeHeld.objects.filter(person__in=people, withdrawn_at=None))
    rows.sort(key=lambda row: (row.grade, row.pk))
    any_occupation = {(row.person_id, ""): row for row in rows}
    return {(row.person_id, row.occupation_code): row for row in rows} | any_occupation


def _titles_held(people: list[int]) -> dict[int, str]:
    rows = TitleHeld.objects.filter(person__in=people, withdrawn_at=None)
    held: dict[int, list[str]] = {}
    for person, title in rows.order_by("awarded_on", "pk").values_list(
        "person", "title"
    ):
        held.setdefault(person, []).append(title)
    return {person: "、".join(titles) for person, titles in held.items()}
