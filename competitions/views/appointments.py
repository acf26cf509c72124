"""Who holds which event role: the list, appointing with reasons, sign-ins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competitions import access, actions, queries
from competitions.actions.accounts import open_account
from competitions.core.conflicts import JUDGING
from competitions.errors import AppointmentRefused, CompetitionError
from competitions.forms import AppointmentForm, NewPersonForm
from competitions.models import Competition
from competitions.navigation import office_context
from competitions.permissions import VIEWERS
from people import actions as people_actions
from people.errors import PeopleError
from people.models import Person
from people.policy import policy

# A leader leads it; a judge whom it proposes stands aside for it.
OF_DELEGATION = {"leader"} | JUDGING


@policy("competitions.organize")
def organize_appointments(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code, roles=VIEWERS)
    form = AppointmentForm(None, competition)
    return _page(request, competition, {"form": form})


def _page(
    request: HttpRequest, competition: Competition, context: dict[str, Any]
) -> HttpResponse:
    context = {
        "groups": queries.appointments_by_skill(competition),
        "may_appoint": access.may_edit(request.user, competition),
    } | context
    context |= office_context(request.user, competition, "organize_appointments")
    return render(request, "competitions/organize_appointments.html", context)


@require_POST
@policy("competitions.appoint")
def organize_appoint(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    form = AppointmentForm(request.POST, competition)
    if not form.is_valid():
        return _page(request, competition, {"form": form})
    values = form.cleaned_data
    found = list(queries.known_people(competition.owner, values["who"])[:20])
    if values["person"]:
        found = [person for person in found if person.pk == values["person"]]
    context: dict[str, Any] = {"form": form, "candidates": found}
    if len(found) > 1:
        return _page(request, competition, context)
    if not found:
        person, new_form = _new_person(request, values["who"])
        context["new_form"] = new_form
        if person is None:
            return _page(request, competition, context)
        found = [person]
    try:
        actions.appoint(
            competition,
            person=found[0],
            role=values["role"],
            skill=values["skill"],
            delegation=values["delegation"]
            if values["role"] in OF_DELEGATION
            else None,
            by=request.user,
            at=timezone.now(),
        )
    except AppointmentRefused as error:
        refused = {"person": found[0], "reasons": error.reasons}
        return _page(request, competition, context | {"refused": refused})
    messages.success(request, _("已聘任 %(name)s。") % {"name": found[0].name})
    return redirect("organize_appointments", code)


def _new_person(request: HttpRequest, who: str) -> tuple[Person | None, NewPersonForm]:
    """Register a person who is not on file once name and document are typed."""
    if "identity_number" not in request.POST:
        return None, NewPersonForm(initial={"name": who})
    form = NewPersonForm(request.POST)
    if not form.is_valid():
        return None, form
    values = form.cleaned_data
    at = timezone.now()
    try:
        organization = None
        if values["organization"]:
            organization = queries.organization_named(values["organization"])
        if values["organization"] and organization is None:
            organization, _created = people_actions.register_organization(
                name=values["organization"], by=request.user, at=at
            )
        person, _created = people_actions.register_person(
            name=values["name"],
            identity_kind=values["identity_kind"],
            identity_number=values["identity_number"],
            organization=organization,
            by=request.user,
            at=at,
        )
    except PeopleError as error:
        form.add_error(None, error.message)
        return None, form
    return person, form


@require_POST
@policy("competitions.appoint")
def organize_withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    appointment = access.appointment_for(request.user, competition, pk)
    try:
        actions.withdraw_appointment(
            appointment,
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=timezone.now(),
        )
    except CompetitionError as error:
        messages.error(request, error.message)
        return redirect("organize_appointments", code)
    name = appointment.person.name
    messages.success(request, _("已解聘 %(name)s，已有评分保留。") % {"name": name})
    return redirect("organize_appointments", code)


@require_POST
@policy("competitions.appoint")
def organize_account(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open a sign-in for an appointed person; the slip is shown this once."""
    competition = access.competition_for(request.user, code)
    appointment = access.appointment_for(request.user, competition, pk)
    try:
        slip = open_account(appointment, by=request.user, at=timezone.now())
    except PeopleError as error:
        messages.error(request, error.message)
        return redirect("organize_appointments", code)
    context = {"slip": slip, "appointment": appointment}
    context |= office_context(request.user, competition, "organize_appointments")
    response = render(request, "competitions/organize_account.html", context)
    response["Cache-Control"] = "no-store"
    return response
