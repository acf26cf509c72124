"""Taking a copy of a person's lifetime file away: who, what for, under which digest."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.errors import AwardsError
from awards.models import LifetimeCopy
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.actions import person_ref
from people.models import Organization, Person, User


@transaction.atomic
def record_copy(
    person: Person,
    *,
    bureau: Organization,
    form: str,
    is_full: bool,
    purpose: str,
    digest: str,
    by: User,
    at: datetime,
) -> LifetimeCopy:
    """Record a copy; the ledger holds opaque ids and the digest, never the purpose.

    Raises AwardsError when the full number is asked for without a purpose.
    """
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    if is_full and not purpose.strip():
        raise AwardsError("purpose", _("要全号的，请写明用途。"))
    row = LifetimeCopy.objects.create(
        bureau=bureau,
        person=person,
        form=form,
        is_full=is_full,
        purpose=purpose.strip(),
        digest=digest,
        taken_by=by,
        taken_at=at,
    )
    body = {
        "person": person_ref(person),
        "copy": row.pk,
        "form": form,
        "full": is_full,
        "digest": digest,
    }
    append(locked, [EventDraft("lifetime-file-taken", body)], actor=by.actor, at=at)
    return row
