"""终身档案 on screen and to take away: before the bureau, and one's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards import access
from awards.actions.lifetime import record_copy
from awards.actions.looks import record_look
from awards.enums import LookPlace
from awards.errors import AwardsError
from awards.lifetime import (
    Lifetime,
    Viewer,
    as_plain,
    digest_of,
    lifetime_of,
    lifetime_pdf,
)
from awards.queries.looks import looks_at
from awards.talent_forms import PurposeForm
from awards.views import frame
from people.models import Person
from people.policy import policy
from people.spreadsheets.uploads import download

PDF = "application/pdf"


@policy("awards.lifetime")
@require_GET
def bureau_lifetime(request: HttpRequest, pk: int) -> HttpResponse:
    person = access.talent_for(request.user, pk)
    record_look(person, place=LookPlace.LIFETIME, by=request.user, at=timezone.now())
    return _page(request, person, PurposeForm())


@policy("awards.lifetime")
@require_GET
def bureau_lifetime_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    person = access.talent_for(request.user, pk)
    file = _of_bureau(request, person)
    try:
        pdf = lifetime_pdf(file)
    except AwardsError as refusal:
        messages.error(request, refusal.message)
        return redirect("bureau_lifetime", pk=person.pk)
    _record(request, file, "pdf")
    return download(pdf, filename=_name(file, "pdf"), content_type=PDF)


@policy("awards.lifetime")
@require_GET
def bureau_lifetime_json(request: HttpRequest, pk: int) -> HttpResponse:
    file = _of_bureau(request, access.talent_for(request.user, pk))
    _record(request, file, "json")
    return _json(file)


@policy("awards.lifetime_full")
@require_http_methods(["GET", "POST"])
def bureau_lifetime_full(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF with the full document number, for a purpose that is recorded."""
    person = access.talent_for(request.user, pk)
    if request.method == "GET":
        return redirect("bureau_lifetime", pk=person.pk)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form)
    file = _of_bureau(request, person, is_full=True)
    try:
        pdf = lifetime_pdf(file)
    except AwardsError as refusal:
        messages.error(request, refusal.message)
        return redirect("bureau_lifetime", pk=person.pk)
    _record(request, file, "pdf", form.cleaned_data["purpose"])
    return download(pdf, filename=_name(file, "pdf"), content_type=PDF)


def _page(request: HttpRequest, person: Person, form: PurposeForm) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    file = _of_bureau(request, person)
    return frame.page(
        request,
        "bureau_lifetime.html",
        bureau=bureau,
        current="bureau_talent",
        status=422 if form.errors else 200,
        file=file,
        person=person,
        digest=digest_of(file),
        form=form,
        looks=looks_at(person, bureau),
        copies=person.lifetime_copies.filter(bureau=bureau)
        .select_related("taken_by")
        .order_by("-pk"),
        has_page=access.people_for(request.user).filter(pk=person.pk).exists(),
        pools=access.pools_for(request.user).filter(closed_at__isnull=True),
    )


def _of_bureau(
    request: HttpRequest, person: Person, *, is_full: bool = False
) -> Lifetime:
    return lifetime_of(
        person,
        viewer=Viewer.BUREAU,
        bureau=access.bureau_of(request.user),
        is_full=is_full,
        at=timezone.now(),
    )


def _record(request: HttpRequest, file: Lifetime, form: str, purpose: str = "") -> None:
    record_copy(
        file.person,
        bureau=access.bureau_of(request.user),
        form=form,
        is_full=file.is_full,
        purpose=purpose,
        digest=digest_of(file),
        by=request.user,
        at=timezone.now(),
    )


@policy("awards.own_file")
@require_GET
def my_lifetime(request: HttpRequest) -> HttpResponse:
    file = _own(request)
    if file is None:
        return _nobody(request)
    context: dict[str, Any] = {"file": file, "digest": digest_of(file)}
    return render(request, "awards/my_lifetime.html", context)


@policy("awards.own_file")
@require_GET
def my_lifetime_pdf(request: HttpRequest) -> HttpResponse:
    file = _own(request)
    if file is None:
        return _nobody(request)
    try:
        pdf = lifetime_pdf(file)
    except AwardsError as refusal:
        messages.error(request, refusal.message)
        return redirect("my_lifetime")
    return download(pdf, filename=_name(file, "pdf"), content_type=PDF)


@policy("awards.own_file")
@require_GET
def my_lifetime_json(request: HttpRequest) -> HttpResponse:
    file = _own(request)
    return _nobody(request) if file is None else _json(file)


def _nobody(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("账号没有对应的人员档案，没有终身档案可看。"))
    return redirect("me")


def _own(request: HttpRequest) -> Lifetime | None:
    person = access.own_person(request.user)
    if person is None:
        return None
    return lifetime_of(person, viewer=Viewer.PERSON, at=timezone.now())


def _json(file: Lifetime) -> HttpResponse:
    response = JsonResponse(
        as_plain(file), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = (
        f'attachment; filename="lifetime-{file.person.pk}.json"'
    )
    response["Cache-Control"] = "no-store"
    return response


def _name(file: Lifetime, ending: str) -> str:
    return f"终身档案-{file.person.name}.{ending}"
