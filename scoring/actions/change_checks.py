"""What a request to change a signed mark must satisfy, looked at under the chain's lock."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ledger.actions import lock_chains
from ledger.core.chain import skill_chain
from people.models import User
from scoring.actions.change_previews import Cell
from scoring.core.marking import MarkRefused, read_value
from scoring.core.rounding import plain_text
from scoring.core.scheme import Aspect
from scoring.enums import ChangeReason, MarkState
from scoring.errors import ChangeRefused, refusal_text
from scoring.models import Mark, Sheet
from scoring.queries.changes import asking_role, cell_seats, is_shut, roles_at
from scoring.queries.interest import is_recused
from scoring.queries.schemes import plan_of

LONGEST_TEXT = 500
LONGEST_REFERENCE = 60
LARGEST_EVIDENCE = 2 * 2**20
EVIDENCE_KINDS = (".pdf", ".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The change asked for: the exact cell, what shall stand there, and why.

    ``reference`` names what caused it (a ruling, a finding) and is opaque here.
    """

    aspect: str
    seat: int
    value: str = ""
    state: str = MarkState.VALUE.value
    reason: str = ChangeReason.ENTRY.value
    text: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows why: a scanned note, a picture."""

    name: str
    content: bytes


def require_reason(wanted: Wanted, evidence: Evidence | None) -> None:
    """Refuse a request without a reason, or with a file of another kind."""
    if wanted.reason not in ChangeReason.values:
        raise ChangeRefused(_("请选择更改的原因。"), "reason-missing")
    if not wanted.text.strip():
        raise ChangeRefused(_("请写明更改的事由和依据。"), "reason-missing")
    if len(wanted.text) > LONGEST_TEXT:
        raise ChangeRefused(_("事由最多 500 字。"), "reason-too-long")
    if len(wanted.reference) > LONGEST_REFERENCE:
        raise ChangeRefused(_("引用的编号太长。"), "reference")
    if evidence is None:
        return
    if not evidence.name.lower().endswith(EVIDENCE_KINDS):
        raise ChangeRefused(_("证据只收 PDF、PNG、JPG 文件。"), "evidence")
    if not 0 < len(evidence.content) <= LARGEST_EVIDENCE:
        raise ChangeRefused(_("证据文件不能为空，最大 2 MB。"), "evidence")


def locked_sheet(sheet: Sheet, at: datetime) -> Sheet:
    """The sheet as it stands, with its chain locked; refused before any signature."""
    lock_chains([skill_chain(sheet.skill_id)], at=at)
    rows = Sheet.objects.select_for_update(of=("self",)).select_related(
        "skill__competition", "entry__skill__competition", "sub_criterion__criterion"
    )
    row = rows.get(pk=sheet.pk)
    if not is_shut(row):
        raise ChangeRefused(
            _("这张评分表还没有签名，由裁判直接改，不用申请。"), "not-signed"
        )
    return row


def _asker(sheet: Sheet, wanted: Wanted, by: User) -> str:
    role = asking_role(roles_at(sheet, by), cites=bool(wanted.reference))
    if role is None:
        raise ChangeRefused(
            _("只有本表裁判、裁判长和成绩管理员能申请更改。"), "not-your-role"
        )
    if is_recused(by, sheet.entry):
        raise ChangeRefused(
            _("你与这名选手有关联，须回避，不能申请更改。"), "conflict-of-interest"
        )
    return role


def _aspect(sheet: Sheet, wanted: Wanted) -> Aspect:
    plan = plan_of(sheet.skill)
    aspects = plan.subs[sheet.sub_criterion.code].aspects if plan else ()
    aspect = next((each for each in aspects if each.code == wanted.aspect), None)
    if aspect is None:
        raise ChangeRefused(refusal_text("unknown-aspect"), "unknown-aspect")
    if wanted.seat not in cell_seats(aspect, sheet.seats):
        raise ChangeRefused(_("这个席位不评这个评分点。"), "unknown-seat")
    return aspect


def _value(aspect: Aspect, wanted: Wanted) -> str:
    """The canonical value asked for; empty for a state without one."""
    if wanted.state not in MarkState.values:
        raise ChangeRefused(refusal_text("unknown-state"), "unknown-state")
    if wanted.state != MarkState.VALUE:
        return ""
    try:
        value = read_value(aspect, wanted.value)
    except MarkRefused as refused:
        text = refusal_text(refused.code, refused.limit)
        raise ChangeRefused(text, refused.code) from None
    if value is None:
        raise ChangeRefused(_("请写明新的值。"), "value-missing")
    return plain_text(value)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be made: who asks in which role, the cell, what stands there."""

    role: str
    cell: Cell
    old: Mark | None


def asked_for(sheet: Sheet, wanted: Wanted, by: User) -> Asked:
    """The request ``wanted`` stands for, or :class:`ChangeRefused` with the reason."""
    role = _asker(sheet, wanted, by)
    aspect = _aspect(sheet, wanted)
    cell = Cell(aspect.code, wanted.seat, wanted.state, _value(aspect, wanted))
    old = mark_at(sheet, cell)
    if old is not None and (old.state, old.value) == (cell.state, cell.value):
        raise ChangeRefused(_("新值与原值相同。"), "same-value")
    return Asked(role, cell, old)


def mark_at(sheet: Sheet, cell: Cell) -> Mark | None:
    """What stands in a cell now."""
    rows = Mark.objects.filter(sheet=sheet, code=cell.aspect, seat=cell.seat)
    return rows.first()
