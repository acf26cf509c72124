"""诚信档案: sanctions of persons and organizations, and their end."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.actions.changes import keep_changes, lock, note
from people.actions.facts import required_evidence
from people.errors import FactRefused
from people.models import IntegrityRecord, Organization, Person
from people.policy import Actor, actor_of


@transaction.atomic
def record_sanction(
    subject: Person | Organization,
    *,
    scope: str,
    reason: str,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
    document: str = "",
) -> IntegrityRecord:
    """Record an integrity sanction; it blocks entries and appointments in its period.

    Raises FactRefused: no reason, or an end before its beginning.
    """
    _in_order(starts_on, ends_on)
    is_person = isinstance(subject, Person)
    record = IntegrityRecord.objects.create(
        person=subject if isinstance(subject, Person) else None,
        organization=subject if isinstance(subject, Organization) else None,
        scope=scope,
        reason=required_evidence(reason),
        document=document.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=actor_of(by),
        recorded_at=at,
    )
    kind = "person" if is_person else "organization"
    body = {"subject": f"{kind}:{subject.pk}", "record": record.pk, "scope": scope}
    note("sanction-recorded", body, by=by, at=at)
    return record


@transaction.atomic
def end_sanction(
    record: IntegrityRecord, *, ends_on: date, reason: str, by: Actor, at: datetime
) -> IntegrityRecord:
    """Let a sanction end on a day, for a reason; the record itself stays.

    The ledger learns the digest of the reason, which may name people.
    """
    lock(at=at)
    why = required_evidence(reason)
    row = IntegrityRecord.objects.get(pk=record.pk)
    _in_order(row.starts_on, ends_on)
    if row.ends_on is not None and row.ends_on <= ends_on:
        raise FactRefused(
            _("这条记录到 %(day)s 已经结束，只能提前，不能延后。")
            % {"day": row.ends_on.isoformat()},
            "sanction-ended",
        )
    row.ends_on, row.end_reason = ends_on, why
    row.ended_by, row.ended_at = actor_of(by), at
    row.save(update_fields=["ends_on", "end_reason", "ended_by", "ended_at"])
    ref = f"sanction:{row.pk}"
    body = {
        "record": row.pk,
        "ends_on": ends_on.isoformat(),
        "reason_digest": keep_changes(ref, {"reason": ("", why)}, by=by, at=at),
    }
    note("sanction-ended", body, by=by, at=at)
    return row


def _in_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise FactRefused(_("结束日期早于开始日期，请核对。"), "sanction-dates")
