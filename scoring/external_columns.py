"""Headings and words of published result tables, as they are met in use."""

from people.spreadsheets import Cell, Column, Field

_FIELDS = (
    Field("competition", ("竞赛名称", "competition", "赛事名称", "赛事"), True),
    Field("tier", ("竞赛级别", "tier", "竞赛级别类别", "赛事层级"), True),
    Field("year", ("年份", "year"), True),
    Field("delegation", ("代表队", "delegation"), True),
    Field("event", ("赛项", "event", "赛项名称", "竞赛项目"), True),
    Field("award", ("奖项", "award"), True),
    Field("contestant", ("选手", "contestant", "姓名", "获奖选手"), True),
    Field("unit", ("单位", "unit", "工作单位", "工作单位(学校)"), True),
    Field("event_kind", ("赛项类别", "event_kind")),
    Field("group", ("组别", "group")),
    Field("team_size", ("每队人数", "team_size")),
    Field("team", ("队伍号", "team_id")),
    Field("rank", ("名次", "rank")),
    Field("title_granted", ("授予称号", "title_granted")),
    Field("points", ("总成绩", "points", "成绩")),
    Field("occupation", ("职业编码", "occupation_code")),
    Field("identity_number", ("身份证号", "identity_number", "证件号码")),
    Field("starts_on", ("开始日期", "starts_on")),
    Field("ends_on", ("结束日期", "ends_on")),
    Field("row_id", ("序号", "row_id")),
    Field("source", ("来源", "source_id")),
)
_LONGEST = {
    "competition": 160,
    "delegation": 120,
    "event": 100,
    "contestant": 80,
    "unit": 120,
    "award": 40,
    "team": 30,
    "occupation": 20,
}
FIELDS = tuple(
    Field(
        f.key,
        (*f.headings, f"{f.headings[0]}*"),
        f.is_required,
        _LONGEST.get(f.key, f.longest),
    )
    for f in _FIELDS
)
# The first word found in the cell decides.
TIERS = (
    ("世界", "world"),
    ("国际", "international"),
    ("国家", "national"),
    ("全国", "national"),
    ("省", "provincial"),
    ("自治区", "provincial"),
    ("直辖市", "provincial"),
    ("区县", "county"),
    ("县", "county"),
    ("市", "municipal"),
    ("州", "municipal"),
    ("企业", "enterprise"),
    ("院校", "school"),
    ("校级", "school"),
)
GROUPS = (
    ("职工", "worker"),
    ("学生", "student"),
    ("教师", "teacher"),
    ("不分组", "open"),
)
TRACKS = (("世赛选拔", "selection"), ("国赛精选", "national-choice"))

# The template shows what a person can know; the last two are of stored copies only.
COLUMNS = tuple(
    Column(field.key, field.headings[0] + ("*" if field.is_required else ""), 16)
    for field in FIELDS
    if field.key not in ("row_id", "source")
)
NOTES: tuple[tuple[str, Cell], ...] = (
    ("带 * 的列", "必须填写；其余不知道就留空，不要推测。"),
    ("每行", "一名选手；双人、多人赛项同队填同一个队伍号，第一行为主选手。"),
    ("竞赛级别", "例如 国家级综合、省级一类、市级。一张表只写一场赛事的一届。"),
    ("名次", "公布了名次才填；只公布奖项时留空。"),
    ("代表队", "例如 四川，或 江苏/常州。"),
)
