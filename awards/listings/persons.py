"""Lists of people by what they are entitled to: promotion, titles, pools, squads …

One line per entitlement, a sheet per target; the columns of the roster and of the title
candidates are those that bureaus work with.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from awards.enums import OutcomeKind
from awards.listings import cells
from awards.listings.base import ListColumn, Listing, ListLine, Privacy, Selection
from awards.listings.cells import SCORE, shown
from awards.listings.reading import (
    Told,
    by_target,
    entitlements_on,
    in_places,
    left_open,
    people_on,
    shelf,
    told,
)
from people.spreadsheets import Cell

CellsOf = Callable[[Told], Mapping[str, Cell]]

ROSTER_COLUMNS = (
    cells.NUMBER,
    cells.NAME,
    cells.SEX,
    cells.IDENTITY_KIND,
    cells.IDENTITY,
    shown("ethnicity", "民族", 8),
    shown("birth_on", "出生日期", 12, "date", privacy=Privacy.HIDDEN),
    shown("education", "学历", 10),
    shown("employment", "身份(职工/教师/学生)", 10),
    shown("unit", "工作单位(学校)", 28, wraps=True),
    shown("region", "所属地区(行政区划代码)", 16, wraps=True),
    cells.PHONE,
    shown("competition", "竞赛名称", 28, wraps=True),
    cells.TIER,
    shown("document_number", "主办文件文号", 18, wraps=True),
    cells.SKILL,
    shown("group", "组别", 8),
    shown("team", "参赛形式(单/双/三人)", 10),
    shown("occupation", "职业(工种)", 14, wraps=True),
    shown("occupation_code", "职业编码", 13),
    cells.PLACE,
    cells.AWARD,
    shown("theory", "理论成绩", 10, "number", SCORE),
    shown("practice", "实操成绩", 10, "number", SCORE),
    shown("total", "总成绩", 10, "number", SCORE),
    shown("grade_held", "原等级", 10),
    shown("certificate_number", "原证书编号", 25),
    shown("value", "晋升等级", 10),
    shown("citation", "依据条款", 30, wraps=True),
    shown("note", "备注", 14, wraps=True),
)
TITLE_COLUMNS = (
    cells.NUMBER,
    shown("name", "姓名", 10),
    cells.SEX,
    shown("birth_month", "出生年月", 10, privacy=Privacy.HIDDEN),
    cells.IDENTITY,
    shown("unit", "单位及职务", 24, wraps=True),
    shown("occupation", "职业(工种)", 12, wraps=True),
    shown("grade_held", "现等级", 9),
    shown("competition", "竞赛名称", 24, wraps=True),
    shown("tier", "类别", 10, wraps=True),
    shown("place", "名次", 7, "integer"),
    shown("result_document", "成绩文件文号", 18, wraps=True),
    shown("titles", "已获称号", 13, wraps=True),
    cells.PHONE,
    shown("delegation", "推荐单位", 18, wraps=True),
)
_WHO = (
    cells.NUMBER,
    cells.NAME,
    cells.IDENTITY,
    cells.UNIT,
    cells.PHONE,
)
_WHENCE = (
    shown("occupation", "职业(工种)", 12, wraps=True),
    shown("grade_held", "现等级", 10),
    cells.COMPETITION,
    cells.TIER,
    cells.SKILL,
    cells.PLACE,
    cells.AWARD,
)
POOL_COLUMNS = (
    *_WHO,
    *_WHENCE,
    shown("value", "拟入库名称", 18, wraps=True),
    shown("titles", "已获称号", 13, wraps=True),
    shown("authority", "主管单位", 16, wraps=True),
    cells.CITATION,
    cells.NOTE,
)
SQUAD_COLUMNS = (
    *_WHO,
    shown("birth_on", "出生日期", 12, "date", privacy=Privacy.HIDDEN),
    cells.COMPETITION,
    cells.SKILL,
    shown("team", "参赛形式", 9),
    cells.PLACE,
    shown("total", "总成绩", 10, "number", SCORE),
    shown("coaches", "指导教练", 14, wraps=True),
    shown("delegation", "推荐单位", 18, wraps=True),
    shown("value", "拟入集训队", 20, wraps=True),
    shown("authority", "主管单位", 16, wraps=True),
    cells.CITATION,
    cells.NOTE,
)
HONOUR_COLUMNS = (
    cells.NUMBER,
    cells.NAME,
    cells.SEX,
    shown("birth_month", "出生年月", 10, privacy=Privacy.HIDDEN),
    cells.IDENTITY,
    cells.UNIT,
    cells.PHONE,
    *_WHENCE,
    shown("titles", "已获称号", 13, wraps=True),
    shown("value", "推荐荣誉", 20, wraps=True),
    shown("authority", "授予单位", 16, wraps=True),
    shown("mode", "方式", 10),
    cells.CITATION,
    cells.NOTE,
)


def told_lines(
    selection: Selection, kinds: tuple[OutcomeKind, ...], cells_of: CellsOf
) -> Iterator[ListLine]:
    """Yield a line per entitlement of the kinds, sheet by sheet, best place first."""
    rows = by_target(entitlements_on(selection, kinds))
    for line in in_places(told(rows, shelf())):
        yield cells.line_of(line, line.row.value, cells_of(line))


def list_of(  # noqa: PLR0913 - a list is said in one sentence
    name: str,
    title: str,
    columns: tuple[ListColumn, ...],
    *kinds: OutcomeKind,
    paper: str = "A3",
    cells_of: CellsOf = cells.all_cells,
    closing_lines: tuple[str, ...] = (),
) -> Listing:
    """Return the list of everybody entitled to one of ``kinds``."""
    return Listing(
        name=name,
        title=title,
        columns=columns,
        lines=partial(told_lines, kinds=kinds, cells_of=cells_of),
        left_open=partial(left_open, kinds=kinds),
        people=partial(people_on, kinds=kinds),
        paper=paper,
        takes_answers=True,
        closing_lines=closing_lines,
    )


PROMOTION = list_of(
    "promotion-roster",
    "获奖选手晋升职业技能等级人员花名册",
    ROSTER_COLUMNS,
    OutcomeKind.GRADE,
)
TITLES = list_of(
    "title-candidates",
    "技术能手候选人汇总表",
    TITLE_COLUMNS,
    OutcomeKind.TITLE,
    paper="A4",
)
POOL = list_of(
    "pool-entries", "高技能人才库、师资库拟入库人员名单", POOL_COLUMNS, OutcomeKind.POOL
)
HONOURS = list_of(
    "honour-recommendations",
    "五一劳动奖章及其他荣誉推荐人选名单",
    HONOUR_COLUMNS,
    OutcomeKind.LABOUR_MEDAL,
    OutcomeKind.HONOUR,
)
CERTIFICATES = list_of(
    "technical-certificates",
    "专业技术等级证书拟发放名单",
    (
        *_WHO,
        *_WHENCE,
        shown("value", "证书", 20, wraps=True),
        cells.CITATION,
        cells.NOTE,
    ),
    OutcomeKind.CERTIFICATE,
)
