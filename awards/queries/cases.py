"""A release as cases for the engine: per member, coach, expert, holder and unit.

Places and awards are read from the release and never recomputed.  What the release and
the registers do not say is absent from a case.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from awards.core.facts import FACTS, Case, Fact, Setting
from awards.core.vocabulary import Award, Rank, Trigger
from awards.models import FactFilling
from awards.queries.known_facts import Known, known_of
from awards.queries.units import Behind, best_first, experts_of, units_behind
from competitions.enums import Group, Origin, Track
from people.core.grades import Grade
from people.enums import EmploymentKind
from people.models import Organization
from scoring.enums import Standing
from scoring.models import Release

SETTING, ENTRY = "赛项设置", "参赛报名"
StatedKey = tuple[int, int | None, int | None]  # skill, entry, person
Stated = Mapping[StatedKey, Mapping[str, Fact]]
# Choices among a delegation's people; nobody is asked about unless one is stated.
OF_DELEGATION = {"best_of_delegation", "western_delegation", "highest_of_event"}
GROUPS = (Group.WORKER, Group.STUDENT, Group.TEACHER)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with the rows it came from."""

    case: Case
    skill: int
    entry: int
    person: int | None
    region: str
    result: str
    unit: int | None = None

    @property
    def subject_key(self) -> str:
        """The same opaque name that the stored rows about this subject have."""
        return f"unit:{self.unit}" if self.unit is not None else f"person:{self.person}"


