"""The facts file: out prefilled with what is missing, in with a check before it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards import access
from awards.actions.facts_file import FactsOutcome, import_facts_file
from awards.facts_template import facts_template, waiting_rows
from awards.views import frame
from people.policy import policy
from people.spreadsheets import has_errors
from people.spreadsheets.uploads import (
    Upload,
    WorkbookForm,
    download,
    drop_upload,
    keep_upload,
    kept_upload,
)


@policy("awards.fill_facts")
@require_http_methods(["GET", "POST"])
def bureau_facts_file(request: HttpRequest) -> HttpResponse:
    if "token" in request.POST:
        return _commit(request)
    posted = request.method == "POST"
    form = WorkbookForm(request.POST if posted else None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if posted and form.is_valid():
        upload = form.upload()
        outcome = _imported(request, upload, is_dry_run=True)
        can_commit = not has_errors(outcome.problems) and outcome.facts > 0
        context |= {"outcome": outcome, "name": upload.name, "can_commit": can_commit}
        if can_commit:
            purpose = _purpose(request)
            context["token"] = keep_upload(upload, user=request.user, purpose=purpose)
    return _page(request, **context)


@policy("awards.fill_facts")
@require_GET
def bureau_facts_template(request: HttpRequest) -> HttpResponse:
    content = facts_template(access.decisions_for(request.user))
    day = timezone.localdate().isoformat()
    return download(content, filename=f"人员事实_{day}.xlsx")


def _commit(request: HttpRequest) -> HttpResponse:
    purpose = _purpose(request)
    upload = kept_upload(request.POST["token"], user=request.user, purpose=purpose)
    if upload is None:
        messages.error(request, _("检查结果已过期，请重新上传文件。"))
        return redirect("bureau_facts_file")
    outcome = _imported(request, upload, is_dry_run=False)
    if not outcome.is_done:
        context = {"form": WorkbookForm(), "outcome": outcome, "name": upload.name}
        return _page(request, **context)
    drop_upload(upload, user=request.user, purpose=purpose)
    text = _("已登记 %(people)d 人的 %(facts)d 项事实，相关待遇已重新判定。")
    values = {"people": outcome.people, "facts": outcome.facts}
    messages.success(request, text % values)
    return redirect("bureau_facts_file")


def _imported(
    request: HttpRequest, upload: Upload, *, is_dry_run: bool
) -> FactsOutcome:
    return import_facts_file(
        upload.content,
        filename=upload.name,
        by=request.user,
        at=timezone.now(),
        is_dry_run=is_dry_run,
    )


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    return frame.page(
        request,
        "bureau_facts_file.html",
        bureau=bureau,
        current="bureau_list",
        waiting=waiting_rows(access.decisions_for(request.user)),
        **context,
    )


def _purpose(request: HttpRequest) -> str:
    return f"facts:{access.bureau_of(request.user).pk}"
