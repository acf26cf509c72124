"""The workbooks a bureau receives, opened again and read cell by cell."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from awards import exports
from awards.exports import ROSTER, TITLES, ExportFacts, Line

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
FACTS = ExportFacts(
    number="E-2026-0007",
    kind=ROSTER,
    release="R-2026-0003-7F3A",
    competition="2026 年四川工匠杯职业技能大赛",
    documents=("2026 年四川工匠杯奖励办法(虚构演示文件)",),
    bureau="四川省人力资源和社会保障厅",
    made_by="王敏",
    purpose="上报晋升职业技能等级",
    filters="地区 四川省",
    is_masked=False,
    left_open=2,
    at=AT,
)
ZHOU = Line(
    sheet="高级技师",
    name="周𠮷安",
    sex="男",
    identity_kind="居民身份证",
    identity_number="519900199104070036",
    ethnicity="汉族",
    birth_on=date(1991, 4, 7),
    education="大学专科",
    employment="职工",
    unit="蜀山重型机械有限公司",
    region="四川省成都市(510100)",
    phone="13800000001",
    competition="2026 年四川工匠杯职业技能大赛",
    tier="省级一类",
    document_number="川工匠杯〔2026〕1 号",
    result_document="川工匠杯〔2026〕9 号",
    skill="焊接",
    group="职工组",
    team="单人",
    occupation="焊工",
    occupation_code="6-18-02-04",
    place=Decimal(2),
    award="银牌",
    theory=Decimal("88.50"),
    practice=Decimal("91.25"),
    total=Decimal("90.43"),
    grade_held="技师",
    certificate_number="S000051000001262000217",
    grade_to="高级技师",
    titles="成都市技术能手",
    delegation="成都代表队",
    citation="《2026 年四川工匠杯奖励办法(虚构演示文件)》第五条",
    note="",
)
WU = Line(
    sheet="技师", name="=HYPERLINK(1)", phone="+8613800000002", place="第4名及以后"
)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_roster_has_cover_then_a_sheet_per_grade_from_the_highest():
    export = exports.build([WU, ZHOU], FACTS)

    assert opened(export.content).sheetnames == ["封面", "高级技师", "技师"]
    assert export.people == 2


def test_roster_row_holds_every_column_in_order():
    sheet = opened(exports.build([ZHOU], FACTS).content)["高级技师"]
    heading, row = list(sheet.iter_rows(min_row=3, max_row=4, values_only=True))

    assert dict(zip(heading, row, strict=True)) == {
        "序号": 1,
        "姓名": "周𠮷安",
        "性别": "男",
        "证件类型": "居民身份证",
        "证件号码": "519900199104070036",
        "民族": "汉族",
        "出生日期": datetime(1991, 4, 7),  # noqa: DTZ001 - a workbook has no zones
        "学历": "大学专科",
        "身份(职工/教师/学生)": "职工",
        "工作单位(学校)": "蜀山重型机械有限公司",
        "所属地区(行政区划代码)": "四川省成都市(510100)",
        "联系电话": "13800000001",
        "竞赛名称": "2026 年四川工匠杯职业技能大赛",
        "竞赛级别类别": "省级一类",
        "主办文件文号": "川工匠杯〔2026〕1 号",
        "赛项": "焊接",
        "组别": "职工组",
        "参赛形式(单/双/三人)": "单人",
        "职业(工种)": "焊工",
        "职业编码": "6-18-02-04",
        "名次": 2,
        "奖项": "银牌",
        "理论成绩": 88.5,
        "实操成绩": 91.25,
        "总成绩": 90.43,
        "原等级": "技师",
        "原证书编号": "S000051000001262000217",
        "晋升等级": "高级技师",
        "依据条款": "《2026 年四川工匠杯奖励办法(虚构演示文件)》第五条",
        "备注": None,
    }
    assert sheet["E4"].data_type == "s"
    assert sheet["E4"].number_format == "@"
    assert sheet["G4"].number_format == "yyyy-mm-dd"


def test_title_list_has_its_own_columns_on_a4():
    facts = ExportFacts(**{**as_fields(FACTS), "kind": TITLES})
    line = Line(**{**as_fields(ZHOU), "sheet": "全国技术能手"})
    sheet = opened(exports.build([line], facts).content)["全国技术能手"]

    heading, row = list(sheet.iter_rows(min_row=3, max_row=4, values_only=True))

    assert dict(zip(heading, row, strict=True)) == {
        "序号": 1,
        "姓名": "周𠮷安",
        "性别": "男",
        "出生年月": "1991-04",
        "证件号码": "519900199104070036",
        "单位及职务": "蜀山重型机械有限公司",
        "职业(工种)": "焊工",
        "现等级": "技师",
        "竞赛名称": "2026 年四川工匠杯职业技能大赛",
        "类别": "省级一类",
        "名次": 2,
        "成绩文件文号": "川工匠杯〔2026〕9 号",
        "已获称号": "成都市技术能手",
        "联系电话": "13800000001",
        "推荐单位": "成都代表队",
    }
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        9,
        "landscape",
    )


def as_fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def test_roster_freezes_its_heading_prints_on_a3_and_merges_nothing():
    sheet = opened(exports.build([ZHOU], FACTS).content)["高级技师"]

    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'高级技师'!$A$1:$AD$4"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        8,
        "landscape",
    )
    assert list(sheet.merged_cells.ranges) == []


def test_cover_states_source_purpose_counts_and_digest():
    export = exports.build([ZHOU, WU], FACTS)
    rows = opened(export.content)["封面"].iter_rows(values_only=True)

    assert list(rows) == [
        ("获奖选手晋升职业技能等级人员花名册", None),
        (None, None),
        ("导出编号", "E-2026-0007"),
        ("成绩版本", "R-2026-0003-7F3A"),
        ("赛事", "2026 年四川工匠杯职业技能大赛"),
        ("依据文件", "2026 年四川工匠杯奖励办法(虚构演示文件)"),
        ("导出单位", "四川省人力资源和社会保障厅"),
        ("经办人", "王敏"),
        ("用途", "上报晋升职业技能等级"),
        ("筛选条件", "地区 四川省"),
        ("个人信息", "完整"),
        ("高级技师", "1 人"),
        ("技师", "1 人"),
        ("合计", "2 人"),
        ("另有待补，未列入", "2 人"),
        ("内容校验值 SHA-256", export.rows_digest),
        ("导出时间", "2026-11-20 10:30:00 (北京时间)"),
    ]


def test_masked_roster_shows_no_full_number_and_nothing_to_stitch_it_with():
    facts = ExportFacts(**{**as_fields(FACTS), "is_masked": True})
    content = exports.build([ZHOU], facts).content
    sheet = opened(content)["高级技师"]
    row = dict(
        zip(*sheet.iter_rows(min_row=3, max_row=4, values_only=True), strict=True)
    )

    shown = {key: row[key] for key in ("证件号码", "联系电话", "性别", "出生日期")}
    assert shown == {
        "证件号码": "519***********0036",
        "联系电话": "138****0001",
        "性别": None,
        "出生日期": None,
    }
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
    for secret in (b"519900199104070036", b"13800000001", b"1991-04"):
        assert secret not in everything


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
@pytest.mark.parametrize("field", ["name", "unit", "note", "phone", "citation"])
def test_no_text_runs_as_a_formula(payload, field):
    line = Line(**{**as_fields(ZHOU), field: payload})

    content = exports.build([line], FACTS).content

    for sheet in opened(content).worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {
            "s",
            "n",
            "d",
        }
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/")]
        assert all(b"<f>" not in parts.read(name) for name in sheets)


def test_digest_of_rows_changes_with_one_character():
    other = Line(**{**as_fields(ZHOU), "grade_held": "高级工"})

    digests = {exports.build([line], FACTS).rows_digest for line in (ZHOU, other)}

    assert len(digests) == 2
