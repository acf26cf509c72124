"""What a competition itself still lacks, phase by phase, for the readiness register."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from competitions.enums import EventRole, Phase
from competitions.models import Competition
from competitions.queries import (
    active_appointments,
    open_appeals,
    open_objections,
    skills_of,
    skills_unprinted,
)
from competitions.register import DONE, MISSING, WARNING, ReadinessItem
from competitions.words import waits_word


def _item(
    code: str, phase: str, missing: list[Any] | bool, words: tuple[str, str, str]
) -> ReadinessItem:
    """Make an item: ``words`` are its title, its detail and where to put it right."""
    title, detail, url = words
    if isinstance(missing, list):
        detail = _("、").join(map(str, missing)) or detail
    return ReadinessItem(
        code=code,
        title=title,
        detail=detail,
        url=url,
        state=MISSING if missing else DONE,
        blocks_phase=phase,
        app="competitions",
    )


def readiness(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """Return everything this app asks of a competition, done or not."""
    skills = list(skills_of(competition))
    return [
        *_papers(competition, skills),
        *_entries(competition, skills),
        *_people(competition, skills),
        *_draws(competition, skills),
        *_publicity(competition),
        *_disputes(competition, at),
    ]


def _papers(competition: Competition, skills: list[Any]) -> list[ReadinessItem]:
    page = reverse("organize_settings", args=[competition.code])
    new_skill = reverse("organize_skill_new", args=[competition.code])
    no_host = not any(host.role == "host" for host in competition.hosts.all())
    no_code = [skill.name for skill in skills if not skill.occupation_code]
    return [
        _item(
            "hosts",
            Phase.FILED,
            no_host,
            (_("主办单位"), _("备案须写明主办单位。"), page),
        ),
        _item(
            "document",
            Phase.FILED,
            not competition.document_number,
            (_("办赛文件文号"), _("证书、名单和待遇都引用它。"), page),
        ),
        _item(
            "skills",
            Phase.ENTRY,
            not skills,
            (_("赛项"), _("至少建一个赛项才能开放报名。"), new_skill),
        ),
        _item(
            "occupations",
            Phase.ENTRY,
            no_code,
            (_("赛项的职业编码"), _("等级晋升按职业计算。"), page),
        ),
    ]


def _entries(competition: Competition, skills: list[Any]) -> list[ReadinessItem]:
    page = reverse("organize_all_entries", args=[competition.code])
    waiting = [
        _("%(skill)s %(count)s 个")
        % {"skill": skill.name, "count": skill.waiting_count}
        for skill in skills
        if skill.waiting_count
    ]
    empty = [skill.name for skill in skills if not skill.entry_count]
    items = [
        _item(
            "entries-waiting",
            Phase.PREPARATION,
            waiting,
            (_("参赛资格审核"), _("全部审核完毕。"), f"{page}?state=submitted"),
        ),
        _item(
            "entries-none",
            Phase.PREPARATION,
            empty,
            (_("参赛选手"), _("每个赛项都有审核通过的参赛。"), page),
        ),
    ]
    minimum = competition.minimum_field.get("entries")
    few = [
        _("%(skill)s %(count)s 个") % {"skill": skill.name, "count": skill.entry_count}
        for skill in skills
        if minimum and skill.entry_count < minimum
    ]
    if few:
        title = _("参赛数不足 %(minimum)s") % {"minimum": minimum}
        detail = _("、").join(few) + "。" + str(competition.minimum_field["citation"])
        items.append(
            ReadinessItem(
                "minimum-field",
                title,
                detail,
                page,
                WARNING,
                Phase.COMPETING,
                "competitions",
            )
        )
    return items


def _people(competition: Competition, skills: list[Any]) -> list[ReadinessItem]:
    page = reverse("organize_appointments", args=[competition.code])
    held = list(active_appointments(competition))
    wide = {row.role for row in held if row.skill_id is None}
    by_skill = {(row.skill_id, row.role) for row in held}

    def without(role: str) -> list[str]:
        if role in wide:
            return []
        return [skill.name for skill in skills if (skill.pk, role) not in by_skill]

    return [
        _item(
            "judges",
            Phase.COMPETING,
            [skill.name for skill in skills if not skill.judge_count],
            (_("裁判员"), _("每个赛项都有裁判员。"), page),
        ),
        _item(
            "chiefs",
            Phase.COMPETING,
            [skill.name for skill in skills if skill.chief_count != 1],
            (_("每个赛项一名裁判长"), _("裁判长齐备。"), page),
        ),
        _item(
            "supervisors",
            Phase.COMPETING,
            without(EventRole.SUPERVISOR),
            (_("监督仲裁"), _("每个赛项都有监督仲裁。"), page),
        ),
        _item(
            "results-officers",
            Phase.VERIFICATION,
            without(EventRole.RESULTS_OFFICER),
            (_("成绩管理人员"), _("复核成绩的人已经指派。"), page),
        ),
    ]


def _draws(competition: Competition, skills: list[Any]) -> list[ReadinessItem]:
    page = reverse("organize_competition", args=[competition.code])
    undrawn = [skill for skill in skills if skill.coded_count < skill.entry_count]
    sealed = [skill for skill in skills if skill.draw_levels and not skill.decoded_at]
    unprinted = skills_unprinted(competition)

    def first(lacking: list[Any]) -> str:
        return reverse("organize_draw", args=[lacking[0].pk]) if lacking else page

    return [
        _item(
            "codes",
            Phase.COMPETING,
            [skill.name for skill in undrawn],
            (_("抽签与工位号"), _("每个参赛都有工位号。"), first(undrawn)),
        ),
        _item(
            "commitments",
            Phase.COMPETING,
            [skill.name for skill in unprinted],
            (_("封存单已打印"), _("每一次抽签的封存值都已打印。"), first(unprinted)),
        ),
        _item(
            "decode",
            Phase.FINAL,
            [skill.name for skill in sealed],
            (_("解密"), _("号码与姓名已经对应。"), first(sealed)),
        ),
    ]


def _publicity(competition: Competition) -> list[ReadinessItem]:
    page = reverse("organize_publicity", args=[competition.code])
    notices = list(competition.public_notices.all())
    waiting = [
        _("%(day)s期满，期满后由赛务结束")
        % {"day": date_format(notice.ends_on, _("n 月 j 日"))}
        for notice in notices
        if notice.closed_at is None
    ]
    return [
        _item(
            "publicity",
            Phase.FINAL,
            waiting or not notices,
            (_("公示结束"), _("公示期满并由人结束后，成绩才是最终。"), page),
        )
    ]


def _disputes(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """Appeals and objections that still wait for somebody; nothing before any came."""
    code = [competition.code]
    appeals = [
        _("%(skill)s：%(waits)s")
        % {"skill": row.appeal.skill.name, "waits": waits_word(row.waits)}
        for row in open_appeals(competition, at)
    ]
    objections = [
        _("%(skill)s：%(waits)s")
        % {
            "skill": row.skill.name,
            "waits": _("待落实") if row.answered_at else _("待答复"),
        }
        for row in open_objections(competition)
    ]
    return [
        _item(
            "appeals",
            Phase.FINAL,
            appeals,
            (_("申诉"), _("没有未了的申诉。"), reverse("organize_appeals", args=code)),
        ),
        _item(
            "objections",
            Phase.FINAL,
            objections,
            (
                _("公示异议"),
                _("没有未了的异议。"),
                reverse("organize_publicity", args=code),
            ),
        ),
    ]
