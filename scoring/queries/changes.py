"""Changes of signed marks: who may do what with a request, what waits, what was changed.

Reads only.  Where a request stands is the core's word at a moment.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from competitions.models import Competition, Skill
from competitions.queries import event_roles_of
from ledger.core.chain import canonical
from people.models import User
from scoring.core.changes import PENDING, STEPS, ChangeState, Moments, Step
from scoring.core.changes import change_state as core_state
from scoring.core.changes import deciding_role as core_role
from scoring.core.dual import group_of
from scoring.core.marking import is_per_judge
from scoring.core.scheme import Aspect, MarkKind
from scoring.enums import RequestRole, ResultState, SheetState
from scoring.models import ChangeRequest, Release, Sheet, SkillState
from scoring.queries.interest import is_recused, recusals
from scoring.queries.seating import own_seats, seat_on

UNSIGNED = (SheetState.OPEN, SheetState.COMPLETE)
SAFE = ("evidence",)  # what lists never read
OF_SHEET = ("sheet", "signatures", "reopened", "release")  # of a preview


@dataclass(frozen=True, slots=True)
class Pending:
    """How many changes of a skill are under way."""

    waiting: int = 0  # for an approval
    opened: int = 0  # for the new mark
    unsigned: int = 0  # changed sheets the chief judge has not signed again
    unpublished: int = 0  # 1: released results were opened again, no new release yet

    @property
    def total(self) -> int:
        return self.waiting + self.opened + self.unsigned + self.unpublished


def is_shut(sheet: Sheet) -> bool:
    """Whether a cell of this sheet can change by an approved request only."""
    return sheet.state not in UNSIGNED or bool(sheet.signers) or sheet.is_guarded


def state_at(change: ChangeRequest, at: datetime) -> ChangeState:
    """Where the request stands at a moment."""
    return core_state(
        Moments(
            expires_at=change.expires_at,
            decision=change.decision,
            opened_until=change.opened_until,
            done_at=change.done_at,
            withdrawn_at=change.withdrawn_at,
        ),
        at,
    )


def cell_seats(aspect: Aspect, seats: Collection[int]) -> list[int]:
    """The seats that have a cell for this aspect: each judge, or each team as one."""
    if is_per_judge(aspect.kind):
        return sorted(seats)
    if aspect.kind is MarkKind.IMPORTED:
        return [0]
    return sorted({group_of(number) for number in seats})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at requests: roles and seats in the skill, read once."""

    user: User
    roles: frozenset[str]
    held: Mapping[str, int]
    stands_aside: Callable[[Sheet], bool]

    def seat(self, sheet: Sheet) -> int | None:
        """The seat from which they mark this sheet now; None: from none."""
        found = seat_on(sheet, self.user, self.held)
        return found.seat if found.marks else None

    def roles_at(self, sheet: Sheet) -> frozenset[str]:
        """The roles in which they may ask for or decide a change of this sheet."""
        if self.seat(sheet) is None:
            return self.roles
        return self.roles | {RequestRole.JUDGE.value}


def reader_of(skill: Skill, user: User) -> Reader:
    """What ``user`` is in this skill; two queries."""
    held = {str(role) for role in event_roles_of(user, skill)}
    return Reader(
        user=user,
        roles=frozenset(held & set(RequestRole.values) - {RequestRole.JUDGE.value}),
        held=own_seats(user, skill),
        stands_aside=lambda sheet: is_recused(user, sheet.entry),
    )


def roles_at(sheet: Sheet, user: User) -> frozenset[str]:
    """The roles in which ``user`` may ask for or decide a change of this sheet."""
    return reader_of(sheet.skill, user).roles_at(sheet)


def asking_role(roles: Collection[str], *, cites: bool) -> str | None:
    """The role in which somebody asks; a supervisor only where a ruling is cited."""
    order = [RequestRole.JUDGE, RequestRole.CHIEF_JUDGE, RequestRole.RESULTS_OFFICER]
    if cites:
        order.append(RequestRole.SUPERVISOR)
    return next((role.value for role in order if role.value in roles), None)


def is_same_person(one: User, other: User) -> bool:
    """Whether two sign-ins are one human being."""
    if one.pk == other.pk:
        return True
    return one.person_id is not None and one.person_id == other.person_id


def deciding_role(change: ChangeRequest, reader: Reader) -> str | None:
    """The role in which somebody may decide this request; None: in none.

    Never the person who asked, and nobody who must stand aside for the entry.
    """
    if is_same_person(change.requested_by, reader.user):
        return None
    role = core_role(change.requested_role, reader.roles_at(change.sheet))
    if role is None or reader.stands_aside(change.sheet):
        return None
    return role


def steps_for(change: ChangeRequest, reader: Reader, at: datetime) -> frozenset[Step]:
    """What somebody may do with the request now."""
    if change.closed_at is not None:
        return frozenset()
    found = set()
    possible = STEPS[state_at(change, at)]
    decides = {Step.APPROVE, Step.REJECT} & possible
    if decides and deciding_role(change, reader):
        found |= decides
    if is_same_person(change.requested_by, reader.user):
        found |= {Step.WITHDRAW, Step.RENEW} & possible
    if Step.ENTER in possible and _enters(change, reader):
        found.add(Step.ENTER)
    return frozenset(found)


