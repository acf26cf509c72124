"""Results: the rules in force, a skill's state, its table, what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions.models import PublicNotice, Skill
from competitions.queries import final_blockers, notice_covering
from ledger.core.chain import skill_chain
from ledger.queries import head_of
from scoring.core.results import COMPETED, Rules
from scoring.core.rounding import from_scaled, to_scaled
from scoring.enums import ResultState, SheetState, Standing
from scoring.models import (
    Override,
    PrizeScale,
    Release,
    ReleaseSkill,
    Result,
    SchemeProposal,
    Sheet,
    SkillState,
)
from scoring.prize_steps import steps_from
from scoring.queries.changes import pending_of
from scoring.queries.devices import unsent_devices
from scoring.queries.judging import live_sheets
from scoring.queries.rebuilding import differences
from scoring.queries.schemes import state_of
from scoring.queries.second_opinion import opinion_differences
from scoring.queries.signatures import unsupervised
from scoring.queries.verification import sample_blockers

SIGNED = (SheetState.CHIEF_SIGNED, SheetState.SUPERVISED, SheetState.LOCKED)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of a result table, for those who may see it."""

    entry_id: int
    place: int | None
    is_shared: bool
    is_undecided: bool
    code: str
    points: str
    scale_score: int | None
    award: str
    standing: str
    modules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the marking of a skill has come."""

    sheets: int
    complete: int
    judge_signed: int
    chief_signed: int
    conflicts: int
    cells: int
    filled: int

    @property
    def percent(self) -> int:
        return 100 * self.filled // self.cells if self.cells else 0


@dataclass(frozen=True, slots=True)
class Verification:
    """What the results officer checks; ``blockers`` empty means it may be verified."""

    state: str
    blockers: tuple[str, ...]
    results: tuple[ResultRow, ...]
    checked: int
    opinion: int  # values that the second opinion does not confirm
    progress: Progress
    verified_by: str = ""
    verified_at: datetime | None = None
    note: str = ""


def prize_scale_of(skill: Skill) -> PrizeScale | None:
    """The scale a document set for this skill, else for its whole competition."""
    rows = PrizeScale.objects.filter(
        Q(skill=skill) | Q(skill__isnull=True), competition=skill.competition_id
    )
    found = sorted(rows, key=lambda row: (row.skill_id is not None, row.pk))
    return found[-1] if found else None


def rules_of(skill: Skill, state: SkillState) -> Rules:
    """What turns this skill's points into awards."""
    scale = prize_scale_of(skill)
    minimum = skill.competition.minimum_field or {}
    return Rules(
        steps=steps_from(scale.steps) if scale else None,
        minimum_field=int(minimum.get("entries") or 0),
        decisions={entry: int(place) for entry, place in state.decisions.items()},
    )


def results_of(skill: Skill) -> QuerySet[Result]:
    """The stored results of a skill, ranked first, with entries."""
    rows = Result.objects.filter(skill=skill).select_related("entry__delegation")
    return rows.order_by("place", "entry__code", "pk")


def field_of(results: Sequence[Result]) -> int:
    """How many really competed."""
    competed = {state.value for state in COMPETED}
    return sum(row.standing in competed for row in results)


def result_rows(skill: Skill) -> list[ResultRow]:
    """The result table: ranked by place, then those listed apart."""
    rows = list(results_of(skill))
    ranked = [row for row in rows if row.place is not None]
    apart = [row for row in rows if row.place is None]
    places = [row.place for row in ranked]
    return [
        ResultRow(
            entry_id=row.entry_id,
            place=row.place,
            is_shared=row.place is not None and places.count(row.place) > 1,
            is_undecided=row.is_undecided,
            code=row.entry.code,
            points=str(from_scaled(row.points_scaled)),
            scale_score=row.scale_score,
            award=row.award,
            standing=row.standing,
            modules=tuple((m["letter"], _two_places(m["points"])) for m in row.modules),
        )
        for row in [*ranked, *apart]
    ]


def _two_places(points: str) -> str:
    """Points of a module with two decimals, or as many as they have."""
    return str(from_scaled(to_scaled(Decimal(points))))


def progress_of(skill: Skill) -> Progress:
    """Counts of sheets, signatures, conflicts and cells; one query."""
    states = list(SheetState)

    def reached(state: SheetState) -> Count:
        return Count("pk", filter=Q(state__in=states[states.index(state) :]))

    found = (
        live_sheets(skill)
        .order_by()
        .aggregate(
            sheets=Count("pk"),
            complete=reached(SheetState.COMPLETE),
            judge_signed=reached(SheetState.JUDGE_SIGNED),
            chief_signed=reached(SheetState.CHIEF_SIGNED),
            conflicts=Sum("conflicts"),
            cells=Sum("cells"),
            filled=Sum("filled"),
        )
    )
    return Progress(**{name: count or 0 for name, count in found.items()})


def result_state(
    state: SkillState | None,
    *,
    notice: PublicNotice | None,
    release: Release | None,
    skill: Skill,
) -> ResultState:
    """Where a result stands: stored up to 复核, then read off decode, 公示 and release.

    A release from before the verification is not of these results: they wait for the next.
    """
    if state is None or state.verified_at is None:
        return ResultState.PROVISIONAL
    if release is not None and release.published_at >= state.verified_at:
        return ResultState.FINAL
    if notice is not None and notice.opened_at >= state.verified_at:
        return ResultState.PUBLICITY
    if skill.draw_levels and skill.decoded_at is not None:
        return ResultState.DECODED
    return ResultState.VERIFIED


def current_release(skill: Skill) -> Release | None:
    """The release in force for a skill, if it was published."""
    rows = ReleaseSkill.objects.filter(skill=skill, superseded_by__isnull=True)
    found = rows.select_related("release").defer("release__text", "release__source")
    link = found.order_by("-pk").first()
    return link.release if link else None


