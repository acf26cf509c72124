"""Make a list with a purpose; take away what was made."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import RequestConfig

from awards import access
from awards.actions.exports import export_release, take_export
from awards.errors import ExportRefused
from awards.forms import ExportForm
from awards.tables import ExportTable
from awards.views import frame
from people.models import Organization
from people.policy import policy
from people.spreadsheets.uploads import download


@policy("awards.export")
@require_http_methods(["GET", "POST"])
def bureau_exports(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    releases = [
        (row.number, f"{row.number} {row.competition.name}")
        for row in access.releases_for(request.user)
    ]
    initial = {"release": request.GET.get("release", ""), "form": "full"}
    form = ExportForm(request.POST or None, releases=releases, initial=initial)
    if request.method == "POST" and form.is_valid() and _made(request, form, bureau):
        return redirect("bureau_exports")
    table = ExportTable(access.exports_for(request.user), request=request)
    RequestConfig(request).configure(table)
    return frame.page(
        request,
        "bureau_exports.html",
        bureau=bureau,
        current="bureau_exports",
        form=form,
        table=table,
    )


def _made(request: HttpRequest, form: ExportForm, bureau: Organization) -> bool:
    values = form.cleaned_data
    try:
        batch = export_release(
            access.release_for(request.user, values["release"]),
            kind=values["kind"],
            bureau=bureau,
            purpose=values["purpose"],
            masked=values["form"] == "masked",
            by=request.user,
            at=timezone.now(),
        )
    except ExportRefused as refusal:
        form.add_error(None, refusal.message)
        return False
    text = _("已生成 %(number)s，%(rows)d 人。") % {
        "number": batch.number,
        "rows": batch.rows,
    }
    messages.success(request, text)
    return True


@policy("awards.export")
@require_GET
def bureau_export_file(request: HttpRequest, pk: int) -> HttpResponse:
    batch = access.export_for(request.user, pk)
    content = take_export(batch, by=request.user, at=timezone.now())
    return download(content, filename=batch.file_name)
