"""A judge stands aside by their own word, or asks for the reserve; a mistake is undone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.ties import declare_tie, withdraw_tie
from competitions.enums import EventRole
from competitions.models import DeclaredTie, Skill
from competitions.queries import event_roles_of
from people.models import User
from people.queries import same_person_ids
from scoring.actions.calls import call_chief
from scoring.actions.teams import LONGEST_REASON, review_interests
from scoring.enums import ResultState
from scoring.errors import MarkingRefused
from scoring.models import JudgeCall, Sheet, SkillState


@transaction.atomic
def stand_aside(sheet: Sheet, *, reason: str, by: User, at: datetime) -> None:
    """A judge declares a tie to this entry: the seat is empty from now on.

    What they entered for it before stays theirs in the ledger; a reserve fills the seat.
    """
    if by.person is None:
        raise MarkingRefused(_("你的账号没有对应的人员，请找赛务。"), "no-person")
    declare_tie(
        sheet.skill.competition,
        person=by.person,
        entry=sheet.entry,
        reason=reason,
        by=by,
        at=at,
    )
    review_interests(sheet.skill, by=by, at=at)
    text = _("自行申报回避，请安排替补裁判。")
    call_chief(sheet, kind="problem", text=text, by=by, at=at)


@transaction.atomic
def take_back_tie(
    skill: Skill, tie: DeclaredTie, *, reason: str, by: User, at: datetime
) -> None:
    """The chief judge takes a declared tie back: it was declared by mistake.

    Never the person who is tied, nor who declared it: two people say it is none.
    """
    if EventRole.CHIEF_JUDGE not in event_roles_of(by, skill):
        raise MarkingRefused(_("这一步由裁判长作出。"), "not-chief-judge")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise MarkingRefused(
            _("请写明原因，最多 %(most)d 字。") % {"most": LONGEST_REASON}, "no-reason"
        )
    own = by.person_id in same_person_ids(tie.person)
    if own or by.pk == tie.declared_by_id:
        raise MarkingRefused(
            _("申报回避的人不能自己撤回，请由另一名裁判长撤回。"), "same-person"
        )
    if tie.withdrawn_at is not None:
        raise MarkingRefused(_("这项申报已经撤回，请刷新页面。"), "tie-withdrawn")
    withdraw_tie(tie, reason=reason.strip(), by=by, at=at)
    state = SkillState.objects.filter(skill=skill, state=ResultState.PROVISIONAL)
    if state.filter(opened_at__isnull=False).exists():
        review_interests(skill, by=by, at=at)


def ask_for_reserve(sheet: Sheet, *, by: User, at: datetime) -> JudgeCall:
    """Tell the chief judge that a seat is empty and a reserve is needed."""
    text = _("须回避，请替补裁判上场。")
    return call_chief(sheet, kind="call", text=text, by=by, at=at)
