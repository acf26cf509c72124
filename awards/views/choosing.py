"""Which entitlements a round or a filing takes: a filtered list with boxes to tick."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import access, progress
from awards.actions.entitlements import BulkStep
from awards.enums import OutcomeKind
from awards.errors import EntitlementRefused
from awards.models import Entitlement

MOST = 500  # lines that are shown for choosing at once
PER_PAGE = 50
NAMED = 3  # reasons of skipped lines that a message spells out


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines to choose from, the filters, and how many are not shown."""

    rows: list[progress.Row]
    more: int
    kinds: list[tuple[str, str, int]]
    releases: list[tuple[str, str, int]]
    kind: str
    release: str
    ticked: frozenset[int]
    is_all_ticked: bool


def of(request: HttpRequest, states: Sequence[str]) -> Choice:
    """The user's entitlements in one of ``states``, narrowed by the address."""
    rows = access.entitlements_for(request.user).filter(state__in=list(states))
    kinds = _kinds(rows)
    releases = _releases(rows)
    kind = _known(request, "kind", {name for name, _label, _n in kinds})
    release = _known(request, "release", {name for name, _label, _n in releases})
    if kind:
        rows = rows.filter(kind=kind)
    if release:
        rows = rows.filter(release__number=release)
    found = list(progress.shown(rows).order_by("kind", "value", "pk")[: MOST + 1])
    today = timezone.localdate()
    posted = request.method == "POST"
    ticked = request.POST.getlist("row") if posted else request.GET.getlist("row")
    return Choice(
        rows=[progress.row_of(row, today) for row in found[:MOST]],
        more=max(len(found) - MOST, 0),
        kinds=kinds,
        releases=releases,
        kind=kind,
        release=release,
        ticked=frozenset(
            int(pk) for pk in ticked if pk.isdecimal() and len(pk) < access.LONGEST_ID
        ),
        is_all_ticked=not posted and not ticked,
    )


def _known(request: HttpRequest, name: str, known: set[str]) -> str:
    """What the address asks for, where there is such a thing."""
    asked = request.GET.get(name, "")
    return asked if asked in known else ""


def _kinds(rows: QuerySet[Entitlement]) -> list[tuple[str, str, int]]:
    counted = rows.order_by().values_list("kind").annotate(n=Count("pk"))
    found = dict(counted.values_list("kind", "n"))
    return [
        (kind, str(label), found[kind])
        for kind, label in OutcomeKind.choices
        if kind in found
    ]


def _releases(rows: QuerySet[Entitlement]) -> list[tuple[str, str, int]]:
    counted = rows.order_by().values_list(
        "release__number", "release__competition__name"
    )
    return list(counted.annotate(n=Count("pk")).order_by("release__number"))


def paged(request: HttpRequest, rows: Any) -> Page:
    """The page of a list that the address asks for; a wrong one is the nearest."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def say(request: HttpRequest, step: BulkStep, what: str) -> None:
    """Tell what came of a step for many: how many moved, and why others did not."""
    values = {"what": what, "n": len(step.moved)}
    messages.success(request, _("%(what)s：已登记 %(n)d 项。") % values)
    reasons: dict[str, int] = {}
    for _row, reason in step.skipped:
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in list(reasons.items())[:NAMED]:
        text = _("%(n)d 项没有办理：%(reason)s") % {"n": count, "reason": reason}
        messages.warning(request, text)


def nothing() -> EntitlementRefused:
    """What is said when nothing was ticked."""
    return EntitlementRefused("empty", _("请先勾选要办理的待遇。"))
