"""Opening the names behind the anonymous judges of a skill's statistics."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from people.actions import check_pin
from people.models import User
from scoring.errors import PinWrong, StatisticsRefused
from scoring.models import StatisticsOpening

LONGEST_REASON = 300
OPENED = "statistics-open"


def open_statistics(
    skill: Skill, *, reason: str, pin: str, by: User, at: datetime
) -> StatisticsOpening:
    """Show from now on which judge is 裁判 A, B, C of the skill; never taken back.

    Only the supervisor, with a reason and the PIN.  The PIN is checked before the
    transaction, so that a wrong one stays counted.
    """
    if EventRole.SUPERVISOR not in event_roles_of(by, skill):
        raise StatisticsRefused(_("裁判姓名由监督打开。"), "not-supervisor")
    words = reason.strip()[:LONGEST_REASON]
    if not words:
        raise StatisticsRefused(_("请写明打开姓名的理由。"), "reason-missing")
    if by.pin_is_temporary or not check_pin(by, pin=pin, at=at):
        raise PinWrong(_("PIN 不对，或试错太多被暂停 15 分钟。请再试。"))
    with transaction.atomic():
        return _open(skill, words, by=by, at=at)


def _open(skill: Skill, reason: str, *, by: User, at: datetime) -> StatisticsOpening:
    chain = skill_chain(skill.pk)
    lock_chains([chain], at=at)
    if StatisticsOpening.objects.filter(skill=skill).exists():
        raise StatisticsRefused(_("裁判姓名已经打开。"), "opened")
    draft = EventDraft(OPENED, {"reason": reason})
    event = append(chain, [draft], actor=by.actor, at=at)[0]
    return StatisticsOpening.objects.create(
        skill=skill, reason=reason, opened_by=by, opened_at=at, seq=event.seq
    )
