"""Tries to find a certificate on the public page: counted, stopped for a while.

Kept with the wrong codes of slips, under a keyed hash of the address that is its own; a
try leaves nothing of what was asked.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from awards.core import codes
from awards.models import ResultCodeFailure
from people.fields import blind_index

PURPOSE = "certificate-lookup-address"


@dataclass(frozen=True, slots=True)
class Lookup:
    """One try; ``stopped_until`` says that it may not be answered, and how long."""

    counted: int | None
    stopped_until: datetime | None = None


@transaction.atomic
def begin_lookup(*, address: str, at: datetime) -> Lookup:
    """Count a try before it is answered.

    Thirty that found nothing within fifteen minutes stop an address, until the oldest of
    them is fifteen minutes old.  Without an address nothing is counted.
    """
    ResultCodeFailure.objects.filter(failed_at__lte=at - codes.PAUSE).delete()
    whence = blind_index(PURPOSE, address)
    if not whence:
        return Lookup(None)
    recent = ResultCodeFailure.objects.filter(
        address=whence, failed_at__gt=at - codes.PAUSE
    ).order_by("-failed_at")
    moments = list(recent.values_list("failed_at", flat=True)[: codes.FROM_ONE_ADDRESS])
    if codes.is_locked(moments, at, tries=codes.FROM_ONE_ADDRESS):
        return Lookup(None, moments[-1] + codes.PAUSE)
    row = ResultCodeFailure.objects.create(address=whence, failed_at=at)
    return Lookup(row.pk)


def found_by(lookup: Lookup) -> None:
    """Take a try out of the count because it found a certificate; others stay."""
    if lookup.counted is not None:
        ResultCodeFailure.objects.filter(pk=lookup.counted).delete()
