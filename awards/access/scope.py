"""Whose bureau, and which decisions and entitlements are its own."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from awards.core.rulebook import Rulebook
from awards.models import Decision, Entitlement
from competitions.enums import Origin
from people.access import bureaus_for
from people.core import regions
from people.models import Organization
from scoring.models import Release

Row = TypeVar("Row", bound=Model | Rulebook)
HEAVY = ("text", "source")  # columns of a release that lists must not load


def bureau_of(user: Any) -> Organization:
    """Return the bureau ``user`` works for (the first, by id); else it is not found."""
    bureaus = sorted(bureaus_for(user), key=lambda bureau: bureau.pk)
    if not bureaus:
        raise Http404
    return bureaus[0]


def scope_of(bureau: Organization) -> Q:
    """Return the condition on decisions and entitlements that are the bureau's.

    People of its region; people of unknown region in a competition of its region; and
    everybody in an external event whose results it took in.
    """
    whole = bureau.region in ("", "000000")
    prefix = "" if whole else regions.prefix_of(bureau.region)
    releases = Release.objects.order_by()
    inside = releases.filter(competition__region__startswith=prefix)
    taken_in = releases.filter(
        competition__owner=bureau, competition__origin=Origin.EXTERNAL
    )
    return (
        Q(region__startswith=prefix)
        | Q(region="", release__in=inside.values("pk"))
        | Q(release__in=taken_in.values("pk"))
    )


def decisions_for(user: Any) -> QuerySet[Decision]:
    """Return the current decisions of the user's bureau."""
    return Decision.objects.filter(scope_of(bureau_of(user)), is_current=True)


def decision_for(user: Any, pk: int) -> Decision:
    """Return a decision of the user's bureau, replaced ones included."""
    rows = Decision.objects.filter(scope_of(bureau_of(user)), pk=pk).select_related(
        "person__organization", "unit", "skill", "release__competition"
    )
    return found(rows.defer(*(f"release__{name}" for name in HEAVY)).first())


def successor_of(decision: Decision) -> Decision:
    """Return the decision in force about the same line, or the one given."""
    rows = Decision.objects.filter(
        person=decision.person_id,
        unit=decision.unit_id,
        rulebook=decision.rulebook,
        rule=decision.rule,
        kind=decision.kind,
        is_current=True,
    )
    if decision.detail.get("is_whole"):
        rows = rows.filter(release__competition=decision.release.competition_id)
    else:
        rows = rows.filter(entry_id=decision.entry_id)
    return rows.order_by("-pk").first() or decision


def entitlements_for(user: Any) -> QuerySet[Entitlement]:
    """Return the entitlements of the user's bureau."""
    return Entitlement.objects.filter(scope_of(bureau_of(user)))


def entitlement_for(user: Any, pk: int) -> Entitlement:
    """Return an entitlement of the user's bureau."""
    return found(entitlements_for(user).filter(pk=pk).first())


def found(row: Row | None) -> Row:
    """Return the row; None is *not found*."""
    if row is None:
        raise Http404
    return row
