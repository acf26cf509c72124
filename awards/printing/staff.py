"""高技能人才证明: what an employer's staff holds, as registered, on a day.

Certificate numbers are printed only where the register knows them.  The hash covers
number, employer, day and lines, and is kept, so that a paper can be checked later.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import IO, Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.reports import Certified, keep_staff_certificates
from awards.errors import ExportRefused
from awards.exporting.contract import Made, Maker, Report
from awards.exporting.selection import selection_of
from awards.listings.base import ListOption, Selection
from awards.listings.reading import chosen_id
from awards.models import ExportBatch
from awards.printing.paper import check_code, digest_of, draw, foot_of, refuse_missing
from people.core import masking, regions
from people.core.grades import Grade
from people.models import GradeHeld, Organization
from people.privacy import identity_mask

NAME = "staff-certificates"
UNKNOWN = "未登记"
MOST = 500


@dataclass(frozen=True, slots=True)
class Held:
    """One employee with the best grade of an occupation."""

    person: int
    name: str
    identity: str
    occupation: str
    grade: str
    certificate: str
    issued_on: date | None
    issuer: str

    def plain(self) -> list[str]:
        """Return what the hash covers; the same whether the paper is masked or not."""
        issued = self.issued_on.isoformat() if self.issued_on else ""
        return [self.name, self.occupation, self.grade, self.certificate, issued]


def grades_on(selection: Selection) -> QuerySet[GradeHeld]:
    """Return grades of 高级工 and above of staff of employers in the bureau's region."""
    today = timezone.localdate(selection.at)
    rows = GradeHeld.objects.filter(
        withdrawn_at__isnull=True,
        grade__gte=int(Grade.SENIOR),
        person__survivor__isnull=True,
        person__organization__isnull=False,
    ).exclude(issued_on__gt=today)
    region = selection.bureau.region
    if region not in ("", "000000"):
        prefix = regions.prefix_of(region)
        rows = rows.filter(person__organization__region__startswith=prefix)
    chosen = chosen_id(selection, "employer")
    if chosen is not None:
        rows = rows.filter(person__organization_id=chosen)
    return rows


def employers_on(selection: Selection) -> list[tuple[str, str]]:
    """Return the employers with such staff, as (id, name)."""
    unit = "person__organization"
    found = grades_on(selection).order_by(f"{unit}__sort_key", unit)
    rows = found.values_list(unit, f"{unit}__name").distinct()
    return [(str(pk), name) for pk, name in rows]


def staff_on(
    selection: Selection, *, is_masked: bool
) -> Iterator[tuple[Organization, list[Held]]]:
    """Yield every employer with its staff, the best grade first."""
    rows = (
        grades_on(selection)
        .select_related("person__organization")
        .order_by("person__organization__sort_key", "person__organization_id", "pk")
    )
    for _unit, group in groupby(rows, key=lambda row: row.person.organization_id):
        listed = list(group)
        unit = listed[0].person.organization
        if unit is not None:
            yield unit, _staff(listed, is_masked=is_masked)


def _staff(rows: Sequence[GradeHeld], *, is_masked: bool) -> list[Held]:
    best: dict[tuple[int, str], GradeHeld] = {}
    for row in sorted(rows, key=lambda row: (row.grade, row.pk)):
        best[row.person_id, row.occupation_code] = row
    ordered = sorted(
        best.values(), key=lambda row: (-row.grade, row.person.sort_key, row.pk)
    )
    return [_held(row, is_masked=is_masked) for row in ordered]


def _held(row: GradeHeld, *, is_masked: bool) -> Held:
    number = row.person.identity_number
    if is_masked:
        internal = masking.Audience.INTERNAL
        number = masking.mask(
            masking.ValueKind.IDENTITY, number, internal, policy=identity_mask()
        )
    return Held(
        person=row.person_id,
        name=row.person.name,
        identity=number,
        occupation=row.occupation_name or row.occupation_code or UNKNOWN,
        grade=Grade(row.grade).full_label,
        certificate=row.certificate_number,
        issued_on=row.issued_on,
        issuer=row.issuer,
    )


def make_certificates(report: Report, batch: ExportBatch, out: IO[bytes]) -> Made:
    """Write one PDF with a certificate per employer and keep their hashes."""
    selection = selection_of(batch)
    as_of = timezone.localdate(batch.asked_at)
    found = list(staff_on(selection, is_masked=batch.is_masked))
    _refuse(found)
    papers, certified = [], []
    for serial, (unit, staff) in enumerate(found, start=1):
        number = f"{batch.number}-{serial:03d}"
        lines = [row.plain() for row in staff]
        digest = digest_of([number, unit.name, as_of.isoformat(), lines])
        people = len({row.person for row in staff})
        papers.append(_context(batch, number, unit, staff, digest, as_of))
        certified.append(Certified(number, unit.pk, people, digest))

    def drawn() -> Iterator[str]:
        for serial, context in enumerate(papers, start=1):
            report(serial, len(papers), str(context["employer"]))
            yield render_to_string("awards/print/staff.html", dict(context))

    out.write(draw(drawn()))
    keep_staff_certificates(batch, certified, as_of=as_of, at=timezone.now())
    return Made(
        file_name=f"高技能人才证明-{batch.number}.pdf",
        people=sum(each.people for each in certified),
        lines=sum(len(staff) for _unit, staff in found),
        rows_digest=digest_of([each.digest for each in certified]),
    )


def _refuse(found: Sequence[tuple[Organization, list[Held]]]) -> None:
    if not found:
        text = _("这些单位没有登记在册的高级工及以上人员，不能出具证明。")
        raise ExportRefused("nothing-to-export", text)
    if len(found) > MOST:
        text = _("一次最多为 %(most)d 个单位出具证明，请选一个单位。")
        raise ExportRefused("too-many", text % {"most": MOST})
    refuse_missing(
        (row.name, "".join([row.name, row.occupation, row.issuer, unit.name]))
        for unit, staff in found
        for row in staff
    )


def _context(
    batch: ExportBatch,
    number: str,
    unit: Organization,
    staff: Sequence[Held],
    digest: str,
    as_of: date,
) -> Mapping[str, Any]:
    return {
        "number": number,
        "employer": unit.name,
        "credit_code": unit.credit_code,
        "bureau": batch.bureau.name,
        "day": as_of,
        "people": len({row.person for row in staff}),
        "staff": staff,
        "is_masked": batch.is_masked,
        "unknown": UNKNOWN,
        "digest": digest,
        "code": check_code(digest),
        "foot": foot_of(batch),
    }


def _people(selection: Selection) -> int:
    return grades_on(selection).order_by().values("person").distinct().count()


CERTIFICATES = Maker(
    name=NAME,
    title="用人单位高技能人才证明",
    make=make_certificates,
    people=_people,
    masks=True,
    options=(
        ListOption(
            "employer", "用人单位（不选为全部）", employers_on, is_required=False
        ),
    ),
    at_once=20,
    takes_filters=False,
)
