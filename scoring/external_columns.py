"""Headings and words of published result tables, as they are met in use."""

from people.spreadsheets import Field

FIELDS = (
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
