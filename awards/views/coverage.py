"""What serves each clause that the policy documents demand."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from awards import access
from awards.coverage import counts, coverage
from awards.views import frame
from people.policy import policy


@policy("awards.documents")
@require_GET
def bureau_coverage(request: HttpRequest) -> HttpResponse:
    found = counts()
    figures = [
        {"label": _("条款"), "value": sum(found.values())},
        {"label": _("已落实"), "value": found["served"]},
        {"label": _("部分"), "value": found["partly"]},
        {"label": _("还没有"), "value": found["not-yet"]},
    ]
    return frame.page(
        request,
        "bureau_coverage.html",
        bureau=access.bureau_of(request.user),
        current="bureau_documents",
        documents=coverage(request.user),
        figures=figures,
    )
