"""Schemes as core values: the one in force of a skill, read once per content.

Parsed schemes are kept by the digest of their text, so a mark costs no parsing; equal
digests are equal schemes, and nothing of a database row is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from competitions.enums import Tier
from competitions.models import Competition, Skill
from scoring.core.findings import Finding, aspects_of, freeze_findings
from scoring.core.marking import AspectPoints, is_per_judge
from scoring.core.scheme import Aspect, Scheme, SubCriterion
from scoring.core.scheme_text import parse
from scoring.models import Scheme as SchemeRow
from scoring.models import SkillState

# An aspect's code, how many marks it expects, and what each said and was worth.
KnownMarks = tuple[str, int, tuple[tuple[str, str], ...]]
BELOW_COMPETITION = (Tier.ENTERPRISE, Tier.SCHOOL)


@dataclass(frozen=True, slots=True)
class Plan:
    """A scheme with its parts by code.

    ``known`` keeps what marks have earned before: the same marks of an aspect always
    earn the same.
    """

    scheme: Scheme
    subs: Mapping[str, SubCriterion]
    aspects: Mapping[str, Aspect]
    letters: Mapping[str, str]  # sub-criterion code to criterion letter
    known: dict[KnownMarks, AspectPoints] = field(default_factory=dict, compare=False)

    def cells(self, sub_code: str, seats: int) -> int:
        """How many cells a sheet of this sub-criterion has with so many judges."""
        aspects = self.subs[sub_code].aspects
        return sum(seats if is_per_judge(aspect.kind) else 1 for aspect in aspects)


@lru_cache(maxsize=256)
def plan_by_digest(digest: str) -> Plan:
    """The scheme of this digest; one query the first time, none afterwards."""
    rows = SchemeRow.objects.filter(digest=digest).order_by("pk")
    scheme = parse(rows.values_list("text", flat=True)[0])
    return plan(scheme)


def plan(scheme: Scheme) -> Plan:
    """A scheme's parts by code."""
    subs = [(c.letter, sub) for c in scheme.criteria for sub in c.sub_criteria]
    return Plan(
        scheme=scheme,
        subs=MappingProxyType({sub.code: sub for _, sub in subs}),
        aspects=MappingProxyType({a.code: a for a in aspects_of(scheme)}),
        letters=MappingProxyType({sub.code: letter for letter, sub in subs}),
    )


def state_of(skill: Skill) -> SkillState | None:
    """The scoring side of a skill with its scheme, if one was imported."""
    rows = SkillState.objects.select_related("scheme").defer("scheme__text")
    return rows.filter(skill=skill).first()


def plan_of(skill: Skill) -> Plan | None:
    """The scheme in force of a skill with its parts, if there is one."""
    state = state_of(skill)
    return plan_by_digest(state.scheme.digest) if state else None


def scheme_of(skill: Skill) -> Scheme | None:
    """The scheme in force of a skill as a core value, if there is one."""
    found = plan_of(skill)
    return found.scheme if found else None


def is_competition_level(competition: Competition) -> bool:
    """Whether a scheme must come to 100 here; exams and rehearsals may differ."""
    return not competition.is_rehearsal and competition.tier not in BELOW_COMPETITION


def blocking_findings(skill: Skill, scheme: Scheme) -> tuple[Finding, ...]:
    """What keeps this scheme from being frozen in this competition."""
    level = is_competition_level(skill.competition)
    found = freeze_findings(scheme, competition_level=level)
    return tuple(finding for finding in found if finding.blocks)
