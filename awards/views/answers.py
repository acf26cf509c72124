"""Answers of an authority in: upload, check, every line with its outcome, entering."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards import access
from awards.actions.answers import AnswersOutcome, take_answers
from awards.answer_forms import AnswersForm
from awards.answer_job import AT_ONCE, WORK
from awards.answering import AnswerRow
from awards.answering.values import ACCEPTED, UNANSWERED, UNCHANGED, WRONG
from awards.models import AnswerFile
from awards.views import frame
from jobs.actions import start_job
from people.policy import policy
from people.spreadsheets.uploads import Upload, drop_upload, keep_upload, kept_upload

SHOWN = 500
ORDER = {WRONG: 0, ACCEPTED: 1, UNCHANGED: 2, UNANSWERED: 3}


@policy("awards.advance")
@require_http_methods(["GET", "POST"])
def bureau_answers(request: HttpRequest) -> HttpResponse:
    if "token" in request.POST:
        return _commit(request)
    posted = request.method == "POST"
    form = AnswersForm(request.POST if posted else None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if posted and form.is_valid():
        upload = form.upload()
        outcome = take_answers(upload.content, **_by(request, upload), is_dry_run=True)
        context |= _shown(outcome, upload)
        if outcome.can_be_taken:
            purpose = _purpose(request)
            context["token"] = keep_upload(upload, user=request.user, purpose=purpose)
    return _page(request, **context)


@policy("awards.advance")
@require_GET
def bureau_answer_file(request: HttpRequest, pk: int) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    file = access.answer_file_for(request.user, pk)
    return frame.page(
        request,
        "bureau_answer_file.html",
        bureau=bureau,
        current="bureau_exports",
        file=file,
        lines=_lines(request, file)[:SHOWN],
        shown=SHOWN,
    )


def _commit(request: HttpRequest) -> HttpResponse:
    purpose, token = _purpose(request), request.POST["token"]
    upload = kept_upload(token, user=request.user, purpose=purpose)
    if upload is None:
        messages.error(request, _("检查结果已过期，请重新上传文件。"))
        return redirect("bureau_answers")
    lines = request.POST.get("lines", "")
    if lines.isdigit() and int(lines) > AT_ONCE:
        return _as_job(request, token, purpose, int(lines))
    outcome = take_answers(upload.content, **_by(request, upload))
    if outcome.file is None:
        return _page(request, form=AnswersForm(), **_shown(outcome, upload))
    drop_upload(upload, user=request.user, purpose=purpose)
    text = _("已登记 %(granted)d 项核准、%(refused)d 项不予核准。")
    values = {"granted": outcome.file.granted, "refused": outcome.file.refused}
    messages.success(request, text % values)
    return redirect("bureau_answer_file", pk=outcome.file.pk)


def _as_job(request: HttpRequest, token: str, purpose: str, lines: int) -> HttpResponse:
    with transaction.atomic():
        start_job(
            _("导入答复"),
            work=WORK,
            owner=request.user.actor,
            at=timezone.now(),
            total=lines,
            arguments={"user": request.user.pk, "token": token, "purpose": purpose},
        )
    messages.success(request, _("已交后台登记，完成后在“导入答复”页看结果。"))
    return redirect("my_jobs")


def _by(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    return {"filename": upload.name, "by": request.user, "at": timezone.now()}


def _shown(outcome: AnswersOutcome, upload: Upload) -> dict[str, Any]:
    rows = sorted(outcome.rows, key=_order)
    of_rows = {problem for row in rows for problem in row.problems}
    free = [problem for problem in outcome.problems if problem not in of_rows]
    return {
        "outcome": outcome,
        "counts": outcome.counts,
        "name": upload.name,
        "rows": rows[:SHOWN],
        "problems": free[:SHOWN],
        "problem_count": len(outcome.problems),
        "shown": SHOWN,
    }


def _order(row: AnswerRow) -> tuple[int, str, int]:
    return (ORDER.get(row.outcome, 0), row.sheet, row.row)


def _lines(request: HttpRequest, file: AnswerFile) -> list[dict[str, Any]]:
    """The lines of a file that was taken, with the entitlement as it stands now."""
    known = access.exported_for(request.user, file.export).in_bulk()
    return [{**line, "now": known.get(line["entitlement"])} for line in file.rows]


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    return frame.page(
        request,
        "bureau_answers.html",
        bureau=access.bureau_of(request.user),
        current="bureau_exports",
        files=access.answer_files_for(request.user)[:50],
        **context,
    )


def _purpose(request: HttpRequest) -> str:
    return f"answers:{access.bureau_of(request.user).pk}"
