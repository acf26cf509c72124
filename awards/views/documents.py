"""Rulebooks with their gaps; a competition's own document before its confirmation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards import access, documents
from awards.actions.documents import (
    confirm_edition_document,
    fill_gap,
    submit_edition_document,
)
from awards.core.rulebook import Rulebook
from awards.document_parts import parts_of
from awards.errors import AwardsError
from awards.forms import DocumentForm, GapForm
from awards.queries import documents as stored
from awards.views import frame
from competitions.navigation import office_context
from people.policy import policy


@policy("awards.documents")
@require_GET
def bureau_documents(request: HttpRequest) -> HttpResponse:
    return frame.page(
        request,
        "bureau_documents.html",
        bureau=access.bureau_of(request.user),
        current="bureau_documents",
        documents=documents.documents_on_shelf(),
        editions=access.edition_documents_for(request.user),
    )


@policy("awards.documents")
@require_GET
def bureau_document(request: HttpRequest, identifier: str) -> HttpResponse:
    return _document_page(request, identifier)


@policy("awards.documents")
@require_POST
def bureau_fill_gap(request: HttpRequest, identifier: str, gap: str) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    book = _book_for(request, identifier)
    form = GapForm(request.POST)
    if not form.is_valid():
        return _document_page(request, identifier, {gap: form}, status=422)
    try:
        fill_gap(
            book.document.id,
            gap,
            value=documents.read_filling(form.cleaned_data["value"]),
            document=form.cleaned_data["document"],
            authority=bureau,
            by=request.user,
            at=timezone.now(),
        )
    except AwardsError as refusal:
        form.add_error("value", refusal.message)
        return _document_page(request, identifier, {gap: form}, status=422)
    messages.success(request, _("已填写，用到它的待遇已重新判定。"))
    return redirect("bureau_document", identifier=identifier)


@policy("awards.confirm_documents")
@require_POST
def bureau_confirm_document(request: HttpRequest, identifier: str) -> HttpResponse:
    row = access.edition_document_for(request.user, identifier)
    done = frame.attempt(
        request,
        lambda: confirm_edition_document(row, by=request.user, at=timezone.now()),
    )
    if done is not None:
        messages.success(request, _("已确认，这项赛事的待遇从现在起按它判定。"))
    return redirect("bureau_document", identifier=identifier)


@policy("awards.edition_document")
@require_http_methods(["GET", "POST"])
def organize_document(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.own_competition_for(request.user, code)
    form = DocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            submit_edition_document(
                competition,
                text=form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("已提交，等人社部门确认。"))
            return redirect("organize_document", code=code)
        except AwardsError as refusal:
            form.add_error("text", refusal.message)
    context = office_context(request.user, competition, "organize_document")
    rows = competition.edition_documents.select_related("confirmed_by").order_by("-pk")
    context |= {"form": form, "rows": rows}
    return render(request, "awards/organize_document.html", context)


def _book_for(request: HttpRequest, identifier: str) -> Rulebook:
    """A document of the shelf, or an edition document in the bureau's reach."""
    book = stored.rulebook(identifier)
    if book is None:
        raise Http404
    if book.document.competition:
        access.edition_document_for(request.user, identifier)
    return book


def _document_page(
    request: HttpRequest,
    identifier: str,
    filled: dict[str, GapForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    book = _book_for(request, identifier)
    edition = None
    if book.document.competition:
        edition = access.edition_document_for(request.user, identifier)
    return frame.page(
        request,
        "bureau_document.html",
        bureau=access.bureau_of(request.user),
        current="bureau_documents",
        status=status,
        document=documents.words_of(book),
        rules=documents.rules_of(book),
        parts=parts_of(book),
        gaps=_gaps(book, filled or {}),
        edition=edition,
    )


def _gaps(book: Rulebook, filled: dict[str, GapForm]) -> list[dict[str, Any]]:
    items = []
    for gap in documents.gaps_of(book):
        names = gap.__dataclass_fields__
        shown = {name: getattr(gap, name) for name in names}
        form = filled.get(gap.id) or GapForm(auto_id=f"{gap.id}_%s")
        items.append({**shown, "form": form})
    return items
