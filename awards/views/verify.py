"""Whether a certificate holds, for anybody who has its token, its number and name, or
its file.

The answer to an unknown token, number, name or file is always the same.  A name is shown
with one character masked: enough to compare with the paper, not to collect names.  Too
many look-ups that find nothing stop their address for a while; a token is never stopped.
"""

import hashlib
from datetime import datetime
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards import access, certificates
from awards.actions.lookups import Lookup, begin_lookup, found_by
from awards.certificate_forms import FileForm
from awards.certificates import CertificateText
from awards.forms import FindForm
from awards.models import Certificate
from awards.spoken import spoken
from people.names import normalize_name
from people.policy import policy

MASK = "＊"
SAME_FILE = "same"


@policy("awards.verify")
@require_http_methods(["GET", "POST"])
def verify_find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST or None)
    if request.method == "POST":
        lookup = _begin(request)
        if lookup.stopped_until:
            return _stopped(request, lookup.stopped_until)
        if form.is_valid():
            row = access.certificate_with_number(form.cleaned_data["number"])
            if row is not None and _is_named(row, form.cleaned_data["name"]):
                found_by(lookup)
                return redirect("verify_certificate", token=row.token)
        return _answer(request, None, form=form, status=404)
    if "no" in request.GET:  # from the home page: the name is still asked
        form = FindForm(initial={"number": request.GET["no"][:100]})
    return render(
        request, "awards/verify_find.html", {"form": form, "current": "verify"}
    )


@policy("awards.verify")
@require_POST
def verify_file(request: HttpRequest) -> HttpResponse:
    """Look whether a file is, byte for byte, one that was issued; nothing is kept."""
    lookup = _begin(request)
    if lookup.stopped_until:
        return _stopped(request, lookup.stopped_until)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        digest = hashlib.sha256(form.content()).hexdigest()
        row = access.certificate_of_file(digest)
        if row is not None:
            found_by(lookup)
            address = reverse("verify_certificate", args=[row.token])
            return redirect(f"{address}?file={SAME_FILE}")
    context = {"form": FindForm(), "current": "verify", "is_file": True}
    return _guarded(render(request, "awards/verify.html", context, status=404))


@policy("awards.verify")
@require_GET
def verify_certificate(request: HttpRequest, token: str) -> HttpResponse:
    row = access.certificate_with_token(token)
    return _answer(request, row, form=FindForm(), status=200 if row else 404)


def _answer(
    request: HttpRequest, row: Certificate | None, *, form: FindForm, status: int
) -> HttpResponse:
    context: dict[str, object] = {"certificate": row, "form": form, "current": "verify"}
    if row is not None:
        text = CertificateText.of_content(row.content)
        context |= {
            "text": text,
            "masked_name": masked_name(text.name),
            "award": award_words(text),
            "code": certificates.check_code(row.digest),
            "now": timezone.now(),
            "successor": row.superseded_by,
            "head": row.release.digest,
            "later": access.later_release_of(row),
            "is_same_file": request.GET.get("file") == SAME_FILE,
            "signed_with": access.signature_of(row),
        }
    return _guarded(render(request, "awards/verify.html", context, status=status))


def _begin(request: HttpRequest) -> Lookup:
    address = request.META.get("REMOTE_ADDR", "")
    return begin_lookup(address=address, at=timezone.now())


def _stopped(request: HttpRequest, until: datetime) -> HttpResponse:
    """Say when to try again; whether there is such a certificate stays unsaid."""
    context = {"until": until, "current": "verify"}
    response = render(request, "awards/verify_stopped.html", context, status=429)
    seconds = (until - timezone.now()).total_seconds()
    response["Retry-After"] = str(max(1, ceil(seconds)))
    return _guarded(response)


def _guarded(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"  # the forms here name their origin
    response["X-Robots-Tag"] = "noindex"
    return response


def masked_name(name: str) -> str:
    """Return the name with its second character hidden.

    >>> masked_name("周𠮷安"), masked_name("王敏")
    ('周＊安', '王＊')
    """
    return name[:1] + MASK + name[2:] if len(name) > 1 else MASK


def award_words(text: CertificateText) -> str:
    """Return prize and place as the page shows them."""
    label = spoken(certificates.award_label(text.award))
    if text.place is None:
        return label
    return _("%(award)s，第 %(place)d 名") % {"award": label, "place": text.place}


def _is_named(row: Certificate, name: str) -> bool:
    return normalize_name(name) == normalize_name(str(row.content.get("name", "")))
