"""The judge's tablet: desk, sheet, its state, calls, and coming back after a sign-out.

Marks are not taken here (marks.py does); a page only says where they go.
"""

from dataclasses import replace
from typing import Any

from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from competitions.enums import EventRole
from people.policy import policy
from scoring import access, tablet_access
from scoring.actions import calls
from scoring.core.dual import SECOND
from scoring.enums import SheetState, SignerRole
from scoring.errors import ConflictOfInterest, ScoringError, day_words
from scoring.queries import judging
from scoring.queries.changes import is_shut, opened_cells, waiting_for
from scoring.queries.sheets import sheet_view
from scoring.views import desk, recusal, reports, sheet_parts, shell
from scoring.views import device_gate as gate
from scoring.views.judge_words import addresses, words

LONGEST_NAME = 150


@never_cache
@require_GET
@gate.on_tablet
@policy("scoring.judge_desk")
def home(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    found = _skills(request.user, at)
    shut = gate.shut_among(request, {skill.competition_id for skill in found})
    skills = [_desk(request.user, skill, at, shut) for skill in found]
    return render(request, "scoring/judge_home.html", _home_context(request, skills))


@never_cache
@require_GET
@gate.on_tablet
@policy("scoring.judge_desk")
def skill(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    shown = access.skill_on_desk(request.user, pk, at)
    shut = gate.shut_among(request, {shown.competition_id})
    skills = [_desk(request.user, shown, at, shut)]
    return render(request, "scoring/judge_home.html", _home_context(request, skills))


@never_cache
@require_GET
@gate.on_tablet
@policy("scoring.enter_marks")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    try:
        shown = access.sheet_for(request.user, pk, at)
    except ConflictOfInterest as refusal:
        return recusal.page(request, refusal, pk)
    except Http404:
        if (told := recusal.taken_over_page(request, pk)) is not None:
            return told
        foreign = tablet_access.foreign_sheet_for(request.user, pk, at)
        return _wrong_panel(request, foreign)
    gate.check(request, shown.skill.competition)
    view, days = _view_today(shown, request.user, at)
    return render(
        request,
        "scoring/judge_sheet.html",
        _sheet_context(request, shown, view) | _day_note(days),
    )


@never_cache
@require_GET
@gate.on_tablet
@policy("scoring.enter_marks")
def sheet_state(request: HttpRequest, pk: int) -> JsonResponse:
    at = timezone.now()
    try:
        shown = access.sheet_for(request.user, pk, at)
        gate.check(request, shown.skill.competition)
    except ConflictOfInterest as refusal:
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=403)
    view, _days = _view_today(shown, request.user, timezone.now())
    return JsonResponse(
        {
            "v": 1,
            "at": at.isoformat(),
            "state": view.state,
            "editable": _is_editable(view),
            "company": reports.asked_company(request, shown, at),
            "aspects": sheet_parts.states_now(view),
        }
    )


@require_POST
@policy("scoring.call_chief")
def call(request: HttpRequest, pk: int) -> JsonResponse:
    at = timezone.now()
    try:
        shown = access.seated_sheet_for(request.user, pk, at)
        calls.call_chief(
            shown,
            kind=request.POST.get("kind", "call"),
            text=request.POST.get("text", "").strip(),
            by=request.user,
            at=at,
        )
    except ScoringError as refusal:
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=400)
    return JsonResponse({"message": _("裁判长的屏幕上已经看到。")})


@sensitive_post_parameters("password")
@require_POST
@policy("scoring.resume_session")
def resume(request: HttpRequest) -> JsonResponse:
    """Sign the same person in again without leaving the page."""
    user = authenticate(
        request,
        username=request.POST.get("username", "")[:LONGEST_NAME],
        password=request.POST.get("password", ""),
    )
    if user is None:
        message = _("口令不对，或者试得太多被暂停。评分仍在本机，请再试或找赛务。")
        return JsonResponse({"code": "sign-in", "message": message}, status=401)
    login(request, user)
    return JsonResponse({"message": _("已登录")})