@dataclass(frozen=True, slots=True)
class InField:
    """An entry ranked in a skill, with the people in it."""

    entry: int
    place: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All cases of a release, the day they are decided for, and the people in them.

    ``fields`` are the whole fields by skill, whoever the cases are about; ``units`` are
    the names of the units among the cases.
    """

    on: date
    rows: tuple[Outcome, ...]
    known: Mapping[int, Known]
    fields: Mapping[int, tuple[InField, ...]]
    stated: Stated
    units: Mapping[int, str] = field(default_factory=dict)


def outcomes_of(
    release: Release,
    persons: frozenset[int] | None = None,
    *,
    units: frozenset[int] | None = None,
) -> Outcomes:
    """The cases of a release, of everybody in it or of ``persons`` and ``units`` only.

    Where one of the two is given and the other is not, there are none of the other.
    Entries without a place in the ranking (absent, disqualified, out of competition)
    give no case.  Skills that a later release lists are left out; a rehearsal entitles
    nobody to anything.
    """
    payload = json.loads(release.text)
    gone = frozenset(
        release.skills.filter(superseded_by__isnull=False).values_list(
            "skill_id", flat=True
        )
    )
    rehearsal = bool(payload["competition"]["rehearsal"])
    skills = [
        skill
        for skill in payload["skills"]
        if skill["skill"] not in gone and not rehearsal
    ]
    if persons is not None or units is not None:
        persons, units = persons or frozenset(), units or frozenset()
    experts = experts_of(skills)
    known = known_of(_people(skills, experts, persons))
    stated = stated_facts(release)
    reader = _Reader(release.number, payload["competition"], known, stated, experts)
    rows = [
        outcome
        for skill in skills
        for entry in skill["entries"]
        if entry["standing"] == Standing.RANKED
        for outcome in reader.outcomes(skill, entry)
    ]
    fields = {skill["skill"]: _field(skill) for skill in skills}
    found = units_behind(skills, units)
    rows += reader.of_units(skills, found, stated_of_units(release))
    names = {pk: unit.name for pk, unit in found.register.items()}
    return Outcomes(reader.ends_on, tuple(rows), known, fields, stated, names)


def _field(skill: Mapping[str, Any]) -> tuple[InField, ...]:
    return tuple(
        InField(
            entry["entry"],
            entry["place"],
            tuple(member["person"] for member in entry["members"]),
        )
        for entry in skill["entries"]
        if entry["standing"] == Standing.RANKED and entry["place"] is not None
    )


def _people(
    skills: list[dict[str, Any]],
    experts: Mapping[int, list[int]],
    persons: frozenset[int] | None,
) -> set[int]:
    found = {person for team in experts.values() for person in team} | {
        person
        for skill in skills
        for entry in skill["entries"]
        for person in (*(m["person"] for m in entry["members"]), *entry["coaches"])
    }
    return found if persons is None else found & persons


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads entries of one release; people outside ``known`` are passed over."""

    number: str
    competition: Mapping[str, Any]
    known: Mapping[int, Known]
    stated: Stated
    experts: Mapping[int, list[int]]

    @property
    def ends_on(self) -> date:
        return date.fromisoformat(self.competition["ends_on"])

    @property
    def is_own(self) -> bool:
        return bool(self.competition["origin"] == Origin.OWN)

    @property
    def source(self) -> str:
        return f"成绩版本 {self.number}"

    def outcomes(
        self, skill: Mapping[str, Any], entry: Mapping[str, Any]
    ) -> list[Outcome]:
        """The cases of one entry: members, what they hold, coaches, experts."""
        shared = {**self._of_skill(skill), **self._of_entry(entry)}
        found = []
        for member in entry["members"]:
            if member["person"] in self.known:
                found += self._of_member(skill, entry, member, shared)
        for position, coach in enumerate(entry["coaches"]):
            if coach in self.known:
                lead = {"lead_coach": Fact(position == 0, ENTRY)}
                facts = {**shared, **lead}
                found.append(self._outcome(skill, entry, coach, Trigger.COACH, facts))
        found += [
            self._outcome(skill, entry, expert, Trigger.EXPERT, shared)
            for expert in self.experts.get(entry["entry"], ())
            if expert in self.known
        ]
        return found

    def _of_member(
        self,
        skill: Mapping[str, Any],
        entry: Mapping[str, Any],
        member: Mapping[str, Any],
        shared: Mapping[str, Fact],
    ) -> list[Outcome]:
        person = member["person"]
        known = self.known[person]
        facts = {**shared, **known.facts(skill["occupation_code"], self.ends_on)}
        facts["member_order"] = Fact(member["position"], ENTRY)
        if member["employment_kind"] in EmploymentKind.values:
            facts["employment"] = Fact(member["employment_kind"], ENTRY)
        found = [self._outcome(skill, entry, person, Trigger.RESULT, facts)]
        stated = self.stated.get((skill["skill"], entry["entry"], person), {})
        if not OF_DELEGATION.isdisjoint(stated):
            found.append(self._outcome(skill, entry, person, Trigger.DELEGATION, facts))
        if known.is_holder():
            held = known.facts(skill["occupation_code"], self.ends_on)
            found.append(self._outcome(skill, entry, person, Trigger.HOLDER, held))
        return found

    def of_units(
        self,
        skills: Sequence[Mapping[str, Any]],
        found: Behind,
        stated: Mapping[int, Mapping[str, Fact]],
    ) -> list[Outcome]:
        """The cases of the units behind ranked entries, each unit's best entry first."""
        seen: set[int] = set()
        rows = []
        for skill, entry in best_first(skills):
            for unit in found.of_entry(entry):
                case = self._of_unit(skill, entry, unit, stated.get(unit.pk, {}))
                case = replace(case, is_repeat=unit.pk in seen)
                seen.add(unit.pk)
                rows.append(
                    Outcome(
                        case=case,
                        skill=skill["skill"],
                        entry=entry["entry"],
                        person=None,
                        region=case.setting.home_region,
                        result=_result(entry),
                        unit=unit.pk,
                    )
                )
        return rows

    def _of_unit(
        self,
        skill: Mapping[str, Any],
        entry: Mapping[str, Any],
        unit: Organization,
        stated: Mapping[str, Fact],
    ) -> Case:
        facts = {**self._of_skill(skill), **self._of_entry(entry)}
        completed = self._completed(facts, skill["skill"], entry["entry"], None)
        home = unit.region or entry["region"] or ""
        return Case(
            person=f"unit:{unit.pk}",
            skill=str(entry["entry"]),
            setting=self._setting(home, entry["region"] or ""),
            facts={**completed, **stated},
            trigger=Trigger.UNIT,
            occupation=skill["occupation_code"] or "",
        )

    def _outcome(
        self,
        skill: Mapping[str, Any],
        entry: Mapping[str, Any],
        person: int,
        trigger: Trigger,
        facts: Mapping[str, Fact],
    ) -> Outcome:
        home = self.known[person].home_region or entry["region"] or ""
        case = Case(
            person=str(person),
            skill=str(entry["entry"]),
            setting=self._setting(home, entry["region"] or ""),
            facts=self._completed(facts, skill["skill"], entry["entry"], person),
            trigger=trigger,
            occupation=skill["occupation_code"] or "",
        )
        return Outcome(
            case=case,
            skill=skill["skill"],
            entry=entry["entry"],
            person=person,
            region=home,
            result=_result(entry),
        )

    def _completed(
        self, facts: Mapping[str, Fact], skill: int, entry: int, person: int | None
    ) -> dict[str, Fact]:
        """The facts with what a bureau has stated where the release says nothing."""
        completed = dict(facts)
        keys = [(skill, None, None), (skill, entry, None)]
        for key in (*keys, (skill, entry, person)):
            for name, fact in self.stated.get(key, {}).items():
                if name not in facts or _is_loose(facts[name]):
                    completed[name] = fact
        return completed

    def _setting(self, home: str, delegation: str) -> Setting:
        competition = self.competition
        return Setting(
            tier=competition["tier"],
            competition_class=competition["class"] or "",
            kind=competition["kind"] or "",
            competition_name=competition["name"],
            competition=competition["code"],
            year=self.ends_on.year,
            region=competition["region"] or delegation,
            home_region=home,
        )

    def _of_skill(self, skill: Mapping[str, Any]) -> dict[str, Fact]:
        first_day = date.fromisoformat(self.competition["starts_on"])
        facts = {
            "team_size": Fact(skill["team_size"], SETTING),
            "held_on": Fact(first_day, SETTING),
        }
        if skill["group"] in GROUPS:
            facts["group"] = Fact(skill["group"], SETTING)
        # Tables from elsewhere that say nothing about these leave them unknown.
        if skill["track"] not in ("", None, Track.NONE) or self.is_own:
            facts["track"] = Fact(skill["track"], SETTING)
        if skill["technical"] or self.is_own:
            facts["professional_skill"] = Fact(bool(skill["technical"]), SETTING)
        if skill["paper_grade"] is not None:
            facts["paper_level"] = Fact(Grade(skill["paper_grade"]), SETTING)
        if skill["field"]:
            facts["field_size"] = Fact(skill["field"], self.source)
        return facts

    def _of_entry(self, entry: Mapping[str, Any]) -> dict[str, Fact]:
        facts = {}
        rank = _rank(entry)
        if rank is not None:
            facts["rank"] = Fact(rank, self.source)
        award = _award(entry["award"])
        if award is not None and (award is not Award.NONE or self.is_own):
            facts["award"] = Fact(award, self.source)
        return facts


