"""What a tenant's bureau has put on its way: a round, a filing, a withdrawal asked."""

from typing import TYPE_CHECKING

from awards.actions.entitlements import (
    advance_entitlement,
    ask_withdrawal,
    enter_objection,
    file_entitlements,
    open_round,
    write_material_rule,
)
from awards.models import Decision
from people.models import Organization
from tests.awards import desk

if TYPE_CHECKING:
    from tests.architecture.tenants import Tenant


def under_way(
    tenant: "Tenant", decision: Decision, bureau: Organization
) -> dict[str, int]:
    """Make one of each, by the word the addresses know it by."""
    who = {"by": tenant.users["hr-officer"], "at": desk.AT}
    day = desk.AT.date()
    rows = [desk.make_entitlement(decision, kind=kind) for kind in ("title", "bonus")]
    for row in rows:
        advance_entitlement(
            row, to="material-complete", reason=f"{tenant.word}免交", **who
        )
    announced, filed = rows
    found = open_round(
        [announced],
        place=f"{tenant.word}网站",
        document="试验文件",
        starts_on=day,
        days=5,
        **who,
    )[0]
    announced.refresh_from_db()
    objection = enter_objection(
        found,
        entitlement=announced,
        name=f"{tenant.word}某人",
        text=f"{tenant.word}异议",
        received_on=day,
        **who,
    )
    filing = file_entitlements(
        [filed],
        authority=f"{tenant.word}主管部门",
        document="试验文号",
        filed_on=day,
        **who,
    )[0]
    asked = ask_withdrawal(filed, kind="revoked", reason=f"{tenant.word}更正", **who)
    rule = write_material_rule(
        kind="grade",
        code="",
        title=f"{tenant.word}材料",
        is_required=True,
        document="试验文件",
        **who,
    )
    return {
        "round": found.pk,
        "round objection": objection.pk,
        "filing": filing.pk,
        "withdrawal": asked.pk,
        "material rule": rule.pk,
    }
