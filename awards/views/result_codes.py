"""Slips with codes: who has one, slips to print, codes ended.

The same page for organizers (everybody), leaders (their delegation) and bureaus (their
people).  Issuing answers with the drawn slips and nothing else: no page shows a code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from awards import access
from awards.actions.result_codes import issue_result_codes, revoke_result_code
from awards.code_forms import EndForm, SlipsForm
from awards.code_slips import ResultSlip, result_slips_pdf
from awards.errors import AwardsError
from awards.queries.result_codes import Holder, holders_of
from awards.views import frame
from competitions.models import Competition, EntryMember
from competitions.navigation import office_context
from people.pdf import missing_characters, pdf_problem
from people.policy import policy

USUAL_DAYS = 180  # proposed on the form, changed there


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose competitors the page is about, and its own addresses."""

    competition: Competition
    members: QuerySet[EntryMember]
    audience: str
    key: int | str
    title: str

    def url(self, step: str = "", *arguments: int) -> str:
        """The page, or one of its steps."""
        name = (
            f"{self.audience}_result_codes" if not step else f"{self.audience}_{step}"
        )
        return reverse(name, args=[self.key, *arguments])


def _organize(request: HttpRequest, code: str) -> Desk:
    competition, members = access.members_to_organize(request.user, code)
    return Desk(competition, members, "organize", code, _("全部选手"))


def _delegation(request: HttpRequest, pk: int) -> Desk:
    delegation, members = access.members_of_delegation(request.user, pk)
    return Desk(delegation.competition, members, "delegation", pk, delegation.name)


def _bureau(request: HttpRequest, code: str) -> Desk:
    competition, members = access.members_of_bureau(request.user, code)
    return Desk(competition, members, "bureau", code, _("本地区的选手"))


@never_cache
@require_GET
@policy("awards.result_codes")
def organize_result_codes(request: HttpRequest, code: str) -> HttpResponse:
    desk = _organize(request, code)
    frame_ = office_context(request.user, desk.competition, "organize_result_codes")
    return _page(request, desk, frame_)


@never_cache
@require_POST
@policy("awards.result_codes")
def organize_result_slips(request: HttpRequest, code: str) -> HttpResponse:
    return _slips(request, _organize(request, code))


@require_POST
@policy("awards.result_codes")
def organize_result_code_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _end(request, _organize(request, code), pk)


@never_cache
@require_GET
@policy("awards.delegation_codes")
def delegation_result_codes(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _delegation(request, pk), {})


@never_cache
@require_POST
@policy("awards.delegation_codes")
def delegation_result_slips(request: HttpRequest, pk: int) -> HttpResponse:
    return _slips(request, _delegation(request, pk))


@require_POST
@policy("awards.delegation_codes")
def delegation_result_code_end(
    request: HttpRequest, pk: int, slip: int
) -> HttpResponse:
    return _end(request, _delegation(request, pk), slip)


@require_GET
@policy("awards.bureau_codes")
def bureau_code_competitions(request: HttpRequest) -> HttpResponse:
    return frame.page(
        request,
        "bureau_code_competitions.html",
        bureau=access.bureau_of(request.user),
        current="bureau_certificates",
        competitions=access.competitions_of_bureau(request.user),
    )


@never_cache
@require_GET
@policy("awards.bureau_codes")
def bureau_result_codes(request: HttpRequest, code: str) -> HttpResponse:
    desk = _bureau(request, code)
    return frame.page(
        request,
        "result_codes.html",
        bureau=access.bureau_of(request.user),
        current="bureau_certificates",
        **_context(desk),
    )


@never_cache
@require_POST
@policy("awards.bureau_codes")
def bureau_result_slips(request: HttpRequest, code: str) -> HttpResponse:
    return _slips(request, _bureau(request, code))


@require_POST
@policy("awards.bureau_codes")
def bureau_result_code_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _end(request, _bureau(request, code), pk)


def _page(request: HttpRequest, desk: Desk, around: Mapping[str, Any]) -> HttpResponse:
    context = {**around, **_context(desk)}
    return render(request, "awards/result_codes.html", context)


def _context(desk: Desk) -> dict[str, Any]:
    at = timezone.now()
    until = timezone.localdate(at) + timedelta(days=USUAL_DAYS)
    return {
        "competition": desk.competition,
        "desk_title": desk.title,
        "back": _back(desk),
        "rows": [
            _row(desk, holder) for holder in holders_of(desk.competition, desk.members)
        ],
        "form": SlipsForm(initial={"until": until}),
        "slips_url": desk.url("result_slips"),
        "problem": pdf_problem(),
    }


def _back(desk: Desk) -> str:
    names = {"delegation": "delegation_home", "bureau": "bureau_code_competitions"}
    name = names.get(desk.audience)
    return reverse(name) if name else ""


def _row(desk: Desk, holder: Holder) -> dict[str, Any]:
    code = holder.code
    in_force = holder.is_in_force(timezone.now())
    return {
        "holder": holder,
        "state": _state(holder, in_force=in_force),
        "end_url": desk.url("result_code_end", code.pk) if code and in_force else "",
    }


def _state(holder: Holder, *, in_force: bool) -> tuple[str, str]:
    """A lamp's tone and word for a competitor's code."""
    if holder.code is None:
        return "none", _("没有查询条")
    if holder.code.revoked_at is not None:
        return "bad", _("已停用")
    if not in_force:
        return "bad", _("已过期")
    return ("ok", _("本人查过")) if holder.code.opened_at else ("part", _("还没查过"))


def _slips(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Give the chosen competitors new codes and answer with their slips."""
    chosen = set(request.POST.getlist("who"))
    holders = [
        holder
        for holder in holders_of(desk.competition, desk.members)
        if str(holder.person.pk) in chosen
    ]
    form = SlipsForm(request.POST)
    at = timezone.now()
    if refusal := _refusal(form, holders):
        messages.error(request, refusal)
        return redirect(desk.url())
    try:
        issued = issue_result_codes(
            desk.competition,
            [holder.person for holder in holders],
            expires_at=form.ends(),
            by=request.user,
            at=at,
        )
    except AwardsError as refused:
        messages.error(request, refused.message)
        return redirect(desk.url())
    address = request.build_absolute_uri(reverse("own_result_code"))
    slips = [
        ResultSlip(
            name=holder.person.name,
            entered=_("，").join((holder.delegation, *holder.skills[:2])),
            competition=desk.competition.name,
            code=text,
            address=address,
            until=timezone.localtime(row.expires_at),
        )
        for holder, (row, text) in zip(holders, issued, strict=True)
    ]
    pdf = result_slips_pdf(slips, at=at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="result-slips.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _refusal(form: SlipsForm, holders: list[Holder]) -> str:
    """Why no slips can be drawn, before any code is changed."""
    if problem := pdf_problem():
        return problem
    if not form.is_valid():
        return _("请写明有效期，例如 2027-06-30。")
    unknown = missing_characters("".join(holder.person.name for holder in holders))
    if unknown:
        letters = _("、").join(unknown)
        return _("这些字没有字形，查询条印不出来：%(letters)s。") % {"letters": letters}
    return ""


def _end(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    code = access.result_code_for(desk.competition, desk.members, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明停用的理由。"))
        return redirect(desk.url())
    done = frame.attempt(
        request,
        lambda: revoke_result_code(
            code,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )
    if done is not None:
        messages.success(request, _("查询条 %(slip)s 已停用。") % {"slip": code.slip})
    return redirect(desk.url())
