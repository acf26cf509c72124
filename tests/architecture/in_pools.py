"""The talent file of a tenant: a pool, a criterion, an entry, the step that made it."""

from typing import TYPE_CHECKING, Any

from awards.actions import talent
from awards.core.talent import asked_from
from tests.awards import desk

if TYPE_CHECKING:
    from tests.architecture.tenants import Tenant


def in_pools(tenant: "Tenant", bureau: Any, person: Any) -> dict[str, object]:
    """A pool of the tenant's bureau with one person in it."""
    who = {"by": tenant.users["hr-officer"], "at": desk.AT}
    draft = talent.PoolDraft("skilled", f"{tenant.word}人才库", f"{tenant.word}发1号")
    pool = talent.open_pool(bureau, draft, **who)
    criterion = talent.write_criterion(
        pool, asked_from({"grade": 4}), document=pool.document, clause="", **who
    )
    entry = talent.enter_by_hand(
        pool,
        person,
        document=pool.document,
        reason=f"{tenant.word}事由",
        entered_on=desk.AT.date(),
        **who,
    )
    return {
        "pool": pool.pk,
        "criterion": criterion.pk,
        "pool entry": entry.pk,
        "admission": entry.batch,
    }
