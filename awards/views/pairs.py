"""Two files side by side: merge them, or say that they are two people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards import access
from awards.actions import pairs
from awards.actions.decisions import refresh_decisions
from awards.actions.looks import record_look
from awards.desk_forms import DistinctForm
from awards.enums import LookPlace
from awards.queries import duplicates
from awards.views import frame
from people.core.masking import Audience, ValueKind
from people.models import Person
from people.policy import allows, policy
from people.privacy import seen


@policy("awards.fill_facts")
@require_GET
def bureau_pair(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    first, second = _files(request, pk, other)
    for person in (first, second):
        record_look(person, place=LookPlace.PERSON, by=request.user, at=timezone.now())
    return _page(request, first, second, DistinctForm())


@policy("awards.merge_people")
@require_POST
def bureau_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Merge two files; the name typed in consents, for it cannot be undone."""
    first, second = _files(request, pk, other)
    if request.POST.get("typed", "").strip() != first.name:
        messages.error(request, _("请原样输入姓名，再确认合并。"))
        return redirect("bureau_pair", pk=pk, other=other)
    at = timezone.now()
    kept = frame.attempt(
        request, lambda: pairs.merge_files(first, second, by=request.user, at=at)
    )
    if kept is None:
        return redirect("bureau_pair", pk=pk, other=other)
    changed = refresh_decisions(kept, by=request.user.actor, at=at)
    text = _("已合并为一份档案，重新判定了 %(n)d 项待遇。") % {"n": len(changed)}
    messages.success(request, text)
    return redirect("bureau_person", pk=kept.pk)


@policy("awards.fill_facts")
@require_POST
def bureau_distinct(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Say that two files are two people, or take that back."""
    first, second = _files(request, pk, other)
    at, bureau = timezone.now(), access.bureau_of(request.user)
    if request.POST.get("act") == "withdraw":
        pair = duplicates.pair_of(first, second, bureau)
        if pair is not None:
            pairs.withdraw_distinct(pair, by=request.user, at=at)
            messages.success(request, _("已撤回“不是同一人”的登记。"))
        return redirect("bureau_pair", pk=pk, other=other)
    form = DistinctForm(request.POST)
    if not form.is_valid():
        return _page(request, first, second, form, status=422)
    pairs.state_distinct(first, second, **form.cleaned_data, by=request.user, at=at)
    messages.success(request, _("已登记为不是同一人，不再提示。"))
    return redirect("bureau_person", pk=first.pk)


def _files(request: HttpRequest, pk: int, other: int) -> tuple[Person, Person]:
    first = access.file_for(request.user, pk)
    second = access.file_for(request.user, other)
    if first.pk == second.pk or first.survivor_id or second.survivor_id:
        raise Http404
    return first, second


def _page(
    request: HttpRequest,
    first: Person,
    second: Person,
    form: DistinctForm,
    *,
    status: int = 200,
) -> HttpResponse:
    kept, merged = duplicates.kept_and_merged(first, second)
    bureau = access.bureau_of(request.user)
    context: dict[str, Any] = {
        "first": first,
        "second": second,
        "lines": _lines(kept, merged),
        "kept": kept,
        "merged": merged,
        "against": duplicates.against(merged, kept),
        "pair": duplicates.pair_of(first, second, bureau),
        "form": form,
        "may_merge": allows(request.user, "awards.merge_people"),
    }
    return frame.page(
        request,
        "bureau_pair.html",
        bureau=bureau,
        current="bureau_list",
        status=status,
        **context,
    )


def _lines(kept: Person, merged: Person) -> list[tuple[str, str, str]]:
    """What the two files say, side by side; numbers are masked."""
    return [
        (label, one, two)
        for (label, one), (_label, two) in zip(_said(kept), _said(merged), strict=True)
    ]


def _said(person: Person) -> list[tuple[str, str]]:
    source = _("公布的成绩表") if person.is_provisional else _("报名或登记")
    number = seen(person, ValueKind.IDENTITY, Audience.INTERNAL)
    return [
        (_("姓名"), person.name),
        (_("来源"), source),
        (_("证件类型"), str(person.get_identity_kind_display())),
        (_("证件号码"), number),
        (_("出生日期"), person.birth_on.isoformat() if person.birth_on else ""),
        (_("性别"), str(person.get_sex_display())),
        (_("单位"), person.organization.name if person.organization else ""),
        (_("登记时间"), timezone.localtime(person.registered_at).strftime("%Y-%m-%d")),
    ]
