"""Who approves for a bureau, and what of its desk waits or was done together."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from awards.access.scope import HEAVY, bureau_of, entitlements_for, found
from awards.models import (
    BasisChange,
    Entitlement,
    EntitlementStep,
    Filing,
    MaterialRule,
    PublicityRound,
    RoundObjection,
    Withdrawal,
)
from people.enums import OrganizationRole
from people.models import Organization, User
from people.queries import organizations_with_role

LONGEST_ID = 19  # digits of a row id, at most


def approves(user: User, bureau: Organization, *, at: datetime) -> bool:
    """Return whether ``user`` is an approver of the bureau at that time."""
    held = organizations_with_role(user, [OrganizationRole.HR_APPROVER], at)
    return held.filter(pk=bureau.pk).exists()


def rounds_for(user: Any) -> QuerySet[PublicityRound]:
    """Return the rounds of 公示 of the user's bureau, newest first."""
    rows = PublicityRound.objects.filter(bureau=bureau_of(user))
    return rows.select_related("opened_by").order_by("-pk")


def round_for(user: Any, pk: int) -> PublicityRound:
    """Return one of those rounds."""
    return found(rounds_for(user).filter(pk=pk).first())


def objection_for(user: Any, pk: int) -> RoundObjection:
    """Return an objection to one of those rounds."""
    rows = RoundObjection.objects.filter(round__bureau=bureau_of(user), pk=pk)
    return found(rows.select_related("round").first())


def filings_for(user: Any) -> QuerySet[Filing]:
    """Return the filings of the user's bureau, newest first."""
    rows = Filing.objects.filter(bureau=bureau_of(user))
    return rows.select_related("made_by", "papers").order_by("-pk")


def filing_for(user: Any, pk: int) -> Filing:
    """Return one of those filings."""
    return found(filings_for(user).filter(pk=pk).first())


def material_rule_for(user: Any, pk: int) -> MaterialRule:
    """Return a word of the user's bureau on materials."""
    return found(MaterialRule.objects.filter(bureau=bureau_of(user), pk=pk).first())


def withdrawals_for(user: Any) -> QuerySet[Withdrawal]:
    """Return the withdrawals asked for about entitlements of the user's bureau."""
    inside = entitlements_for(user).order_by().values("pk")
    rows = Withdrawal.objects.filter(bureau=bureau_of(user), entitlement__in=inside)
    heavy = (f"entitlement__release__{name}" for name in HEAVY)
    rows = rows.select_related("entitlement__release", "asked_by")
    return rows.defer(*heavy).order_by("pk")


def withdrawal_for(user: Any, pk: int) -> Withdrawal:
    """Return one of those withdrawals."""
    return found(withdrawals_for(user).filter(pk=pk).first())


def basis_changes_for(user: Any) -> QuerySet[BasisChange]:
    """Return the changes of basis nobody has settled yet, of the user's bureau."""
    inside = entitlements_for(user).order_by().values("pk")
    rows = BasisChange.objects.filter(entitlement__in=inside, settled_at__isnull=True)
    return rows.order_by("pk")


def chosen_for(user: Any, ids: Iterable[str]) -> list[Entitlement]:
    """Return these entitlements of the user's bureau; any other id is not found."""
    wanted = {int(pk) for pk in ids if pk.isdecimal() and len(pk) < LONGEST_ID}
    rows = list(entitlements_for(user).filter(pk__in=wanted).distinct().order_by("pk"))
    if len(rows) != len(wanted):
        raise Http404
    return rows


def batch_for(user: Any, batch: str) -> str:
    """Return the name of a batch all of whose steps are about the bureau's own."""
    steps = EntitlementStep.objects.filter(batch=batch)
    inside = entitlements_for(user).order_by().values("pk")
    whole = steps.exists() and not steps.exclude(entitlement__in=inside).exists()
    if not batch or not whole:
        raise Http404
    return batch
