"""Make an export and log who takes it away.

Every file has a purpose, a number, a digest and a line in the bureau's chain.  What is
kept is encrypted: the workbook holds what persons' encrypted fields hold.
"""

import base64
import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards import export_lines, exports
from awards.access import scope_of
from awards.documents import document_titles
from awards.errors import ExportRefused
from awards.exports import Export, ExportFacts, Line
from awards.models import ExportBatch
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people import fields
from people.core import regions
from people.enums import OrganizationRole
from people.models import Membership, Organization, User
from scoring.models import Release

APPROVAL_ABOVE = 200


@transaction.atomic
def export_release(
    release: Release,
    *,
    kind: str,
    bureau: Organization,
    purpose: str,
    masked: bool,
    by: User,
    at: datetime,
) -> ExportBatch:
    """Make the workbook of ``kind`` for what ``release`` gives people of the bureau.

    Raises ExportRefused without a purpose, for a rehearsal, when nobody is on the list,
    and for a full list of more than 200 people that no approver asks for.
    """
    _refuse_request(release, kind=kind, purpose=purpose, bureau=bureau, by=by, at=at)
    chain = lock_chains([bureau_chain(bureau.pk)], at=at).popitem()[1]
    scope = scope_of(bureau)
    with translation.override("zh-hans"):
        lines = export_lines.lines_of(
            release, kind=kind, scope=scope, documents=document_titles()
        )
        _refuse_size(lines, masked=masked, bureau=bureau, by=by, at=at)
        left_open = export_lines.left_open(release, kind=kind, scope=scope)
        facts = ExportFacts(
            number=_next_number(at),
            kind=kind,
            release=release.number,
            competition=release.competition.name,
            documents=_documents(lines),
            bureau=bureau.name,
            made_by=by.name,
            purpose=purpose.strip(),
            filters=_filters(bureau),
            is_masked=masked,
            left_open=left_open,
            at=at,
        )
        export = exports.build(lines, facts)
    batch = _stored(export, facts, release, bureau=bureau, by=by)
    append(chain, [_event("export-made", batch)], actor=by.actor, at=at)
    return batch


def _stored(
    export: Export,
    facts: ExportFacts,
    release: Release,
    *,
    bureau: Organization,
    by: User,
) -> ExportBatch:
    name = exports.NAMES[facts.kind]
    return ExportBatch.objects.create(
        number=facts.number,
        bureau=bureau,
        kind=facts.kind,
        release=release,
        region=bureau.region,
        query={"region": bureau.region, "release": release.number},
        purpose=facts.purpose,
        is_masked=facts.is_masked,
        rows=export.people,
        digest=hashlib.sha256(export.content).hexdigest(),
        rows_digest=export.rows_digest,
        file_name=f"{name}-{release.number}-{facts.number}.xlsx",
        content=sealed(export.content),
        made_by=by,
        made_at=facts.at,
    )


@transaction.atomic
def take_export(batch: ExportBatch, *, by: User, at: datetime) -> bytes:
    """Return the file of a batch and log that ``by`` has taken it away."""
    content = opened(batch)
    chain = bureau_chain(batch.bureau_id)
    append(chain, [_event("export-taken", batch)], actor=by.actor, at=at)
    return content


def sealed(content: bytes) -> bytes:
    """Return a file encrypted under the current key of personal data."""
    return fields.encrypt(base64.b64encode(content).decode()).encode()


def opened(batch: ExportBatch) -> bytes:
    """Return the file of a batch as it was made."""
    return base64.b64decode(fields.decrypt(bytes(batch.content).decode()))


def is_approver(user: User, bureau: Organization, *, at: datetime) -> bool:
    """Return whether ``user`` is an approver of the bureau on the day of ``at``."""
    today = timezone.localdate(at)
    held = Membership.objects.filter(
        user=user,
        organization=bureau,
        role=OrganizationRole.HR_APPROVER,
        starts_on__lte=today,
    )
    return any(row.ends_on is None or row.ends_on >= today for row in held)


def _refuse_request(
    release: Release,
    *,
    kind: str,
    purpose: str,
    bureau: Organization,
    by: User,
    at: datetime,
) -> None:
    if kind not in exports.NAMES:
        raise ExportRefused("unknown-kind", _("没有这种导出名单。"))
    if not purpose.strip():
        text = _("请写明导出的用途，用途会印在封面并留痕。")
        raise ExportRefused("purpose-missing", text)
    if release.competition.is_rehearsal:
        raise ExportRefused("rehearsal", _("这是演练，不产生名单。"))
    roles = {OrganizationRole.HR_OFFICER, OrganizationRole.HR_APPROVER}
    rows = Membership.objects.filter(user=by, organization=bureau, role__in=roles)
    today = timezone.localdate(at)
    if not any(row.ends_on is None or row.ends_on >= today for row in rows):
        text = _("只有人社部门的经办人和审批人可以导出名单。")
        raise ExportRefused("not-a-bureau", text)


def _refuse_size(
    lines: list[Line], *, masked: bool, bureau: Organization, by: User, at: datetime
) -> None:
    if not lines:
        text = _("没有可列入名单的人：没有符合条件的待遇，或都还有待补的事实。")
        raise ExportRefused("nothing-to-export", text)
    too_many = len(lines) > APPROVAL_ABOVE and not masked
    if too_many and not is_approver(by, bureau, at=at):
        text = _(
            "名单有 %(people)d 人，超过 %(limit)d 人的完整名单须由审批人导出。"
            "请改导脱敏件，或请本单位审批人办理。"
        )
        values = {"people": len(lines), "limit": APPROVAL_ABOVE}
        raise ExportRefused("needs-approver", text % values)


def _next_number(at: datetime) -> str:
    year = timezone.localdate(at).year
    prefix = f"E-{year}-"
    rows = ExportBatch.objects.filter(number__startswith=prefix).order_by("-number")
    last = rows.values_list("number", flat=True).first()
    serial = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{serial:06d}"


def _documents(lines: list[Line]) -> tuple[str, ...]:
    cited = {line.citation.split("》")[0].removeprefix("《") for line in lines}
    return tuple(sorted(cited))


def _filters(bureau: Organization) -> str:
    region = regions.full_name(bureau.region) or bureau.region or "全国"
    return f"地区 {region}，认定结论 符合，未办结或已核准"


def _event(kind: str, batch: ExportBatch) -> EventDraft:
    body = {
        "export": batch.number,
        "kind": batch.kind,
        "release": batch.release.number if batch.release else "",
        "rows": batch.rows,
        "masked": batch.is_masked,
        "digest": batch.digest,
    }
    return EventDraft(kind, body)
