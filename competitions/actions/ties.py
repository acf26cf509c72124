"""自报回避: somebody declares a tie that no register knows, and takes it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock, note
from competitions.errors import CompetitionError, check_reason
from competitions.models import Competition, DeclaredTie, Entry
from people.models import Organization, Person, User


@transaction.atomic
def declare_tie(
    competition: Competition,
    *,
    person: Person,
    reason: str,
    by: User,
    at: datetime,
    entry: Entry | None = None,
    organization: Organization | None = None,
) -> DeclaredTie:
    """Record that ``person`` is tied to an entry or a unit; the reason is required.

    A tie already declared comes back as it is.
    """
    lock(competition, at=at)
    if not reason.strip():
        raise CompetitionError(_("请写明有什么利害关系。"), "tie-reason")
    check_reason(reason)
    known = DeclaredTie.objects.filter(
        competition=competition,
        person=person,
        entry=entry,
        organization=organization,
        withdrawn_at__isnull=True,
    ).first()
    if known is not None:
        return known
    tie = DeclaredTie.objects.create(
        competition=competition,
        person=person,
        entry=entry,
        organization=organization,
        reason=reason.strip(),
        declared_by=by,
        declared_at=at,
    )
    body = {
        "tie": tie.pk,
        "person": f"person:{person.pk}",
        "entry": entry.pk if entry else None,
        "organization": organization.pk if organization else None,
    }
    note(competition, "tie-declared", body, by=by, at=at)
    return tie


@transaction.atomic
def withdraw_tie(tie: DeclaredTie, *, reason: str, by: User, at: datetime) -> None:
    """Take a declared tie back, for a reason; the record stays."""
    check_reason(reason)
    if tie.withdrawn_at is not None:
        return
    tie.withdrawn_at = at
    tie.save(update_fields=["withdrawn_at"])
    body = {"tie": tie.pk, "reason": reason}
    note(tie.competition, "tie-withdrawn", body, by=by, at=at)
