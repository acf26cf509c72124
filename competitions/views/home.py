"""Where everybody starts, and the list of one's competitions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions import access, actions, queries
from competitions.errors import CompetitionError
from competitions.forms import CompetitionForm
from competitions.navigation import role_label
from people.access import organizations_for
from people.enums import OrganizationRole
from people.models import User
from people.policy import policy
from people.queries import roles_of

# First match wins: a bureau's officer who also judges starts at the bureau.
STARTS = (
    ({"hr-officer", "hr-approver"}, "bureau_list"),
    ({"organizer"}, "organize_home"),
    ({"judge", "chief-judge", "supervisor", "reserve", "trainee"}, "judge_home"),
    ({"results-officer", "draw-officer", "floor-judge"}, "organize_home"),
    ({"display-operator"}, "live_boards"),
    ({"leader", "coach"}, "delegation_home"),
)


def start_of(user: User) -> str:
    """Return the address of the first page for the roles ``user`` holds now."""
    held = roles_of(user, timezone.now()) | queries.all_event_roles(user)
    for roles, name in STARTS:
        if held & roles:
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return reverse("me")


@policy("competitions.first_page")
def first_page(request: HttpRequest) -> HttpResponse:
    return redirect(start_of(request.user))


@policy("competitions.organize")
def organize_home(request: HttpRequest) -> HttpResponse:
    competitions = access.competitions_for(request.user)
    return render(
        request,
        "competitions/organize_home.html",
        {
            "competitions": queries.with_counts(competitions),
            "may_create": bool(
                organizations_for(request.user, OrganizationRole.ORGANIZER)
            ),
            "role_label": role_label(request.user),
        },
    )


@policy("competitions.edit")
def organize_new(request: HttpRequest) -> HttpResponse:
    owners = organizations_for(request.user, OrganizationRole.ORGANIZER)
    form = CompetitionForm(request.POST or None, owners=owners)
    if request.method == "POST" and form.is_valid():
        try:
            competition = actions.create_competition(
                by=request.user, at=timezone.now(), **form.facts()
            )
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("赛事已建立。下面的清单说明接下来要做什么。"))
            return redirect("organize_competition", competition.code)
    return render(
        request,
        "competitions/organize_new.html",
        {"form": form, "role_label": role_label(request.user)},
    )
