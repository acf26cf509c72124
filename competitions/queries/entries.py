"""Entries of a skill or a competition, and the draws that gave them codes."""

import json
from collections.abc import Iterable, Mapping

from django.db.models import Count, Q, QuerySet

from competitions.core.eligibility import Condition, read_condition
from competitions.enums import EntryState
from competitions.models import Competition, Delegation, Draw, Entry, Skill

# An entry in one of these states takes part in the draw and gets sheets.
TAKING_PART = (
    EntryState.ACCEPTED,
    EntryState.COMPETING,
    EntryState.ABSENT,
    EntryState.FINISHED,
)
UNDECIDED = (
    EntryState.DRAFT,
    EntryState.SUBMITTED,
    EntryState.FIRST_REVIEW,
    EntryState.SECOND_REVIEW,
)


def entries_of(skill: Skill, states: Iterable[str] | None = None) -> QuerySet[Entry]:
    """Return the entries of a skill with delegation, members, units, coaches, experts."""
    rows = Entry.objects.filter(skill=skill)
    if states is not None:
        rows = rows.filter(state__in=list(map(str, states)))
    return rows.select_related("delegation", "skill").prefetch_related(
        "members__person__organization__parent",
        "members__organization__parent",
        "coaches__person",
        "experts__person",
    )


def entries_taking_part(skill: Skill) -> QuerySet[Entry]:
    """Return the entries that are drawn and marked, in order of their key."""
    return entries_of(skill, TAKING_PART)


def entries_in(competition: Competition) -> QuerySet[Entry]:
    """Return every entry of a competition with what a list shows."""
    rows = Entry.objects.filter(skill__competition=competition)
    return rows.select_related("delegation", "skill").prefetch_related(
        "members__person", "members__organization", "coaches__person"
    )


def entry_conditions(competition: Competition) -> list[Condition]:
    """Return the conditions of entry that documents set for a competition."""
    return [read_condition(values) for values in competition.entry_conditions]


def draws_of(skill: Skill) -> QuerySet[Draw]:
    """Return the draws of a skill, by level."""
    return skill.draws.select_related("officer").order_by("level")


def drawn_codes(draw: Draw) -> Mapping[str, str]:
    """Return the codes of a draw by entry key; to be shown only after decode."""
    codes: dict[str, str] = json.loads(draw.mapping)["codes"]
    return codes


def unprinted_levels(skill: Skill) -> list[int]:
    """Return the drawn levels whose commitment was not printed yet."""
    rows = skill.draws.filter(printed_at__isnull=True).order_by("level")
    return list(rows.values_list("level", flat=True))


def skills_unprinted(competition: Competition) -> list[Skill]:
    """Return the skills with a drawn level whose commitment was not printed yet."""
    rows = competition.skills.filter(draws__isnull=False, draws__printed_at=None)
    return list(rows.distinct())


def code_chains(skill: Skill) -> list[tuple[str, ...]]:
    """Return what the opened levels tell, one row for each drawn entry.

    A row begins with the code judges saw and goes back as far as the levels are open:
    an open level leads to the code of the level before it.  No name is in it; rows are
    in order of the first code, so that nothing follows from their order.
    """
    draws = list(draws_of(skill).order_by("-level"))
    if not draws:
        return []
    opened = [draw for draw in draws if draw.opened_at is not None]
    shown = draws[: len(opened) + 1]
    codes = [drawn_codes(draw) for draw in shown]
    return sorted(tuple(level[key] for level in codes) for key in codes[0])


def entries_matching(
    competition: Competition,
    *,
    text: str = "",
    state: str = "",
    skill: Skill | None = None,
    delegation: Delegation | None = None,
) -> QuerySet[Entry]:
    """Return entries narrowed by name, pinyin, unit or key, state, skill, delegation."""
    rows = entries_in(competition)
    if state:
        rows = rows.filter(state=state)
    if skill is not None:
        rows = rows.filter(skill=skill)
    if delegation is not None:
        rows = rows.filter(delegation=delegation)
    if text:
        pinyin = text.replace(" ", "").lower()
        rows = rows.filter(
            Q(key__iexact=text)
            | Q(code__iexact=text)
            | Q(members__person__name__icontains=text)
            | Q(members__person__sort_key__contains=pinyin)
            | Q(members__organization__name__icontains=text)
            | Q(members__organization__sort_key__contains=pinyin)
            | Q(delegation__name__icontains=text)
        ).distinct()
    return rows.order_by("skill__number", "key", "pk")


def entry_counts(
    competition: Competition, skill: Skill | None = None
) -> list[tuple[str, str, int]]:
    """Return (state, label, number) of each state that occurs."""
    rows = Entry.objects.filter(skill__competition=competition)
    if skill is not None:
        rows = rows.filter(skill=skill)
    counted = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    return [
        (state, str(label), counted[state])
        for state, label in EntryState.choices
        if counted.get(state)
    ]
