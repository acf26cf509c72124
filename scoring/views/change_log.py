"""更改记录: every change of a signed mark of a skill, by blind code; also for everybody.

What the public reads holds no seat, no person and no free text.
"""

import csv
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from competitions.models import Skill
from competitions.navigation import office_context
from people.policy import policy
from scoring import access, access_changes
from scoring.models import ChangeRequest, Release
from scoring.queries.changes import changes_of, published_changes, waiting_for
from scoring.queries.schemes import plan_of
from scoring.views import change_words as words

TIME = "%Y-%m-%d %H:%M:%S"


@never_cache
@require_GET
@policy("scoring.change_log")
def skill_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for the reader, then everything that was asked, newest first."""
    at = timezone.now()
    skill = access_changes.skill_with_changes(request.user, pk, at)
    plan = plan_of(skill)
    context = {
        "skill": skill,
        "waiting": [
            words.change_row(row, plan, at)
            for row in waiting_for(skill, request.user, at)
        ],
        "rows": [words.change_row(row, plan, at) for row in changes_of(skill)],
        **office_context(request.user, skill.competition, "organize_competition"),
    }
    return render(request, "scoring/skill_changes.html", context)


@never_cache
@require_safe
@policy("scoring.change_log")
def skill_changes_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The log as a file that spreadsheets open; by code, without names."""
    at = timezone.now()
    skill = access_changes.skill_with_changes(request.user, pk, at)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"changes-{skill.competition.code}-{skill.number}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(_headings())
    plan = plan_of(skill)
    for change in changes_of(skill).reverse():
        writer.writerow(_cells(change, words.change_row(change, plan, at), skill))
    return answer


@require_safe
@policy("scoring.public_results")
def public_changes(request: HttpRequest, number: str) -> HttpResponse:
    """The changes behind a published release, by blind code, for everybody."""
    at = timezone.now()
    release = access.public_release_for(number, at)
    context = {
        "release": release,
        "skills": _public_skills(release, at),
        "current": "verify",
    }
    return render(request, "scoring/public_changes.html", context)


def _public_skills(release: Release, at: datetime) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for change in published_changes(release):
        skill = change.skill
        if skill.pk not in found:
            found[skill.pk] = {"skill": skill, "plan": plan_of(skill), "rows": []}
        row = words.change_row(change, found[skill.pk]["plan"], at)
        found[skill.pk]["rows"].append(row)
    return list(found.values())


def _headings() -> list[str]:
    return [
        _("序号"),
        _("工位"),
        _("子项"),
        _("评分点"),
        _("席位"),
        _("原值"),
        _("新值"),
        _("原因"),
        _("状态"),
        _("提出身份"),
        _("提出时间"),
        _("办理身份"),
        _("办理时间"),
        _("录入时间"),
        _("评分表版本"),
        _("记录序号"),
    ]


def _cells(change: ChangeRequest, row: dict[str, Any], skill: Skill) -> list[str]:
    zone = skill.competition.zone
    moments = (change.requested_at, change.decided_at, change.done_at)
    asked, decided, done = (_time(moment, zone) for moment in moments)
    found = [
        str(change.pk),
        row["code"],
        row["sub"],
        row["aspect"],
        row["seat"],
        row["old"],
        row["new"],
        str(change.get_reason_display()),
        row["word"],
        str(change.get_requested_role_display()),
        asked,
        str(change.get_decided_role_display()),
        decided,
        done,
        row["versions"],
        "" if change.done_seq is None else str(change.done_seq),
    ]
    # A cell that begins like a formula stays text.
    return [f"'{cell}" if cell[:1] in "=+-@" and cell[:1] else cell for cell in found]


def _time(moment: datetime | None, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime(TIME) if moment else ""
