"""PINs of a competition: who has one, slips to print, locks lifted by two persons.

Issuing answers with the drawn slips and nothing else: no page ever shows a PIN.
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
from people import actions
from people.errors import PeopleError
from people.pdf import pdf_problem
from people.policy import policy
from people.queries import pin_locks
from scoring import tablet_access
from scoring.actions.devices import note_slips
from scoring.errors import DeviceRefused
from scoring.forms import id_in
from scoring.pin_slips import Slip, slips_pdf
from scoring.queries.devices import device_names
from scoring.queries.pin_holders import PinHolder, holders_at

MOST_SLIPS = 100


@never_cache
@require_GET
@policy("scoring.release_pin")
def organize_pins(request: HttpRequest, code: str) -> HttpResponse:
    competition = competition_for(request.user, code, roles=tablet_access.RELEASERS)
    return render(request, "scoring/organize_pins.html", _context(request, competition))


@never_cache
@require_POST
@policy("scoring.issue_pins")
def organize_pin_slips(request: HttpRequest, code: str) -> HttpResponse:
    """Give the chosen people new one-time PINs and answer with their slips."""
    competition = competition_for(request.user, code)
    chosen = set(request.POST.getlist("who")[: MOST_SLIPS + 1])
    people = [
        holder
        for holder in holders_at([competition.pk])
        if str(holder.user.pk) in chosen
    ]
    at = timezone.now()
    try:
        _require(people)
        issued = actions.issue_pins(
            [holder.user for holder in people],
            reason=request.POST.get("reason", "").strip(),
            by=request.user,
            at=at,
        )
    except (PeopleError, DeviceRefused) as refusal:
        messages.error(request, refusal.message)
        return redirect("organize_pins", code)
    note_slips(
        competition,
        [user for user, _pin in issued],
        reason=request.POST.get("reason", "").strip(),
        by=request.user,
        at=at,
    )
    pins = {user.pk: pin for user, pin in issued}
    slips = [
        _slip(request, competition, holder, pins[holder.user.pk]) for holder in people
    ]
    response = HttpResponse(slips_pdf(slips, at=at), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="pin-slips.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@policy("scoring.release_pin")
def organize_pin_release(request: HttpRequest, code: str) -> HttpResponse:
    """Ask that a lock be lifted, or agree to what another person asked."""
    competition = competition_for(request.user, code, roles=tablet_access.RELEASERS)
    at = timezone.now()
    place = (request.POST.get("user", ""), request.POST.get("device", ""))
    lock = next(
        (
            lock
            for lock in _locks(competition, at)
            if (str(lock.user.pk), lock.device) == place
        ),
        None,
    )
    try:
        if lock is None:
            messages.info(request, _("这个 PIN 已经没有锁定。"))
        elif lock.release is not None:
            actions.agree_pin_release(lock.release, by=request.user, at=at)
            messages.success(request, _("已解除，请本人重新输入。"))
        else:
            actions.ask_pin_release(
                lock.user,
                device=lock.device,
                reason=request.POST.get("reason", "").strip(),
                by=request.user,
                at=at,
            )
            messages.success(request, _("已提出，请另一人在本页同意。"))
    except PeopleError as refusal:
        messages.error(request, refusal.message)
    return redirect("organize_pins", code)


def _require(people: list[PinHolder]) -> None:
    if problem := pdf_problem():
        raise DeviceRefused(problem, "pdf")
    if not people:
        raise DeviceRefused(_("请先勾选要发 PIN 的人。"), "nobody")
    if len(people) > MOST_SLIPS:
        raise DeviceRefused(_("一次最多打印 100 张密封条，请分批。"), "too-many")


def _slip(
    request: HttpRequest, competition: Competition, holder: PinHolder, pin: str
) -> Slip:
    address = reverse("tablet_enter") + f"?who={holder.user.pk}"
    comma = _("，")
    roles = comma.join((_("、").join(holder.roles), *holder.skills[:2]))
    return Slip(
        name=str(holder.user),
        account=holder.user.username,
        roles=roles,
        competition=competition.name,
        pin=pin,
        address=request.build_absolute_uri(address),
    )


def _locks(competition: Competition, at: Any) -> list[Any]:
    return pin_locks([holder.user for holder in holders_at([competition.pk])], at)


def _context(request: HttpRequest, competition: Competition) -> dict[str, Any]:
    at = timezone.now()
    everybody = holders_at([competition.pk])
    skill = id_in(request.GET.get("skill", ""))
    people = [row for row in everybody if not skill or skill in row.skill_ids]
    locks = pin_locks([holder.user for holder in everybody], at)
    names = device_names(competition)
    locked = {lock.user.pk for lock in locks}
    return {
        "competition": competition,
        "rows": [
            {
                "holder": holder,
                "state": _state(holder, locked),
                "is_me": holder.user.pk == request.user.pk,
                "is_ticked": bool(skill) and not holder.user.pin,
            }
            for holder in people
        ],
        "locks": [
            {
                "lock": lock,
                "device": names.get(lock.device, "") or _("密码登录的设备"),
                "is_mine": lock.user.pk == request.user.pk,
                "asked_by_me": lock.release is not None
                and lock.release.asked_by_id == request.user.pk,
            }
            for lock in locks
        ],
        "skills": list(competition.skills.all()),
        "chosen": skill,
        "problem": pdf_problem(),
        "may_edit": may_edit(request.user, competition),
        **office_context(request.user, competition, "organize_devices"),
    }


def _state(holder: PinHolder, locked: set[int]) -> tuple[str, str]:
    """A lamp's tone and word for a person's PIN."""
    if holder.user.pk in locked:
        return "bad", _("被锁")
    if not holder.user.pin:
        return "none", _("没有 PIN")
    if holder.user.pin_is_temporary:
        return "part", _("已发密封条，本人还没换")
    return "ok", _("本人已设")
