"""复核 by sample: the rules in force, who was drawn, what is still to be checked.

Reads only.  What a draw is taken from is the stored ranking, which verification itself
compares with the ledger.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from competitions.enums import Tier
from competitions.models import Appeal, Competition, Skill
from scoring.core.verification import (
    DEFAULT,
    Drawn,
    Ranked,
    SampleRules,
    Why,
    draw_sample,
    largest_step,
    top_of,
)
from scoring.enums import CheckOutcome, Standing
from scoring.models import (
    ChangeRequest,
    Result,
    Sheet,
    SkillState,
    VerificationCheck,
    VerificationDraw,
    VerificationRule,
)
from scoring.queries.judging import live_sheets
from scoring.queries.schemes import plan_by_digest

# Where a check by sample is asked for unless the organizer waives it with a reason.
CHECKED_TIERS = frozenset(
    {
        Tier.WORLD,
        Tier.INTERNATIONAL,
        Tier.NATIONAL,
        Tier.NATIONAL_INDUSTRY,
        Tier.PROVINCIAL,
    }
)
UNMARKED = (Standing.ABSENT, Standing.NOT_SCORED)


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """How a competition checks by sample, and whose word that is."""

    is_required: bool
    rules: SampleRules
    citation: str = ""
    reason: str = ""
    is_default: bool = True


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One sheet to check: which, why, what was found in which version."""

    sheet: Sheet
    why: str
    last: VerificationCheck | None
    findings: tuple[VerificationCheck, ...]

    @property
    def is_settled(self) -> bool:
        """Whether its present version was checked, with nothing left to put right."""
        return (
            self.last is not None
            and self.last.version == self.sheet.version
            and self.last.outcome != CheckOutcome.WRONG
        )


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything a draw asks for and how far it is."""

    draw: VerificationDraw
    lines: tuple[CheckLine, ...]

    @property
    def open_lines(self) -> tuple[CheckLine, ...]:
        return tuple(line for line in self.lines if not line.is_settled)

    @property
    def wrong(self) -> int:
        """Entries with at least one mark found wrong; a correction does not undo it."""
        return len(wrong_entries(self.lines))

    @property
    def is_signed(self) -> bool:
        """Whether a signature stands that is later than every look."""
        signed = self.draw.signed_at
        looks = [line.last.checked_at for line in self.lines if line.last is not None]
        return signed is not None and all(look <= signed for look in looks)


def rules_in_force(competition: Competition) -> RulesInForce:
    """The rules set for a competition, else the defaults of its tier."""
    row = VerificationRule.objects.filter(competition=competition).first()
    if row is None:
        return RulesInForce(competition.tier in CHECKED_TIERS, DEFAULT)
    rules = SampleRules(
        Decimal(row.top), Decimal(row.sample), Decimal(row.trigger), row.with_close
    )
    return RulesInForce(
        is_required=row.is_required,
        rules=rules,
        citation=row.citation,
        reason=row.reason,
        is_default=rules == DEFAULT and not row.citation,
    )


def draw_of(skill: Skill) -> VerificationDraw | None:
    """The draw of a skill, if it was made."""
    rows = VerificationDraw.objects.filter(skill=skill)
    return rows.select_related("skill__competition", "drawn_by", "signed_by").first()


def table_of(skill: Skill) -> list[Ranked]:
    """Every entry that was marked, as the draw takes it."""
    rows = Result.objects.filter(skill=skill).exclude(standing__in=UNMARKED)
    return [
        Ranked(str(entry), place, points)
        for entry, place, points in rows.values_list(
            "entry_id", "place", "points_scaled"
        )
    ]


def sample_from(
    skill: Skill, state: SkillState, rules: SampleRules, head: str
) -> list[Drawn]:
    """Who is drawn from this head as the ranking stands."""
    step = largest_step(plan_by_digest(state.scheme.digest).scheme)
    return list(draw_sample(table_of(skill), rules, head=head, step=step))


def rules_of_draw(draw: VerificationDraw) -> SampleRules:
    """The rules a draw was made by."""
    told = draw.rules
    top, sample, trigger = (
        Decimal(told[name]) for name in ("top", "sample", "trigger")
    )
    return SampleRules(top, sample, trigger, with_close=told["with_close"])


def added_since(draw: VerificationDraw) -> list[Drawn]:
    """Entries to check beyond those drawn: all, once escalated; newly in the top share.

    A correction moves places; whoever came into the top share by it is checked too.
    """
    drawn = {str(entry) for entry, _why in draw.entries}
    table = table_of(draw.skill)
    if draw.is_escalated:
        rest = sorted(row.entry for row in table if row.entry not in drawn)
        return [Drawn(entry, Why.ALL) for entry in rest]
    top = top_of(table, rules_of_draw(draw))
    return [Drawn(entry, Why.MOVED) for entry in top if entry not in drawn]


def worklist_of(draw: VerificationDraw) -> Worklist:
    """The sheets of all drawn entries by blind code, each with what was found.

    Entries that a correction or errors have added are in it before they are recorded.
    """
    why = {int(entry): word for entry, word in draw.entries}
    why |= {int(drawn.entry): drawn.why.value for drawn in added_since(draw)}
    sheets = [sheet for sheet in live_sheets(draw.skill) if sheet.entry_id in why]
    looks: dict[int, list[VerificationCheck]] = defaultdict(list)
    for check in draw.checks.select_related("checked_by"):
        looks[check.sheet_id].append(check)
    order = {entry: number for number, entry in enumerate(why)}
    lines = [
        CheckLine(
            sheet=sheet,
            why=why[sheet.entry_id],
            last=looks[sheet.pk][-1] if looks[sheet.pk] else None,
            findings=tuple(
                look for look in looks[sheet.pk] if look.outcome != CheckOutcome.RIGHT
            ),
        )
        for sheet in sheets
    ]
    lines.sort(key=lambda line: order[line.sheet.entry_id])
    return Worklist(draw, tuple(lines))


def wrong_entries(lines: Collection[CheckLine]) -> set[int]:
    """The entries in which a mark was found wrong."""
    return {
        line.sheet.entry_id
        for line in lines
        if any(look.outcome == CheckOutcome.WRONG for look in line.findings)
    }


def sample_blockers(skill: Skill) -> list[str]:
    """What the check by sample still lacks; nothing where it is not asked for."""
    if not rules_in_force(skill.competition).is_required:
        return []
    draw = draw_of(skill)
    if draw is None:
        return [_("还没有抽样复核。先抽样，逐张核对，再签名。")]
    work = worklist_of(draw)
    if work.open_lines:
        count = len(work.open_lines)
        text = _("抽样复核还有 %(count)d 张评分表没有核对，或差错没有改正。")
        return [text % {"count": count}]
    return [] if work.is_signed else [_("抽样复核已核对完，还没有签名。")]


def requests_of(checks: Collection[VerificationCheck]) -> dict[int, ChangeRequest]:
    """The newest change request that names each finding, by the finding's id."""
    wanted = {reference_of(check): check.pk for check in checks}
    rows = ChangeRequest.objects.filter(reference__in=list(wanted)).order_by("pk")
    return {wanted[row.reference]: row for row in rows}


def reference_of(check: VerificationCheck) -> str:
    """The opaque name by which a change request cites a finding."""
    return f"finding:{check.pk}"


def requests_citing(reference: str) -> list[ChangeRequest]:
    """The change requests that cite a finding or a ruling, oldest first."""
    rows = ChangeRequest.objects.filter(reference=reference).defer("evidence")
    return list(rows.order_by("pk"))


def sheets_about(appeal: Appeal, code: str, *, is_blind: bool) -> list[Sheet]:
    """The sheets of a typed code; without one those of the appellant's entries.

    While codes are blind nothing leads from the delegation to them.
    """
    rows = Sheet.objects.filter(skill=appeal.skill_id)
    rows = rows.select_related("entry", "sub_criterion")
    if is_blind or code:
        rows = rows.filter(entry__code=code, entry__code__gt="")
    else:
        rows = rows.filter(entry__delegation=appeal.delegation_id)
    return list(rows.order_by("entry__code", "sub_criterion__code"))
