"""Who still has to sign: by person for the judges, by role for those above them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from competitions.enums import EventRole
from competitions.models import Appointment, Skill
from people.models import User
from scoring.enums import SheetState, SignerRole
from scoring.models import Sheet
from scoring.queries.judging import WAITS_FOR, live_sheets
from scoring.queries.seating import holders_of


@dataclass(slots=True)
class DueRow:
    """One person or role, and the sheets that wait for their signature."""

    role: str
    name: str
    user: int | None
    sheets: list[Sheet] = field(default_factory=list)


def due_rows(skill: Skill) -> list[DueRow]:
    """Everybody who can sign something now, in the order of signing.

    Judges by name with the sheets that lack their own signature; the chief judge and
    the supervisor with all that has come to them.
    """
    sheets = list(live_sheets(skill))
    holders = holders_of(skill)
    waiting: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.state == WAITS_FOR[SignerRole.JUDGE] and not sheet.conflicts:
            for judge in dict.fromkeys(holders.unsigned(sheet).values()):
                waiting[judge].append(sheet)
    names = User.objects.select_related("person").in_bulk(list(waiting))
    found = [
        DueRow(SignerRole.JUDGE, str(names[pk]), pk, mine)
        for pk, mine in sorted(waiting.items(), key=lambda item: str(names[item[0]]))
    ]
    for role, event_role in (
        (SignerRole.CHIEF_JUDGE, EventRole.CHIEF_JUDGE),
        (SignerRole.SUPERVISOR, EventRole.SUPERVISOR),
    ):
        mine = [sheet for sheet in sheets if sheet.state == WAITS_FOR[role]]
        people = [str(row.person.name) for row in _appointed(skill, event_role)]
        if mine and (people or role is SignerRole.CHIEF_JUDGE):
            found.append(DueRow(role, "、".join(people), None, mine))
    return found


def colleagues_due(sheets: list[Sheet]) -> list[User]:
    """The judges whose signature is due on every one of these sheets.

    Whoever holds the shared tablet may hand it to them, one after the other.
    """
    if not sheets:
        return []
    holders = holders_of(sheets[0].skill)
    due = [set(holders.unsigned(sheet).values()) for sheet in sheets]
    common = set.intersection(*due)
    return list(User.objects.filter(pk__in=common).order_by("pk"))


def unsupervised(skill: Skill) -> int:
    """Sheets that lack the supervisor's signature, where there is a supervisor."""
    if not _appointed(skill, EventRole.SUPERVISOR):
        return 0
    return live_sheets(skill).filter(state=SheetState.CHIEF_SIGNED).count()


def _appointed(skill: Skill, role: str) -> list[Appointment]:
    rows = Appointment.objects.filter(
        Q(skill=skill) | Q(skill__isnull=True, competition=skill.competition_id),
        role=role,
        withdrawn_at__isnull=True,
    )
    return list(rows.select_related("person").order_by("appointed_at", "pk"))


def state_counts(skill: Skill) -> list[tuple[str, int]]:
    """How many sheets stand in each state, in the order of the states."""
    counted = live_sheets(skill).order_by().values_list("state").annotate(n=Count("pk"))
    found = dict(counted)
    return [(str(state.label), found[state]) for state in SheetState if state in found]
