"""What waits for who leads the judging of a skill, in one list with links.

What hinders most comes first.  Other parts of the app add theirs by ``register.waiting``.
"""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of
from people.models import User
from people.queries import pin_locks
from scoring.enums import MarkState, SignerRole
from scoring.models import Mark
from scoring.queries import judging
from scoring.queries.contradictions import contradictions_open
from scoring.queries.devices import unsent_devices
from scoring.queries.pin_holders import holders_at
from scoring.register import Waiting, waiting

ORDER = {"danger": 0, "warn": 1, "": 2}
SHOWN = 30


def waiting_of(skill: Skill, user: User, at: datetime) -> list[Waiting]:
    """Everything that waits at this skill, the most hindering first."""
    found = [
        *_conflicts(skill),
        *_contradictions(skill),
        *_unsent(skill),
        *_calls(skill),
        *_remarks(skill),
        *_locks(skill, at),
        *_to_sign(skill, user),
    ]
    for _name, ask in waiting:
        found += ask(skill, user, at)
    return sorted(found, key=lambda item: ORDER.get(item.tone, 2))


def _sheet_url(sheet: int, number: int | None = None) -> str:
    url = reverse("judge_sheet", args=[sheet])
    return url if number is None else f"{url}#a{number}"


def _conflicts(skill: Skill) -> list[Waiting]:
    return [
        Waiting(
            kind="conflict",
            title=_("工位 %(code)s，%(sub)s 第 %(number)d 项分差待议")
            % {"code": row.code, "sub": row.sub_code, "number": row.number},
            detail=row.description,
            url=_sheet_url(row.sheet_id, row.number),
            tone="danger",
        )
        for row in judging.conflicts_open(skill)[:SHOWN]
    ]


def _contradictions(skill: Skill) -> list[Waiting]:
    return [
        Waiting(
            kind="contradiction",
            title=_("工位 %(code)s，%(aspect)s 两台设备录入得不一样")
            % {"code": mark.sheet.entry.code, "aspect": mark.code},
            detail=_("由 %(judge)s 在评分表上确认哪个算数。") % {"judge": mark.judge},
            url=_sheet_url(mark.sheet_id),
            tone="danger",
        )
        for mark in contradictions_open(skill)[:SHOWN]
    ]


def _unsent(skill: Skill) -> list[Waiting]:
    return [
        Waiting(
            kind="unsent",
            title=_("%(device)s 还有 %(count)d 条没有上传")
            % {"device": label, "count": count},
            detail=_("让它连上网络；坏了的，在平板页停用并写明事由。"),
            url=reverse("organize_devices", args=[skill.competition.code]),
            count=count,
            tone="danger",
        )
        for label, count in unsent_devices(skill)
    ]


def _calls(skill: Skill) -> list[Waiting]:
    return [
        Waiting(
            kind="call",
            title=_("%(name)s 在工位 %(code)s 呼叫")
            % {"name": call.caller, "code": call.sheet.entry.code},
            detail=call.text,
            url=_sheet_url(call.sheet_id),
        )
        for call in judging.calls_open(skill)[:SHOWN]
    ]


def missing_remarks(skill: Skill) -> list[Mark]:
    """Marks that need a reason and have none: no value, or marked again in conflict."""
    rows = Mark.objects.filter(sheet__skill=skill, remark="")
    rows = rows.filter(~Q(state=MarkState.VALUE) | Q(settles=True))
    related = ("sheet__entry", "sheet__sub_criterion", "judge")
    return list(rows.select_related(*related).order_by("sheet_id", "code", "seat"))


def _remarks(skill: Skill) -> list[Waiting]:
    return [
        Waiting(
            kind="remark",
            title=_("工位 %(code)s，%(aspect)s 没有写事由")
            % {"code": mark.sheet.entry.code, "aspect": mark.code},
            detail=_("%(judge)s 分差后重评") % {"judge": mark.judge}
            if mark.state == MarkState.VALUE
            else _("%(judge)s 录入“%(state)s”")
            % {"judge": mark.judge, "state": mark.get_state_display()},
            url=_sheet_url(mark.sheet_id),
        )
        for mark in missing_remarks(skill)[:SHOWN]
    ]


def _locks(skill: Skill, at: datetime) -> list[Waiting]:
    people = [holder.user for holder in holders_at([skill.competition_id])]
    return [
        Waiting(
            kind="pin-lock",
            title=_("%(name)s 的 PIN 被锁") % {"name": lock.user},
            detail=_("到时间自动解除，提前解除要两个人。"),
            url=reverse("organize_pins", args=[skill.competition.code]),
        )
        for lock in pin_locks(people, at)
    ]


def _to_sign(skill: Skill, user: User) -> list[Waiting]:
    is_chief = EventRole.CHIEF_JUDGE in event_roles_of(user, skill)
    role = SignerRole.CHIEF_JUDGE if is_chief else SignerRole.SUPERVISOR
    count = len(judging.waiting_rows(user, skill, role))
    if not count:
        return []
    url = f"{reverse('judge_review', args=[skill.pk])}?role={role}"
    title = _("%(count)d 张评分表等你签名") % {"count": count}
    return [Waiting("sign", title, url=url, count=count, tone="")]
