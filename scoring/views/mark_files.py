"""Theory and machine marks from a file: check, look at every row, enter all or none."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from competitions.models import Skill
from competitions.navigation import office_context
from people.policy import policy
from people.spreadsheets.uploads import (
    Upload,
    WorkbookForm,
    drop_upload,
    keep_upload,
    kept_upload,
)
from scoring import access
from scoring.actions.mark_imports import import_marks
from scoring.errors import ScoringError
from scoring.mark_files import MarkFile, read_marks


@never_cache
@policy("scoring.import_marks")
def import_file(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for_results(request.user, pk, timezone.now())
    purpose = f"marks:{skill.pk}"
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
            return redirect("import_marks", pk)
    elif form.is_valid():
        upload = form.upload()
    context: dict[str, Any] = {"form": form}
    if upload is not None:
        found = read_marks(skill, upload)
        if is_commit and _entered(request, skill, found):
            drop_upload(upload, user=request.user, purpose=purpose)
            return redirect("import_marks", pk)
        context |= _preview(request, found, upload, purpose)
    context |= {
        "skill": skill,
        "keys": skill.import_keys.order_by("-pk"),
        **office_context(request.user, skill.competition),
    }
    return render(request, "scoring/import_marks.html", context)


def _entered(request: HttpRequest, skill: Skill, found: MarkFile) -> bool:
    try:
        count = import_marks(skill, file=found, by=request.user, at=timezone.now())
    except ScoringError as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, _("已录入 %(count)d 条成绩。") % {"count": count})
    return True


def _preview(
    request: HttpRequest, found: MarkFile, upload: Upload, purpose: str
) -> dict[str, Any]:
    errors = sum(problem.severity == "error" for problem in found.problems)
    context = {
        "file": found,
        "figures": [
            {"label": _("将录入"), "value": len(found.rows)},
            {"label": _("没有变化"), "value": found.same},
            {"label": _("空白"), "value": found.empty},
            {"label": _("错误"), "value": errors, "tone": "danger" if errors else ""},
        ],
        "problems": found.problems,
    }
    if found.is_clean and found.rows:
        context["token"] = keep_upload(upload, user=request.user, purpose=purpose)
    return context