@require_GET
@policy("scoring.tablet_shell")
def worker(request: HttpRequest) -> HttpResponse:
    context = {"scope": reverse("judge_home"), **shell.facts()}
    return render(
        request, "scoring/judge_worker.js", context, content_type="text/javascript"
    )


def page_facts(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """Return what the script of every judge's page needs to know."""
    urls = addresses(**more.pop("urls", {}))
    by_pin = bool(gate.enrolled_devices(request))
    facts = {"user": request.user.pk, "words": words(), "urls": urls, "byPin": by_pin}
    return {"zone": "Asia/Shanghai", **facts, **more}


def _skills(user: Any, at: Any) -> list[Any]:
    return list(access.judge_skills(user, at))


def _home_context(request: HttpRequest, skills: list[dict[str, Any]]) -> dict[str, Any]:
    rehearsal = any(item["skill"].competition.is_rehearsal for item in skills)
    held = {role for item in skills for role in item["roles"]}
    labels = [str(label) for role, label in EventRole.choices if role in held]
    return {
        "skills": skills,
        "role_label": _("、").join(labels) or _("裁判员"),
        "rehearsal": rehearsal,
        "facts": page_facts(request),
        "facts_id": "judge-page",
    }


def _wrong_panel(request: HttpRequest, foreign: Any) -> HttpResponse:
    """Another panel's sheet: not shown; whoever has it open is warned."""
    context = {
        "panel_letter": foreign.sub_criterion.panel,
        "code": foreign.entry.code,
        "facts": page_facts(request, sheet=foreign.pk),
        "facts_id": "judge-page",
    }
    return render(request, "scoring/judge_wrong_panel.html", context, status=403)


def _desk(user: Any, shown: Any, at: Any, shut: dict[int, str]) -> dict[str, Any]:
    roles = access.judging_roles(user, shown, at)
    if "judge" in roles and shown.competition_id in shut:
        return {"skill": shown, "roles": roles, "shut": shut[shown.competition_id]}
    every = judging.sheet_rows(user, shown, at) if "judge" in roles else []
    rows = [row for row in every if not row.days or desk.is_done(row)]
    counted = [row for row in rows if not row.is_recused and not row.is_replaced]
    leads = "chief-judge" in roles or "supervisor" in roles
    return {
        "skill": shown,
        "roles": roles,
        "groups": desk.groups_of(rows),
        "later": desk.later_of(every),
        "practise_url": reverse("practise_list", args=[shown.pk])
        if "trainee" in roles
        else "",
        "is_reserve": "reserve" in roles,
        "teams_url": reverse("marking_teams", args=[shown.pk]) if leads else "",
        "next": desk.next_row(rows),
        "done": sum(1 for row in counted if desk.is_done(row)),
        "total": len(counted),
        "to_sign": len(judging.waiting_rows(user, shown, "judge")) if every else 0,
        "review_url": reverse("judge_review", args=[shown.pk]),
        "chief_url": reverse("chief_skill", args=[shown.pk]) if leads else "",
        "verify_url": reverse("verify_skill", args=[shown.pk])
        if "results-officer" in roles
        else "",
        "duties": _duties(user, shown, roles) if leads else None,
        "changes": waiting_for(shown, user, at),
    }


def _duties(user: Any, shown: Any, roles: set[str]) -> dict[str, int]:
    """What waits for the chief judge or the supervisor of a skill."""
    is_chief = SignerRole.CHIEF_JUDGE in roles
    role = SignerRole.CHIEF_JUDGE if is_chief else SignerRole.SUPERVISOR
    return {
        "to_sign": len(judging.waiting_rows(user, shown, role)),
        "conflicts": len(judging.conflicts_open(shown)),
        "calls": len(judging.calls_open(shown)),
    }


def _view_today(shown: Any, user: Any, at: Any) -> tuple[Any, tuple[int, ...]]:
    """The sheet, and its days if it is not marked today: then it is only looked at."""
    view = sheet_view(shown, user)
    days = judging.days_now(shown, user, at)
    return (replace(view, is_read_only=True) if days else view), days


def _is_editable(view: Any) -> bool:
    return not view.is_read_only and view.state in (
        SheetState.OPEN,
        SheetState.COMPLETE,
    )


def _sheet_context(request: HttpRequest, shown: Any, view: Any) -> dict[str, Any]:
    parts = sheet_parts.aspect_parts(view)
    sits = any(seat.user_id == request.user.pk for seat in view.seats)
    pk, skill_pk = shown.pk, shown.skill_id
    urls = {
        "state": reverse("judge_sheet_state", args=[pk]),
        "call": reverse("judge_call", args=[pk]),
        "review": f"{reverse('judge_review', args=[skill_pk])}?sheet={pk}",
    }
    following = desk.next_row(judging.sheet_rows(request.user, shown.skill), after=pk)
    facts = page_facts(
        request,
        urls=urls,
        nextSheet=following and _next_sheet(following),
        skill=skill_pk,
        sheet=pk,
        at=timezone.now().isoformat(),
        zone=shown.skill.competition.zone,
        editable=_is_editable(view),
        group=_group(view),
        aspects={part.code: part.for_script() for part in parts},
    )
    return {
        "sheet": shown,
        "view": view,
        "parts": parts,
        "panel": desk.panel_colour(view.panel),
        "panel_letter": view.panel,
        "done": sum(1 for part in parts if part.now["own"]),
        "group": facts["group"],
        "total": len(parts),
        "home_url": reverse("judge_home"),
        "review_url": urls["review"],
        "signed_note": _signed_note(view),
        "opened": [cell for _sheet, cell in opened_cells([shown], timezone.now())],
        "changes_url": _changes_url(shown),
        "as_judge": sits,
        "can_sign": sits
        and view.state == SheetState.COMPLETE
        and request.user.pk not in shown.signers,
        "rehearsal": shown.skill.competition.is_rehearsal,
        "facts": facts,
        "facts_id": "sheet-page",
    }


def _group(view: Any) -> dict[str, Any] | None:
    """The seats for which one person enters on this tablet, or None."""
    if not view.is_group or view.seat is None:
        return None
    seats = [
        {"seat": seat.number, "name": seat.name, "number": seat.number % SECOND}
        for seat in view.seats
        if seat.number % SECOND
    ]
    return {"now": view.seat, "seats": seats}


def _next_sheet(row: Any) -> dict[str, str]:
    text = _("下一张：工位 %(code)s，%(sub)s")
    return {
        "url": reverse("judge_sheet", args=[row.id]),
        "text": text % {"code": row.code, "sub": row.sub_code},
    }


def _changes_url(shown: Any) -> str:
    """Where the change of a signed mark is asked for; empty before any signature."""
    return reverse("sheet_changes", args=[shown.pk]) if is_shut(shown) else ""


def _day_note(days: tuple[int, ...]) -> dict[str, Any]:
    if not days:
        return {}
    text = _("这张评分表在 %(days)s 评。要补评，请裁判长先作补评许可。")
    title = _("今天不是它的评分日")
    return {"signed_note": {"title": title, "text": text % {"days": day_words(days)}}}


def _signed_note(view: Any) -> dict[str, str] | None:
    if _is_editable(view):
        return None
    if view.sheet.is_guarded and not view.sheet.signers:
        text = _("签名之后改过一格，须重新签名；其他各格不变。")
        return {"title": _("待重新签名"), "text": text}
    if not view.signed:
        return {"title": _("只能看"), "text": _("这张评分表不由你录入。")}
    names = _("、").join(name for _role, name, _at in view.signed)
    text = _("%(names)s 已签名。签名后要改，须提出申请，由另一人批准。")
    return {"title": _("已签名，内容已锁定"), "text": text % {"names": names}}
