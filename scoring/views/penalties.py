"""Penalties of one skill: the chief judge imposes and withdraws, others look."""

from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from competitions.models import Skill
from competitions.navigation import office_context
from people.policy import policy
from scoring import access
from scoring.actions.penalties import impose_penalty, withdraw_penalty
from scoring.enums import SignerRole
from scoring.errors import ScoringError
from scoring.queries.penalties import entries_with_codes, penalties_of

UNITS = (("points", gettext_lazy("分")), ("percent", gettext_lazy("% 总分")))


class PenaltyForm(forms.Form):
    """One penalty as the chief judge writes it down."""

    entry = forms.TypedChoiceField(label=gettext_lazy("工位"), coerce=int)
    value = forms.DecimalField(
        label=gettext_lazy("扣多少"),
        min_value=Decimal("0.000001"),
        max_value=Decimal(10_000),
        max_digits=12,
        decimal_places=6,
    )
    unit = forms.ChoiceField(label=gettext_lazy("按什么扣"), choices=UNITS)
    clause = forms.CharField(label=gettext_lazy("依据条款"), max_length=100)
    reason = forms.CharField(label=gettext_lazy("事由"), max_length=300)

    def __init__(self, entries: list[tuple[int, str]], *args: Any) -> None:
        super().__init__(*args)
        cast(forms.ChoiceField, self.fields["entry"]).choices = [("", "—"), *entries]
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            name = "form-select" if is_choice else "form-control"
            field.widget.attrs["class"] = name


@never_cache
@require_GET
@policy("scoring.see_penalties")
def penalties(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_penalties(request.user, pk, at)
    return _page(request, skill, at, PenaltyForm(entries_with_codes(skill)))


@require_POST
@policy("scoring.impose_penalty")
def impose(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_led(request.user, pk, at)
    form = PenaltyForm(entries_with_codes(skill), request.POST)
    if not form.is_valid():
        return _page(request, skill, at, form, status=400)
    given = form.cleaned_data
    entry = access.entry_for_penalty(request.user, skill, given["entry"], at)
    try:
        impose_penalty(
            entry,
            value=given["value"],
            is_percent=given["unit"] == "percent",
            clause=given["clause"],
            reason=given["reason"],
            by=request.user,
            at=at,
        )
    except ScoringError as refused:
        form.add_error(None, refused.message)
        return _page(request, skill, at, form, status=400)
    messages.success(request, _("处罚已记入工位 %(code)s。") % {"code": entry.code})
    return redirect("penalties", pk=pk)


@require_POST
@policy("scoring.impose_penalty")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    penalty = access.penalty_for(request.user, pk, at)
    try:
        reason = request.POST.get("reason", "")
        withdraw_penalty(penalty, reason=reason, by=request.user, at=at)
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("处罚已撤回，记录保留。"))
    return redirect("penalties", pk=penalty.skill_id)


def _page(
    request: HttpRequest,
    skill: Skill,
    at: datetime,
    form: PenaltyForm,
    *,
    status: int = 200,
) -> HttpResponse:
    roles = access.judging_roles(request.user, skill, at)
    leads = roles & access.LEADING
    context = {
        "skill": skill,
        "back": reverse("chief_skill", args=[skill.pk]) if leads else "",
        "rows": penalties_of(skill),
        "form": form if SignerRole.CHIEF_JUDGE in roles else None,
        **office_context(request.user, skill.competition),
    }
    return render(request, "scoring/penalties.html", context, status=status)
