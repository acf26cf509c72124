"""Appointments from a workbook: check, look at the rows, appoint all or nobody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions import access, queries
from competitions.actions.appointment_imports import (
    AppointmentsOutcome,
    import_appointments,
)
from competitions.appointment_sheets import (
    AppointmentReading,
    appointments_template,
    read_appointments,
)
from competitions.enums import EventRole
from competitions.models import Competition
from competitions.navigation import office_context
from people.core.masking import Audience, ValueKind, mask
from people.policy import policy
from people.privacy import identity_mask
from people.spreadsheets.uploads import (
    Upload,
    WorkbookForm,
    download,
    drop_upload,
    keep_upload,
    kept_upload,
)

SHOWN_ROWS = 300
ROLE_LABELS = dict(EventRole.choices)


@policy("competitions.appoint")
def organize_import_appointments(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    purpose = f"appointments:{competition.pk}"
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
            return redirect("organize_import_appointments", code)
    elif form.is_valid():
        upload = form.upload()
    context: dict[str, Any] = {"form": form}
    if upload is not None:
        reading, outcome = _imported(request, competition, upload, is_commit=is_commit)
        if outcome.is_written:
            drop_upload(upload, user=request.user, purpose=purpose)
            text = _("已聘任 %(new)d 人次，%(known)d 人次早已聘任。")
            done = text % {"new": outcome.appointed, "known": outcome.known}
            messages.success(request, done)
            return redirect("organize_appointments", code)
        context |= _preview(reading, outcome, upload.name)
        if not context["has_errors"]:
            token = keep_upload(upload, user=request.user, purpose=purpose)
            context["token"] = token
    context |= office_context(request.user, competition, "organize_appointments")
    return render(request, "competitions/organize_import_appointments.html", context)


@policy("competitions.appoint")
def organize_appointments_template(request: HttpRequest, code: str) -> HttpResponse:
    access.competition_for(request.user, code)
    return download(appointments_template(), filename=_("聘任名单模板.xlsx"))


def _imported(
    request: HttpRequest, competition: Competition, upload: Upload, *, is_commit: bool
) -> tuple[AppointmentReading, AppointmentsOutcome]:
    now = timezone.now()
    day = queries.local_day(competition, now)
    reading = read_appointments(upload.content, filename=upload.name, on=day)
    outcome = import_appointments(
        competition, reading=reading, by=request.user, at=now, is_dry_run=not is_commit
    )
    return reading, outcome


def _preview(
    reading: AppointmentReading, outcome: AppointmentsOutcome, filename: str
) -> dict[str, Any]:
    wrong = {p.row for p in outcome.problems if p.severity == "error"}
    errors = sum(problem.severity == "error" for problem in outcome.problems)
    rows = [
        {
            "number": row.row.number,
            "skill": row.skill,
            "role": ROLE_LABELS.get(row.role, "—"),
            "name": row.name,
            "document": mask(
                ValueKind.IDENTITY,
                row.identity_number,
                Audience.INTERNAL,
                policy=identity_mask(),
            ),
            "unit": row.organization,
            "delegation": row.delegation,
            "is_wrong": row.row.number in wrong,
        }
        for row in reading.rows
    ]
    return {
        "filename": filename,
        "outcome": outcome,
        "problems": outcome.problems,
        "has_errors": errors > 0,
        "rows": rows[:SHOWN_ROWS],
        "left_out": max(len(rows) - SHOWN_ROWS, 0),
        "figures": [
            {"label": _("行"), "value": outcome.rows},
            {"label": _("新聘"), "value": outcome.appointed},
            {"label": _("早已聘任"), "value": outcome.known},
            {
                "label": _("错误"),
                "value": errors,
                "tone": "danger" if errors else "",
            },
        ],
    }
