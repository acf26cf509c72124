"""Ask for a file, and decide on what was asked.

A file with persons in full, or of more than 200 people, needs a second person: an
approver of the bureau who has not asked for it, and who proves again who acts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.exports.making import begin, make_export
from awards.actions.exports.telling import event_of
from awards.enums import ExportFormat, ExportState
from awards.errors import ExportRefused
from awards.exporting.makers import kinds, masks, people_of
from awards.exporting.selection import kept_filters, selection
from awards.listings.base import Listing, Selection
from awards.models import ExportBatch
from awards.worklist import Filters
from jobs.enums import JobState
from ledger.actions import append, lock_chains
from ledger.core.chain import bureau_chain
from people.actions.pins import check_secret
from people.enums import OrganizationRole
from people.models import Membership, Organization, User
from scoring.models import Release

APPROVAL_ABOVE = 200
OFFICE = (OrganizationRole.HR_OFFICER, OrganizationRole.HR_APPROVER)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks for: which list or paper, of what, why, for whom to see."""

    kind: str
    bureau: Organization
    purpose: str
    document: str = ""
    is_masked: bool = True
    form: str = ExportFormat.XLSX
    filters: Mapping[str, str] = field(default_factory=dict)
    release: Release | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether persons would stand in it unshortened."""
        known = kinds()[self.kind]
        return known.is_personal and not (self.is_masked and masks(known))


def needs_approval(order: Order, people: int) -> bool:
    """Return whether a second person has to agree."""
    known = kinds()[order.kind]
    return known.is_personal and (order.is_full or people > APPROVAL_ABOVE)


def start_export(order: Order, *, by: User, at: datetime) -> ExportBatch:
    """Ask for a file: it is made at once, as a job, or waits for its approval.

    Raises ExportRefused without a purpose, for a rehearsal, when nobody is on the list,
    and for a full list without the document it is asked on.
    """
    batch = _asked(order, by=by, at=at)
    if batch.state == ExportState.MAKING:
        begin(batch, at=at)
    return batch


def export_at_console(
    order: Order, *, by: User, approved_by: User | None, at: datetime
) -> ExportBatch:
    """Make a file for the operator of the installation, who is the second person.

    A full list of more than 200 people needs an approver of the bureau as well: ``by``
    or ``approved_by``.
    """
    approvers = [who for who in (approved_by, by) if who]
    agreed = [who for who in approvers if is_approver(who, order.bureau, at=at)]
    batch = _asked(order, by=by, at=at, console=bool(agreed))
    if agreed and agreed[0] != by:
        batch.decided_by, batch.decided_at = agreed[0], at
        batch.save(update_fields=["decided_by", "decided_at"])
    make_export(batch, at=at)
    return batch


def approve_export(
    batch: ExportBatch, *, secret: str, by: User, at: datetime
) -> ExportBatch:
    """Agree to a file that waits, and have it made.

    ``secret`` is the approver's PIN or password, tried before the transaction so that a
    wrong one stays counted.  Raises ExportRefused for the asker, for anybody who is no
    approver of the bureau, and for a file that does not wait.
    """
    _refuse_approver(batch, by=by, at=at)
    if not check_secret(by, secret=secret, at=at):
        raise ExportRefused("secret", _("PIN 或口令不对。"))
    values = {"state": ExportState.MAKING, "decided_by": by, "decided_at": at}
    _decide(batch, "export-approved", values, by=by, at=at)
    begin(batch, at=at)
    return batch


def decline_export(
    batch: ExportBatch, *, reason: str, by: User, at: datetime
) -> ExportBatch:
    """Refuse a file that waits, or take back what one has asked for oneself."""
    if by != batch.asked_by:
        _refuse_approver(batch, by=by, at=at)
    if not reason.strip():
        raise ExportRefused("reason", _("请写明理由。"))
    values = {
        "state": ExportState.DECLINED,
        "decided_by": by,
        "decided_at": at,
        "decision_reason": reason.strip()[:200],
    }
    return _decide(batch, "export-declined", values, by=by, at=at)


def remake_export(batch: ExportBatch, *, by: User, at: datetime) -> ExportBatch:
    """Make a file again whose making failed or was cut off."""
    is_dead = batch.job is not None and batch.job.state == JobState.FAILED
    if batch.state != ExportState.FAILED and not (
        batch.state == ExportState.MAKING and is_dead
    ):
        raise ExportRefused("not-failed", _("这份文件没有失败，不用重做。"))
    _refuse_outsider(by, batch.bureau, at=at)
    ExportBatch.objects.filter(pk=batch.pk).update(state=ExportState.MAKING, error="")
    batch.refresh_from_db()
    begin(batch, at=at)
    return batch


def is_approver(user: User, bureau: Organization, *, at: datetime) -> bool:
    """Return whether ``user`` is an approver of the bureau on the day of ``at``."""
    return _holds(user, bureau, (OrganizationRole.HR_APPROVER,), at)


@transaction.atomic
def _asked(
    order: Order, *, by: User, at: datetime, console: bool | None = None
) -> ExportBatch:
    """Enter what is asked for; ``console``: the operator asks, an approver agrees."""
    at_console = console is not None
    _refuse_order(order, by=by, at=at, at_console=at_console)
    chain = lock_chains([bureau_chain(order.bureau.pk)], at=at).popitem()[1]
    known, people = kinds()[order.kind], count_people(order, at=at)
    if not people:
        _refuse_nobody(order, at=at)
    if console is False:
        _refuse_size(order, people)
    waits = needs_approval(order, people) and not at_console
    batch = ExportBatch.objects.create(
        number=_next_number(at),
        bureau=order.bureau,
        kind=order.kind,
        release=order.release,
        region=order.bureau.region,
        query=kept_filters(Filters.read(order.filters)),
        options=dict(order.options),
        purpose=order.purpose.strip(),
        document=order.document.strip(),
        is_masked=order.is_masked and masks(known),
        is_personal=known.is_personal,
        form=order.form,
        state=ExportState.WAITING if waits else ExportState.MAKING,
        expected=people,
        asked_by=by,
        asked_at=at,
    )
    if waits:
        append(chain, [event_of("export-asked", batch)], actor=by.actor, at=at)
    return batch


def _refuse_nobody(order: Order, *, at: datetime) -> None:
    known = kinds()[order.kind]
    if isinstance(known, Listing) or known.is_personal:
        text = _("没有可列入名单的人：没有符合条件的待遇，或都还有待补的事实。")
        raise ExportRefused("nothing-to-export", text)
    if known.nobody is not None:
        raise ExportRefused("nothing-to-export", known.nobody(_chosen(order, at=at)))


def _refuse_size(order: Order, people: int) -> None:
    if order.is_full and people > APPROVAL_ABOVE:
        text = _(
            "名单有 %(people)d 人，超过 %(limit)d 人的完整名单须经审批人同意。"
            "请改导脱敏件，或写明本单位的审批人。"
        )
        values = {"people": people, "limit": APPROVAL_ABOVE}
        raise ExportRefused("needs-approver", text % values)


def count_people(order: Order, *, at: datetime) -> int:
    """Return how many people a file would hold now."""
    return people_of(kinds()[order.kind], _chosen(order, at=at))


def _chosen(order: Order, *, at: datetime) -> Selection:
    return selection(
        order.bureau,
        filters=order.filters,
        release=order.release,
        options=order.options,
        at=at,
    )


def _refuse_order(order: Order, *, by: User, at: datetime, at_console: bool) -> None:
    known = kinds().get(order.kind)
    if known is None:
        raise ExportRefused("unknown-kind", _("没有这种导出名单。"))
    if not order.purpose.strip():
        text = _("请写明导出的用途，用途会印在封面并留痕。")
        raise ExportRefused("purpose-missing", text)
    if order.is_full and not order.document.strip() and not at_console:
        text = _("完整件须写明依据文号：凭哪份文件要用到完整的个人信息。")
        raise ExportRefused("document-missing", text)
    if order.release and order.release.competition.is_rehearsal:
        raise ExportRefused("rehearsal", _("这是演练，不产生名单。"))
    is_plain = order.form == ExportFormat.XLSX
    if order.form not in ExportFormat.values or not (
        is_plain or isinstance(known, Listing)
    ):
        raise ExportRefused("form", _("这种文件没有这个格式。"))
    for option in known.options:
        if option.is_required and not order.options.get(option.name):
            text = _("请选择：%(option)s。") % {"option": _(option.label)}
            raise ExportRefused("option-missing", text)
    _refuse_outsider(by, order.bureau, at=at)


def _refuse_outsider(by: User, bureau: Organization, *, at: datetime) -> None:
    if not _holds(by, bureau, OFFICE, at):
        text = _("只有人社部门的经办人和审批人可以导出名单。")
        raise ExportRefused("not-a-bureau", text)


def _refuse_approver(batch: ExportBatch, *, by: User, at: datetime) -> None:
    if by == batch.asked_by:
        text = _("自己申请的导出，要由另一位审批人审批。")
        raise ExportRefused("own", text)
    if not is_approver(by, batch.bureau, at=at):
        raise ExportRefused("not-approver", _("只有本单位的审批人可以审批导出。"))


def _decide(
    batch: ExportBatch, event: str, values: dict[str, object], *, by: User, at: datetime
) -> ExportBatch:
    with transaction.atomic():
        chain = lock_chains([bureau_chain(batch.bureau_id)], at=at).popitem()[1]
        rows = ExportBatch.objects.filter(pk=batch.pk, state=ExportState.WAITING)
        if not rows.update(**values):
            raise ExportRefused("decided", _("这份导出已经办过，不再等待审批。"))
        batch.refresh_from_db()
        append(chain, [event_of(event, batch)], actor=by.actor, at=at)
    return batch


def _holds(
    user: User,
    bureau: Organization,
    roles: tuple[OrganizationRole, ...],
    at: datetime,
) -> bool:
    today = timezone.localdate(at)
    held = Membership.objects.filter(
        user=user, organization=bureau, role__in=roles, starts_on__lte=today
    )
    return any(row.ends_on is None or row.ends_on >= today for row in held)


def _next_number(at: datetime) -> str:
    year = timezone.localdate(at).year
    prefix = f"E-{year}-"
    rows = ExportBatch.objects.filter(number__startswith=prefix).order_by("-number")
    last = rows.values_list("number", flat=True).first()
    serial = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{serial:06d}"
