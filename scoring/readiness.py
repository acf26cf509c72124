"""What marking still lacks, for the readiness register, and its panel."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.enums import Origin, Phase
from competitions.models import Competition
from competitions.register import DONE, MISSING, Panel, ReadinessItem
from scoring.enums import ResultState
from scoring.queries.overview import SkillOverview, overview


def readiness(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """Schemes and sheets before the competition, signatures and releases after it."""
    if competition.origin == Origin.EXTERNAL:
        return []
    rows = overview(competition)
    return [item for row in rows for item in (*_before(row), *_after(row))]


def progress_panels(competition: Competition) -> list[Panel]:
    """How far every skill's marking is, on the competition's page."""
    if competition.origin == Origin.EXTERNAL:
        return []
    url = reverse("organize_progress", args=[competition.code])
    return [Panel(url, _("评分进度"), position=10)]


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
                _("%(count)d 张评分表没有裁判长签名，%(conflicts)d 处分差待议。")
                % {"count": waiting, "conflicts": row.conflicts},
                "organize_results",
            ),
        ),
        _item(
            row,
            "verified",
            Phase.PUBLICITY,
            row.state != ResultState.PROVISIONAL,
            (_("成绩复核"), _("成绩管理员还没有复核。"), "organize_results"),
        ),
        _item(
            row,
            "released",
            Phase.FINAL,
            row.is_released,
            (_("成绩版本"), _("还没有发布成绩版本。"), "organize_results"),
        ),
    ]
