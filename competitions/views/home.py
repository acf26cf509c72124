"""Where everybody starts, and the list of one's competitions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    ({"hr-officer", "hr-approver"}, "bureau_list", gettext_lazy("待遇办理")),
    ({"organizer"}, "organize_home", gettext_lazy("赛事组织")),
    (
        {"judge", "chief-judge", "supervisor", "reserve", "trainee"},
        "judge_home",
        gettext_lazy("评分"),
    ),
    ({"display-operator"}, "live_boards", gettext_lazy("看板与大屏")),
    (
        {"results-officer", "draw-officer", "floor-judge"},
        "organize_home",
        gettext_lazy("赛事组织"),
    ),
    ({"leader", "coach"}, "delegation_home", gettext_lazy("我的代表队")),
)


def starts_of(user: User) -> dict[str, str]:
    """Return address and words of every page where ``user`` has work, first one first."""
    held = roles_of(user, timezone.now()) | queries.all_event_roles(user)
    pages: dict[str, str] = {}
    for roles, name, label in STARTS:
        if held & roles:
            try:
                pages.setdefault(reverse(name), str(label))
            except NoReverseMatch:
                continue
    return pages


@policy("competitions.first_page")
def first_page(request: HttpRequest) -> HttpResponse:
    return redirect(next(iter(starts_of(request.user)), reverse("me")))


@policy("competitions.first_page")
def work_pages(request: HttpRequest) -> HttpResponse:
    context = {"pages": starts_of(request.user), "role_label": role_label(request.user)}
    return render(request, "competitions/work_pages.html", context)


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
