"""Workbooks for human-resources bureaus: their columns, sheets and cover.

Layout only: lines come in as values, bytes go out through the spreadsheet gateway, which
writes text as text.  Column headings follow the order bureaus work with; one sheet per
target grade or title, never a merged cell in a data row.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from people.core import grades, masking
from people.privacy import identity_mask
from people.spreadsheets import (
    Cell,
    Column,
    Cover,
    Properties,
    SheetPlan,
    write_workbook,
)

ROSTER, TITLES = "promotion-roster", "title-candidates"
NAMES = {
    ROSTER: gettext_noop("获奖选手晋升职业技能等级人员花名册"),
    TITLES: gettext_noop("技术能手候选人汇总表"),
}
COVER = "封面"
GRADE_ORDER = tuple(label for _rung, label in sorted(grades.LABELS.items()))[::-1]
UNSAFE_IN_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")
SHEET_NAME_LENGTH = 31
SCORE = "0.00"


@dataclass(frozen=True, slots=True)
class Line:
    """One person on an export; the names of the fields are the keys of the columns."""

    sheet: str
    name: str
    sex: str = ""
    identity_kind: str = ""
    identity_number: str = ""
    ethnicity: str = ""
    birth_on: date | None = None
    education: str = ""
    employment: str = ""
    unit: str = ""
    region: str = ""
    phone: str = ""
    competition: str = ""
    tier: str = ""
    document_number: str = ""
    result_document: str = ""
    skill: str = ""
    group: str = ""
    team: str = ""
    occupation: str = ""
    occupation_code: str = ""
    place: Decimal | str = ""
    award: str = ""
    theory: Decimal | None = None
    practice: Decimal | None = None
    total: Decimal | None = None
    grade_held: str = ""
    certificate_number: str = ""
    grade_to: str = ""
    titles: str = ""
    delegation: str = ""
    citation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What the cover says: where the lines come from, for whom, why, when."""

    number: str
    kind: str
    release: str
    competition: str
    documents: tuple[str, ...]
    bureau: str
    made_by: str
    purpose: str
    filters: str
    is_masked: bool
    left_open: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Export:
    """A finished workbook: its bytes, how many people, and the digest of its rows."""

    content: bytes
    people: int
    rows_digest: str


ROSTER_COLUMNS = (
    Column("number", "序号", 6, "integer"),
    Column("name", "姓名", 12),
    Column("sex", "性别", 6),
    Column("identity_kind", "证件类型", 14),
    Column("identity_number", "证件号码", 21),
    Column("ethnicity", "民族", 8),
    Column("birth_on", "出生日期", 12, "date"),
    Column("education", "学历", 10),
    Column("employment", "身份(职工/教师/学生)", 10),
    Column("unit", "工作单位(学校)", 28, wraps=True),
    Column("region", "所属地区(行政区划代码)", 16, wraps=True),
    Column("phone", "联系电话", 14),
    Column("competition", "竞赛名称", 28, wraps=True),
    Column("tier", "竞赛级别类别", 12),
    Column("document_number", "主办文件文号", 18, wraps=True),
    Column("skill", "赛项", 16, wraps=True),
    Column("group", "组别", 8),
    Column("team", "参赛形式(单/双/三人)", 10),
    Column("occupation", "职业(工种)", 14),
    Column("occupation_code", "职业编码", 13),
    Column("place", "名次", 8, "integer"),
    Column("award", "奖项", 9),
    Column("theory", "理论成绩", 10, "number", SCORE),
    Column("practice", "实操成绩", 10, "number", SCORE),
    Column("total", "总成绩", 10, "number", SCORE),
    Column("grade_held", "原等级", 10),
    Column("certificate_number", "原证书编号", 25),
    Column("grade_to", "晋升等级", 10),
    Column("citation", "依据条款", 30, wraps=True),
    Column("note", "备注", 14, wraps=True),
)
TITLE_COLUMNS = (
    Column("number", "序号", 6, "integer"),
    Column("name", "姓名", 10),
    Column("sex", "性别", 6),
    Column("birth_month", "出生年月", 10),
    Column("identity_number", "证件号码", 21),
    Column("unit", "单位及职务", 24, wraps=True),
    Column("occupation", "职业(工种)", 12),
    Column("grade_held", "现等级", 9),
    Column("competition", "竞赛名称", 24, wraps=True),
    Column("tier", "类别", 10),
    Column("place", "名次", 7, "integer"),
    Column("result_document", "成绩文件文号", 18, wraps=True),
    Column("titles", "已获称号", 16, wraps=True),
    Column("phone", "联系电话", 14),
    Column("delegation", "推荐单位", 18, wraps=True),
)
LAYOUTS = {ROSTER: (ROSTER_COLUMNS, "A3"), TITLES: (TITLE_COLUMNS, "A4")}


