"""Marks of trainees (见习裁判): recorded, compared, never counted.

They have their own rows and their own events, which no replay hears: no point, board,
statistic, bundle or signature ever depends on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from people.models import User
from scoring.core.marking import MarkRefused, read_value
from scoring.core.rounding import plain_text
from scoring.core.scheme import Aspect
from scoring.enums import MarkState, ResultState
from scoring.errors import MarkingRefused, refusal_text
from scoring.models import Sheet, TraineeMark
from scoring.queries.schemes import plan_by_digest, state_of

LONGEST_REMARK = 300


@dataclass(frozen=True, slots=True)
class Practised:
    """What a trainee enters for one aspect; nothing at all takes it back."""

    state: str = MarkState.VALUE
    value: str = ""
    remark: str = ""


@transaction.atomic
def enter_trainee_marks(
    sheet: Sheet, *, marks: Mapping[str, Practised], by: User, at: datetime
) -> dict[str, str]:
    """Record a trainee's marks of one sheet; return what was refused, by aspect.

    What is as it was is not recorded again.  Raises :class:`MarkingRefused` for who is
    no trainee here, and once the results are verified.
    """
    skill = sheet.skill
    if EventRole.TRAINEE not in event_roles_of(by, skill):
        raise MarkingRefused(_("你不是本赛项的见习裁判。"), "not-trainee")
    lock_chains([skill_chain(skill.pk)], at=at)
    state = state_of(skill)
    if state is None or state.state != ResultState.PROVISIONAL:
        raise MarkingRefused(_("成绩已经复核，见习评分到此为止。"), "marking-closed")
    sub = plan_by_digest(state.scheme.digest).subs[sheet.sub_criterion.code]
    aspects = {aspect.code: aspect for aspect in sub.aspects}
    rows = TraineeMark.objects.filter(sheet=sheet, trainee=by)
    known = {row.code: row for row in rows}
    refused: dict[str, str] = {}
    for code, given in marks.items():
        if code not in aspects:
            refused[code] = refusal_text("unknown-aspect")
            continue
        try:
            wanted = _read(aspects[code], given)
        except MarkRefused as error:
            refused[code] = refusal_text(error.code, error.limit)
            continue
        _record(sheet, code, wanted, known.get(code), by=by, at=at)
    return refused


def _read(aspect: Aspect, given: Practised) -> Practised | None:
    """What is to stand there; None takes it back."""
    if given.state not in MarkState.values:
        raise MarkRefused("unknown-state")
    remark = given.remark.strip()
    if len(remark) > LONGEST_REMARK:
        raise MarkRefused("remark-too-long")
    if given.state != MarkState.VALUE:
        return Practised(given.state, "", remark)
    value = read_value(aspect, given.value)
    return None if value is None else Practised(given.state, plain_text(value), remark)


def _record(
    sheet: Sheet,
    code: str,
    wanted: Practised | None,
    row: TraineeMark | None,
    *,
    by: User,
    at: datetime,
) -> None:
    before = None if row is None else Practised(row.state, row.value, row.remark)
    if wanted == before:
        return
    body = {"sheet": sheet.pk, "entry": sheet.entry_id, "aspect": code}
    chain = skill_chain(sheet.skill_id)
    if wanted is None:
        draft = EventDraft("trainee-withdraw", body)
        append(chain, [draft], actor=by.actor, at=at)
        if row is not None:
            row.delete()
        return
    said = {"state": wanted.state, "value": wanted.value, "remark": wanted.remark}
    draft = EventDraft("trainee-mark", {**body, **said})
    event = append(chain, [draft], actor=by.actor, at=at)[0]
    TraineeMark.objects.update_or_create(
        sheet=sheet,
        trainee=by,
        code=code,
        defaults={**said, "seq": event.seq, "marked_at": at},
    )
