"""平板: the wall of a competition's tablets; names, codes, confirmations, revocations.

The one-time code is on the answer that made it and nowhere else.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from competitions.access import competition_for, may_edit
from competitions.models import Competition
from competitions.navigation import office_context
from people.policy import policy
from people.qr import qr_address
from scoring import tablet_access
from scoring.actions import devices as actions
from scoring.errors import DeviceRefused
from scoring.queries import devices

ROLES = tablet_access.MANAGERS
PAGE = "organize_devices"


@never_cache
@require_GET
@policy("scoring.manage_devices")
def organize_devices(request: HttpRequest, code: str) -> HttpResponse:
    competition = competition_for(request.user, code, roles=ROLES)
    context = {
        **_wall(request, competition),
        "on_page": True,
        "is_required": devices.is_required(competition),
        "panels": devices.entry_modes(competition),
        "may_edit": may_edit(request.user, competition),
        **office_context(request.user, competition, PAGE),
    }
    return render(request, "scoring/organize_devices.html", context)


@never_cache
@require_GET
@policy("scoring.watch_devices")
def organize_device_wall(request: HttpRequest, code: str) -> HttpResponse:
    """The wall alone: fetched by the competition's page, and again by its own."""
    competition = competition_for(
        request.user, code, roles=tablet_access.WATCHERS, at=timezone.now()
    )
    context = _wall(request, competition) | {"on_page": "own" in request.GET}
    return render(request, "scoring/device_wall.html", context)


@never_cache
@require_POST
@policy("scoring.manage_devices")
def organize_new_device(request: HttpRequest, code: str) -> HttpResponse:
    competition = competition_for(request.user, code, roles=ROLES)
    name = request.POST.get("name", "")
    try:
        device, word = actions.begin_enrolment(
            competition, name=name, by=request.user, at=timezone.now()
        )
    except DeviceRefused as refusal:
        messages.error(request, refusal.message)
        return redirect(PAGE, code)
    path = reverse("tablet_enrol", args=[word])
    address = request.build_absolute_uri(path)
    context = {
        "device": device,
        "word": f"{word[:4]} {word[4:]}",
        "address": address,
        "short_address": request.build_absolute_uri(reverse("tablet_enrol_start")),
        "qr": qr_address(address),
        **office_context(request.user, competition, PAGE),
    }
    return render(request, "scoring/device_code.html", context)


@require_POST
@policy("scoring.manage_devices")
def organize_confirm_device(request: HttpRequest, pk: int) -> HttpResponse:
    device = tablet_access.device_for(request.user, pk, timezone.now())
    try:
        actions.confirm_device(device, by=request.user, at=timezone.now())
    except DeviceRefused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("“%(name)s”可以使用了。") % {"name": device.name})
    return redirect(PAGE, device.competition.code)


@require_POST
@policy("scoring.manage_devices")
def organize_revoke_device(request: HttpRequest, pk: int) -> HttpResponse:
    device = tablet_access.device_for(request.user, pk, timezone.now())
    reason = request.POST.get("reason", "")
    try:
        actions.revoke_device(device, reason=reason, by=request.user, at=timezone.now())
    except DeviceRefused as refusal:
        messages.error(request, refusal.message)
    else:
        text = _("“%(name)s”已停用，立即生效。") % {"name": devices.label_of(device)}
        messages.success(request, text)
    return redirect(PAGE, device.competition.code)


@require_POST
@policy("scoring.set_device_policy")
def organize_device_policy(request: HttpRequest, code: str) -> HttpResponse:
    competition = competition_for(request.user, code)
    is_required = request.POST.get("required") == "yes"
    actions.set_device_policy(
        competition, is_required=is_required, by=request.user, at=timezone.now()
    )
    return redirect(PAGE, code)


@require_POST
@policy("scoring.manage_devices")
def organize_entry_mode(request: HttpRequest, pk: int) -> HttpResponse:
    skill = tablet_access.skill_for_devices(request.user, pk, timezone.now())
    try:
        actions.choose_entry_mode(
            skill,
            panel=request.POST.get("panel", "")[:1],
            is_group=request.POST.get("mode") == "group",
            by=request.user,
            at=timezone.now(),
        )
    except DeviceRefused as refusal:
        messages.error(request, refusal.message)
    return redirect(PAGE, skill.competition.code)


def _wall(request: HttpRequest, competition: Competition) -> dict[str, Any]:
    rows = devices.device_rows(competition, timezone.now())
    shown = [row for row in rows if row.state != "revoked"]
    return {
        "competition": competition,
        "rows": shown,
        "revoked": [row for row in rows if row.state == "revoked"],
        "unsent": sum(row.unsent for row in shown),
        "enrolled": sum(1 for row in shown if row.state == "enrolled"),
        "may_manage": tablet_access.manages(request.user, competition),
        "wall_url": reverse("organize_device_wall", args=[competition.code]),
    }
