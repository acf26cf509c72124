"""Making a skill, and one skill's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions import access, actions, queries
from competitions.errors import CompetitionError
from competitions.forms import SkillForm
from competitions.navigation import links_of, office_context, roles_in
from competitions.permissions import VIEWERS
from people.policy import policy


@policy("competitions.edit")
def organize_skill_new(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    form = SkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            skill = actions.create_skill(
                competition, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("赛项已建立。接下来导入评分方案。"))
            return redirect("organize_skill", skill.pk)
    context = {"form": form}
    context |= office_context(request.user, competition, "organize_competition")
    return render(request, "competitions/organize_skill_new.html", context)


@policy("competitions.organize")
def organize_skill(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=VIEWERS)
    context = {
        "skill": skill,
        "entries": queries.entries_taking_part(skill),
        "appointments": [
            row
            for row in queries.active_appointments(skill.competition)
            if row.skill_id in (skill.pk, None)
        ],
        "draws": queries.draws_of(skill),
        "notice": queries.notice_covering(skill),
        "links": links_of(skill, roles_in(request.user, skill.competition)),
    }
    context |= office_context(request.user, skill.competition, "organize_competition")
    return render(request, "competitions/organize_skill.html", context)
