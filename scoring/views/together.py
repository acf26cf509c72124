"""One tablet, a whole panel: each judge signs in turn with a PIN of their own.

Shows every seat's value, which is why it opens only when all of a sheet is entered.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from people.policy import policy
from scoring import access
from scoring.actions.signing import sign_sheets
from scoring.enums import SheetState, SignerRole
from scoring.errors import ScoringError
from scoring.models import Sheet
from scoring.queries.judging import waiting_rows
from scoring.queries.sheets import sheet_views, signing_digest
from scoring.queries.signatures import colleagues_due
from scoring.views import desk
from scoring.views import device_gate as gate
from scoring.views.judge import page_facts
from scoring.views.review_rows import review_sheet
from scoring.views.signing import numbers


@sensitive_post_parameters("pin")
@never_cache
@gate.on_tablet
@policy("scoring.sign_sheets")
def together(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_judge(request.user, pk, at)
    gate.check(request, skill.competition)
    asked = request.POST if request.method == "POST" else request.GET
    sheets = _sheets(request, skill, numbers(asked.getlist("sheet")), at)
    error = ""
    if request.method == "POST":
        error = _signed(request, skill, sheets, at)
        if not error:
            left = "&".join(f"sheet={sheet.pk}" for sheet in sheets)
            return redirect(f"{reverse('judge_together', args=[pk])}?{left}")
    due = colleagues_due(sheets)
    status = 409 if error else 200
    context = _context(request, skill, sheets, due) | {"error": error}
    return render(request, "scoring/judge_together.html", context, status=status)


def _sheets(request: HttpRequest, skill: Any, ids: list[int], at: Any) -> list[Sheet]:
    """The sheets asked for, or all that are complete; none that is still being marked."""
    if not ids:
        rows = waiting_rows(request.user, skill, SignerRole.JUDGE)
        ids = [row.id for row in rows]
    sheets = access.sheets_for(request.user, skill, ids, at) if ids else []
    return [sheet for sheet in sheets if sheet.state != SheetState.OPEN]


def _signed(request: HttpRequest, skill: Any, sheets: list[Sheet], at: Any) -> str:
    """Sign as the colleague who was chosen; return why not, or an empty text."""
    chosen = request.POST.get("signer", "")
    signer = next((u for u in colleagues_due(sheets) if str(u.pk) == chosen), None)
    if signer is None:
        return _("请选择还没有签名的裁判。")
    try:
        sign_sheets(
            skill,
            sheets=sheets,
            role=SignerRole.JUDGE,
            pin=request.POST.get("pin", ""),
            digest=request.POST.get("digest", ""),
            by=signer,
            at=at,
            device=gate.label_at(request, skill.competition_id),
        )
    except ScoringError as refusal:
        return str(refusal)
    messages.success(request, _("%(name)s 已签名。") % {"name": signer.name})
    return ""


def _context(
    request: HttpRequest, skill: Any, sheets: list[Sheet], due: list[Any]
) -> dict[str, Any]:
    views = sheet_views(sheets, request.user)
    shown = [review_sheet(v, SignerRole.CHIEF_JUDGE, request.user.pk) for v in views]
    digest = signing_digest(skill, sheets, SignerRole.JUDGE) if due else ""
    signed = dict.fromkeys(
        name for view in views for role, name, _at in view.signed if role == "judge"
    )
    items = sum(len(sheet.rows) for sheet in shown)
    return {
        "skill": skill,
        "sheets": shown,
        "one": sheets[0] if len(sheets) == 1 else None,
        "signers": due,
        "signed": list(signed),
        "sheet_ids": [sheet.pk for sheet in sheets],
        "digest": digest,
        "digest_words": f"{digest[:4]} {digest[4:8]}".upper(),
        "action_url": reverse("judge_together", args=[skill.pk]),
        "role": SignerRole.JUDGE,
        "button": _("签名 %(sheets)s 张，%(items)s 项")
        % {"sheets": len(sheets), "items": items},
        "set_title": _("同一平板轮流签名"),
        "panel": shown[0].panel if shown else desk.panel_colour("A"),
        "panel_letter": shown[0].panel_letter if shown else "",
        "done": len(signed),
        "total": len(signed) + len(due),
        "home_url": reverse("judge_home"),
        "rehearsal": skill.competition.is_rehearsal,
        "facts": page_facts(request),
        "facts_id": "judge-page",
    }
