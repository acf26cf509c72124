"""The editable tables beside the ladder: issuers' own names, and what a grade matches."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.actions.changes import lock, note
from people.actions.facts import required_evidence, rung_of
from people.core import grades
from people.enums import EquivalenceLadder
from people.errors import FactRefused
from people.models import GradeAlias, GradeEquivalence, Organization
from people.policy import Actor, actor_of


@transaction.atomic
def record_grade_alias(
    bureau: Organization,
    *,
    issuer: str,
    name: str,
    grade: int,
    citation: str,
    by: Actor,
    at: datetime,
) -> GradeAlias:
    """Record, for a bureau, an issuer's own name for a rung; an earlier row of that name ends.

    Refused where the name is one of the ladder's own.
    """
    rung = rung_of(grade)
    key, body = grades.folded(name), issuer.strip()
    if not key or not body:
        raise FactRefused(_("请写明发证机构和本单位的叫法。"), "alias-empty")
    if grades.is_statutory(name):
        raise FactRefused(
            _("“%(name)s”是八级阶梯自己的名称，不能另作他用。") % {"name": name},
            "alias-statutory",
        )
    basis = required_evidence(citation)
    lock(at=at)
    known = GradeAlias.objects.filter(
        bureau=bureau, issuer=body, name=key, withdrawn_at__isnull=True
    )
    known.update(withdrawn_at=at)
    row = GradeAlias.objects.create(
        bureau=bureau,
        issuer=body,
        name=key,
        grade=rung,
        citation=basis,
        recorded_by=actor_of(by),
        recorded_at=at,
    )
    note("grade-alias-recorded", {"row": row.pk, "grade": int(rung)}, by=by, at=at)
    return row


@transaction.atomic
def record_equivalence(
    bureau: Organization,
    *,
    grade: int,
    ladder: str,
    counts_as: str,
    citation: str,
    by: Actor,
    at: datetime,
) -> GradeEquivalence:
    """Record what a grade counts as on another ladder; an earlier row of it ends."""
    rung = rung_of(grade)
    if ladder not in EquivalenceLadder.values or not counts_as.strip():
        raise FactRefused(_("请写明相当于哪一级职称或学历。"), "equivalence-empty")
    basis = required_evidence(citation)
    lock(at=at)
    known = GradeEquivalence.objects.filter(
        bureau=bureau, grade=rung, ladder=ladder, withdrawn_at__isnull=True
    )
    known.update(withdrawn_at=at)
    row = GradeEquivalence.objects.create(
        bureau=bureau,
        grade=rung,
        ladder=ladder,
        counts_as=counts_as.strip(),
        citation=basis,
        recorded_by=actor_of(by),
        recorded_at=at,
    )
    note("equivalence-recorded", {"row": row.pk, "grade": int(rung)}, by=by, at=at)
    return row


@transaction.atomic
def withdraw_table_row(
    row: GradeAlias | GradeEquivalence, *, by: Actor, at: datetime
) -> None:
    """Put a row of either table out of force; it stays with its citation."""
    lock(at=at)
    model = type(row)
    fresh = model._default_manager.filter(pk=row.pk, withdrawn_at__isnull=True)
    if fresh.update(withdrawn_at=at):
        body = {"table": model.__name__, "row": row.pk}
        note("grade-table-row-withdrawn", body, by=by, at=at)