def _enters(change: ChangeRequest, reader: Reader) -> bool:
    """Whether they sit where the approved value is entered."""
    own = reader.seat(change.sheet)
    return own is not None and change.seat in (own, group_of(own))


def preview_digest(preview: dict[str, Any]) -> str:
    """What a shown preview is recognised by.

    While marking runs for the first time only the sheet is bound: the places of all
    entries move with every mark that comes in.
    """
    is_running = not preview["reopened"] and not preview["release"]
    bound = {name: preview[name] for name in OF_SHEET} if is_running else preview
    return sha256(canonical(bound).encode()).hexdigest()


def changes_of(skill: Skill) -> QuerySet[ChangeRequest]:
    """The requests of a skill, newest first, with everything lists show."""
    rows = ChangeRequest.objects.filter(skill=skill).defer(*SAFE)
    return with_parts(rows).order_by("-pk")


def published_changes(release: Release) -> list[ChangeRequest]:
    """The changes made before a release, of the skills it lists, in their order."""
    skills = release.skills.values("skill")
    rows = ChangeRequest.objects.filter(
        skill__in=skills, done_at__isnull=False, done_at__lte=release.published_at
    )
    order = ("skill__number", "skill_id", "done_seq")
    return list(with_parts(rows.defer(*SAFE)).order_by(*order))


def changes_of_sheet(sheet: Sheet) -> list[ChangeRequest]:
    """The requests for a sheet's cells, oldest first."""
    rows = ChangeRequest.objects.filter(sheet=sheet).defer(*SAFE)
    return list(with_parts(rows).order_by("pk"))


def with_parts(rows: QuerySet[ChangeRequest]) -> QuerySet[ChangeRequest]:
    """With sheet, entry, sub-criterion and people."""
    return rows.select_related(
        "skill__competition",
        "sheet__entry__skill__competition",
        "sheet__sub_criterion__criterion",
        "sheet__skill__competition",
        "requested_by",
        "decided_by",
        "done_by",
    )


def waiting_for(skill: Skill, user: User, at: datetime) -> list[ChangeRequest]:
    """The requests that ``user`` can decide or carry out now, oldest first."""
    rows = list(changes_of(skill).filter(closed_at__isnull=True).order_by("pk"))
    if not any(is_pending(row, at) for row in rows):
        return []
    away = recusals(skill, [user])
    reader = replace(
        reader_of(skill, user),
        stands_aside=lambda sheet: user.pk in away.get(sheet.entry_id, ()),
    )
    wanted = {Step.APPROVE, Step.ENTER}
    return [row for row in rows if wanted & steps_for(row, reader, at)]


def pending_by_skill(
    skills: Collection[int], at: datetime, *, changed: bool = True
) -> dict[int, Pending]:
    """What is under way in each of these skills; three queries, or one.

    ``changed`` adds what follows a change: sheets to be signed, results to be published.
    """
    rows = ChangeRequest.objects.filter(skill__in=skills, closed_at__isnull=True)
    counts: Counter[tuple[int, str]] = Counter()
    for row in rows.defer(*SAFE, "preview", "approved_preview"):
        counts[row.skill_id, state_at(row, at)] += 1
    sheets: Counter[int] = Counter()
    reopened: set[int] = set()
    if changed:
        reopened = _reopened(skills)
        open_ones = Sheet.objects.filter(skill__in=skills, is_guarded=True).filter(
            Q(state__in=[*UNSIGNED, SheetState.JUDGE_SIGNED])
        )
        sheets.update(open_ones.values_list("skill_id", flat=True))
    return {
        skill: Pending(
            waiting=counts[skill, ChangeState.WAITING],
            opened=counts[skill, ChangeState.OPENED],
            unsigned=sheets[skill],
            unpublished=int(skill in reopened),
        )
        for skill in skills
    }


def _reopened(skills: Collection[int]) -> set[int]:
    """The skills with a release in force whose results are not those released."""
    rows = SkillState.objects.filter(
        skill__in=skills,
        skill__releases__isnull=False,
        skill__releases__superseded_by__isnull=True,
    )
    return set(rows.exclude(state=ResultState.FINAL).values_list("skill_id", flat=True))


def pending_of(skill: Skill, at: datetime) -> int:
    """How many requests of a skill wait or have an opened cell."""
    found = pending_by_skill([skill.pk], at, changed=False)[skill.pk]
    return found.waiting + found.opened


def pending_in(competition: Competition, at: datetime) -> list[tuple[Skill, Pending]]:
    """The skills of a competition with changes under way."""
    skills = {skill.pk: skill for skill in competition.skills.all()}
    found = pending_by_skill(list(skills), at)
    return [(skills[pk], each) for pk, each in found.items() if each.total]


def opened_cells(sheets: Sequence[Sheet], at: datetime) -> list[tuple[Sheet, Any]]:
    """The cells that stand open on these sheets at a moment, from the rows at hand."""
    return [
        (sheet, cell)
        for sheet in sheets
        for cell in sheet.unlocked
        if at <= datetime.fromisoformat(cell["until"])
    ]


def evidence_of(change: ChangeRequest) -> bytes:
    """The file handed in with a request; empty where there is none."""
    rows = ChangeRequest.objects.filter(pk=change.pk).values_list("evidence", flat=True)
    return bytes(rows[0] or b"")


def is_pending(change: ChangeRequest, at: datetime) -> bool:
    """Whether the request waits or its cell is open."""
    return change.closed_at is None and state_at(change, at) in PENDING