def _is_loose(fact: Fact) -> bool:
    return isinstance(fact.value, Rank) and fact.value.low != fact.value.high


def stated_facts(release: Release) -> Stated:
    """The facts a bureau has stated about a release, by skill, entry and person."""
    found: dict[StatedKey, dict[str, Fact]] = {}
    rows = release.fact_fillings.filter(withdrawn_at__isnull=True, unit__isnull=True)
    for row in rows.order_by("pk"):
        key = (row.skill_id, row.entry_id, row.person_id)
        value = FACTS[row.fact].read(row.value)
        found.setdefault(key, {})[row.fact] = Fact(value, row.evidence)
    return found


def stated_of_units(release: Release) -> dict[int, dict[str, Fact]]:
    """The facts stated about units; they hold for the whole competition."""
    found: dict[int, dict[str, Fact]] = {}
    rows = FactFilling.objects.filter(
        release__competition=release.competition_id,
        withdrawn_at__isnull=True,
        unit__isnull=False,
    )
    for row in rows.order_by("pk"):
        fact = Fact(FACTS[row.fact].read(row.value), row.evidence)
        found.setdefault(row.unit_id or 0, {})[row.fact] = fact
    return found


def _rank(entry: Mapping[str, Any]) -> Rank | None:
    if entry["place"] is not None:
        return Rank.exact(entry["place"])
    low, high = entry["place_low"], entry["place_high"]
    if low is None and high is None:
        return None
    return Rank(low or 1, high)


def _award(text: str | None) -> Award | None:
    """The prize by its name; a name no document knows stays unknown."""
    try:
        return Award.of(text or "")
    except ValueError:
        return None


def _result(entry: Mapping[str, Any]) -> str:
    """Place and prize in words, as lists show them."""
    rank, award = entry["place"], _award(entry["award"])
    parts = [f"第 {rank} 名"] if rank is not None else []
    if award is not None and award is not Award.NONE:
        parts.append(award.label)
    elif award is None:
        parts.append(str(entry["award"]))
    return "，".join(parts)
