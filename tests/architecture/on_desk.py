"""What a tenant's bureau has on its desk: a second person, a step for many, views."""

from typing import TYPE_CHECKING

from awards.actions.entitlements import advance_many
from awards.actions.saved_views import save_view
from awards.models import Decision
from awards.worklist import Filters
from tests.awards import desk

if TYPE_CHECKING:
    from tests.architecture.tenants import Tenant

ROLES = ("hr-officer", "hr-approver")


def on_desk(tenant: "Tenant", decision: Decision) -> dict[str, object]:
    """Make one of each, by the word the addresses know it by."""
    other = tenant.objects["people"][1]
    second = tenant.objects["entries"][1]
    desk.make_decision(
        decision.release,
        tenant.skill,
        second,
        other,
        region=decision.region,
        value="技师",
    )
    row = desk.make_entitlement(decision, kind="pool")
    step = advance_many(
        [row],
        to="material-complete",
        reason=f"{tenant.word}免交",
        by=tenant.users["hr-officer"],
        at=desk.AT,
    )
    for role in ROLES:
        view = save_view(
            Filters(kind="grade"),
            name=f"{tenant.word}视图",
            is_default=False,
            sort="",
            by=tenant.users[role],
            at=desk.AT,
        )
        tenant.per_user["saved view", role] = view.pk
    own = tenant.per_user["saved view", "hr-officer"]
    return {"other person": other.pk, "batch": step.batch, "saved view": own}
