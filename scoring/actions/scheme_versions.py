"""A frozen scheme's next version: proposed by one person, confirmed by another.

The version is laid in one transaction: the scheme, the marks that go with dropped
aspects, the sheets, void signatures, results.  A rehearsal lays it and takes it back.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from competitions.models import Skill
from ledger.actions import EventDraft, append
from ledger.core.chain import canonical, skill_chain
from people.actions import check_secret
from people.models import User
from scoring.actions.rehearsal import Rehearsal, rehearse
from scoring.actions.reopening import lock_results, reopen_results, void_signatures
from scoring.actions.scheme_drafts import draft_to_change
from scoring.actions.schemes import store_scheme
from scoring.actions.seats import open_marking
from scoring.core.scheme import Scheme
from scoring.core.scheme_text import parse
from scoring.enums import ResultState
from scoring.errors import PinWrong, SchemeRefused
from scoring.models import (
    Device,
    JudgeCall,
    Mark,
    SchemeDraft,
    SchemeProposal,
    Sheet,
    SkillState,
    SubCriterion,
    TraineeMark,
)
from scoring.models import Scheme as SchemeRow
from scoring.queries.changes import is_same_person, pending_of
from scoring.queries.scheme_versions import (
    EnteredMark,
    VersionReview,
    is_in_use,
    may_confirm,
    review_of,
    waiting_proposal,
)
from scoring.queries.schemes import state_of
from scoring.scheme_words import misfit_text

CAUSE = "scheme-version"
LONGEST_REASON = 500


def propose_version(
    skill: Skill,
    *,
    seen: str,
    reason: str,
    dropped: Collection[str],
    secret: str,
    by: User,
    at: datetime,
) -> SchemeProposal:
    """Propose the draft (as ``seen``) as the next version of a scheme in use.

    ``dropped`` names the aspects whose marks may go with them.  Refused while marks stand
    in its way, or when it could not be put in force now.  Changes nothing in force.
    """
    _require_secret(by, secret, at)
    with transaction.atomic():
        draft = draft_to_change(skill, seen, at)
        if not is_in_use(skill):
            raise SchemeRefused(_("还没有生成评分表，直接启用即可。"), "not-in-use")
        if not reason.strip():
            raise SchemeRefused(_("请写明为什么要改方案。"), "reason-missing")
        review = review_of(skill, parse(draft.text))
        require_fit(review, dropped)
        rehearse_version(skill, review, by=by, at=at)
        proposal = SchemeProposal.objects.create(
            skill=skill,
            base=review.base,
            text=review.text,
            digest=review.digest,
            source_name=draft.source_name,
            reason=reason.strip()[:LONGEST_REASON],
            dropped=review.removed_counts,
            proposed_by=by,
            proposed_at=at,
        )
        draft.delete()
        _note(proposal, "scheme-propose", {}, by=by, at=at)
    return proposal


def confirm_version(
    proposal: SchemeProposal, *, seen: str, secret: str, by: User, at: datetime
) -> SchemeRow:
    """Put a proposed version in force; never by the person who proposed it.

    Only the skill's chief judge or results officer; ``seen`` is the digest of the preview
    that was shown (:func:`preview_digest`).
    """
    _require_secret(by, secret, at)
    with transaction.atomic():
        found = _waiting(proposal, at)
        if is_same_person(found.proposed_by, by):
            raise SchemeRefused(_("新版本要由提出人以外的人确认。"), "same-person")
        if not may_confirm(found, by):
            raise SchemeRefused(
                _("新版本由本赛项的裁判长或成绩管理员确认。"), "not-your-role"
            )
        review = review_of(found.skill, parse(found.text))
        _require_unmoved(found, review)
        rehearsal = rehearse_version(found.skill, review, by=by, at=at)
        if preview_digest(found.skill, review, rehearsal) != seen:
            raise SchemeRefused(
                _("内容在你看过之后有变动，已显示最新的预览，请重新核对。"), "moved"
            )
        state = _state(found.skill)
        row = _lay(found.skill, state, review, proposal=found, by=by, at=at)
        found.confirmed_by, found.confirmed_at, found.scheme = by, at, row
        found.save(update_fields=["confirmed_by", "confirmed_at", "scheme"])
    return row


@transaction.atomic
def withdraw_version(proposal: SchemeProposal, *, by: User, at: datetime) -> None:
    """Give up a proposal that nobody confirmed; its text goes back to be written on."""
    found = _waiting(proposal, at)
    found.withdrawn_by, found.withdrawn_at = by, at
    found.save(update_fields=["withdrawn_by", "withdrawn_at"])
    SchemeDraft.objects.get_or_create(
        skill=found.skill,
        defaults={
            "text": found.text,
            "digest": found.digest,
            "source_name": found.source_name,
            "edited_by": found.proposed_by,
            "edited_at": at,
        },
    )
    _note(found, "scheme-withdraw", {}, by=by, at=at)


def rehearse_version(
    skill: Skill, review: VersionReview, *, by: User, at: datetime
) -> Rehearsal:
    """Every entry the version would move; what forbids it is raised."""
    return rehearse(
        skill, lambda: _lay(skill, _state(skill), review, by=by, at=at), at=at
    )


def preview_digest(skill: Skill, review: VersionReview, rehearsal: Rehearsal) -> str:
    """What a confirmation covers: the text, the marks that go, the sheets it opens.

    Once results are verified every moved value too; before, marks may still come in.
    """
    state = _state(skill)
    moved: list[list[object]] = []
    if state.state != ResultState.PROVISIONAL:
        moved = [
            [
                entry.entry,
                [[line.label, line.before, line.after] for line in entry.lines],
            ]
            for entry in rehearsal.now.entries
        ]
    whole = [
        review.digest,
        [list(asdict(mark).values()) for mark in review.removed],
        sorted(review.changed),
        str(state.state),
        moved,
    ]
    return sha256(canonical(whole).encode()).hexdigest()


def require_fit(review: VersionReview, dropped: Collection[str]) -> None:
    """Refuse a text that is none, changes nothing, or has no place for entered marks."""
    if not review.differences:
        raise SchemeRefused(_("和现行方案没有差别，不需要新版本。"), "no-change")
    if review.findings:
        places = _("、").join(f.place or f.detail for f in review.findings[:5])
        raise SchemeRefused(
            _("方案还有 %(count)d 处要改（%(places)s），改好再提出。")
            % {"count": len(review.findings), "places": places},
            "scheme-not-ready",
        )
    if review.misfits:
        raise SchemeRefused(
            _("已录的评分在新版本里放不下：%(what)s。请先改分，或改方案。")
            % {"what": _("；").join(map(misfit_text, review.misfits[:5]))},
            "marks-misfit",
        )
    counts = review.removed_counts
    if kept := [code for code in counts if code not in dropped]:
        what = _("、").join(f"{code}（{counts[code]}）" for code in kept[:10])
        raise SchemeRefused(
            _("这些评分点已有评分，去掉之前请逐项勾选：%(what)s。") % {"what": what},
            "marks-removed",
        )


def _lay(
    skill: Skill,
    state: SkillState,
    review: VersionReview,
    *,
    proposal: SchemeProposal | None = None,
    by: User,
    at: datetime,
) -> SchemeRow:
    """Put the version in force; without a proposal it is only tried."""
    lock_results(skill, at=at)
    if count := pending_of(skill, at):
        raise SchemeRefused(
            _("还有 %(count)d 项签名后更改没有办完，办完或撤回之后再换方案。")
            % {"count": count},
            "changes-pending",
        )
    row = store_scheme(
        skill,
        scheme=review.scheme,
        version=state.scheme.version + 1,
        source=(proposal.source_name if proposal else "", review.digest),
        findings=[],
        by=proposal.proposed_by if proposal else by,
        at=at,
    )
    row.frozen_at = at
    row.save(update_fields=["frozen_at"])
    _note_version(skill, row, review, proposal, by=by, at=at)
    _remove_marks(skill, review.removed)
    _move_sheets(skill, row, review.scheme)
    state.scheme = row
    state.save(update_fields=["scheme"])
    rows = Sheet.objects.filter(
        skill=skill, sub_criterion__code__in=sorted(review.changed)
    )
    sheets = list(rows.select_related("sub_criterion").order_by("pk"))
    void_signatures(skill, sheets, cause=CAUSE, by=by, at=at)
    reopen_results(skill, state, cause=CAUSE, by=by, at=at)
    if state.opened_at is not None:
        open_marking(skill, by=by, at=at)
    return row


def _remove_marks(skill: Skill, removed: Sequence[EnteredMark]) -> None:
    codes = {mark.aspect for mark in removed}
    Mark.objects.filter(sheet__skill=skill, code__in=codes).delete()
    TraineeMark.objects.filter(sheet__skill=skill, code__in=codes).delete()


def _move_sheets(skill: Skill, row: SchemeRow, scheme: Scheme) -> None:
    """Hang every sheet below the new rows; sheets of dropped sub-criteria go."""
    new = dict(
        SubCriterion.objects.filter(criterion__scheme=row).values_list("code", "pk")
    )
    sheets: dict[str, list[int]] = defaultdict(list)
    rows = Sheet.objects.filter(skill=skill)
    for pk, code in rows.values_list("pk", "sub_criterion__code"):
        sheets[code].append(pk)
    for code, ids in sheets.items():
        mine = Sheet.objects.filter(pk__in=ids)
        if code in new:
            mine.update(sub_criterion=new[code])
        else:
            _delete_sheets(code, ids)


def _delete_sheets(code: str, ids: Collection[int]) -> None:
    """Sheets without a sub-criterion; what is on record of them forbids it."""
    JudgeCall.objects.filter(sheet__in=ids).delete()
    TraineeMark.objects.filter(sheet__in=ids).delete()
    Device.objects.filter(sheet__in=ids).update(sheet=None)
    try:
        Sheet.objects.filter(pk__in=ids).delete()
    except ProtectedError:
        raise SchemeRefused(
            _(
                "子项 %(code)s 的评分表已经打印、复核或申请过改分，不能去掉；"
                "可以留着子项，只去掉评分点。"
            )
            % {"code": code},
            "sheet-on-record",
        ) from None


def _require_unmoved(proposal: SchemeProposal, review: VersionReview) -> None:
    if review.base != proposal.base:
        raise SchemeRefused(_("现行方案已经换过，请撤回后重新提出。"), "base-moved")
    if review.removed_counts != proposal.dropped:
        raise SchemeRefused(
            _("提出之后，要去掉的评分点又录了或撤了评分。请撤回后重新提出。"),
            "marks-moved",
        )
    require_fit(review, proposal.dropped)


def _require_secret(by: User, secret: str, at: datetime) -> None:
    if not check_secret(by, secret=secret, at=at):
        raise PinWrong(_("PIN 或密码不对，或试错太多被暂停 15 分钟。请再试。"))


def _state(skill: Skill) -> SkillState:
    state = state_of(skill)
    if state is None:
        raise SchemeRefused(_("还没有评分方案，先导入。"), "no-scheme")
    return state


def _waiting(proposal: SchemeProposal, at: datetime) -> SchemeProposal:
    lock_results(proposal.skill, at=at)
    found = waiting_proposal(proposal.skill)
    if found is None or found.pk != proposal.pk:
        raise SchemeRefused(_("这项新版本已经办完，请刷新页面。"), "not-waiting")
    return found


def _note_version(
    skill: Skill,
    row: SchemeRow,
    review: VersionReview,
    proposal: SchemeProposal | None,
    *,
    by: User,
    at: datetime,
) -> None:
    removed = [
        [m.entry, m.sub, m.aspect, m.seat, m.state, m.value] for m in review.removed
    ]
    body = {
        "version": row.version,
        "digest": row.digest,
        "text": row.text,
        "base": review.base,
        "reason": proposal.reason if proposal else "",
        "proposed_by": (proposal.proposed_by if proposal else by).actor,
        "removed": removed,
    }
    draft = EventDraft("scheme-version", body)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)


def _note(
    proposal: SchemeProposal,
    kind: str,
    more: Mapping[str, object],
    *,
    by: User,
    at: datetime,
) -> None:
    body = {
        "proposal": proposal.pk,
        "scheme": proposal.digest,
        "base": proposal.base,
        "reason": proposal.reason,
        **more,
    }
    chain = skill_chain(proposal.skill_id)
    append(chain, [EventDraft(kind, body)], actor=by.actor, at=at)
