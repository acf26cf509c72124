"""A fact corrected or withdrawn, a sanction ended: with a reason, nothing deleted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import access
from awards.actions.decisions import refresh_decisions
from awards.person_forms import EndSanctionForm, EvidencedForm, ReasonForm
from awards.views import frame
from awards.views.fact_kinds import KINDS
from people.actions import correct_fact, end_sanction, withdraw_fact
from people.core import occupations
from people.dossier import facts_of
from people.errors import PeopleError
from people.models import HolderFact, Person, PersonFact
from people.policy import policy


@policy("awards.fill_facts")
@require_http_methods(["GET", "POST"])
def bureau_correct(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    fact = access.fact_for(request.user, kind, pk)
    if kind not in KINDS:
        raise Http404
    withdraws = request.POST.get("do") == "withdraw"
    posted = request.POST if request.method == "POST" else None
    form = KINDS[kind].form(None if withdraws else posted, initial=_initial(fact))
    why = ReasonForm(posted, auto_id="why_%s")
    if posted is not None and why.is_valid() and (withdraws or form.is_valid()):
        values = None if withdraws else form.cleaned_data
        done = _corrected(request, fact, form, values, why.cleaned_data["reason"])
        if done:
            return redirect("bureau_person", pk=fact.person_id)
    line = next(line for line in facts_of(fact.person) if line.row == fact)
    context = {"fact": fact, "line": line, "form": form, "why": why, "kind": kind}
    context["occupations"] = occupations.known()
    context["title"] = KINDS[kind].title
    return _page(request, "bureau_correct.html", fact.person, **context)


def _initial(fact: PersonFact) -> dict[str, Any]:
    values = model_to_dict(fact)
    if isinstance(fact, HolderFact):
        values["holds"] = "yes" if fact.holds else "no"
    return values


def _corrected(
    request: HttpRequest,
    fact: PersonFact,
    form: forms.Form,
    values: dict[str, Any] | None,
    reason: str,
) -> bool:
    at = timezone.now()
    who = {"reason": reason, "by": request.user, "at": at}
    try:
        if values is None:
            withdraw_fact(fact, **who)
        else:
            correct_fact(fact, **who, **values)
    except PeopleError as refusal:
        if values is None:
            messages.error(request, refusal.message)
        else:
            form.add_error(None, refusal.message)
        return False
    if isinstance(form, EvidencedForm):
        for finding in form.warnings:
            messages.warning(request, finding.message)
    changed = refresh_decisions(fact.person, by=request.user.actor, at=at)
    done = _("已撤销") if values is None else _("已更正")
    text = _("%(done)s，重新判定了 %(n)d 项待遇。")
    messages.success(request, text % {"done": done, "n": len(changed)})
    return True


@policy("awards.fill_facts")
@require_http_methods(["GET", "POST"])
def bureau_end_sanction(request: HttpRequest, pk: int) -> HttpResponse:
    record = access.sanction_for(request.user, pk)
    form = EndSanctionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            who = {"by": request.user, "at": timezone.now()}
            end_sanction(record, **form.cleaned_data, **who)
        except PeopleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("结束日期已登记，记录本身保留。"))
            return redirect("bureau_person", pk=record.person_id)
    context = {"record": record, "form": form}
    return _page(request, "bureau_end_sanction.html", record.person, **context)


def _page(
    request: HttpRequest, template: str, person: Person | None, **context: Any
) -> HttpResponse:
    return frame.page(
        request,
        template,
        bureau=access.bureau_of(request.user),
        current="bureau_list",
        person=person,
        **context,
    )
