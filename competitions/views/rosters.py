"""The roster page: check a workbook, look at its rows, import all of it or nothing."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions import access, queries
from competitions.actions.rosters import RosterOutcome, import_roster
from competitions.models import Competition
from competitions.navigation import office_context
from competitions.rosters import (
    RosterEntry,
    RosterReading,
    read_roster,
    roster_template,
)
from people.core.masking import Audience, ValueKind, mask
from people.policy import policy
from people.privacy import identity_mask
from people.spreadsheets import Problem
from people.spreadsheets.uploads import (
    Upload,
    WorkbookForm,
    download,
    drop_upload,
    keep_upload,
    kept_upload,
)

SHOWN_ROWS = 300


@policy("competitions.edit")
def organize_roster(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    purpose = f"roster:{competition.pk}"
    is_commit = "token" in request.POST
    form = WorkbookForm(
        request.POST if request.method == "POST" and not is_commit else None,
        request.FILES or None,
    )
    upload = None
    if is_commit:
        token = request.POST["token"]
        upload = kept_upload(token, user=request.user, purpose=purpose)
        if upload is None:
            messages.error(request, _("检查结果已过期，请重新上传文件。"))
            return redirect("organize_roster", code)
    elif form.is_valid():
        upload = form.upload()
    context: dict[str, Any] = {"form": form}
    if upload is not None:
        reading, outcome = _imported(request, competition, upload, is_commit=is_commit)
        if outcome.is_written:
            drop_upload(upload, user=request.user, purpose=purpose)
            done = _("已导入：%(people)s 人，%(entries)s 个参赛。") % outcome.as_dict()
            messages.success(request, done)
            return redirect("organize_all_entries", code)
        context |= _preview(reading, outcome, upload.name)
        if not context["has_errors"]:
            token = keep_upload(upload, user=request.user, purpose=purpose)
            context["token"] = token
    context["skills"] = queries.skills_of(competition)
    context |= office_context(request.user, competition, "organize_all_entries")
    return render(request, "competitions/organize_roster.html", context)


@policy("competitions.edit")
def organize_roster_template(request: HttpRequest, code: str) -> HttpResponse:
    access.competition_for(request.user, code)
    name = _("参赛名单模板.xlsx")
    return download(roster_template(), filename=name)


def _imported(
    request: HttpRequest, competition: Competition, upload: Upload, *, is_commit: bool
) -> tuple[RosterReading, RosterOutcome]:
    now = timezone.now()
    day = queries.local_day(competition, now)
    reading = read_roster(upload.content, filename=upload.name, on=day)
    outcome = import_roster(
        competition, reading=reading, by=request.user, at=now, is_dry_run=not is_commit
    )
    return reading, outcome


def _preview(
    reading: RosterReading, outcome: RosterOutcome, filename: str
) -> dict[str, Any]:
    errors = sum(problem.severity == "error" for problem in outcome.problems)
    rows = _rows(reading.entries, outcome.problems)
    return {
        "filename": filename,
        "outcome": outcome,
        "problems": outcome.problems,
        "has_errors": errors > 0,
        "rows": rows[:SHOWN_ROWS],
        "left_out": max(len(rows) - SHOWN_ROWS, 0),
        "figures": [
            {"label": _("人数"), "value": outcome.people},
            {"label": _("参赛"), "value": outcome.entries},
            {"label": _("新增"), "value": outcome.created},
            {"label": _("更新"), "value": outcome.updated},
            {
                "label": _("错误"),
                "value": errors,
                "tone": "danger" if errors else "",
            },
        ],
    }


def _rows(
    entries: Iterable[RosterEntry], problems: Iterable[Problem]
) -> list[dict[str, Any]]:
    wrong = {p.row: p.severity for p in problems if p.severity == "error"}
    return [
        {
            "number": person.row.number,
            "skill": entry.skill,
            "delegation": entry.delegation,
            "team": entry.team,
            "is_coach": person in entry.coaches,
            "is_expert": person in entry.experts,
            "name": person.name,
            "document": mask(
                ValueKind.IDENTITY,
                person.identity_number,
                Audience.INTERNAL,
                policy=identity_mask(),
            ),
            "unit": person.organization,
            "is_wrong": person.row.number in wrong,
        }
        for entry in entries
        for person in entry.everybody
    ]
