"""The tables of a comparison as sheets, the same for the workbook and for CSV."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from people.spreadsheets import Cell, Column, SheetPlan
from scoring.core.comparison import Ordered, Report, report
from scoring.core.rounding import round_half_up
from scoring.queries.comparison import Comparison
from scoring.rule_words import REPORT_WORDS, TABLE_WORDS

NUMBER, INTEGER = "number", "integer"


def sheets_of(found: Comparison) -> dict[str, SheetPlan]:
    """Every table by its name in addresses: five reports, two totals, the best."""
    sheets = {
        kind.value: SheetPlan(
            str(REPORT_WORDS[kind.value]),
            _report_columns(),
            [_report_row(each) for each in report(found.members, kind)],
        )
        for kind in Report
    }
    for code, words in TABLE_WORDS.items():
        rows: list[dict[str, Cell]] = [
            {
                "rank": row.rank,
                "member": row.member,
                "total": row.total,
                "shared": _("并列") if row.is_shared else "",
                "first": row.counts[0] if row.counts else 0,
            }
            for row in found.totals[code]
        ]
        sheets[code] = SheetPlan(str(words["title"]), _total_columns(), rows)
    sheets["best"] = SheetPlan(_("代表队最佳选手"), _best_columns(), _best_rows(found))
    return sheets


def _report_columns() -> list[Column]:
    return [
        Column("rank", _("名次"), 8, INTEGER),
        Column("member", _("代表队"), 24),
        Column("skills", _("参赛项数"), 10, INTEGER),
        Column("gold", _("金牌或一等奖"), 10, INTEGER),
        Column("silver", _("银牌或二等奖"), 10, INTEGER),
        Column("bronze", _("铜牌或三等奖"), 10, INTEGER),
        Column("merit", _("优胜奖"), 10, INTEGER),
        Column("points", _("奖牌分"), 10, INTEGER),
        Column("average", _("平均奖牌分"), 12, NUMBER, "0.00"),
        Column("score", _("标尺分合计"), 12, INTEGER),
        Column("mean", _("平均标尺分"), 12, NUMBER, "0.00"),
    ]


def _report_row(each: Ordered) -> dict[str, str | int | Decimal | None]:
    row = each.row
    gold, silver, bronze, merit = row.medals
    return {
        "rank": each.rank,
        "member": row.member,
        "skills": row.skills,
        "gold": gold,
        "silver": silver,
        "bronze": bronze,
        "merit": merit,
        "points": row.medal_points,
        "average": _decimal(row.medal_average),
        "score": row.score_total,
        "mean": _decimal(row.score_average),
    }


def _total_columns() -> list[Column]:
    return [
        Column("rank", _("名次"), 8, INTEGER),
        Column("member", _("代表队"), 24),
        Column("total", _("总分"), 10, INTEGER),
        Column("first", _("第一名数"), 10, INTEGER),
        Column("shared", _("备注"), 12),
    ]


def _best_columns() -> list[Column]:
    return [
        Column("member", _("代表队"), 24),
        Column("names", _("选手"), 24),
        Column("skill", _("赛项"), 28),
        Column("place", _("名次"), 8, INTEGER),
        Column("award", _("奖项"), 12),
        Column("score", _("标尺分"), 10, INTEGER),
        Column("how", _("依据"), 36),
    ]


def _best_rows(found: Comparison) -> list[dict[str, str | int | Decimal | None]]:
    return [
        {
            "member": best.member,
            "names": entry.names,
            "skill": entry.skill,
            "place": entry.place,
            "award": entry.award,
            "score": entry.scale_score,
            "how": found.reasons.get(best.member, "") if best.chosen else _("成绩最高"),
        }
        for best in found.best
        for entry in [found.entries[row.entry] for row in best.named]
    ]


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, 2)
