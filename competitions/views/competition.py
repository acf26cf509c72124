"""A competition's page is its readiness: what is done, what is missing, why, a link."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competitions import access, actions, queries
from competitions.core import phases
from competitions.core.eligibility import describe
from competitions.enums import Phase
from competitions.errors import CompetitionError
from competitions.forms import HostsForm, SettingsForm
from competitions.history import all_words
from competitions.models import Competition
from competitions.navigation import is_open, office_context, roles_in
from competitions.permissions import VIEWERS
from competitions.register import DONE, MISSING, ReadinessItem, panels, readiness
from ledger.core.chain import competition_chain
from people import actions as people_actions
from people.policy import policy
from people.queries import history_of

TONES = {MISSING: "block", DONE: "ok"}


@policy("competitions.organize")
def organize_competition(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code, roles=VIEWERS)
    now = timezone.now()
    items = readiness.items(competition, now)
    following = phases.next_phase(competition.phase)
    blocking = actions.blockers(competition, to=following, at=now) if following else []
    done = [item for item in items if item.state == DONE]
    roles = roles_in(request.user, competition)
    shown = [each for each in panels.of(competition) if is_open(each.url, roles)]
    context = {
        "steps": _steps(competition, items, following, blocking, now),
        "next": Phase(following) if following else None,
        "blocking": [_shown(item, roles) for item in blocking],
        "later": [
            _shown(item, roles)
            for item in items
            if item.state != DONE and item not in blocking
        ],
        "done": [_shown(item, roles) for item in done],
        "skills": queries.skills_of(competition),
        "beside": [panel for panel in shown if panel.is_beside],
        "panels": [panel for panel in shown if not panel.is_beside],
        "hosts": queries.hosts_line(competition),
        "may_edit": access.may_edit(request.user, competition),
    }
    context |= office_context(request.user, competition, "organize_competition")
    return render(request, "competitions/organize_competition.html", context)


def _shown(item: ReadinessItem, roles: frozenset[str]) -> dict[str, str]:
    """One line of the list; the way there only for whom it leads somewhere."""
    phase = Phase(item.blocks_phase).label if item.blocks_phase else ""
    return {
        "tone": TONES.get(item.state, "warn"),
        "title": item.title,
        "text": item.detail,
        "url": item.url if item.url and is_open(item.url, roles) else "",
        "action": item.action,
        "phase": str(phase),
    }


def _steps(
    competition: Competition,
    items: list[ReadinessItem],
    following: phases.Phase | None,
    blocking: list[ReadinessItem],
    at: datetime,
) -> list[dict[str, Any]]:
    here = phases.position(competition.phase)
    days = queries.phase_days(competition)
    asked = [item for item in items if item.blocks_phase == following]
    ready = sum(item.state != MISSING for item in asked)
    percent = round(100 * ready / len(asked)) if asked else 100
    steps = []
    for index, phase in enumerate(phases.ORDER):
        noted = days.get(str(phase))
        note = date_format(noted, _("n 月 j 日")) if noted else ""
        if index == here + 1 and blocking:
            note = _("还差 %(count)s 项") % {"count": len(blocking)}
        elif index == here and phase == Phase.COMPETING:
            note = _day_of(competition, at) or note
        steps.append(
            {
                "name": Phase(phase).label,
                "note": note,
                "done": index < here,
                "current": index == here,
                "percent": percent,
            }
        )
    return steps


def _day_of(competition: Competition, at: datetime) -> str:
    """Return which day of the competition it is, on the days themselves."""
    today = queries.local_day(competition, at)
    if not competition.starts_on <= today <= competition.ends_on:
        return ""
    day = (today - competition.starts_on).days + 1
    days = (competition.ends_on - competition.starts_on).days + 1
    return _("第 %(day)d / %(days)d 天") % {"day": day, "days": days}


@require_POST
@policy("competitions.edit")
def organize_advance(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    try:
        actions.advance_phase(
            competition,
            to=request.POST.get("to", ""),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=timezone.now(),
        )
    except (CompetitionError, ValueError) as error:
        messages.error(request, str(error))
    else:
        name = competition.get_phase_display()
        messages.success(request, _("已进入“%(phase)s”。") % {"phase": name})
    return redirect("organize_competition", code)


@policy("competitions.edit")
def organize_settings(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    is_hosts = request.method == "POST" and "host" in request.POST
    data = request.POST if request.method == "POST" else None
    form = SettingsForm.of(competition, None if is_hosts else data)
    hosts = HostsForm(data if is_hosts else None, initial=_hosts(competition))
    if data is not None and (hosts if is_hosts else form).is_valid():
        try:
            if is_hosts:
                _save_hosts(request, competition, hosts)
            else:
                actions.update_competition(
                    competition, by=request.user, at=timezone.now(), **form.facts()
                )
        except CompetitionError as error:
            (hosts if is_hosts else form).add_error(None, error.message)
        else:
            messages.success(request, _("已保存。"))
            return redirect("organize_settings", code)
    context = {
        "form": form,
        "hosts_form": hosts,
        "skills": queries.skills_of(competition),
        "conditions": [
            {"asked": describe(condition, _), "citation": condition.citation}
            for condition in queries.entry_conditions(competition)
        ],
        "minimum": competition.minimum_field,
        "tier_role": competition.tier_role,
        "may_cancel": phases.may_go(competition.phase, "cancelled", with_reason=True),
    }
    context |= office_context(request.user, competition, "organize_settings")
    return render(request, "competitions/organize_settings.html", context)


def _hosts(competition: Competition) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for host in queries.hosts_of(competition):
        found.setdefault(host.role, []).append(host.organization.name)
    return {role: "\n".join(names) for role, names in found.items()}


def _save_hosts(
    request: HttpRequest, competition: Competition, form: HostsForm
) -> None:
    at: datetime = timezone.now()
    hosts = []
    for role, name in form.names():
        organization = queries.organization_named(name)
        if organization is None:
            organization, _created = people_actions.register_organization(
                name=name, region=competition.region, by=request.user, at=at
            )
        hosts.append((organization, role))
    actions.set_hosts(competition, hosts=hosts, by=request.user, at=at)


@policy("competitions.organize")
def organize_history(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code, roles=VIEWERS)
    chain = competition_chain(competition.pk)
    lines = history_of(chain, all_words(), page=request.GET.get("page"))
    context = {"lines": lines}
    context |= office_context(request.user, competition, "organize_history")
    return render(request, "competitions/organize_history.html", context)
