"""The columns of the roster workbook and the words its cells may hold.

Chinese words stand here as data: they are what people type, not text we show.
"""

from people.spreadsheets import Cell, Column, Field

ROLES = {
    "选手": "competitor",
    "参赛选手": "competitor",
    "教练": "coach",
    "专家": "expert",
    "专家组": "expert",
}
SEXES = {"男": "1", "女": "2"}
EMPLOYMENTS = {
    "职工": "worker",
    "学生": "student",
    "教师": "teacher",
    "学徒": "apprentice",
    "退休": "retired",
}
IDENTITY_KINDS = {
    "居民身份证": "resident-id",
    "身份证": "resident-id",
    "港澳台居民居住证": "hmt-residence",
    "港澳居民来往内地通行证": "hm-permit",
    "台湾居民来往大陆通行证": "tw-permit",
    "外国人永久居留身份证": "foreign-residence",
    "护照": "passport",
    "军官证": "officer",
}

# key, heading, width, other headings; required ones are marked with "*".
_COLUMNS = (
    ("skill", "赛项编号*", 10, ("赛项", "赛项代码")),
    ("delegation", "代表队*", 22, ()),
    ("delegation_region", "代表队地区", 12, ()),
    ("team", "队伍号", 9, ()),
    ("role", "角色", 8, ()),
    ("name", "姓名*", 12, ()),
    ("sex", "性别", 6, ()),
    ("identity_kind", "证件类型", 14, ()),
    ("identity_number", "证件号码*", 22, ("身份证号", "身份证号码")),
    ("birth_on", "出生日期", 12, ()),
    ("ethnicity", "民族", 8, ()),
    ("education", "学历", 12, ()),
    ("employment", "身份", 8, ("身份类别",)),
    ("organization", "单位*", 30, ("工作单位", "工作单位(学校)", "学校")),
    ("organization_region", "单位地区", 12, ()),
    ("home_region", "所属地区", 12, ("所属地区(行政区划代码)",)),
    ("phone", "联系电话", 14, ("手机",)),
    ("social_card", "社会保障卡号", 20, ()),
    ("occupation", "已持职业编码", 14, ()),
    ("grade", "已持等级", 12, ("原等级",)),
    ("certificate", "等级证书编号", 26, ("原证书编号",)),
    ("issued_on", "发证日期", 12, ()),
    ("title", "已获称号", 18, ()),
    ("title_issuer", "授予单位", 22, ()),
    ("title_on", "称号取得日期", 12, ()),
)
# As long as the column that keeps it; the rest are at most 60.
_LONGEST = {
    "skill": 100,
    "delegation": 120,
    "team": 40,
    "name": 80,
    "ethnicity": 20,
    "education": 30,
    "organization": 120,
    "occupation": 20,
    "certificate": 30,
    "title_issuer": 120,
}
FIELDS = tuple(
    Field(
        key,
        (heading.rstrip("*"), heading, *also),
        heading.endswith("*"),
        _LONGEST.get(key, 60),
    )
    for key, heading, _, also in _COLUMNS
)
COLUMNS = tuple(Column(key, heading, width) for key, heading, width, _ in _COLUMNS)
NOTES: tuple[tuple[str, Cell], ...] = (
    ("带 * 的列", "必须填写；其余可以留空，也可以删去整列。"),
    ("赛项编号", "与赛事页面上的编号一致，也可以写赛项名称。"),
    ("队伍号", "双人、多人赛项同队填同一个号，第一行为主选手；单人赛项不填。"),
    ("角色", "选手（不填即为选手）、教练或专家；教练、专家与选手填同一个队伍号。"),
    (
        "证件类型",
        "不填为居民身份证；另有：" + "、".join(list(IDENTITY_KINDS)[2:]) + "。",
    ),
    ("证件号码", "本列为文本格式，请勿改为数字，否则末几位会丢失。"),
    ("身份", "、".join(EMPLOYMENTS) + "。"),
    ("地区", "六位行政区划代码，或“四川省”“成都市”这样的地名。"),
    ("已持等级", "例如 技师、高级工、二级；须同时填写已持职业编码。"),
    ("日期", "写成 2026-11-20。"),
)
