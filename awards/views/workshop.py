"""The workshop: a bureau writes its documents, one proposes, another publishes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards import access, shelf, workshop
from awards.actions.workshop import (
    decide_anew,
    propose_version,
    publish_version,
    return_version,
    save_version,
    why_not,
)
from awards.errors import AwardsError
from awards.forms import NewVersionForm, ReasonForm, VersionForm
from awards.models import DocumentVersion
from awards.queries.workshop import changes_of
from awards.views import frame
from people.actions import check_pin
from people.core import regions
from people.models import Organization
from people.policy import allows, policy
from people.spreadsheets.uploads import download

PIN_LENGTH = 6
PIECE = 250  # characters of an identifier that are looked at


@policy("awards.workshop")
@require_GET
def bureau_workshop(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    return frame.page(
        request,
        "workshop.html",
        bureau=bureau,
        current="bureau_documents",
        versions=workshop.listed(access.versions_for(request.user)[:100]),
        documents=workshop.writable(bureau),
        may_begin=access.writes_on(bureau, bureau.region),
    )


@policy("awards.workshop")
@require_http_methods(["GET", "POST"])
def bureau_workshop_new(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    form = NewVersionForm(request.POST or None, initial=_blank(bureau))
    return _editor(request, bureau, form, bureau.region)


@policy("awards.workshop")
@require_http_methods(["GET", "POST"])
def bureau_workshop_edit(request: HttpRequest, draft: str) -> HttpResponse:
    piece = access.workpiece_for(request.user, draft)
    text, cases = workshop.texts_of(piece)
    begun = {"identifier": draft, "text": text, "cases": cases}
    form = VersionForm(request.POST or None, initial=begun)
    region = access.region_to_write(request.user, draft)
    bureau = access.bureau_of(request.user)
    return _editor(request, bureau, form, region, identifier=draft)


@policy("awards.workshop")
@require_POST
def bureau_workshop_check(request: HttpRequest) -> JsonResponse:
    """What is wrong with the texts as typed; nothing is stored."""
    identifier = request.POST.get("identifier", "")[:PIECE]
    region = access.region_to_write(request.user, identifier)
    checked = _checked(request.POST, region, identifier)
    return JsonResponse(
        {
            "ok": not checked.refusal,
            "findings": checked.findings,
            "cases": checked.cases,
            "lacking": checked.lacking,
            "panel": render_to_string("awards/workshop_panel.html", {"check": checked}),
        }
    )


@policy("awards.workshop")
@require_GET
def bureau_version(request: HttpRequest, pk: int) -> HttpResponse:
    return _version_page(request, access.version_for(request.user, pk))


@policy("awards.workshop")
@require_GET
def bureau_version_file(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    version = access.version_for(request.user, pk)
    if part not in ("text", "cases"):
        raise Http404
    text = version.cases if part == "cases" else version.text
    name = f"{version.identifier}{'-cases' if part == 'cases' else ''}.toml"
    return download(text.encode(), filename=name, content_type="application/toml")


@policy("awards.workshop")
@require_POST
def bureau_version_propose(request: HttpRequest, pk: int) -> HttpResponse:
    version = access.version_for(request.user, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    at = timezone.now()
    done = frame.attempt(
        request, lambda: propose_version(version, reason=reason, by=request.user, at=at)
    )
    if done is not None:
        messages.success(request, _("已提请，等本单位另一位审批人复核发布。"))
    return redirect("bureau_version", pk=pk)


@policy("awards.publish_documents")
@require_POST
def bureau_version_return(request: HttpRequest, pk: int) -> HttpResponse:
    version = access.version_for(request.user, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    at = timezone.now()
    done = frame.attempt(
        request, lambda: return_version(version, reason=reason, by=request.user, at=at)
    )
    if done is not None:
        messages.success(request, _("已退回，理由会显示给撰写的人。"))
    return redirect("bureau_version", pk=pk)


@sensitive_post_parameters("secret")
@never_cache
@policy("awards.publish_documents")
@require_POST
def bureau_version_publish(request: HttpRequest, pk: int) -> HttpResponse:
    version = access.version_for(request.user, pk)
    at = timezone.now()
    if not _proves(request, request.POST.get("secret", "")[:128]):
        messages.error(request, _("PIN 或口令不对，或试错太多被暂停。文件没有发布。"))
        return redirect("bureau_version", pk=pk)
    done = frame.attempt(
        request, lambda: publish_version(version, by=request.user, at=at)
    )
    if done is None:
        return redirect("bureau_version", pk=pk)
    messages.success(request, _("已发布。下面是以前的判定会怎样变化，看过再重新判定。"))
    return redirect("bureau_version_anew", pk=pk)


@policy("awards.publish_documents")
@require_http_methods(["GET", "POST"])
def bureau_version_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview how many decisions a published version changes, and decide them anew."""
    version = access.version_for(request.user, pk)
    item = workshop.listed([version])[0]
    if request.method == "POST":
        at = timezone.now()
        changed = frame.attempt(
            request, lambda: decide_anew(version, by=request.user, at=at)
        )
        if changed is not None:
            text = _("已重新判定，%(n)s 条有变化。") % {"n": changed}
            messages.success(request, text)
        return redirect("bureau_version", pk=pk)
    is_published = item.standing.state == "published"
    found = changes_of(version) if is_published else []
    return frame.page(
        request,
        "workshop_anew.html",
        bureau=access.bureau_of(request.user),
        current="bureau_documents",
        item=item,
        changes=workshop.in_words(found),
        total=sum(change.count for change in found),
        is_published=is_published,
    )


