"""呼叫裁判长 and 报告问题: raised from a tablet, closed by who leads the judging."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ledger.actions import EventDraft, append
from ledger.core.chain import skill_chain
from people.models import User
from scoring.errors import ScoringError
from scoring.models import JudgeCall, Sheet
from scoring.signals import announce_sheets

KINDS = ("call", "problem")
LONGEST = 300


@transaction.atomic
def call_chief(
    sheet: Sheet, *, kind: str, text: str, by: User, at: datetime
) -> JudgeCall:
    """Call the chief judge to a sheet, or report a problem with it."""
    if kind not in KINDS:
        raise ScoringError(_("不认识这种呼叫。"), "call-kind")
    if len(text) > LONGEST:
        raise ScoringError(_("说明最多 300 字。"), "call-text")
    call = JudgeCall.objects.create(
        sheet=sheet, caller=by, kind=kind, text=text, called_at=at
    )
    body = {"sheet": sheet.pk, "call": call.pk, "kind": kind}
    draft = EventDraft("call", body)
    append(skill_chain(sheet.skill_id), [draft], actor=by.actor, at=at)
    announce_sheets(sheet.skill_id, [sheet.pk])
    return call


@transaction.atomic
def close_call(call: JudgeCall, *, by: User, at: datetime) -> None:
    """Say that a call has been dealt with; closing it again changes nothing."""
    if call.closed_at is not None:
        return
    call.closed_at, call.closed_by = at, by
    call.save(update_fields=["closed_at", "closed_by"])
    skill = call.sheet.skill_id
    draft = EventDraft("call-closed", {"sheet": call.sheet_id, "call": call.pk})
    append(skill_chain(skill), [draft], actor=by.actor, at=at)
    announce_sheets(skill, [call.sheet_id])