def build(lines: Sequence[Line], facts: ExportFacts) -> Export:
    """Return the workbook of ``facts.kind``: cover first, then a sheet per target.

    A masked workbook shortens identity number and phone and leaves out sex and birth
    date, so that no mask stands beside them.
    """
    shown = [masked(line) for line in lines] if facts.is_masked else list(lines)
    digest = rows_digest(shown)
    columns, paper = LAYOUTS[facts.kind]
    plans = [
        SheetPlan(
            sheet_name(sheet),
            columns,
            [_row(line, place) for place, line in enumerate(members, 1)],
            title_lines=_title_lines(sheet, len(members), facts),
            paper=paper,
        )
        for sheet, members in grouped(shown).items()
    ]
    content = write_workbook(
        plans,
        cover=_cover(shown, facts, digest),
        properties=Properties(
            title=NAMES[facts.kind],
            subject=facts.release,
            keywords=facts.number,
            description=f"SHA-256 {digest}",
            created=facts.at,
        ),
    )
    return Export(content, len(shown), digest)


def grouped(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Return the lines by sheet: highest grade first, other targets by name."""
    sheets: dict[str, list[Line]] = {}
    for line in lines:
        sheets.setdefault(line.sheet, []).append(line)
    return dict(sorted(sheets.items(), key=lambda item: target_order(item[0])))


def target_order(target: str) -> tuple[int, str]:
    """Return the place of a target among others: the ladder downwards, then names."""
    known = target in GRADE_ORDER
    return (GRADE_ORDER.index(target) if known else len(GRADE_ORDER), target)


def masked(line: Line) -> Line:
    """Return the line as somebody may see it who is not the authority in charge."""
    return replace(
        line,
        sex="",
        birth_on=None,
        identity_number=_masked(masking.ValueKind.IDENTITY, line.identity_number),
        phone=_masked(masking.ValueKind.PHONE, line.phone),
    )


def rows_digest(lines: Sequence[Line]) -> str:
    """Return the SHA-256 of the lines as they stand in the workbook, in their order."""
    plain = [asdict(line) for line in lines]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def sheet_name(target: str) -> str:
    """Return a name that a workbook accepts for a sheet."""
    return target.translate(UNSAFE_IN_SHEET_NAME)[:SHEET_NAME_LENGTH] or "名单"


def _masked(kind: masking.ValueKind, value: str) -> str:
    audience = masking.Audience.INTERNAL
    return masking.mask(kind, value, audience, policy=identity_mask())


def _row(line: Line, place: int) -> dict[str, Cell]:
    month = line.birth_on.strftime("%Y-%m") if line.birth_on else ""
    return {**asdict(line), "number": Decimal(place), "birth_month": month}


def _title_lines(sheet: str, people: int, facts: ExportFacts) -> tuple[str, ...]:
    heading = f"{NAMES[facts.kind]}({sheet})"
    form = "脱敏件" if facts.is_masked else "完整件，含个人信息，妥善保管"
    return (
        heading,
        f"{facts.competition}　成绩版本 {facts.release}　{people} 人　"
        f"导出编号 {facts.number}　{form}",
    )


def _cover(lines: Sequence[Line], facts: ExportFacts, digest: str) -> Cover:
    moment = timezone.localtime(facts.at).strftime("%Y-%m-%d %H:%M:%S")
    form = (
        "脱敏：证件号码、联系电话部分隐去，不含性别和出生日期"
        if facts.is_masked
        else "完整"
    )
    items = [
        ("导出编号", facts.number),
        ("成绩版本", facts.release),
        ("赛事", facts.competition),
        ("依据文件", "\n".join(facts.documents) or "无"),
        ("导出单位", facts.bureau),
        ("经办人", facts.made_by),
        ("用途", facts.purpose),
        ("筛选条件", facts.filters),
        ("个人信息", form),
        *((f"{sheet}", f"{len(rows)} 人") for sheet, rows in grouped(lines).items()),
        ("合计", f"{len(lines)} 人"),
        ("另有待补，未列入", f"{facts.left_open} 人"),
        ("内容校验值 SHA-256", digest),
        ("导出时间", f"{moment} (北京时间)"),
    ]
    return Cover(COVER, NAMES[facts.kind], items)


def kind_label(kind: str) -> str:
    """Return the name under which people know an export."""
    return {ROSTER: _("晋升等级花名册"), TITLES: _("技术能手候选人汇总表")}.get(
        kind, kind
    )
