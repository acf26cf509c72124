"""A tablet comes in: by its one-time code, then its judges by PIN.

A PIN is asked for on enrolled tablets only; a one-time PIN opens nothing but the page
on which its owner chooses another.
"""

import secrets
from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from people import actions as people_actions
from people.errors import PeopleError
from people.models import User
from people.policy import policy
from scoring.actions import devices as actions
from scoring.actions.devices import digest_of
from scoring.errors import DeviceRefused
from scoring.models import Device
from scoring.queries import devices
from scoring.queries.pin_holders import holder_named, holders_at
from scoring.views import device_gate as gate

BACKEND = "django.contrib.auth.backends.ModelBackend"
CHANGING = "pin-change"  # in the session: who gave a one-time PIN, and where


@never_cache
@policy("scoring.enter_tablet")
def enrol_start(request: HttpRequest) -> HttpResponse:
    """Where a code is typed that cannot be scanned."""
    word = "".join(request.GET.get("code", "").split()).upper()[:40]
    if word.isalnum() and word.isascii():
        return redirect("tablet_enrol", word)
    return render(request, "scoring/tablet_enrol.html", {"step": "type"})


@never_cache
@policy("scoring.enter_tablet")
def enrol(request: HttpRequest, word: str) -> HttpResponse:
    """What this tablet will be called, then waiting for the organizer's confirmation."""
    at = timezone.now()
    device = devices.device_to_claim(digest_of(word), at)
    if request.method != "POST":
        step = "claim" if device else "void"
        context = {"step": step, "device": device, "word": word}
        status = 200 if device else 404
        return render(request, "scoring/tablet_enrol.html", context, status=status)
    secret = gate.secret_of(request) or secrets.token_urlsafe(32)
    client = request.POST.get("client", "")[:80]
    try:
        actions.claim_device(code=word, client=client, secret=secret, at=at)
    except DeviceRefused as refusal:
        context = {"step": "void", "error": refusal.message}
        return render(request, "scoring/tablet_enrol.html", context, status=400)
    response = redirect("tablet_enrolled")
    gate.keep_secret(response, secret)
    return response


@never_cache
@require_GET
@policy("scoring.enter_tablet")
def enrolled(request: HttpRequest) -> HttpResponse:
    """Waiting for the confirmation; once it is there, on to the judges' PIN."""
    secret = gate.secret_of(request)
    device = devices.claimed_with(digest_of(secret)) if secret else None
    if device is None:
        return redirect("tablet_enrol_start")
    if device.enrolled_at is not None:
        return redirect("tablet_enter")
    context = {"step": "wait", "device": device, "check": device.secret_digest[:4]}
    return render(request, "scoring/tablet_enrol.html", context)


@sensitive_post_parameters("pin")
@never_cache
@policy("scoring.enter_tablet")
def enter(request: HttpRequest) -> HttpResponse:
    """Judges of an enrolled tablet choose their name and give their PIN."""
    found = gate.enrolled_devices(request)
    context: dict[str, Any]
    if not found:
        text = _(
            "这台设备没有登记，不能用 PIN 登录。请用账号密码登录，或请赛务登记它。"
        )
        context = {"step": "type", "error": text}
        status = 400 if request.method == "POST" else 200
        return render(request, "scoring/tablet_enrol.html", context, status=status)
    following = _following(request)
    context = {
        "devices": found,
        "people": holders_at([device.competition_id for device in found]),
        "next": following,
        "chosen": request.POST.get("who", ""),
    }
    if request.method == "POST":
        user, context["error"] = _by_pin(request, found)
        if user is not None:
            if user.pin_is_temporary:
                return redirect("tablet_own_pin")
            return redirect(following)
    status = 400 if context.get("error") else 200
    return render(request, "scoring/tablet_enter.html", context, status=status)