def result_state_of(skill: Skill) -> ResultState:
    """The state of a skill's result now."""
    return result_state(
        state_of(skill),
        notice=notice_covering(skill),
        release=current_release(skill),
        skill=skill,
    )


def verification_of(skill: Skill, at: datetime) -> Verification:
    """Everything the results officer looks at before verifying."""
    state = state_of(skill)
    found = differences(skill) if state else []
    verified_by = state.verified_by if state else None
    return Verification(
        state=result_state_of(skill),
        blockers=tuple(
            blockers_of(skill, state, len(found), at=at) or sample_blockers(skill)
        ),
        results=tuple(result_rows(skill)),
        checked=len(found),
        opinion=len(opinion_differences(skill)) if state else 0,
        progress=progress_of(skill),
        verified_by=str(verified_by or ""),
        verified_at=state.verified_at if state else None,
        note=state.verification_note if state else "",
    )


def blockers_of(
    skill: Skill,
    state: SkillState | None,
    different: int,
    *,
    at: datetime | None = None,
) -> list[str]:
    """Why a skill cannot be verified yet, each with its number and remedy.

    ``at`` is now unless said.
    """
    if state is None or state.opened_at is None:
        return [_("还没有生成评分表。")]
    if state.state != ResultState.PROVISIONAL:
        return [_("已经复核过。")]
    progress = progress_of(skill)
    undecided = Result.objects.filter(skill=skill, is_undecided=True).count()
    waiting = progress.complete - progress.chief_signed
    found = (
        (
            progress.sheets - progress.complete,
            _("还有 %(count)d 张评分表没评完。没有评完的不能复核。"),
        ),
        (waiting, _("还有 %(count)d 张评分表没有裁判长签名。")),
        (unsupervised(skill), _("还有 %(count)d 张评分表没有监督仲裁签名。")),
        (
            sum(count for _device, count in unsent_devices(skill)),
            _("平板上还有 %(count)d 条评分没有上传，见平板页。"),
        ),
        (progress.conflicts, _("还有 %(count)d 处分差待议，请裁判重评。")),
        (undecided, _("有 %(count)d 个名次待裁判长裁定。")),
        (
            pending_of(skill, at or timezone.now()),
            _("有 %(count)d 项签名后更改没有办完。"),
        ),
        (_versions_waiting(skill), _("评分方案有 %(count)d 个新版本等第二人确认。")),
        (different, _("重新计算有 %(count)d 处不一致，请停止并报告监督。")),
    )
    reasons = [text % {"count": count} for count, text in found if count]
    ranked = Result.objects.filter(skill=skill, standing=Standing.RANKED)
    if not reasons and not ranked.exists():
        reasons.append(_("没有一个有名次的成绩。"))
    return reasons


def _versions_waiting(skill: Skill) -> int:
    rows = SchemeProposal.objects.filter(skill=skill, confirmed_at__isnull=True)
    return rows.filter(withdrawn_at__isnull=True).count()


def publish_blockers(
    skill: Skill, *, at: datetime | None = None, remembered: bool = False
) -> list[str]:
    """Why a skill cannot be published yet, each with its remedy.

    Both calculations run anew, unless a page may do with what they said before of the
    same events and the same stored results (``remembered``).  ``at`` is now unless said.
    """
    state = state_of(skill)
    if state is None or state.verified_at is None:
        return [_("成绩还没有复核。")]
    reasons = []
    if skill.draw_levels and skill.decoded_at is None:
        reasons.append(_("还没有解密。"))
    notice = notice_covering(skill)
    if notice is None or notice.opened_at < state.verified_at:
        reasons.append(_("还没有公示。"))
    elif notice.closed_at is None:
        reasons.append(_("公示还没有结束。"))
    waiting = Override.objects.filter(skill=skill, confirmed_at__isnull=True)
    if count := waiting.filter(dropped_at__isnull=True).count():
        reasons.append(_("有 %(count)d 项更正待第二人确认。") % {"count": count})
    if count := pending_of(skill, at or timezone.now()):
        reasons.append(_("有 %(count)d 项签名后更改没有办完。") % {"count": count})
    if count := _versions_waiting(skill):
        text = _("评分方案有 %(count)d 个新版本等第二人确认。")
        reasons.append(text % {"count": count})
    reasons += final_blockers(skill, at or timezone.now())
    rebuilt, opinion = disagreements(skill, remembered=remembered)
    if rebuilt:
        reasons.append(_("重新计算有 %(count)d 处不一致。") % {"count": rebuilt})
    if opinion:
        text = _("第二次计算有 %(count)d 处不一致，查清之前不能发布。")
        reasons.append(text % {"count": opinion})
    return reasons


def disagreements(skill: Skill, *, remembered: bool = False) -> tuple[int, int]:
    """How many stored values rebuilding and the second opinion do not confirm.

    ``remembered``: what they said before of the same events and rows will do.
    """
    if remembered:
        return _remembered(skill)
    return len(differences(skill)), len(opinion_differences(skill))


def _remembered(skill: Skill) -> tuple[int, int]:
    chain = skill_chain(skill.pk)
    names = [f.attname for f in Result._meta.concrete_fields if f.name != "computed_at"]
    rows = list(Result.objects.filter(skill=skill).order_by("pk").values_list(*names))
    points = Sheet.objects.filter(skill=skill).aggregate(Sum("points_scaled"))
    facts = repr((head_of([chain])[chain], rows, points)).encode()
    key = f"scoring-agreement-{skill.pk}-{sha256(facts).hexdigest()}"
    found: tuple[int, int] | None = cache.get(key)
    if found is None:
        found = disagreements(skill)
        cache.set(key, found)
    return found
