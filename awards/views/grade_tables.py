"""The ladder of grades with its tables: occupations, issuers' names, what counts as what."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import access
from awards.equivalences import cited_equivalences
from awards.person_forms import AliasForm, EquivalenceForm
from awards.views import frame
from people import dossier
from people.actions import (
    record_equivalence,
    record_grade_alias,
    withdraw_table_row,
)
from people.core import occupations
from people.errors import PeopleError
from people.policy import policy

TABLES: dict[str, tuple[Any, Any]] = {
    "names": (AliasForm, record_grade_alias),
    "equivalences": (EquivalenceForm, record_equivalence),
}


@policy("awards.fill_facts")
@require_http_methods(["GET", "POST"])
def bureau_grades(request: HttpRequest) -> HttpResponse:
    """The page; a POST adds a row to the table named by ``table``."""
    forms = {name: form(auto_id=f"{name}_%s") for name, (form, _act) in TABLES.items()}
    table = request.POST.get("table", "")
    status = 200
    if request.method == "POST":
        if table not in TABLES:
            return _page(request, forms, 400)
        form_class, record = TABLES[table]
        forms[table] = form = form_class(request.POST, auto_id=f"{table}_%s")
        if form.is_valid() and _recorded(request, form, record):
            return redirect("bureau_grades")
        status = 422
    return _page(request, forms, status)


def _recorded(request: HttpRequest, form: Any, record: Any) -> bool:
    bureau = access.bureau_of(request.user)
    who = {"by": request.user, "at": timezone.now()}
    try:
        record(bureau, **form.cleaned_data, **who)
    except PeopleError as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, _("已登记。"))
    return True


def _page(request: HttpRequest, forms: dict[str, Any], status: int) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    text = request.GET.get("q", "").strip()[:60]
    return frame.page(
        request,
        "bureau_grades.html",
        bureau=bureau,
        current="bureau_documents",
        status=status,
        ladder=dossier.ladder(),
        names=dossier.aliases(bureau),
        matches=dossier.equivalence_table(bureau),
        cited=cited_equivalences(bureau),
        forms=forms,
        q=text,
        found=occupations.find(text) if text else None,
        occupations=occupations.known(),
        dictionary=occupations.DICTIONARY,
    )


@policy("awards.fill_facts")
@require_POST
def bureau_withdraw_row(request: HttpRequest, table: str, pk: int) -> HttpResponse:
    row = access.table_row_for(request.user, table, pk)
    withdraw_table_row(row, by=request.user, at=timezone.now())
    messages.success(request, _("已停用，原来的登记保留。"))
    return redirect("bureau_grades")
