"""Asking for the change of a signed mark, deciding about it, entering the new value.

Judges work on tablets, officers at desks: one set of pages serves both.
"""

import re
import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST, require_safe

from competitions.enums import EventRole
from people.policy import policy
from scoring import access, access_changes
from scoring.actions.change_checks import LARGEST_EVIDENCE, Evidence, Wanted
from scoring.actions.changes import (
    approve_change,
    foresee_approval,
    foresee_change,
    reject_change,
    request_change,
    withdraw_change,
)
from scoring.actions.marks import enter_marks
from scoring.core.changes import PENDING, Step
from scoring.core.scheme import Aspect
from scoring.enums import RequestRole, SheetState
from scoring.errors import ScoringError
from scoring.marking_events import Answer, MarkEvent
from scoring.models import ChangeRequest, Sheet
from scoring.queries.changes import (
    asking_role,
    cell_seats,
    changes_of_sheet,
    evidence_of,
    is_shut,
    preview_digest,
    reader_of,
    roles_at,
    state_at,
    steps_for,
)
from scoring.queries.schemes import plan_of
from scoring.queries.sheet_versions import SheetVersion, sheet_versions
from scoring.queries.sheets import cells_of
from scoring.views import change_words as words
from scoring.views import device_gate
from scoring.views.audit_words import role_text
from scoring.views.change_forms import ChangeForm

REFERENCE = re.compile(r"[a-z]+:[0-9]{1,18}")
KINDS = {".pdf": "application/pdf", ".png": "image/png"}


@never_cache
@require_GET
@policy("scoring.request_change")
def sheet_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet's cells, each with the way to ask for its change; its versions."""
    at = timezone.now()
    sheet = access_changes.sheet_to_change(request.user, pk, at)
    plan = plan_of(sheet.skill)
    if plan is None:
        raise Http404
    changes = changes_of_sheet(sheet)
    busy = {
        (row.code, row.seat): row
        for row in changes
        if row.closed_at is None and state_at(row, at) in PENDING
    }
    versions = sheet_versions(sheet)
    context = {
        "sheet": sheet,
        "is_shut": is_shut(sheet),
        "versions": [_version(sheet, each) for each in versions],
        "rows": [
            _cell_row(sheet, aspect, seat, busy, versions)
            for aspect in plan.subs[sheet.sub_criterion.code].aspects
            for seat in cell_seats(aspect, sheet.seats)
        ],
        "changes": [words.change_row(row, plan, at) for row in changes],
        "reference": _reference(request),
        **_page(request, sheet, at),
    }
    return render(request, "scoring/sheet_changes.html", context)


@sensitive_post_parameters("secret")
@never_cache
@policy("scoring.request_change")
def change_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the change of one cell; officers may look first at what it would move."""
    at = timezone.now()
    sheet = access_changes.sheet_to_change(request.user, pk, at)
    aspect, seat = _cell(request, sheet)
    reference = _reference(request)
    role = asking_role(roles_at(sheet, request.user), cites=bool(reference))
    posted = request.method == "POST"
    first = {n: request.GET.get(n, "") for n in ("value", "reason", "text", "state")}
    form = ChangeForm(
        aspect,
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={name: value[:500] for name, value in first.items() if value},
    )
    preview = None
    if posted and form.is_valid():
        wanted = _wanted(form.cleaned_data, aspect, seat, reference)
        try:
            if "look" not in request.POST:
                made = _ask(request, sheet, wanted, at)
                messages.success(request, _("申请已记录，等另一人批准。"))
                return redirect("change_page", pk=made.pk)
            preview = foresee_change(sheet, wanted=wanted, by=request.user, at=at)
        except ScoringError as refused:
            form.add_error(None, refused.message)
    mark = cells_of([sheet])[sheet.pk].get((aspect.code, seat))
    context = {
        "sheet": sheet,
        "aspect": aspect,
        "seat": words.seat_word(sheet, seat),
        "old": words.cell_text(aspect, mark.state, mark.value) if mark else "—",
        "form": form,
        "preview": preview and words.preview_words(preview),
        "may_look": role not in (None, RequestRole.JUDGE.value),
        "is_shut": is_shut(sheet),
        "reference": reference,
        "cited": words.reference_word(reference),
        **_page(request, sheet, at),
    }
    status = 400 if posted and form.errors else 200
    return render(request, "scoring/change_request.html", context, status=status)


@never_cache
@require_GET
@policy("scoring.see_change")
def change_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _change_page(request, pk)


@sensitive_post_parameters("secret")
@require_POST
@policy("scoring.request_change")
def change_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Approve, reject, withdraw, or enter the approved value."""
    at = timezone.now()
    change = access_changes.change_for(request.user, pk, at)
    act = STEPS.get(step)
    if act is None:
        raise Http404
    try:
        said = act(request, change, at)
    except ScoringError as refused:
        return _change_page(request, pk, error=refused.message)
    messages.success(request, said)
    return redirect("change_page", pk=pk)


