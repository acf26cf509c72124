"""Members and delegations of a competition compared, from its releases in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from competitions.models import Competition
from scoring.core.comparison import (
    LEVELS,
    TABLES,
    Achievement,
    Best,
    DelegationRow,
    MemberRow,
    albert_vidal,
    best_of_delegations,
    compare_members,
    delegation_totals,
)
from scoring.core.results import COMPETED
from scoring.core.rounding import round_half_up
from scoring.core.scheme import Criterion
from scoring.models import DelegationChoice
from scoring.queries.published import (
    PublishedSkill,
    published_names,
    published_skills,
)
from scoring.queries.schemes import plan_by_digest

PASS_SHARE = Fraction(60, 100)  # 合格: this share of the maximum of every module


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry for people to read: who, in which skill, and what it won."""

    entry: int
    delegation: str
    names: str
    skill: str
    place: int | None
    award: str
    scale_score: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the pages of comparison show; ``entries`` by id."""

    skills: int
    left_out: int  # demonstration skills
    members: tuple[MemberRow, ...]
    totals: Mapping[str, tuple[DelegationRow, ...]]
    best: tuple[Best, ...]
    albert_vidal: tuple[Achievement, ...]
    entries: Mapping[int, NamedEntry]
    reasons: Mapping[str, str]  # of recorded choices, by delegation

    @property
    def has_scores(self) -> bool:
        return any(row.score_total is not None for row in self.members)


def comparison_of(competition: Competition) -> Comparison:
    """Compare the delegations of what is published; a fixed number of queries."""
    skills = published_skills(competition)
    names = published_names(skills)
    rows = [row for skill in skills for row in achievements_of(skill)]
    chosen = _choices(competition)
    return Comparison(
        skills=sum(skill.is_official for skill in skills),
        left_out=sum(not skill.is_official for skill in skills),
        members=compare_members(rows),
        totals={code: delegation_totals(rows, table) for code, table in TABLES.items()},
        best=best_of_delegations(rows, {k: v.entry_id for k, v in chosen.items()}),
        albert_vidal=albert_vidal(rows),
        entries={
            entry["entry"]: _named(skill, entry, names)
            for skill in skills
            for entry in skill.text["entries"]
        },
        reasons={member: row.reason for member, row in chosen.items()},
    )


def achievements_of(skill: PublishedSkill) -> list[Achievement]:
    """The entries of a published skill that really competed, as the core takes them."""
    text = skill.text
    maxima = _maxima(text.get("scheme", ""))
    competed = {state.value for state in COMPETED}
    return [
        Achievement(
            entry=entry["entry"],
            member=entry["delegation"],
            skill=f"{text['number']} {text['skill']}",
            place=entry["place"],
            level=LEVELS.get(entry["award"], 0),
            scale_score=entry["scale_score"],
            field=text["field"] or 0,
            passed=_passed(entry, maxima),
            is_official=skill.is_official,
        )
        for entry in text["entries"]
        if entry["standing"] in competed
    ]


def _passed(entry: dict[str, Any], maxima: Mapping[str, Fraction]) -> bool | None:
    modules = entry.get("modules") or []
    if not modules or not maxima:
        return None
    return all(
        Fraction(module["points"]) >= PASS_SHARE * maxima.get(module["letter"], 0)
        for module in modules
    )


def _maxima(digest: str) -> dict[str, Fraction]:
    if not digest:
        return {}
    scheme = plan_by_digest(digest).scheme
    return {criterion.letter: _maximum(criterion) for criterion in scheme.criteria}


def _maximum(criterion: Criterion) -> Fraction:
    return sum(
        (Fraction(a.maximum) for sub in criterion.sub_criteria for a in sub.aspects),
        Fraction(0),
    )


def shown(value: Fraction | int | None) -> str:
    """A figure for people: whole numbers plain, averages with two decimals."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else str(round_half_up(value, 2))


def _named(
    skill: PublishedSkill, entry: dict[str, Any], names: Mapping[int, str]
) -> NamedEntry:
    who = [names.get(member["person"], "—") for member in entry["members"]]
    return NamedEntry(
        entry=entry["entry"],
        delegation=entry["delegation"],
        names="、".join(who),
        skill=f"{skill.text['number']} {skill.text['name']}",
        place=entry["place"],
        award=entry["award"],
        scale_score=entry["scale_score"],
    )


def _choices(competition: Competition) -> dict[str, DelegationChoice]:
    rows = DelegationChoice.objects.filter(competition=competition)
    return {
        row.delegation.name: row
        for row in rows.select_related("delegation").order_by("pk")
    }
