"""A scheme's next version before it is in force, and the versions there were.

Nothing is written here.  What a version would do to the marks that stand is said by
aspect and count; the entries it would move come from a rehearsal.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from competitions.enums import EventRole
from competitions.models import Competition, Skill
from competitions.queries import event_roles_of
from people.models import User
from scoring.core.findings import Finding, aspects_of
from scoring.core.scheme import Scheme
from scoring.core.scheme_changes import Difference, differences
from scoring.core.scheme_text import canonical, digest, parse
from scoring.core.scheme_versions import Misfit, aligned, changed_subs, misfits
from scoring.enums import SheetState
from scoring.models import Mark, SchemeProposal
from scoring.models import Scheme as SchemeRow
from scoring.queries.changes import is_same_person
from scoring.queries.judging import live_sheets
from scoring.queries.schemes import blocking_findings, plan_by_digest, state_of

REMOVED = "removed"
CONFIRMING = frozenset({EventRole.CHIEF_JUDGE, EventRole.RESULTS_OFFICER})
UNSIGNED = (SheetState.OPEN, SheetState.COMPLETE)


@dataclass(frozen=True, slots=True)
class EnteredMark:
    """A mark that would go with its aspect."""

    entry: int
    entry_code: str
    sub: str
    aspect: str
    seat: int
    state: str
    value: str


@dataclass(frozen=True, slots=True)
class VersionReview:
    """A text held against the one in force.

    ``scheme`` is the new text with the codes of the old; ``changed`` the sub-criteria
    whose signatures become void; ``misfits`` marks that stand in its way, ``removed``
    those that go with their aspects.
    """

    base: str
    scheme: Scheme
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    changed: frozenset[str]
    misfits: tuple[Misfit, ...]
    removed: tuple[EnteredMark, ...]

    @property
    def text(self) -> str:
        return canonical(self.scheme)

    @property
    def digest(self) -> str:
        return digest(self.scheme)

    @property
    def removed_counts(self) -> dict[str, int]:
        """How many marks go with each aspect."""
        return dict(Counter(mark.aspect for mark in self.removed))


@dataclass(frozen=True, slots=True)
class SubSheets:
    """The sheets of one sub-criterion that a version would open again."""

    code: str
    name: str
    sheets: int
    signed: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a skill's scheme, with what it changed in the one before."""

    row: SchemeRow
    proposal: SchemeProposal | None
    is_current: bool
    differences: tuple[Difference, ...]


def review_of(skill: Skill, scheme: Scheme) -> VersionReview:
    """What ``scheme`` would change in the scheme in force of a skill."""
    state = state_of(skill)
    if state is None:
        raise LookupError(f"skill {skill.pk} has no scheme")
    old = plan_by_digest(state.scheme.digest).scheme
    new = aligned(old, scheme)
    found = misfits(old, new, _entered_values(skill))
    return VersionReview(
        base=state.scheme.digest,
        scheme=new,
        differences=differences(old, new),
        findings=blocking_findings(skill, new),
        changed=changed_subs(old, new),
        misfits=tuple(misfit for misfit in found if misfit.why != REMOVED),
        removed=marks_of(skill, gone_codes(old, new)),
    )


def gone_codes(old: Scheme, new: Scheme) -> frozenset[str]:
    """Codes of the aspects that the new version no longer has."""
    kept = {aspect.code for aspect in aspects_of(new)}
    return frozenset(a.code for a in aspects_of(old) if a.code not in kept)


def marks_of(skill: Skill, codes: Collection[str]) -> tuple[EnteredMark, ...]:
    """Every standing mark of these aspects, in order."""
    rows = Mark.objects.filter(sheet__skill=skill, code__in=codes)
    names = (
        *("sheet__entry_id", "sheet__entry__code", "sheet__sub_criterion__code"),
        *("code", "seat", "state", "value"),
    )
    order = ("code", "sheet__entry__code", "sheet__entry_id", "seat")
    found = rows.order_by(*order).values_list(*names)
    return tuple(EnteredMark(*values) for values in found)


def waiting_proposal(skill: Skill) -> SchemeProposal | None:
    """The proposal that waits for its second person, if there is one."""
    rows = SchemeProposal.objects.filter(
        skill=skill, confirmed_at__isnull=True, withdrawn_at__isnull=True
    )
    return rows.select_related("proposed_by", "skill__competition").first()


def proposals_waiting_in(competition: Competition) -> list[SchemeProposal]:
    """The proposals of a competition that wait for a second person."""
    rows = SchemeProposal.objects.filter(
        skill__competition=competition,
        confirmed_at__isnull=True,
        withdrawn_at__isnull=True,
    )
    rows = rows.select_related("skill", "proposed_by").defer("text")
    return list(rows.order_by("skill__number", "pk"))


def is_in_use(skill: Skill) -> bool:
    """Sheets exist or a mark was entered: only a new version can change the scheme."""
    state = state_of(skill)
    return state is not None and bool(state.opened_at or state.scheme.frozen_at)


def may_confirm(proposal: SchemeProposal, user: User) -> bool:
    """The skill's chief judge or results officer, who did not propose it."""
    roles = set(event_roles_of(user, proposal.skill))
    return bool(roles & CONFIRMING) and not is_same_person(proposal.proposed_by, user)


def sheets_by_sub(skill: Skill, codes: Collection[str]) -> list[SubSheets]:
    """How many sheets of these sub-criteria count, and how many of them are signed."""
    rows = live_sheets(skill).filter(sub_criterion__code__in=codes)
    counted = rows.values_list("sub_criterion__code", "sub_criterion__name").annotate(
        sheets=Count("pk"), signed=Count("pk", filter=~Q(state__in=UNSIGNED))
    )
    return [SubSheets(*values) for values in counted.order_by("sub_criterion__code")]


def versions_of(skill: Skill) -> list[Version]:
    """All versions that were in force, the newest first; two queries."""
    rows = SchemeRow.objects.filter(skill=skill).select_related(
        "imported_by", "proposal__proposed_by", "proposal__confirmed_by"
    )
    found: list[Version] = []
    before: Scheme | None = None
    for row in rows.order_by("version"):
        scheme = parse(row.text)
        changed = () if before is None else differences(before, scheme)
        proposal = getattr(row, "proposal", None)
        found.append(Version(row, proposal, False, changed))
        before = scheme
    found.reverse()
    newest = [Version(v.row, v.proposal, True, v.differences) for v in found[:1]]
    return newest + found[1:]


def proposals_given_up(skill: Skill) -> list[SchemeProposal]:
    """Proposals that were withdrawn, the newest first."""
    rows = SchemeProposal.objects.filter(skill=skill, withdrawn_at__isnull=False)
    rows = rows.select_related("proposed_by", "withdrawn_by").defer("text")
    return list(rows.order_by("-withdrawn_at", "-pk"))


def _entered_values(skill: Skill) -> dict[str, dict[str, int]]:
    """How often each value was entered for each aspect; one query."""
    rows = Mark.objects.filter(sheet__skill=skill).values_list("code", "value")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for code, value, count in rows.annotate(count=Count("pk")).order_by(
        "code", "value"
    ):
        found[code][value] = count
    return found
