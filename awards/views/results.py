"""External results in: check a published table, look at its findings, take it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import access
from awards.forms import ResultsForm
from awards.views import frame
from competitions.enums import Origin
from people.policy import policy
from people.spreadsheets import has_errors
from people.spreadsheets.uploads import Upload, drop_upload, keep_upload, kept_upload
from scoring.actions.external import (
    Announcement,
    ExternalOutcome,
    import_external_release,
)


@policy("awards.import_results")
@require_http_methods(["GET", "POST"])
def bureau_results(request: HttpRequest) -> HttpResponse:
    if "token" in request.POST:
        return _commit(request)
    posted = request.method == "POST"
    form = ResultsForm(request.POST if posted else None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if posted and form.is_valid():
        upload = form.upload()
        outcome = _imported(request, upload, form.cleaned_data, is_dry_run=True)
        context |= {"outcome": outcome, "name": upload.name}
        context["can_commit"] = not has_errors(outcome.problems)
        if context["can_commit"]:
            context["token"] = _keep(request, upload)
    return _page(request, **context)


def _commit(request: HttpRequest) -> HttpResponse:
    purpose = _purpose(request)
    upload = kept_upload(request.POST["token"], user=request.user, purpose=purpose)
    if upload is None:
        messages.error(request, _("检查结果已过期，请重新上传文件。"))
        return redirect("bureau_results")
    named = ResultsForm(request.POST)
    named.fields["file"].required = False
    values = named.cleaned_data if named.is_valid() else {}
    outcome = _imported(request, upload, values, is_dry_run=False)
    if outcome.release is None:
        return _page(request, form=ResultsForm(), outcome=outcome, name=upload.name)
    drop_upload(upload, user=request.user, purpose=purpose)
    return _told(request, outcome, outcome.release.number)


def _told(request: HttpRequest, outcome: ExternalOutcome, number: str) -> HttpResponse:
    """Lead to the lines there are; where no document gives any, say what to look at."""
    values = {"number": number, "skills": outcome.skills, "people": outcome.people}
    decided = access.decisions_for(request.user).filter(release__number=number)
    if decided.exists():
        done = _("已导入 %(number)s：%(skills)d 个赛项，%(people)d 人，待遇已判定。")
        messages.success(request, done % values)
        return redirect(f"{reverse('bureau_list')}?release={number}")
    nothing = _(
        "已导入 %(number)s：%(skills)d 个赛项，%(people)d 人。"
        "有效的规则文件都不涉及这次赛事，没有产生待遇；请核对文件的地区、层级和日期。"
    )
    messages.warning(request, nothing % values)
    return redirect("bureau_documents")


def _imported(
    request: HttpRequest, upload: Upload, values: dict[str, Any], *, is_dry_run: bool
) -> ExternalOutcome:
    announcement = Announcement(
        name=upload.name,
        content=upload.content,
        document=values.get("document") or "",
        announced_on=values.get("announced_on"),
    )
    return import_external_release(
        announcement,
        owner=access.bureau_of(request.user),
        by=request.user,
        at=timezone.now(),
        is_dry_run=is_dry_run,
    )


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    held = access.releases_for(request.user).filter(
        competition__origin=Origin.EXTERNAL, competition__owner=bureau
    )
    return frame.page(
        request,
        "bureau_results.html",
        bureau=bureau,
        current="bureau_results",
        held=held,
        **context,
    )


def _keep(request: HttpRequest, upload: Upload) -> str:
    return keep_upload(upload, user=request.user, purpose=_purpose(request))


def _purpose(request: HttpRequest) -> str:
    return f"results:{access.bureau_of(request.user).pk}"
