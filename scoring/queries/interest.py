"""Who must stand aside (回避): judges who are tied to an entry.

A judge never marks an entry of their own organization, school or delegation, one they
coach, or themselves; the rule is the core's of competitions.
"""

from collections.abc import Iterable

from competitions.core.conflicts import conflicts
from competitions.models import Entry, Skill
from competitions.queries import (
    entries_of,
    entries_taking_part,
    judge_of,
    parties_of,
)
from people.models import User


def recusals(skill: Skill, users: Iterable[User]) -> dict[int, frozenset[int]]:
    """For each entry that is marked, the ids of ``users`` who must stand aside.

    ``users`` come with their persons; the number of queries grows with them only.
    """
    parties = parties_of(entries_taking_part(skill))
    judges = {
        user.pk: judge_of(user.person, skill.competition)
        for user in users
        if user.person is not None
    }
    return {
        party.entry: frozenset(
            user for user, judge in judges.items() if conflicts(judge, party)
        )
        for party in parties
    }


def is_recused(user: User, entry: Entry) -> bool:
    """Whether this judge must stand aside for this entry, by today's facts."""
    if user.person is None:
        return False
    judge = judge_of(user.person, entry.skill.competition)
    rows = entries_of(entry.skill).filter(pk=entry.pk)
    return any(conflicts(judge, party) for party in parties_of(rows))
