"""Who must stand aside (回避): judges who are tied to an entry, and who may stand in.

A judge never marks an entry of their own organization, school or delegation, one they
coach or advise, or themselves; the rule is the core's of competitions.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from competitions.core.conflicts import Conflict, EntryParties, Judge, conflicts
from competitions.enums import EventRole
from competitions.models import DeclaredTie, Entry, Skill
from competitions.queries import (
    conflict_word,
    entries_of,
    entries_taking_part,
    judge_of,
    judges_of,
    parties_of,
)
from people.models import User
from scoring.models import PanelSeat


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve judge (替补裁判) of a skill and the entries they may not mark."""

    user: User
    unfit: frozenset[int]


def recusals(skill: Skill, users: Iterable[User]) -> dict[int, frozenset[int]]:
    """For each entry that is marked, the ids of ``users`` who must stand aside.

    ``users`` come with their persons; the number of queries grows with them only.
    """
    return {
        entry: frozenset(found)
        for entry, found in reasons_by_entry(skill, users).items()
    }


def reasons_by_entry(
    skill: Skill, users: Iterable[User]
) -> dict[int, dict[int, tuple[Conflict, ...]]]:
    """For each entry that is marked, who must stand aside and why."""
    judges = _judges(skill, users)
    return {
        party.entry: {
            user: reasons
            for user, judge in judges.items()
            if (reasons := conflicts(judge, party))
        }
        for party in _parties(skill)
    }


def recusal_reasons(user: User, entry: Entry) -> tuple[Conflict, ...]:
    """Why this judge must stand aside for this entry, by today's facts."""
    if user.person is None:
        return ()
    judge = judge_of(user.person, entry.skill.competition)
    rows = entries_of(entry.skill).filter(pk=entry.pk)
    found = [reason for party in parties_of(rows) for reason in conflicts(judge, party)]
    return tuple(dict.fromkeys(found))


def is_recused(user: User, entry: Entry) -> bool:
    """Whether this judge must stand aside for this entry, by today's facts."""
    return bool(recusal_reasons(user, entry))


def recusal_text(entry: Entry, reasons: Iterable[Conflict]) -> str:
    """Why one must stand aside, in a sentence that names no competitor."""
    why = _("、").join(conflict_word(reason) for reason in reasons)
    return _("工位 %(code)s：你%(why)s，须回避。") % {"code": entry.code, "why": why}


def declared_ties(skill: Skill) -> list[DeclaredTie]:
    """The ties to entries of a skill that somebody declared and nobody took back."""
    rows = DeclaredTie.objects.filter(entry__skill=skill, withdrawn_at__isnull=True)
    return list(rows.select_related("person", "entry").order_by("declared_at", "pk"))


def reserves_of(skill: Skill) -> list[Reserve]:
    """The reserves with a sign-in, in the order of appointment, and whom they may not
    mark.  Who holds a seat from now on is no reserve any more."""
    rows = judges_of(skill, EventRole.RESERVE).filter(person__user__isnull=False)
    users = [row.person.user for row in rows.select_related("person__user")]
    seated = PanelSeat.objects.filter(
        skill=skill, left_at__isnull=True, entry__isnull=True
    )
    taken = set(seated.values_list("judge_id", flat=True))
    free = [user for user in dict.fromkeys(users) if user.pk not in taken]
    unfit: dict[int, set[int]] = {user.pk: set() for user in free}
    for entry, found in reasons_by_entry(skill, free).items() if free else ():
        for user in found:
            unfit[user].add(entry)
    return [Reserve(user, frozenset(unfit[user.pk])) for user in free]


def reserves_for(skill: Skill, entries: Collection[int]) -> list[User]:
    """The reserves who may mark all of ``entries``."""
    wanted = set(entries)
    return [found.user for found in reserves_of(skill) if not wanted & found.unfit]


def _judges(skill: Skill, users: Iterable[User]) -> dict[int, Judge]:
    return {
        user.pk: judge_of(user.person, skill.competition)
        for user in users
        if user.person is not None
    }


def _parties(skill: Skill) -> list[EntryParties]:
    return parties_of(entries_taking_part(skill))
