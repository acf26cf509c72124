"""What marking still lacks, its panels and its banner on a competition's pages."""

from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions.enums import Origin, Phase
from competitions.models import Competition
from competitions.register import DONE, MISSING, Banner, Panel, ReadinessItem
from scoring.queries.corrections import correction_of
from scoring.queries.overview import (
    SkillOverview,
    frozen_skills,
    has_unsigned,
    is_marking_open,
    overview,
)
from scoring.queries.results import disagreements
from scoring.queries.verification import sample_blockers


def readiness(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """Schemes and sheets before the competition, signatures and releases after it."""
    if competition.origin == Origin.EXTERNAL:
        return []
    rows = overview(competition)
    return [item for row in rows for item in (*_before(row), *_after(row))]


def progress_panels(competition: Competition) -> list[Panel]:
    """How far the skills are, beside the readiness, and sheets at work, below it.

    Before the first sheets are made there is nothing to show.
    """
    if competition.origin == Origin.EXTERNAL or not is_marking_open(competition):
        return []
    code = [competition.code]
    progress = reverse("organize_progress", args=code)
    found = [Panel(progress, _("赛项进度"), position=10, is_beside=True)]
    if has_unsigned(competition):
        sheets = reverse("organize_heat", args=code)
        found.append(Panel(sheets, _("评分表"), position=20))
    return found


def frozen_banner(competition: Competition) -> Banner | None:
    """Say which public boards stand still, and since when."""
    states = frozen_skills(competition)
    moments = [state.frozen_at for state in states if state.frozen_at is not None]
    if not moments:
        return None
    since = timezone.localtime(max(moments))
    text = _("%(skills)s的公众看板停在 %(time)s。你看到的是实时数据，请勿外传。") % {
        "skills": _("、").join(state.skill.name for state in states),
        "time": f"{since:%H:%M}",
    }
    results = reverse("organize_results", args=[states[0].skill_id])
    links = ((_("看公众所见"), reverse("live_boards")), (_("解除封榜…"), results))
    return Banner(text, links)


def _item(
    row: SkillOverview, code: str, phase: str, done: bool, words: tuple[str, str, str]
) -> ReadinessItem:
    title, detail, page = words
    return ReadinessItem(
        code=f"{code}-{row.skill.pk}",
        title=_("：").join((row.skill.name, title)),
        detail="" if done else detail,
        url=reverse(page, args=[row.skill.pk]),
        state=DONE if done else MISSING,
        blocks_phase=phase,
        app="scoring",
    )


def _waiting(unsigned: int, conflicts: int) -> str:
    if not conflicts:
        return _("%(count)d 张评分表没有裁判长签名。") % {"count": unsigned}
    return _("%(count)d 张评分表没有裁判长签名，%(conflicts)d 处分差待议。") % {
        "count": unsigned,
        "conflicts": conflicts,
    }


def _before(row: SkillOverview) -> list[ReadinessItem]:
    return [
        _item(
            row,
            "scheme",
            Phase.COMPETING,
            row.has_scheme,
            (_("评分方案"), _("还没有导入评分方案。"), "organize_scheme"),
        ),
        _item(
            row,
            "sheets",
            Phase.COMPETING,
            row.is_open,
            (_("评分表"), _("评分表未生成。"), "organize_results"),
        ),
    ]


def _after(row: SkillOverview) -> list[ReadinessItem]:
    waiting = row.sheets - row.chief_signed
    return [
        _item(
            row,
            "signatures",
            Phase.VERIFICATION,
            row.is_open and not waiting and not row.conflicts,
            (
                _("评分与签名"),
                _waiting(waiting, row.conflicts),
                "signatures_due",
            ),
        ),
        *_sampled(row),
        replace(
            _item(
                row,
                "verified",
                Phase.PUBLICITY,
                row.is_verified,
                (_("成绩复核"), _("成绩管理员还没有复核。"), "verify_skill"),
            ),
            blocks_step="decode",
            skill=row.skill.pk,
        ),
        *_opinion(row),
        replace(
            _item(
                row,
                "noticed",
                Phase.FINAL,
                row.is_verified and not row.needs_notice,
                (_("成绩公示"), _("复核之后还没有公示。"), "organize_results"),
            ),
            url=reverse("organize_publicity", args=[row.skill.competition.code]),
            blocks_step="notice",
            skill=row.skill.pk,
        ),
        _item(
            row,
            "released",
            Phase.FINAL,
            row.is_released,
            (_("成绩版本"), _("还没有发布成绩版本。"), "organize_results"),
        ),
        *_corrected(row),
    ]


def _sampled(row: SkillOverview) -> list[ReadinessItem]:
    """The check by sample, once it is its turn; done with the verification."""
    if row.is_verified or not row.sheets or row.unsigned:
        return []
    reasons = sample_blockers(row.skill)
    words = (_("抽样复核"), _("；").join(reasons), "verify_sample")
    return [_item(row, "sampled", Phase.PUBLICITY, not reasons, words)]


def _opinion(row: SkillOverview) -> list[ReadinessItem]:
    """Whether the second calculation confirms verified results."""
    if not row.is_verified:
        return []
    rebuilt, opinion = disagreements(row.skill, remembered=True)
    detail = _("重新计算有 %(rebuilt)d 处、第二次计算有 %(opinion)d 处不一致。") % {
        "rebuilt": rebuilt,
        "opinion": opinion,
    }
    words = (_("两次计算一致"), detail, "verify_skill")
    return [_item(row, "opinion", Phase.FINAL, not rebuilt + opinion, words)]


def _corrected(row: SkillOverview) -> list[ReadinessItem]:
    """Whether what was released is still what stands; nothing before a release."""
    if not row.is_released:
        return []
    correction = correction_of(row.skill)
    count = len(correction.entries) if correction is not None else 0
    detail = _("有 %(count)d 个参赛的成绩在发布之后改了，还没有发布新版本。")
    words = (_("更正已发布"), detail % {"count": count}, "organize_correction")
    return [_item(row, "corrected", Phase.FINAL, not count, words)]