@never_cache
@require_safe
@policy("scoring.see_change")
def change_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that was handed in with a request, to keep, never to run."""
    change = access_changes.change_for(request.user, pk, timezone.now())
    content = evidence_of(change)
    if not content:
        raise Http404
    ending = change.evidence_name.lower()[-4:]
    kind = KINDS.get(ending, "image/jpeg")
    name = f"change-{change.pk}{ending if ending in KINDS else '.jpg'}"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _change_page(request: HttpRequest, pk: int, error: str = "") -> HttpResponse:
    at = timezone.now()
    change = access_changes.change_for(request.user, pk, at)
    plan = plan_of(change.skill)
    reader = reader_of(change.skill, request.user)
    steps = steps_for(change, reader, at)
    now, differs = None, False
    if Step.APPROVE in steps:
        now = foresee_approval(change, by=request.user, at=at)
        differs = now != change.preview
    shown = now or change.approved_preview or change.preview
    context = {
        "row": words.change_row(change, plan, at),
        "change": change,
        "sheet": change.sheet,
        "steps": {str(step) for step in steps},
        "preview": words.preview_words(shown),
        "asked": words.preview_words(change.preview) if differs else None,
        "digest": preview_digest(shown),
        "key": uuid.uuid4(),
        "error": error,
        "appeal": access_changes.cited_appeal(request.user, change),
        "may_see_sheet": bool(reader.roles_at(change.sheet)),
        "may_sign": reader.seat(change.sheet) is not None
        and change.sheet.state == SheetState.COMPLETE
        and request.user.pk not in change.sheet.signers,
        **_page(request, change.sheet, at),
    }
    status = 409 if error else 200
    return render(request, "scoring/change_page.html", context, status=status)


def _approve(request: HttpRequest, change: ChangeRequest, at: datetime) -> str:
    approve_change(
        change,
        digest=request.POST.get("digest", ""),
        secret=request.POST.get("secret", ""),
        text=request.POST.get("text", ""),
        by=request.user,
        at=at,
    )
    return _("已批准，这一格已打开，等裁判录入。")


def _reject(request: HttpRequest, change: ChangeRequest, at: datetime) -> str:
    text = request.POST.get("text", "")
    reject_change(change, text=text, by=request.user, at=at)
    return _("申请未获批准，已记录理由。")


def _withdraw(request: HttpRequest, change: ChangeRequest, at: datetime) -> str:
    withdraw_change(change, by=request.user, at=at)
    return _("申请已撤回，记录保留。")


def _enter(request: HttpRequest, change: ChangeRequest, at: datetime) -> str:
    """The approved value, as a mark of the judge who sits there."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise ScoringError(_("请刷新页面再试。"), "key") from None
    skill = access.skill_for_marking(request.user, change.skill_id)
    device_gate.check_marking(request, skill)
    event = MarkEvent(
        key,
        change.sheet_id,
        change.code,
        value=change.new_value or None,
        state=change.new_state,
        remark=request.POST.get("remark", ""),
    )
    (outcome,) = enter_marks(skill, events=[event], by=request.user, device="", at=at)
    if outcome.status not in (Answer.ACCEPTED, Answer.REPLAYED):
        raise ScoringError(outcome.message, outcome.code)
    return _("新值已录入，记录 #%(seq)d。本表须重新签名。") % {"seq": outcome.seq}


