"""Pools of a bureau: opened by a document, filled by candidates or by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from awards import access, talent_words
from awards.actions import talent as actions
from awards.actions.saved_views import holds_a_number
from awards.enums import OutcomeKind
from awards.errors import PoolRefused
from awards.models import Pool
from awards.pool_catalogue import Founded, by_id, offered_in
from awards.queries import talent
from awards.queries.candidates import Candidate, candidates_of, criteria_of
from awards.talent_forms import (
    AdmissionForm,
    CloseForm,
    CriterionForm,
    DeclineForm,
    HandForm,
    PoolForm,
)
from awards.views import frame
from people.core import occupations
from people.models import Person
from people.policy import policy
from people.queries import persons_matching

PER_PAGE = 50
FOUND = 20


@policy("awards.talent")
@require_GET
def bureau_pools(request: HttpRequest) -> HttpResponse:
    return _pools_page(request)


@policy("awards.pools")
@require_POST
def bureau_pool_open(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    founded = by_id(request.POST.get("catalogue", ""))
    form = PoolForm(request.POST, words=_words(request))
    if not form.is_valid():
        return _pools_page(request, form=form, founded=founded)
    try:
        pool = actions.open_pool(
            bureau,
            form.draft,
            founded=founded,
            by=request.user,
            at=timezone.now(),
        )
    except PoolRefused as refusal:
        form.add_error(None, refusal.message)
        return _pools_page(request, form=form, founded=founded)
    messages.success(request, _("“%s”已设立。") % pool.name)
    return redirect("bureau_pool", pk=pool.pk)


def _pools_page(
    request: HttpRequest,
    *,
    form: PoolForm | None = None,
    founded: Founded | None = None,
) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    today = timezone.localdate()
    pools = list(access.pools_for(request.user))
    chosen = founded or by_id(request.GET.get("catalogue", ""))
    inside = talent.people_in_pools(access.pool_entries_for(request.user))
    open_ = [pool for pool in pools if pool.closed_at is None]
    opened = {pool.catalogue for pool in open_} | {pool.name for pool in open_}
    offered = offered_in(bureau.region)
    if chosen not in offered:
        chosen = None
    return frame.page(
        request,
        "bureau_pools.html",
        bureau=bureau,
        current="bureau_talent",
        status=422 if form is not None and form.errors else 200,
        pools=[(pool, inside.get(pool.pk, 0)) for pool in pools],
        offered=[
            {
                "row": row,
                "binds": row.binds(today),
                "open": bool({row.id, row.name} & opened),
            }
            for row in offered
        ],
        chosen=chosen,
        chosen_binds=chosen is not None and chosen.binds(today),
        form=form or PoolForm(words=_words(request), initial=_initial(chosen)),
    )


def _initial(chosen: Founded | None) -> dict[str, object]:
    if chosen is None:
        return {}
    return {"kind": chosen.kind, "name": chosen.name, "takes": chosen.takes}


def _words(request: HttpRequest) -> tuple[str, ...]:
    """The names under which decisions of the bureau speak of pools."""
    rows = access.entitlements_for(request.user).filter(kind=OutcomeKind.POOL)
    found = set(rows.order_by().values_list("value", flat=True).distinct())
    chosen = by_id(request.POST.get("catalogue", request.GET.get("catalogue", "")))
    return tuple(sorted(found | set(chosen.takes if chosen else ())))


@policy("awards.talent")
@require_GET
def bureau_pool(request: HttpRequest, pk: int) -> HttpResponse:
    return _pool_page(request, access.pool_for(request.user, pk))


@policy("awards.pools")
@require_POST
def bureau_pool_close(request: HttpRequest, pk: int) -> HttpResponse:
    pool = access.pool_for(request.user, pk)
    form = CloseForm(request.POST, prefix="close")
    if form.is_valid():
        try:
            actions.close_pool(
                pool, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("“%s”已停用。") % pool.name)
            return redirect("bureau_pool", pk=pool.pk)
        except PoolRefused as refusal:
            form.add_error(None, refusal.message)
    return _pool_page(request, pool, close=form)


@policy("awards.pools")
@require_POST
def bureau_pool_criterion(request: HttpRequest, pk: int) -> HttpResponse:
    pool = access.pool_for(request.user, pk)
    form = CriterionForm(request.POST, prefix="criterion")
    if form.is_valid():
        try:
            actions.write_criterion(
                pool,
                form.asked,
                document=form.cleaned_data["document"],
                clause=form.cleaned_data["clause"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("条件已写入，符合的人列在候选里。"))
            return redirect("bureau_pool", pk=pool.pk)
        except PoolRefused as refusal:
            form.add_error(None, refusal.message)
    return _pool_page(request, pool, criterion=form)


@policy("awards.pools")
@require_POST
def bureau_criterion_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    criterion = access.criterion_for(request.user, pk)
    done = frame.attempt(
        request,
        lambda: actions.withdraw_criterion(
            criterion, by=request.user, at=timezone.now()
        ),
    )
    if done is not None:
        messages.success(request, _("条件已停用，已入库的人不受影响。"))
    return redirect("bureau_pool", pk=criterion.pool_id)


@policy("awards.talent")
@require_POST
def bureau_pool_admit(request: HttpRequest, pk: int) -> HttpResponse:
    """Admit or decline the candidates ticked, or every one of them."""
    pool = access.pool_for(request.user, pk)
    open_ = _candidates(request, pool)
    ticked = set(request.POST.getlist("person"))
    everybody = request.POST.get("everybody") == "1"
    chosen = [row for row in open_ if everybody or str(row.person) in ticked]
    if not chosen:
        messages.error(request, _("请先勾选候选人。名单可能刚有变化。"))
        return redirect("bureau_pool", pk=pool.pk)
    if request.POST.get("act") == "decline":
        return _declined(request, pool, chosen)
    form = AdmissionForm(request.POST, prefix="admit")
    if not form.is_valid():
        return _pool_page(request, pool, admission=form)
    done = frame.attempt(
        request,
        lambda: actions.admit(
            pool, chosen, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )
    if done is None:
        return redirect("bureau_pool", pk=pool.pk)
    messages.success(request, _("已入库 %d 人。") % len(done.entries))
    return _back(pool, done.batch)


def _declined(
    request: HttpRequest, pool: Pool, chosen: list[Candidate]
) -> HttpResponse:
    form = DeclineForm(request.POST, prefix="decline")
    if not form.is_valid():
        return _pool_page(request, pool, decline=form)
    batch = frame.attempt(
        request,
        lambda: actions.decline(
            pool,
            [row.person for row in chosen],
            **form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        ),
    )
    if batch is None:
        return redirect("bureau_pool", pk=pool.pk)
    messages.success(request, _("已登记 %d 人不予入库。") % len(chosen))
    return _back(pool, batch)


def _back(pool: Pool, batch: str) -> HttpResponse:
    return redirect(reverse("bureau_pool", args=[pool.pk]) + f"?done={batch}")


@policy("awards.talent")
@require_http_methods(["GET", "POST"])
def bureau_pool_enter(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Enter one person by hand, with a document and a reason."""
    pool = access.pool_for(request.user, pk)
    found = access.talent_for(request.user, person)
    form = HandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_by_hand(
                pool, found, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("%s已入库。") % found.name)
            return redirect("bureau_pool", pk=pool.pk)
        except PoolRefused as refusal:
            form.add_error(None, refusal.message)
    return frame.page(
        request,
        "bureau_pool_enter.html",
        bureau=access.bureau_of(request.user),
        current="bureau_talent",
        status=422 if form.errors else 200,
        pool=pool,
        person=found,
        form=form,
    )


