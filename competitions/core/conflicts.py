"""Why somebody may not judge an entry, and which roles exclude each other.

A judge never marks an entry of the own organization, school or delegation, nor one they
coach, advise or take part in, nor one they have declared a tie to.  Nobody holds two of judge, chief judge and supervisor in one
skill, and who draws codes never judges.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Conflict(StrEnum):
    """Why a judge may not mark an entry."""

    COMPETITOR = "competitor"
    COACH = "coach"
    EXPERT = "expert"
    SAME_ORGANIZATION = "same-organization"
    SAME_SCHOOL = "same-school"
    SAME_DELEGATION = "same-delegation"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Judge:
    """A person who is to judge, by ids; duplicates of one person count as one.

    ``tied_entries`` and ``tied_organizations`` are what they declared themselves.
    """

    persons: frozenset[int]
    organizations: frozenset[int] = frozenset()
    delegations: frozenset[int] = frozenset()
    schools: frozenset[int] = frozenset()
    tied_entries: frozenset[int] = frozenset()
    tied_organizations: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class EntryParties:
    """Who stands behind one entry, by ids; schools are not among the organizations."""

    entry: int
    persons: frozenset[int]
    coaches: frozenset[int]
    organizations: frozenset[int]
    delegation: int
    delegation_organization: int | None = None
    experts: frozenset[int] = frozenset()
    schools: frozenset[int] = frozenset()


def conflicts(judge: Judge, entry: EntryParties) -> tuple[Conflict, ...]:
    """Return every reason why ``judge`` may not mark ``entry``, in a fixed order."""
    home = entry.delegation_organization
    units = entry.organizations | entry.schools
    found = {
        Conflict.COMPETITOR: judge.persons & entry.persons,
        Conflict.COACH: judge.persons & entry.coaches,
        Conflict.EXPERT: judge.persons & entry.experts,
        Conflict.SAME_ORGANIZATION: judge.organizations & entry.organizations,
        Conflict.SAME_SCHOOL: judge.schools & entry.schools,
        Conflict.SAME_DELEGATION: entry.delegation in judge.delegations
        or home in judge.organizations
        or home in judge.schools,
        Conflict.DECLARED: entry.entry in judge.tied_entries
        or judge.tied_organizations & (units | {home}),
    }
    return tuple(conflict for conflict, is_so in found.items() if is_so)


JUDGING = frozenset({"judge", "chief-judge", "reserve"})
_ONE_OF = (
    frozenset({"judge", "chief-judge", "supervisor"}),
    frozenset({"reserve", "chief-judge", "supervisor"}),
    frozenset({"judge", "reserve", "chief-judge", "draw-officer"}),
    frozenset({"judge", "reserve", "chief-judge", "supervisor", "coach"}),
    frozenset({"judge", "reserve", "chief-judge", "supervisor", "leader"}),
)


def excluded_by(role: str, held: Iterable[str]) -> tuple[str, ...]:
    """Return the held roles beside which ``role`` may not be held in one skill.

    >>> excluded_by("supervisor", ["judge", "display-operator"])
    ('judge',)
    """
    return tuple(
        sorted(
            other
            for other in set(held) - {role}
            if any({role, other} <= group for group in _ONE_OF)
        )
    )
