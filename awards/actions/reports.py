"""Freeze the figures of a period; keep what was certified of an employer's staff."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.core.periods import Period
from awards.errors import AwardsError
from awards.models import ExportBatch, PeriodicReport, StaffCertificate
from awards.queries.reports import figures_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain, canonical
from people.models import Organization, User


@dataclass(frozen=True, slots=True)
class Certified:
    """One staff certificate as printed: number, employer, how many, its hash."""

    number: str
    employer: int
    people: int
    digest: str


@transaction.atomic
def make_report(
    bureau: Organization, *, period: Period, by: User, at: datetime
) -> PeriodicReport:
    """Count the figures of a period and keep them for good.

    Raises AwardsError for a period that is not over or has its report already.
    """
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    if period.ends_on >= timezone.localdate(at):
        text = _("%(period)s还没有结束，期满后才能定稿。")
        raise AwardsError("not-over", text % {"period": period.label})
    kept = bureau.periodic_reports.filter(
        starts_on=period.starts_on, ends_on=period.ends_on
    )
    if kept.exists():
        text = _("%(period)s的报告已经定稿，不能再做一份；今天的数字在它旁边对照。")
        raise AwardsError("made-already", text % {"period": period.label})
    figures = figures_of(bureau, period)
    digest = hashlib.sha256(canonical(figures).encode()).hexdigest()
    report = PeriodicReport.objects.create(
        bureau=bureau,
        period=period.kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        figures=figures,
        digest=digest,
        made_by=by,
        made_at=at,
    )
    body = {
        "report": report.pk,
        "period": period.code,
        "ends_on": period.ends_on.isoformat(),
        "digest": digest,
    }
    append(locked, [EventDraft("report-made", body)], actor=by.actor, at=at)
    return report


@transaction.atomic
def keep_staff_certificates(
    batch: ExportBatch, certified: Iterable[Certified], *, as_of: date, at: datetime
) -> None:
    """Keep number and hash of every certificate in a file; making it again is the same."""
    for each in certified:
        StaffCertificate.objects.update_or_create(
            number=each.number,
            defaults={
                "bureau": batch.bureau,
                "employer_id": each.employer,
                "as_of": as_of,
                "people": each.people,
                "digest": each.digest,
                "made_by": batch.asked_by,
                "made_at": at,
            },
        )
