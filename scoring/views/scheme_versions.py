"""A frozen scheme's next version: its preview, its two persons, and the versions so far."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from competitions.access import may_edit, skill_for
from competitions.models import Skill
from competitions.navigation import office_context
from people.policy import policy
from scoring import access
from scoring.actions.scheme_versions import (
    confirm_version,
    preview_digest,
    propose_version,
    rehearse_version,
    withdraw_version,
)
from scoring.core.scheme_text import parse
from scoring.errors import ScoringError
from scoring.models import SchemeProposal
from scoring.queries.drafts import draft_of
from scoring.queries.scheme_versions import (
    VersionReview,
    is_in_use,
    may_confirm,
    proposals_given_up,
    review_of,
    sheets_by_sub,
    versions_of,
    waiting_proposal,
)
from scoring.queries.schemes import scheme_of, state_of
from scoring.scheme_words import misfit_text, remark_of
from scoring.version_words import difference_rows


@require_GET
@policy("scoring.see_versions")
def scheme_versions(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for_places(request.user, pk, timezone.now())
    found = versions_of(skill)
    schemes = [parse(version.row.text) for version in found]
    before = [*schemes[1:], None][: len(schemes)]
    context = {
        "skill": skill,
        "versions": [
            (version, difference_rows(version.differences, old, new))
            for version, old, new in zip(found, before, schemes, strict=True)
        ],
        "waiting": waiting_proposal(skill),
        "given_up": proposals_given_up(skill),
        "may_edit": may_edit(request.user, skill.competition),
        **office_context(request.user, skill.competition, "organize_competition"),
    }
    return render(request, "scoring/scheme_versions.html", context)


@never_cache
@require_GET
@policy("scoring.see_versions")
def scheme_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The waiting proposal, or for its organizer the draft, held against what is in force.

    Nothing is changed by looking: what would move is rehearsed and taken back.
    """
    skill = access.skill_for_places(request.user, pk, timezone.now())
    proposal = waiting_proposal(skill)
    draft = draft_of(skill) if may_edit(request.user, skill.competition) else None
    if proposal is None and (draft is None or not is_in_use(skill)):
        return redirect("scheme_versions", pk)
    scheme = parse(proposal.text) if proposal else draft.scheme
    context = {
        "skill": skill,
        "proposal": proposal,
        "draft": None if proposal else draft.row,
        "may_edit": may_edit(request.user, skill.competition),
        "may_confirm": proposal is not None and may_confirm(proposal, request.user),
        **_preview(request, skill, review_of(skill, scheme)),
        **office_context(request.user, skill.competition, "organize_competition"),
    }
    return render(request, "scoring/scheme_preview.html", context)


@require_POST
@policy("scoring.import_scheme")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    skill = skill_for(request.user, pk)
    try:
        propose_version(
            skill,
            seen=request.POST.get("seen", ""),
            reason=request.POST.get("reason", ""),
            dropped=request.POST.getlist("dropped"),
            secret=request.POST.get("secret", ""),
            by=request.user,
            at=timezone.now(),
        )
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("新版本已提出。裁判长或成绩管理员确认之后生效。"))
    return redirect("scheme_preview", pk)


@require_POST
@policy("scoring.confirm_version")
def proposal_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Confirm a proposed version, or take it back."""
    at = timezone.now()
    proposal = access.proposal_for(request.user, pk, at)
    try:
        if step == "confirm":
            _confirm(request, proposal)
        elif step == "withdraw":
            withdraw_version(proposal, by=request.user, at=at)
            messages.success(request, _("已撤回，内容回到编写中的方案。"))
        else:
            raise Http404
    except ScoringError as refused:
        messages.error(request, refused.message)
        return redirect("scheme_preview", proposal.skill_id)
    return redirect("scheme_versions", proposal.skill_id)


def _confirm(request: HttpRequest, proposal: SchemeProposal) -> None:
    row = confirm_version(
        proposal,
        seen=request.POST.get("seen", ""),
        secret=request.POST.get("secret", ""),
        by=request.user,
        at=timezone.now(),
    )
    text = _("第 %(version)d 版已启用。请通知裁判重新核对、签名。")
    messages.success(request, text % {"version": row.version})


def _preview(
    request: HttpRequest, skill: Skill, review: VersionReview
) -> dict[str, Any]:
    state = state_of(skill)
    old = scheme_of(skill)
    refusal, rehearsal = "", None
    try:
        rehearsal = rehearse_version(skill, review, by=request.user, at=timezone.now())
    except ScoringError as refused:
        refusal = refused.message
    blocked = refusal or review.findings or review.misfits or not review.differences
    return {
        "number": state.scheme.version + 1 if state else 1,
        "state": state,
        "review": review,
        "rows": difference_rows(review.differences, old, review.scheme),
        "remarks": [remark_of(finding) for finding in review.findings],
        "misfits": [misfit_text(misfit) for misfit in review.misfits],
        "removed": _removed(review),
        "sheets": sheets_by_sub(skill, review.changed),
        "refusal": refusal,
        "is_blocked": bool(blocked),
        "moves": rehearsal,
        "seen": preview_digest(skill, review, rehearsal) if rehearsal else "",
    }


def _removed(review: VersionReview) -> list[tuple[str, list[Any]]]:
    """The marks that go, aspect by aspect."""
    found: dict[str, list[Any]] = {}
    for mark in review.removed:
        found.setdefault(mark.aspect, []).append(mark)
    return sorted(found.items())
