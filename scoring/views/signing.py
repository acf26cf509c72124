"""Reviewing and signing a set of sheets: judges, the chief judge, the supervisor.

What is shown is what is signed: the digest of the shown content travels with the PIN.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from people.policy import policy
from scoring import access
from scoring.actions.signing import sign_sheets
from scoring.enums import SignerRole
from scoring.errors import ScoringError
from scoring.queries import judging
from scoring.queries.sheets import sheet_views, signing_digest
from scoring.views import desk
from scoring.views import device_gate as gate
from scoring.views.judge import page_facts
from scoring.views.review_rows import ReviewSheet, review_sheet

ID_DIGITS = 18


@never_cache
@require_GET
@gate.on_tablet
@policy("scoring.sign_sheets")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    role = request.GET.get("role", SignerRole.JUDGE)
    skill = _skill(request, pk, role)
    return _review_page(request, skill, role, request.GET.getlist("sheet"))


@sensitive_post_parameters("pin")
@require_POST
@gate.on_tablet
@policy("scoring.sign_sheets")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    role = request.POST.get("role", SignerRole.JUDGE)
    skill = _skill(request, pk, role)
    at = timezone.now()
    ids = request.POST.getlist("sheet")
    try:
        signature = sign_sheets(
            skill,
            sheets=access.sheets_for(request.user, skill, numbers(ids), at),
            role=role,
            pin=request.POST.get("pin", ""),
            digest=request.POST.get("digest", ""),
            by=request.user,
            at=at,
            device=gate.label_at(request, skill.competition_id),
        )
    except ScoringError as refusal:
        return _review_page(request, skill, role, ids, error=str(refusal))
    return redirect("judge_receipt", pk=signature.pk)


@never_cache
@require_GET
@gate.on_tablet
@policy("scoring.sign_sheets")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    signature = access.signature_for(request.user, pk)
    found = judging.receipt_of(signature)
    skill = signature.skill
    is_judge = signature.role == SignerRole.JUDGE
    rows = judging.sheet_rows(request.user, skill) if is_judge else []
    codes = _("、").join(f"{row.code} {row.sub_code}" for row in found.sheets)
    ids = [row.id for row in found.sheets]
    shown = access.sheets_for(request.user, skill, ids, timezone.now())
    kept = {
        "id": signature.pk,
        "seq": found.seq,
        "hash": found.hash,
        "digest": signature.digest,
        "signed_at": found.signed_at.isoformat(),
        "entered": found.entered,
        "received": found.received,
    }
    context = {
        "receipt": found,
        "as_judge": is_judge,
        "hash_words": found.hash[:4].upper(),
        "sheets": found.sheets,
        "sheets_text": _("工位 %(codes)s") % {"codes": codes},
        "one": shown[0] if len(shown) == 1 else None,
        "panel_letter": found.sheets[0].panel if found.sheets else "",
        "next_row": desk.next_row(rows),
        "home_url": reverse("judge_home")
        if is_judge
        else reverse("chief_skill", args=[skill.pk]),
        "panel": desk.panel_colour(found.sheets[0].panel if found.sheets else "A"),
        "skill": skill,
        "set_title": _("回执"),
        "done": len(found.sheets),
        "total": len(found.sheets),
        "rehearsal": skill.competition.is_rehearsal,
        "facts": page_facts(request, receipt=kept),
        "facts_id": "judge-page",
    }
    return render(request, "scoring/judge_receipt.html", context)


def _skill(request: HttpRequest, pk: int, role: str) -> Any:
    if role not in SignerRole.values:
        raise Http404
    at = timezone.now()
    is_judge = role == SignerRole.JUDGE
    reach = access.skill_for_judge if is_judge else access.skill_for_chief
    skill = reach(request.user, pk, at)
    gate.check(request, skill.competition)
    return skill


def numbers(ids: list[str]) -> list[int]:
    """What can be ids; a row's id has no more than 18 digits."""
    wanted = (each for each in ids if each.isascii() and each.isdigit())
    return [int(each) for each in wanted if len(each) <= ID_DIGITS]


def _review_page(
    request: HttpRequest, skill: Any, role: str, ids: list[str], error: str = ""
) -> HttpResponse:
    at = timezone.now()
    wanted = numbers(ids)
    if not wanted:
        waiting = judging.waiting_rows(request.user, skill, role)
        wanted = [row.id for row in waiting]
    sheets = access.sheets_for(request.user, skill, wanted, at) if wanted else []
    views = sheet_views(sheets, request.user)
    shown = [review_sheet(view, role, request.user.pk) for view in views]
    context = _review_context(request, skill, role, sheets, shown)
    context["error"] = error
    status = 409 if error else 200
    return render(request, "scoring/judge_review.html", context, status=status)


def _review_context(
    request: HttpRequest,
    skill: Any,
    role: str,
    sheets: list[Any],
    shown: list[ReviewSheet],
) -> dict[str, Any]:
    one = sheets[0] if len(sheets) == 1 else None
    lacking = [sheet for sheet in shown if sheet.missing]
    items = sum(len(sheet.rows) for sheet in shown)
    missing = sum(sheet.missing for sheet in shown)
    colleagues = list(dict.fromkeys(n for sheet in shown for n in sheet.waiting_for))
    # Signed already, or still being marked: shown, but nothing is offered to be signed.
    signed = any(sheet.is_signed for sheet in shown)
    closed = signed or bool(colleagues)
    signable = [] if closed else sheets
    digest = signing_digest(skill, signable, role) if signable else ""
    is_judge = role == SignerRole.JUDGE
    home = reverse("judge_home")
    back = home if is_judge else reverse("chief_skill", args=[skill.pk])
    urls = {"call": reverse("judge_call", args=[one.pk])} if one and is_judge else {}
    return {
        "skill": skill,
        "sheets": shown,
        "one": one,
        "as_judge": is_judge,
        "panel": shown[0].panel if shown else "a",
        "panel_letter": shown[0].panel_letter if shown else "",
        "set_title": _("签名前复核"),
        "done": items - missing,
        "total": items,
        "missing_count": missing,
        "colleagues": [] if signed else colleagues,
        "is_signed": signed,
        "first_missing_url": lacking[0].missing_url if lacking else "",
        "ready_ids": [sheet.pk for sheet in signable],
        "digest": digest,
        "digest_words": f"{digest[:4]} {digest[4:8]}".upper(),
        "action_url": reverse("judge_sign", args=[skill.pk]),
        "role": role,
        "button": _("签名 %(sheets)s 张，%(items)s 项")
        % {"sheets": len(signable), "items": items},
        "home_url": home,
        "back_url": reverse("judge_sheet", args=[one.pk]) if one and is_judge else back,
        "together_url": _together(skill, signable) if is_judge else "",
        "rehearsal": skill.competition.is_rehearsal,
        "facts": page_facts(request, urls=urls),
        "facts_id": "judge-page",
    }


def _together(skill: Any, sheets: list[Any]) -> str:
    """Where the rest of the panel signs the same sheets on this tablet."""
    if not sheets:
        return ""
    asked = "&".join(f"sheet={sheet.pk}" for sheet in sheets)
    return f"{reverse('judge_together', args=[skill.pk])}?{asked}"
