"""The facts file's sheet: its columns, the words its cells may hold, how to fill it in."""

from dataclasses import replace

from people.spreadsheets import Column, Field
from people.spreadsheets.writing import DATE

SHEET = "人员事实"
YES_NO = {"是": True, "否": False}
SEXES = {"男": "1", "女": "2"}
EMPLOYMENTS = {
    "职工": "worker",
    "学生": "student",
    "教师": "teacher",
    "学徒": "apprentice",
    "退休": "retired",
}
ROUTES = {"竞赛": "competition", "评选": "evaluation"}
ISSUER_KINDS = {
    "Y": "Y",
    "S": "S",
    "用人单位": "Y",
    "社会评价组织": "S",
    "社会培训评价组织": "S",
}
LEVELS = {
    "员级": "elementary",
    "助理级": "assistant",
    "中级": "intermediate",
    "副高级": "associate",
    "正高级": "full",
}
HOLDERS = {
    "allowance": "state-allowance",
    "national_studio": "national-studio",
    "provincial_studio": "provincial-studio",
}
NONE = "无"

# Key, heading, width, other headings, longest.
_COLUMNS: tuple[tuple[str, str, int, tuple[str, ...], int], ...] = (
    ("person", "档案号", 12, ("人员编号",), 20),
    ("name", "姓名", 12, (), 80),
    ("identity", "证件号码", 22, ("身份证号",), 30),
    ("missing", "缺的事实", 30, (), 400),
    ("occupation", "职业编码", 14, ("职业", "职业（工种）"), 60),
    ("grade", "现持等级", 14, ("等级", "技能等级"), 60),
    ("certificate", "证书编号", 26, ("等级证书编号",), 40),
    ("issuer", "发证机构", 24, (), 120),
    ("issuer_kind", "机构类别", 12, (), 20),
    ("issued_on", "发证日期", 12, (), 30),
    ("title", "称号", 18, ("已获称号",), 60),
    ("title_issuer", "授予单位", 22, (), 120),
    ("title_on", "授予日期", 12, (), 30),
    ("route", "取得方式", 10, (), 10),
    ("origin", "来源省份", 12, (), 30),
    ("allowance", "国务院特殊津贴", 14, ("国务院特贴",), 10),
    ("national_studio", "国家级工作室领办人", 14, (), 10),
    ("provincial_studio", "省级工作室领办人", 14, (), 10),
    ("employment", "身份", 10, (), 10),
    ("education", "学历", 14, ("文化程度",), 30),
    ("professional_title", "职称", 14, (), 60),
    ("professional_level", "职称层级", 12, (), 10),
    ("birth_on", "出生日期", 12, (), 30),
    ("sex", "性别", 8, (), 4),
    ("social_card", "社会保障卡号", 22, (), 40),
    ("evidence", "依据", 30, ("证据", "依据文件"), 200),
    ("evidence_on", "依据日期", 12, (), 30),
)
REQUIRED = frozenset({"name", "evidence"})
DATES = frozenset({"issued_on", "title_on", "birth_on", "evidence_on"})
# Whatever stands here is no fact: a row with nothing else is passed over.
AROUND = frozenset(
    {"person", "name", "identity", "missing", "occupation", "evidence", "evidence_on"}
)
COLUMNS = tuple(
    Column(key, heading, width, kind=DATE if key in DATES else "text")
    for key, heading, width, _others, _longest in _COLUMNS
)
FIELDS = tuple(
    Field(key, (heading, *others), is_required=key in REQUIRED, longest=longest)
    for key, heading, _width, others, longest in _COLUMNS
)
# A list of grades another body sends: whose, which, by what certificate.
_LISTED = ("name", "identity", "occupation", "grade", "certificate", "issuer")
_LIST_NEEDS = frozenset({"identity", "occupation", "grade"})
GRADE_LIST = tuple(
    replace(field, is_required=field.key in _LIST_NEEDS)
    for field in FIELDS
    if field.key in (*_LISTED, "issuer_kind", "issued_on")
)
NOTES = (
    ("只填查到的", "空着的格不写入任何数据；整行空着的人原样跳过。"),
    ("认人", "档案号由平台填好；没有档案号时填证件号码。姓名必须与档案一致。"),
    ("依据", "填了任何一项都要写依据：证书、档案、文件名称和文号。"),
    ("职业编码", "例如 6-18-02-04，也可写职业名称；证书上的旧名称会提醒核对。"),
    ("现持等级", "例如 技师、高级工、二级、四级/中级技能；查过确实没有的写 无。"),
    ("证书编号", "22 位，或旧职业资格证书的 16 位；由发证机构编号，只核对格式。"),
    ("机构类别", "Y 用人单位，S 社会评价组织；有 22 位编号的可以不填。"),
    ("称号", "已获的称号，一行一个；查过确实没有的写 无。"),
    ("是或否", "国务院特殊津贴、工作室领办人写 是 或 否。"),
    ("身份", "、".join(EMPLOYMENTS) + "。"),
    ("职称层级", "、".join(LEVELS) + "。"),
    ("日期", "写成 2026-11-20。"),
)
