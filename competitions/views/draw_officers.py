"""A level's officer who is gone: one person proposes a successor, another agrees."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from competitions import access, actions, queries
from competitions.enums import EventRole
from competitions.errors import CompetitionError
from competitions.forms import OfficerForm
from people.policy import policy

PROPOSING = ("organizer", EventRole.SUPERVISOR)


@sensitive_post_parameters("secret")
@require_POST
@policy("competitions.propose_officer")
def organize_draw_officer(request: HttpRequest, pk: int, level: int) -> HttpResponse:
    """The organizer or a supervisor proposes who keeps a level from now on."""
    skill = access.skill_for(request.user, pk, roles=PROPOSING)
    form = OfficerForm(request.POST, queries.spare_officers(skill))
    if not form.is_valid():
        messages.error(request, _("请选择接替的人，写明原因，并输入 PIN 或口令。"))
        return redirect("organize_draw", pk)
    given = form.cleaned_data
    try:
        actions.propose_officer(
            skill,
            level=level,
            successor=given["successor"],
            reason=given["reason"],
            secret=given["secret"],
            by=request.user,
            at=timezone.now(),
        )
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("已提出更换，请监督仲裁用自己的账号确认。"))
    return redirect("organize_draw", pk)


@sensitive_post_parameters("secret")
@require_POST
@policy("competitions.witness_decode")
def organize_settle_officer(request: HttpRequest, pk: int, level: int) -> HttpResponse:
    """A supervisor agrees to the proposed successor, or refuses."""
    skill = access.skill_for(request.user, pk, roles=(EventRole.SUPERVISOR,))
    is_agreed = request.POST.get("answer") == "agree"
    try:
        actions.settle_officer(
            skill,
            level=level,
            is_agreed=is_agreed,
            secret=request.POST.get("secret", ""),
            by=request.user,
            at=timezone.now(),
        )
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        done = _("加密裁判已更换。") if is_agreed else _("没有同意，仍由原来的人保管。")
        messages.success(request, done)
    return redirect("organize_draw", pk)