@sensitive_post_parameters("pin", "again")
@never_cache
@policy("scoring.enter_tablet")
def own_pin(request: HttpRequest) -> HttpResponse:
    """Who gave the one-time PIN of a sealed slip chooses their own."""
    noted = request.session.get(CHANGING)
    found = gate.enrolled_devices(request)
    devices_here = {device.pk: device for device in found}
    device = devices_here.get(noted["device"]) if noted else None
    user = None
    if noted and device:
        user = holder_named(noted["user"], [device.competition_id])
    if device is None or user is None or not user.pin_is_temporary:
        return redirect("tablet_enter")
    error = _choose_pin(request, user, device) if request.method == "POST" else None
    if error == "":
        return redirect("judge_home")
    context = {"person": user, "error": error}
    status = 400 if error else 200
    return render(request, "scoring/tablet_own_pin.html", context, status=status)


@sensitive_post_parameters("password", "pin")
@require_POST
@policy("scoring.resume_session")
def resume_by_pin(request: HttpRequest) -> JsonResponse:
    """Open the page again for the person who was signed in on it, by PIN."""
    found = gate.enrolled_devices(request)
    user, error = _by_pin(request, found) if found else (None, "")
    if user is None:
        message = error or _("这台设备没有登记，请用账号密码登录。评分仍在本机。")
        return JsonResponse({"code": "sign-in", "message": message}, status=401)
    if user.pin_is_temporary:
        message = _("这是密封条上的一次性 PIN，先换成自己的，再回到这张评分表。")
        url = reverse("tablet_own_pin")
        answer = {"code": "pin-temporary", "message": message, "url": url}
        return JsonResponse(answer, status=403)
    return JsonResponse({"message": _("已登录")})


@require_POST
@policy("scoring.resume_session")
def lock(request: HttpRequest) -> JsonResponse:
    """A tablet left alone ends its session; the page and its queue stay."""
    if request.user.is_authenticated and gate.enrolled_devices(request):
        logout(request)
    return JsonResponse({"message": _("已锁定")})


def _by_pin(request: HttpRequest, found: list[Device]) -> tuple[User | None, str]:
    """Who signs in on this tablet by PIN, or why nobody does."""
    who = request.POST.get("who", "") or request.POST.get("username", "")
    at = timezone.now()
    places = {device.competition_id: device for device in found}
    user = holder_named(who, list(places))
    if user is None:
        return None, _("请选择自己的名字。不在名单里，请找赛务。")
    device = _device_of(user, found)
    is_right = people_actions.check_pin(
        user,
        pin=request.POST.get("pin", ""),
        at=at,
        device=f"device:{device.pk}",
        scope=f"competition:{device.competition_id}",
    )
    if not is_right:
        return None, _(
            "PIN 不对，或在这台平板上试错太多被锁 15 分钟。请再试，或请裁判长解除。"
        )
    if user.pin_is_temporary:
        request.session[CHANGING] = {"user": user.pk, "device": device.pk}
    else:
        _open(request, user, device)
    return user, ""


def _device_of(user: User, found: list[Device]) -> Device:
    """The enrolment under which a person signs in: where they hold an appointment."""
    for device in found:
        if holder_named(user.pk, [device.competition_id]) is not None:
            return device
    return found[0]


def _choose_pin(request: HttpRequest, user: User, device: Device) -> str:
    """Set the person's own PIN and sign in; return why not, or an empty text."""
    pin = request.POST.get("pin", "")
    if pin != request.POST.get("again", ""):
        return _("两次输入不一样。")
    try:
        people_actions.set_pin(user, pin=pin, by=user, at=timezone.now())
    except PeopleError as refusal:
        return refusal.message
    request.session.pop(CHANGING, None)
    _open(request, user, device)
    return ""


def _open(request: HttpRequest, user: User, device: Device) -> None:
    login(request, user, backend=BACKEND)
    request.session[gate.SESSION] = device.pk


def _following(request: HttpRequest) -> str:
    """The judge's page to go on to; never another site, never another part of this."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    home = reverse("judge_home")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if is_ours and wanted.startswith(home) else home