def _blank(bureau: Organization) -> dict[str, str]:
    """The texts a new document begins from."""
    day = timezone.localdate()
    values = {
        "title": _("新文件"),
        "issuer": bureau.name,
        "region": bureau.region,
        "day": day.isoformat(),
        "year": str(day.year),
        "identifier": f"{bureau.region}-{day.year}-rewards",
    }
    return {
        "identifier": values["identifier"],
        "text": shelf.blank("document", **values),
        "cases": shelf.blank("cases", **values),
    }


def _editor(
    request: HttpRequest,
    bureau: Organization,
    form: VersionForm,
    region: str,
    *,
    identifier: str = "",
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        if form.is_valid():
            saved = _saved(request, form, identifier)
            if saved is not None:
                messages.success(
                    request, _("已存为第 %(n)s 版。") % {"n": saved.number}
                )
                return redirect("bureau_version", pk=saved.pk)
        status = 422
    shown = form.data if form.is_bound else form.initial
    named = identifier or str(shown.get("identifier") or "")[:PIECE]
    checked = _checked(shown, region, named)
    return frame.page(
        request,
        "workshop_edit.html",
        bureau=bureau,
        current="bureau_documents",
        status=status,
        form=form,
        identifier=identifier,
        check=checked,
        region=regions.full_name(region),
    )


def _saved(
    request: HttpRequest, form: VersionForm, identifier: str
) -> DocumentVersion | None:
    """Store what was typed; a refusal stands in the form."""
    try:
        return save_version(
            identifier or form.cleaned_data["identifier"],
            text=form.cleaned_data["text"],
            cases=form.cleaned_data["cases"],
            by=request.user,
            at=timezone.now(),
        )
    except AwardsError as refusal:
        named = refusal.code in ("identifier", "taken", "national")
        shows_id = named and "identifier" in form.fields
        form.add_error("identifier" if shows_id else "text", refusal.message)
        return None


def _checked(values: Any, region: str, identifier: str) -> workshop.Checked:
    """The texts of a form as typed, line ends as files have them."""
    text, cases = (
        str(values.get(name) or "").replace("\r\n", "\n") for name in ("text", "cases")
    )
    return workshop.check(
        text, cases, identifier=identifier, refusal=lambda d: why_not(d, region)
    )


def _version_page(request: HttpRequest, version: DocumentVersion) -> HttpResponse:
    item = workshop.listed([version])[0]
    checked = workshop.check(
        version.text,
        version.cases,
        identifier=version.identifier,
        refusal=lambda draft: why_not(draft, version.region),
    )
    hands = {version.written_by_id}
    if item.standing.proposed is not None:
        hands.add(item.standing.proposed.by_id)
    return frame.page(
        request,
        "workshop_version.html",
        bureau=access.bureau_of(request.user),
        current="bureau_documents",
        item=item,
        check=checked,
        compared=workshop.compared(version, checked.draft),
        reason=ReasonForm(),
        is_own=request.user.pk in hands,
        may_publish=allows(request.user, "awards.publish_documents"),
        simulator=_simulator(),
    )


def _simulator() -> str:
    """Where to try a document on past results, "" where there is no such page."""
    try:
        return reverse("bureau_simulator")
    except NoReverseMatch:
        return ""


def _proves(request: HttpRequest, secret: str) -> bool:
    """Whether the user has just shown who they are, by PIN or by password."""
    user = request.user
    if user.pin and len(secret) == PIN_LENGTH and secret.isdecimal():
        return check_pin(user, pin=secret, at=timezone.now())
    name = user.get_username()
    found = authenticate(request, username=name, password=secret)
    return found is not None and found.pk == user.pk
