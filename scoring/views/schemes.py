"""The scheme page: check a workbook, look at it part by part, put it in force."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions import access
from competitions.models import Skill
from competitions.navigation import office_context
from people.policy import policy
from people.spreadsheets.uploads import (
    Upload,
    WorkbookForm,
    download,
    drop_upload,
    keep_upload,
    kept_upload,
)
from scoring.actions.scheme_drafts import begin_draft
from scoring.actions.schemes import import_scheme, require_no_errors
from scoring.core.scheme import MarkKind, Scheme
from scoring.errors import SchemeRefused
from scoring.queries.scheme_versions import is_in_use, waiting_proposal
from scoring.queries.schemes import scheme_of, state_of
from scoring.views.scheme_parts import allocation_shown
from scoring.workbooks import (
    SchemeReading,
    cis_workbook,
    read_scheme,
    scheme_template,
)


@policy("scoring.import_scheme")
def organize_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk)
    purpose = f"scheme:{skill.pk}"
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
            return redirect("organize_scheme", pk)
    elif form.is_valid():
        upload = form.upload()
    context: dict[str, Any] = {"form": form}
    if upload is not None:
        reading = read_scheme(upload.content, filename=upload.name)
        if is_commit and _imported(request, skill, upload, reading):
            drop_upload(upload, user=request.user, purpose=purpose)
            return redirect(
                "scheme_preview" if is_in_use(skill) else "organize_scheme", pk
            )
        context |= _preview(reading, upload.name)
        if reading.scheme is not None:
            token = keep_upload(upload, user=request.user, purpose=purpose)
            context["token"] = token
    context |= _in_force(skill)
    context |= office_context(request.user, skill.competition, "organize_competition")
    return render(request, "scoring/organize_scheme.html", context)


@policy("scoring.import_scheme")
def organize_scheme_file(request: HttpRequest, pk: int, layout: str) -> HttpResponse:
    """Send the scheme in force, or an empty template, as a workbook."""
    skill = access.skill_for(request.user, pk)
    if layout == "template":
        return download(scheme_template(), filename=_("评分方案模板.xlsx"))
    scheme = scheme_of(skill) if layout in ("own", "cis") else None
    if scheme is None or (layout == "cis" and not _fits_cis(scheme)):
        raise Http404
    content = cis_workbook(scheme) if layout == "cis" else scheme_template(scheme)
    name = _("%(number)s %(name)s 评分方案.xlsx")
    return download(content, filename=name % {"number": skill.number, "name": skill})


def _imported(
    request: HttpRequest, skill: Skill, upload: Upload, reading: SchemeReading
) -> bool:
    if reading.scheme is None:
        return False
    try:
        _import(request, skill, upload, reading, reading.scheme)
    except SchemeRefused as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, _("评分方案已导入。"))
    return True


def _import(
    request: HttpRequest,
    skill: Skill,
    upload: Upload,
    reading: SchemeReading,
    scheme: Scheme,
) -> None:
    """Put the workbook in force; once sheets exist, begin the next version with it."""
    findings = [problem.as_dict() for problem in reading.problems]
    if is_in_use(skill):
        require_no_errors(findings)
        begin_draft(
            skill,
            scheme=scheme,
            source_name=upload.name,
            by=request.user,
            at=timezone.now(),
        )
        return
    import_scheme(
        skill,
        scheme=scheme,
        source_name=upload.name,
        source_digest=upload.digest,
        findings=findings,
        by=request.user,
        at=timezone.now(),
    )


def _preview(reading: SchemeReading, filename: str) -> dict[str, Any]:
    counts = reading.counts
    errors = sum(problem.severity == "error" for problem in reading.problems)
    figures = [
        {"label": _("满分合计"), "value": counts.total_mark},
        {"label": _("子项"), "value": counts.sub_criteria},
        {"label": _("评分点"), "value": counts.aspects},
        {"label": _("测量"), "value": counts.measurement},
        {"label": _("评价"), "value": counts.judgement},
        {"label": _("错误"), "value": errors, "tone": "danger" if errors else ""},
    ]
    return {
        "filename": filename,
        "is_checked": True,
        "problems": reading.problems,
        "figures": figures,
        "parts": list(_parts(reading.scheme)) if reading.scheme else [],
    }


def _in_force(skill: Skill) -> dict[str, Any]:
    state = state_of(skill)
    scheme = scheme_of(skill) if state else None
    return {
        "skill": skill,
        "is_in_use": is_in_use(skill),
        "waiting": waiting_proposal(skill),
        "scheme": scheme,
        "row": state.scheme if state else None,
        "fits_cis": scheme is not None and _fits_cis(scheme),
        "current_parts": list(_parts(scheme)) if scheme else [],
        **(allocation_shown(scheme) if scheme else {}),
    }


def _fits_cis(scheme: Scheme) -> bool:
    kinds = (MarkKind.MEASUREMENT, MarkKind.JUDGEMENT)
    return all(
        aspect.kind in kinds
        for criterion in scheme.criteria
        for sub in criterion.sub_criteria
        for aspect in sub.aspects
    )


def _parts(scheme: Scheme) -> Iterator[dict[str, Any]]:
    """One line per sub-criterion, as a person compares it with the workbook."""
    for criterion in scheme.criteria:
        for sub in criterion.sub_criteria:
            kinds = [aspect.kind for aspect in sub.aspects]
            yield {
                "letter": criterion.letter,
                "criterion": criterion.name,
                "weight": criterion.weight,
                "code": sub.code,
                "name": sub.name,
                "day": sub.day,
                "panel": sub.panel,
                "aspects": len(kinds),
                "per_judge": sum(
                    kind in (MarkKind.JUDGEMENT, MarkKind.PANEL) for kind in kinds
                ),
                "maximum": sum((a.maximum for a in sub.aspects), Decimal(0)),
            }
