"""A judge stands aside by their own word, or asks for the reserve."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.ties import declare_tie
from people.models import User
from scoring.actions.calls import call_chief
from scoring.actions.teams import review_interests
from scoring.errors import MarkingRefused
from scoring.models import JudgeCall, Sheet


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


def ask_for_reserve(sheet: Sheet, *, by: User, at: datetime) -> JudgeCall:
    """Tell the chief judge that a seat is empty and a reserve is needed."""
    text = _("须回避，请替补裁判上场。")
    return call_chief(sheet, kind="call", text=text, by=by, at=at)
