"""Which tablet asks, and whether it may: checked in every view that opens a sheet.

The tablet's secret is a cookie; a sign-in by PIN also notes the device in the session,
so that throwing the cookie away does not outlive a revocation.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.models import Competition, Skill
from people.policy import wants_json
from scoring.actions.devices import digest_of
from scoring.errors import DeviceRefused
from scoring.models import Device
from scoring.queries import devices

COOKIE = "leitai_tablet"
COOKIE_DAYS = 30
SESSION = "device"


def secret_of(request: HttpRequest) -> str:
    """The tablet's secret, or an empty text."""
    return request.COOKIES.get(COOKIE, "")[:80]


def keep_secret(response: HttpResponse, secret: str) -> None:
    """Let the browser keep the tablet's secret, where no script can read it."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=COOKIE_DAYS * 86_400,
        path=reverse("judge_home"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def enrolled_devices(request: HttpRequest) -> list[Device]:
    """The enrolments of the tablet that asks, asked of the database once."""
    found = getattr(request, "tablets", None)
    if found is None:
        secret = secret_of(request)
        found = devices.devices_with(digest_of(secret)) if secret else []
        request.tablets = found  # type: ignore[attr-defined]
    return list(found)


def device_at(request: HttpRequest, competition: int) -> Device | None:
    """The enrolled tablet that asks, at this competition."""
    for device in enrolled_devices(request):
        if device.competition_id == competition:
            return device
    return None


def label_at(request: HttpRequest, competition: int) -> str:
    """Under what failures of a PIN on this device are counted."""
    device = device_at(request, competition)
    return f"device:{device.pk}" if device else ""


def check(request: HttpRequest, competition: Competition) -> None:
    """Refuse a tablet that was revoked, or one that should be enrolled and is not."""
    check_known(request, competition.pk, devices.is_required(competition))


def check_marking(request: HttpRequest, skill: Skill) -> None:
    """As :func:`check` before marks are taken; the policy came with the skill."""
    demands = getattr(skill, "demands_devices", None)
    if demands is None:
        demands = devices.is_required(skill.competition)
    check_known(request, skill.competition_id, demands)


def shut_among(request: HttpRequest, competitions: set[int]) -> dict[int, str]:
    """Which of ``competitions`` this device may not mark at, and why."""
    required = devices.required_among(competitions)
    found = {}
    for competition in competitions:
        try:
            check_known(request, competition, competition in required)
        except DeviceRefused as refusal:
            found[competition] = refusal.message
    return found


def check_known(request: HttpRequest, competition: int, is_required: bool) -> None:
    """As :func:`check`, where the competition's policy is known already.

    Costs nothing for a device that was never enrolled, unless it had to be.
    """
    noted = request.session.get(SESSION)
    if not is_required and noted is None and not secret_of(request):
        return
    if device_at(request, competition) is not None:
        return
    if devices.was_revoked(competition, digest_of(secret_of(request)), noted):
        raise DeviceRefused(
            _("这台平板已被停用，不能再用来评分。请找赛务。"), "device-revoked"
        )
    if is_required:
        raise DeviceRefused(
            _("本赛事只用登记过的平板评分，这台设备没有登记。请赛务在“平板”页登记它。"),
            "device-required",
        )


def on_tablet(view: Callable[..., HttpResponseBase]) -> Any:
    """Answer for a view what a tablet has to be told: sign in by PIN, or not let in."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _needs_pin(request):
            following = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('tablet_enter')}?{following}")
        try:
            return view(request, *args, **kwargs)
        except DeviceRefused as refusal:
            return refused(request, refusal)

    return answered


def _needs_pin(request: HttpRequest) -> bool:
    """A page asked for on an enrolled tablet on which nobody is signed in."""
    user = getattr(request, "user", None)
    if request.method != "GET" or wants_json(request) or user is None:
        return False
    return not user.is_authenticated and bool(enrolled_devices(request))


def refused(request: HttpRequest, refusal: DeviceRefused) -> HttpResponse:
    """Say to a script or on a page that this device is not let in."""
    if wants_json(request):
        answer = {"v": 1, "code": refusal.code, "message": refusal.message}
        return JsonResponse(answer, status=403)
    context = {"refusal": refusal.message}
    return render(request, "scoring/tablet_refused.html", context, status=403)