STEPS = {
    "approve": _approve,
    "reject": _reject,
    "withdraw": _withdraw,
    "enter": _enter,
}


def _ask(
    request: HttpRequest, sheet: Sheet, wanted: Wanted, at: datetime
) -> ChangeRequest:
    file = request.FILES.get("evidence")
    evidence = None
    if file is not None:
        content = file.read(LARGEST_EVIDENCE + 1)
        evidence = Evidence(str(file.name), content)
    return request_change(
        sheet,
        wanted=wanted,
        secret=request.POST.get("secret", ""),
        evidence=evidence,
        by=request.user,
        at=at,
    )


def _cell(request: HttpRequest, sheet: Sheet) -> tuple[Aspect, int]:
    """The cell that the address names."""
    plan = plan_of(sheet.skill)
    aspects = plan.subs[sheet.sub_criterion.code].aspects if plan else ()
    code, seat = request.GET.get("aspect", ""), request.GET.get("seat", "")
    aspect = next((each for each in aspects if each.code == code), None)
    if aspect is None:
        if not aspects:
            raise Http404
        aspect = aspects[0]
    seats = cell_seats(aspect, sheet.seats) or [0]
    wanted = int(seat) if seat.isascii() and seat.isdigit() and len(seat) < 4 else -1
    return aspect, wanted if wanted in seats else seats[0]


def _reference(request: HttpRequest) -> str:
    """What caused the request, as the page that led here names it."""
    text = request.GET.get("reference", "")
    return text if REFERENCE.fullmatch(text) and len(text) <= 60 else ""


def _wanted(given: dict[str, Any], aspect: Aspect, seat: int, reference: str) -> Wanted:
    return Wanted(
        aspect=aspect.code,
        seat=seat,
        value=given["value"],
        state=given["state"],
        reason=given["reason"],
        text=given["text"],
        reference=reference,
    )


def _cell_row(
    sheet: Sheet,
    aspect: Aspect,
    seat: int,
    busy: dict[tuple[str, int], ChangeRequest],
    versions: list[SheetVersion],
) -> dict[str, Any]:
    place = (aspect.code, seat)
    values = [each.cells.get(place, ("", "")) for each in versions]
    shown = [words.cell_text(aspect, *value) for value in values]
    older = [*values[1:], values[-1]]
    return {
        "aspect": aspect,
        "seat": words.seat_word(sheet, seat),
        "number": seat,
        "values": [
            {"text": text, "changed": value != before}
            for text, value, before in zip(shown, values, older, strict=True)
        ],
        "busy": busy.get(place),
    }


def _version(sheet: Sheet, version: SheetVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "is_current": version.is_current,
        "signatures": [
            {
                "role": role_text(given.role, sheet.sub_criterion.panel, 0),
                "name": str(given.signer),
                "given": given,
            }
            for given in version.signatures
        ],
        "changes": version.changes,
    }


def _page(request: HttpRequest, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """What the frame of these pages shows: the roles, no navigation of an office."""
    roles = access.judging_roles(request.user, sheet.skill, at)
    labels = [str(label) for role, label in EventRole.choices if role in roles]
    return {
        "skill": sheet.skill,
        "nav": [],
        "as_judge": RequestRole.JUDGE.value in roles,
        "may_see_log": bool(roles & access.PLACES_ROLES) or not roles,
        "role_label": _("、").join(labels) or _("赛务"),
        "rehearsal": sheet.skill.competition.is_rehearsal,
    }
