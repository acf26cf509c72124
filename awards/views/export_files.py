"""Take a file away by a link that works once; look up who took what."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from awards import access
from awards.actions.exports import issue_link, take_by_link
from awards.errors import ExportRefused
from awards.export_forms import LogFilterForm
from awards.models import ExportTaking
from awards.queries.exports import LOG_COLUMNS, log_rows, narrowed_log
from awards.tables import TakingTable
from awards.views import frame
from awards.views.exports import batch_page
from people.policy import policy
from people.spreadsheets import write_csv
from people.spreadsheets.uploads import XLSX, download

TYPES = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


@policy("awards.export")
@sensitive_post_parameters("secret")
@never_cache
@require_POST
def bureau_export_link(request: HttpRequest, pk: int) -> HttpResponse:
    batch = access.export_for(request.user, pk)
    secret = request.POST.get("secret", "")
    try:
        token = issue_link(batch, secret=secret, by=request.user, at=timezone.now())
    except ExportRefused as refusal:
        return batch_page(request, batch, problem=refusal.message)
    return batch_page(request, batch, link=reverse("bureau_export_file", args=[token]))


@policy("awards.export")
@never_cache
@require_GET
def bureau_export_file(request: HttpRequest, link: str) -> HttpResponse:
    issued = access.export_link_for(request.user, link)
    try:
        content = take_by_link(issued, by=request.user, at=timezone.now())
    except ExportRefused as refusal:
        batch = access.export_for(request.user, issued.batch_id)
        return batch_page(request, batch, problem=refusal.message, status=410)
    name = issued.batch.file_name
    kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return download(content, filename=name, content_type=kind)


@policy("awards.export")
@require_GET
def bureau_export_log(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    form = LogFilterForm(request.GET)
    table = TakingTable(_log(request, form), request=request)
    RequestConfig(request).configure(table)
    return frame.page(
        request,
        "bureau_export_log.html",
        bureau=bureau,
        current="bureau_exports",
        form=form,
        table=table,
        query=request.GET.urlencode(),
    )


@policy("awards.export")
@require_GET
def bureau_export_log_csv(request: HttpRequest) -> HttpResponse:
    rows = _log(request, LogFilterForm(request.GET))
    content = write_csv(LOG_COLUMNS, log_rows(rows))
    name = f"{_('下载记录')}-{timezone.localdate():%Y%m%d}.csv"
    return download(content, filename=name, content_type=TYPES["csv"])


def _log(request: HttpRequest, form: LogFilterForm) -> QuerySet[ExportTaking]:
    values = form.cleaned_data if form.is_valid() else {}
    return narrowed_log(access.takings_for(request.user), values)