@policy("awards.talent")
@require_POST
def bureau_talent_undo(request: HttpRequest, admission: UUID) -> HttpResponse:
    """Take a step back as a whole: an admission, a refusal, a review."""
    bureau = access.bureau_of(request.user)
    undone, kept = actions.undo_batch(
        bureau, str(admission), by=request.user, at=timezone.now()
    )
    if undone + kept == 0:
        raise Http404
    if kept:
        text = _("已撤回 %(n)d 项；%(kept)d 项之后又办过，没有撤回。")
        messages.warning(request, text % {"n": undone, "kept": kept})
    else:
        messages.success(request, _("已撤回 %d 项。") % undone)
    return redirect("bureau_talent")


def _candidates(request: HttpRequest, pool: Pool) -> list[Candidate]:
    return candidates_of(
        pool,
        people=access.talents_for(request.user),
        entitlements=access.entitlements_for(request.user),
        today=timezone.localdate(),
    )


def _pool_page(request: HttpRequest, pool: Pool, **forms: Any) -> HttpResponse:
    status = 422 if any(form.errors for form in forms.values()) else 200
    candidates = [] if pool.closed_at else _candidates(request, pool)
    page = Paginator(candidates, PER_PAGE).get_page(request.GET.get("page"))
    people = access.talents_for(request.user).in_bulk(
        [row.person for row in page.object_list]
    )
    who = request.GET.get("who", "").replace("\0", "").strip()[:80]
    who = "" if holds_a_number(who) else who
    criteria = [
        (row, talent_words.criterion_words(row.asked)) for row in criteria_of(pool)
    ]
    return frame.page(
        request,
        "bureau_pool.html",
        bureau=access.bureau_of(request.user),
        current="bureau_talent",
        status=status,
        pool=pool,
        inside=talent.people_in_pools(pool.entries.all()).get(pool.pk, 0),
        criteria=criteria,
        page=page,
        candidates=[(row, people[row.person]) for row in page.object_list],
        total=len(candidates),
        who=who,
        matches=_matches(request, who) if who else [],
        done=request.GET.get("done", ""),
        occupations=occupations.known(),
        criterion_form=forms.get("criterion") or CriterionForm(prefix="criterion"),
        admission_form=forms.get("admission") or AdmissionForm(prefix="admit"),
        decline_form=forms.get("decline") or DeclineForm(prefix="decline"),
        close_form=forms.get("close") or CloseForm(prefix="close"),
        opened={name for name, form in forms.items() if form.errors},
    )


def _matches(request: HttpRequest, who: str) -> list[Person]:
    found = persons_matching(who).order_by().values("pk")
    rows = access.talents_for(request.user).filter(pk__in=found)
    return list(rows.order_by("sort_key", "pk")[:FOUND])
