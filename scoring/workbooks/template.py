"""The project's own scheme workbook: one row per aspect, every kind of mark.

Chinese schemes weight modules, let panels give points and import theory papers; the CIS
layout has no place for that.  Cells left empty repeat the row above, up to the name of
the sub-criterion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from people.spreadsheets import (
    Cell,
    Column,
    Field,
    Grid,
    Properties,
    SheetPlan,
    write_workbook,
)
from scoring.core.scheme import Aspect, CalculationKind, Criterion, MarkKind, Scheme
from scoring.core.scheme import SubCriterion as Sub
from scoring.workbooks.calculations import NAMES_OF_PARAMETERS
from scoring.workbooks.settings import settings_grid

SHEET = "评分方案"
KINDS = {
    "测量": MarkKind.MEASUREMENT,
    "评价": MarkKind.JUDGEMENT,
    "打分": MarkKind.PANEL,
    "导入": MarkKind.IMPORTED,
    "扣分": MarkKind.DEDUCTION,
    "用时": MarkKind.TIME,
}
CALCULATED = (MarkKind.MEASUREMENT, MarkKind.DEDUCTION, MarkKind.TIME)
CALCULATIONS = {
    "是否": CalculationKind.PASS_FAIL,
    "计数": CalculationKind.NUMBER_COMPLETED,
    "偏差": CalculationKind.REGULAR_DIFFERENCE_DEDUCTION,
    "选项": CalculationKind.CHOICE,
    "直接": CalculationKind.DIRECT,
    "区间": CalculationKind.RANGED_SCORE,
    "按次": CalculationKind.COUNT_DEDUCTION,
    "分段": CalculationKind.TIME_BANDS,
    "线性": CalculationKind.TIME_LINEAR,
    "只排序": CalculationKind.TIME_ONLY,
}
LEVEL_KEYS = ("level_0", "level_1", "level_2", "level_3")


@dataclass(frozen=True, slots=True)
class _Heading:
    key: str
    heading: str
    width: int = 10
    kind: str = "text"
    also: tuple[str, ...] = ()
    is_required: bool = False


_HEADINGS = (
    _Heading("letter", "模块", 6, also=("模块代码",), is_required=True),
    _Heading("criterion", "模块名称", 18),
    _Heading("weight", "权重", 7, "number"),
    _Heading("sub", "子项", 7, also=("子项编号",), is_required=True),
    _Heading("sub_name", "子项名称", 24),
    _Heading("day", "日", 5, "integer", also=("评分日",)),
    _Heading("panel", "评分组", 7),
    _Heading("kind", "类型", 7, is_required=True),
    _Heading("description", "评分点", 44, is_required=True),
    _Heading("maximum", "满分", 7, "number", is_required=True),
    _Heading("calculation", "计算", 9),
    _Heading("parameters", "参数", 34),
    _Heading("step", "步长", 7, "number"),
    _Heading("scale", "打分上限", 9, "number"),
    _Heading("trim", "去高低", 7, "integer"),
    _Heading("requirement", "要求", 24),
    *(_Heading(key, f"{level}级", 22) for level, key in enumerate(LEVEL_KEYS)),
    _Heading("extra", "补充说明", 28),
    _Heading("section", "章节", 6),
)
LONGEST = 5000  # a description may be a page; names are short anyway
FIELDS = tuple(
    Field(h.key, (h.heading, *h.also), h.is_required, LONGEST) for h in _HEADINGS
)
COLUMNS = tuple(
    Column(h.key, h.heading, h.width, h.kind, wraps=h.width > 20) for h in _HEADINGS
)
EXAMPLE: tuple[Mapping[str, Cell], ...] = (
    {
        "letter": "A", "criterion": "理论", "weight": "30%", "sub": "A1",
        "sub_name": "理论考试", "day": 1, "panel": "A", "kind": "导入",
        "description": "理论成绩", "maximum": 100,
    },
    {
        "letter": "B", "criterion": "实操", "weight": "70%", "sub": "B1",
        "sub_name": "外观", "day": 1, "panel": "A", "kind": "打分",
        "description": "外观质量", "maximum": 60, "step": "0.5", "trim": 1,
    },
    {
        "kind": "测量", "description": "尺寸偏差", "maximum": 40, "calculation": "偏差",
        "parameters": "目标值=100；每差=1；扣分=5", "requirement": "100 mm",
    },
)  # fmt: skip
NOTES: tuple[tuple[str, Cell], ...] = (
    ("模块", "一个大写字母；模块、子项各列留空时沿用上一行。"),
    ("权重", "模块得分的系数，例如 30% 或 0.3；不填为 1。各模块加权后合计应为 100。"),
    ("子项", "字母加数字，例如 A1；一个子项就是一张评分表。"),
    ("评分组", "A、B……；不填为 A。"),
    (
        "类型",
        "测量、评价（0–3 四档，必须写齐）、打分（各裁判打分取平均）、导入、扣分、用时。",
    ),
    (
        "计算",
        "测量用：是否、计数、偏差、选项、直接；不填为“是否”。扣分用：按次。"
        "用时用：分段、线性、只排序；不填为“只排序”。",
    ),
    (
        "满分",
        "扣分项写 0：扣的分从模块得分中减，模块不低于 0 分；只排序的用时也写 0。",
    ),
    (
        "参数",
        "以“；”分隔的“名称=值”。计数：应有数量=5。偏差：目标值=100；每差=1；扣分=0.5。"
        "选项：选项1=全对；选项1扣分=0；选项2=部分；选项2扣分=0.5；扣分方式=分 或 百分比。"
        "按次：每次扣=0.5；最多扣=1.5。分段：第1段到=10:00；第1段得分=5；第2段到=12:00；"
        "第2段得分=3。线性：满分用时=10:00；零分用时=20:00。",
    ),
    ("步长", "打分、直接给分、导入时的最小单位，不填为 0.01。"),
    ("打分上限", "裁判按此满分打分，再折算到“满分”列；不填即按满分打。"),
    ("去高低", "去掉几个最高分和几个最低分，不填为 0。"),
    ("方案设置", "取整、同分排序、名次规则写在“方案设置”工作表。"),
)


def scheme_template(scheme: Scheme | None = None) -> bytes:
    """Return the template: of a scheme, or empty with an example to overwrite."""
    rows = EXAMPLE if scheme is None else _rows_of(scheme)
    grid = settings_grid(scheme or Scheme("示例：请改为赛项名称"), in_columns=True)
    notes = Grid("填写说明", NOTES, (14, 100))
    sheets: list[SheetPlan | Grid] = [
        SheetPlan(SHEET, COLUMNS, rows),
        *([grid] if grid else []),
        notes,
    ]
    title = scheme.title if scheme else SHEET
    return write_workbook(sheets, properties=Properties(title=title))


def _rows_of(scheme: Scheme) -> list[Mapping[str, Cell]]:
    return [
        {**_place(criterion, sub), **_aspect(aspect)}
        for criterion in scheme.criteria
        for sub in criterion.sub_criteria
        for aspect in sub.aspects
    ]


def _place(criterion: Criterion, sub: Sub) -> dict[str, Cell]:
    return {
        "letter": criterion.letter,
        "criterion": criterion.name,
        "weight": criterion.weight,
        "sub": sub.code,
        "sub_name": sub.name,
        "day": sub.day,
        "panel": sub.panel,
    }


def _aspect(aspect: Aspect) -> dict[str, Cell]:
    plain = Aspect("", aspect.kind, aspect.maximum, "")
    kinds = {kind: word for word, kind in KINDS.items()}
    words = {kind: word for word, kind in CALCULATIONS.items()}
    is_calculated = aspect.kind in CALCULATED
    return {
        "kind": kinds[aspect.kind],
        "description": aspect.description,
        "maximum": aspect.maximum,
        "calculation": words[aspect.calculation.kind] if is_calculated else None,
        "parameters": parameters_text(aspect.calculation.parameters),
        "step": aspect.step if aspect.step != plain.step else None,
        "scale": aspect.scale,
        "trim": aspect.trim or None,
        "requirement": aspect.requirement,
        "extra": "\n".join(aspect.extra),
        "section": aspect.section,
        **dict(zip(LEVEL_KEYS, aspect.descriptors, strict=False)),
    }


def parameters_text(pairs: Sequence[tuple[str, str]]) -> str:
    """Return parameters as the template shows them, with Chinese names."""
    return "；".join(f"{NAMES_OF_PARAMETERS.get(k, k)}={v}" for k, v in pairs)
