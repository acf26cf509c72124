"""违规处罚: points or percent taken from an entry by the chief judge, and taken back.

Lock order as for marks: the skill's chain, then results.  A penalty never touches a mark.
"""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Entry, Skill
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from people.models import User
from scoring.actions.results import refresh_skill
from scoring.core.rounding import SCALE_PLACES, plain_text
from scoring.enums import ResultState
from scoring.errors import PenaltyRefused
from scoring.models import Penalty, Result, SkillState
from scoring.queries.schemes import state_of
from scoring.signals import announce_scoreboard

WHOLE = Decimal(100)
LARGEST = Decimal(10_000)


@transaction.atomic
def impose_penalty(
    entry: Entry,
    *,
    value: Decimal,
    is_percent: bool,
    clause: str,
    reason: str,
    by: User,
    at: datetime,
) -> Penalty:
    """Take ``value`` points (or percent of what is earned) from an entry.

    Only the chief judge, before the results are verified; clause and reason are needed.
    """
    state = _locked(entry.skill, by=by, at=at)
    _require_value(value, is_percent=is_percent)
    if not clause.strip() or not reason.strip():
        raise PenaltyRefused(_("请写明处罚依据的条款和事由。"), "reason-missing")
    text = plain_text(value)
    penalty = Penalty.objects.create(
        skill=entry.skill,
        entry=entry,
        value=text,
        is_percent=is_percent,
        clause=clause.strip()[:100],
        reason=reason.strip()[:300],
        imposed_by=by,
        imposed_at=at,
    )
    body: dict[str, object] = {
        "penalty": penalty.pk,
        "entry": entry.pk,
        "points": None if is_percent else text,
        "percent": text if is_percent else None,
        "clause": penalty.clause,
        "reason": penalty.reason,
    }
    _record(state, entry, EventDraft("penalty", body), by=by, at=at)
    return penalty


@transaction.atomic
def withdraw_penalty(penalty: Penalty, *, reason: str, by: User, at: datetime) -> None:
    """Take a penalty back, with a reason; it stays listed as withdrawn."""
    state = _locked(penalty.skill, by=by, at=at)
    penalty.refresh_from_db(fields=["void_at"])
    if penalty.void_at is not None:
        raise PenaltyRefused(_("这项处罚已经撤回。"), "withdrawn")
    if not reason.strip():
        raise PenaltyRefused(_("请写明撤回的理由。"), "reason-missing")
    penalty.void_at, penalty.void_by = at, by
    penalty.void_reason = reason.strip()[:300]
    penalty.save(update_fields=["void_at", "void_by", "void_reason"])
    body: dict[str, object] = {
        "penalty": penalty.pk,
        "entry": penalty.entry_id,
        "reason": penalty.void_reason,
    }
    draft = EventDraft("penalty-withdraw", body)
    _record(state, penalty.entry, draft, by=by, at=at)


def _locked(skill: Skill, *, by: User, at: datetime) -> SkillState:
    lock_chains([skill_chain(skill.pk)], at=at)
    state = state_of(skill)
    if EventRole.CHIEF_JUDGE not in event_roles_of(by, skill):
        raise PenaltyRefused(_("违规处罚由裁判长作出。"), "not-chief")
    if state is None or state.opened_at is None:
        raise PenaltyRefused(_("还没有生成评分表。"), "not-open")
    if state.state != ResultState.PROVISIONAL:
        raise PenaltyRefused(_("成绩已经复核，不能再改处罚。"), "verified")
    return state


def _require_value(value: Decimal, *, is_percent: bool) -> None:
    largest = WHOLE if is_percent else LARGEST
    if not value.is_finite() or not 0 < value <= largest:
        raise PenaltyRefused(
            _("扣罚要大于 0，最多 %(largest)s。") % {"largest": largest}, "out-of-range"
        )
    if value != round(value, SCALE_PLACES):
        raise PenaltyRefused(
            _("扣罚最多 %(places)d 位小数。") % {"places": SCALE_PLACES}, "wrong-step"
        )


def _record(
    state: SkillState, entry: Entry, draft: EventDraft, *, by: User, at: datetime
) -> None:
    skill = entry.skill
    rows = Penalty.objects.filter(entry=entry, void_at__isnull=True).order_by("pk")
    standing = [list(row) for row in rows.values_list("value", "is_percent")]
    Result.objects.filter(entry=entry).update(penalties=standing)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)
    refresh_skill(skill, state, at=at)
    announce_scoreboard(skill.pk)
