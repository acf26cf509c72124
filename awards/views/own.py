"""A competitor's own page: my result, what it gives me, what to bring, where it stands.

Opened with the code of a slip, or by one's own account.  An unknown, ended, expired or
stopped code gets the same answer.  The code is only ever posted; it stands in no address
that a server sees, and the page tells nobody where it came from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from awards import access
from awards.actions.certificates import make_file
from awards.actions.result_codes import open_with_code
from awards.code_forms import CodeForm
from awards.enums import CertificateState
from awards.errors import AwardsError
from awards.own_results import own_papers, own_results
from awards.own_rights import own_rights
from competitions.models import Competition
from people.models import Person
from people.policy import policy
from people.spreadsheets.uploads import download

View = Callable[..., HttpResponse]
PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers post from nowhere
    "X-Robots-Tag": "noindex, nofollow",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose page is open: by a slip for one competition, by an account for all."""

    person: Person
    competition: Competition | None


def _private(view: View) -> View:
    """Nothing of these pages is kept, indexed, or told to another site."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in PRIVATE.items():
            response[name] = value
        return response

    return answered


@_private
@policy("awards.own_result")
@require_http_methods(["GET", "POST"])
def own_result_code(request: HttpRequest) -> HttpResponse:
    """The form for a code; the right one leads to the page."""
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return _form(request, form, status=200)
    at = timezone.now()
    code = None
    if form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        code = open_with_code(form.cleaned_data["code"], address=address, at=at)
    if code is None:
        return _form(request, CodeForm(), status=404, is_wrong=True)
    access.note_opened(request.session, code, at)
    return redirect("own_result")


def _form(
    request: HttpRequest, form: CodeForm, *, status: int, is_wrong: bool = False
) -> HttpResponse:
    has_own = request.user.is_authenticated and request.user.person_id is not None
    context = {"form": form, "is_wrong": is_wrong, "has_own": has_own}
    return render(request, "awards/own_code.html", context, status=status)


@_private
@policy("awards.own_result")
@require_GET
def own_result(request: HttpRequest) -> HttpResponse:
    """The page itself; without a code or an account it asks for the code."""
    opened = _opened(request)
    if opened is None:
        return redirect("own_result_code")
    results = own_results(opened.person, opened.competition)
    rights = own_rights(opened.person, opened.competition)
    context = {
        "person": opened.person,
        "by_slip": opened.competition is not None,
        "results": results,
        "papers": own_papers(opened.person, opened.competition),
        "rights": rights,
        "owners": _owners(results),
        "now": timezone.now(),
    }
    return render(request, "awards/own_result.html", context)


def _owners(results: list[Any]) -> list[str]:
    names = [result.competition.owner.name for result in results]
    return list(dict.fromkeys(names))


@_private
@policy("awards.own_result")
@require_GET
def own_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own certificate as PDF while it is valid."""
    opened = _opened(request)
    if opened is None:
        raise Http404
    row = access.own_certificate(opened.person, opened.competition, pk)
    if row.state != CertificateState.VALID:
        raise Http404
    try:
        pdf = make_file(
            row,
            base=request.build_absolute_uri("/"),
            by=f"person:{opened.person.pk}",
            at=timezone.now(),
        )
    except AwardsError as refusal:
        context = {"refusal": refusal.message}
        return render(request, "awards/own_refused.html", context, status=409)
    return download(pdf, filename=f"{row.number}.pdf", content_type="application/pdf")


@_private
@policy("awards.own_result")
@require_POST
def own_result_close(request: HttpRequest) -> HttpResponse:
    """Close the page in this browser, so that the next person does not see it."""
    access.close_opened(request.session)
    return redirect("own_result_code")


def _opened(request: HttpRequest) -> Opened | None:
    """The slip's page if one is open here, else the account's own."""
    code = access.opened_code(request.session, timezone.now())
    if code is not None:
        return Opened(code.person, code.competition)
    user = request.user
    if user.is_authenticated and user.person_id is not None:
        return Opened(user.person, None)
    return None
