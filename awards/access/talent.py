"""The talent file of a bureau, and whose lifetime file it may open.

Pools and entries are the bureau's own: no other bureau reaches them, not the one above
either.  A person is within reach who lives, works or won something in its region.
"""

from typing import Any

from django.db.models import Q, QuerySet

from awards.access.scope import bureau_of, found, scope_of
from awards.models import Decision, Pool, PoolCriterion, PoolEntry
from people.core import regions
from people.models import Organization, Person


def talents_for(user: Any) -> QuerySet[Person]:
    """Return the people a bureau may admit and whose whole file it may see; a
    duplicate's decisions count for its survivor, and only survivors are returned."""
    return talents_of(bureau_of(user))


def talents_of(bureau: Organization) -> QuerySet[Person]:
    """Return the same people for a bureau already known."""
    rows = Person.objects.filter(survivor__isnull=True)
    if bureau.region in ("", "000000"):
        return rows.select_related("organization")
    prefix = regions.prefix_of(bureau.region)
    judged = Decision.objects.filter(scope_of(bureau), person__isnull=False).order_by()
    about = judged.values("person")
    above = judged.filter(person__survivor__isnull=False).values("person__survivor")
    reach = (
        Q(home_region__startswith=prefix)
        | Q(organization__region__startswith=prefix)
        | Q(pk__in=about)
        | Q(pk__in=above)
        | Q(pool_entries__pool__bureau=bureau)
    )
    within = rows.filter(reach).order_by().values("pk")
    return Person.objects.filter(pk__in=within).select_related("organization")


def talent_for(user: Any, pk: int) -> Person:
    """Return one of those people; a duplicate's address leads to its survivor."""
    person = Person.objects.select_related("survivor").filter(pk=pk).first()
    while person is not None and person.survivor is not None:
        person = person.survivor
    wanted = found(person)
    return found(talents_for(user).filter(pk=wanted.pk).first())


def pools_for(user: Any) -> QuerySet[Pool]:
    """Return the pools of the user's bureau, open ones first."""
    rows = Pool.objects.filter(bureau=bureau_of(user)).select_related("opened_by")
    return rows.order_by("closed_at", "pk")


def pool_for(user: Any, pk: int) -> Pool:
    """Return one of those pools."""
    return found(pools_for(user).filter(pk=pk).first())


def criterion_for(user: Any, pk: int) -> PoolCriterion:
    """Return a criterion of a pool of the user's bureau."""
    rows = PoolCriterion.objects.filter(pool__bureau=bureau_of(user), pk=pk)
    return found(rows.select_related("pool").first())


def pool_entries_for(user: Any) -> QuerySet[PoolEntry]:
    """Return the entries in the pools of the user's bureau, those that left included."""
    rows = PoolEntry.objects.filter(pool__bureau=bureau_of(user))
    return rows.filter(undone_at__isnull=True)


def pool_entry_for(user: Any, pk: int) -> PoolEntry:
    """Return one of those entries with its person and pool."""
    rows = pool_entries_for(user).filter(pk=pk)
    return found(
        rows.select_related(
            "pool", "person__organization", "entitlement", "criterion", "entered_by"
        ).first()
    )


def own_person(user: Any) -> Person | None:
    """Return the person a sign-in belongs to, the survivor if files were merged."""
    person: Person | None = user.person
    while person is not None and person.survivor is not None:
        person = person.survivor
    return person
