"""The facts a rule may ask for, and the case that carries them.

A fact absent from a case is *unknown*; a fact present with the value None is known to
be nothing (no grade held).  Every fact has a source a clerk can look up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from awards.core.vocabulary import Award, Rank, Trigger, gettext_noop
from people.core import grades
from people.core.grades import Grade

Value = (
    None | bool | int | str | date | Decimal | Rank | Award | Grade | tuple[str, ...]
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A known value and where it was read."""

    value: Value
    source: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What decides whether a rule is in question at all; never a missing fact.

    ``region`` is the competition's, ``home_region`` the person's or delegation's
    (GB/T 2260, empty when not known).
    """

    tier: str
    competition_class: str = ""
    kind: str = ""
    competition_name: str = ""
    competition: str = ""
    year: int = 0
    region: str = ""
    home_region: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One person (or unit), one trigger, and what is known about it.

    ``ranks_under`` holds the place under a document that skips prior holders, by the
    document's id; everywhere else the fact ``rank`` counts.  ``is_repeat``: the subject
    has been asked with a better result, so only rules that look at the result ask again.
    """

    person: str
    skill: str
    setting: Setting
    facts: Mapping[str, Fact] = field(default_factory=dict)
    trigger: Trigger = Trigger.RESULT
    occupation: str = ""
    ranks_under: Mapping[str, Fact] = field(default_factory=dict)
    is_repeat: bool = False

    def value(self, name: str) -> Value:
        """The value of a known fact; KeyError when it is unknown."""
        return self.facts[name].value


@dataclass(frozen=True, slots=True)
class FactKind:
    """Name, Chinese label and reader of one fact.

    ``read`` turns plain data (a TOML or form value) into a value; ValueError otherwise.
    """

    label: str
    read: Callable[[object], Value]


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(raw)
    return raw.strip()


def _flag(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    words = {"是": True, "yes": True, "true": True, "否": False, "no": False}
    words["false"] = False
    try:
        return words[_text(raw).lower()]
    except KeyError:
        raise ValueError(raw) from None


def _count(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise ValueError(raw)
    number = int(raw)
    if number < 0:
        raise ValueError(raw)
    return number


def _day(raw: object) -> date:
    return raw if isinstance(raw, date) else date.fromisoformat(_text(raw))


def _rank(raw: object) -> Rank:
    if isinstance(raw, Mapping):
        high = raw.get("high")
        return Rank(_count(raw.get("low", 1)), None if high is None else _count(high))
    return Rank.exact(_count(raw))


def _award(raw: object) -> Award:
    if not isinstance(raw, str):
        raise ValueError(raw)
    return Award.of(raw)


def _grade(raw: object) -> Grade | None:
    text = _text(raw)
    return None if text in ("无", "none") else grades.parse(text)


def _texts(raw: object) -> tuple[str, ...]:
    if isinstance(raw, str):
        raw = [part for part in raw.replace("、", ",").split(",") if part.strip()]
    if not isinstance(raw, list | tuple):
        raise ValueError(raw)
    return tuple(_text(part) for part in raw)


FACTS: dict[str, FactKind] = {
    "rank": FactKind(gettext_noop("名次"), _rank),
    "award": FactKind(gettext_noop("奖项"), _award),
    "team_size": FactKind(gettext_noop("参赛形式（每队人数）"), _count),
    "member_order": FactKind(gettext_noop("报名顺序（第几位队员）"), _count),
    "field_size": FactKind(gettext_noop("实际参赛数"), _count),
    "group": FactKind(gettext_noop("组别（职工/学生/教师）"), _text),
    "employment": FactKind(gettext_noop("身份（职工/学生/教师）"), _text),
    "division": FactKind(gettext_noop("学生组别（高级组/中级组）"), _text),
    "track": FactKind(gettext_noop("赛项类型（世赛选拔/国赛精选）"), _text),
    "professional_skill": FactKind(gettext_noop("是否专业技术类赛项"), _flag),
    "grade_held": FactKind(gettext_noop("现持职业技能等级"), _grade),
    "occupation_top": FactKind(gettext_noop("职业（工种）设有的最高等级"), _grade),
    "paper_level": FactKind(gettext_noop("命题等级"), _grade),
    "passed_theory": FactKind(gettext_noop("理论成绩是否合格"), _flag),
    "passed_practice": FactKind(gettext_noop("实操成绩是否合格"), _flag),
    "passed": FactKind(gettext_noop("竞赛成绩是否合格"), _flag),
    "titles": FactKind(gettext_noop("已获称号"), _texts),
    "prior_holder": FactKind(gettext_noop("是否往届获奖或已获称号（不再参评）"), _flag),
    "birth_on": FactKind(gettext_noop("出生日期"), _day),
    "held_on": FactKind(gettext_noop("比赛首日"), _day),
    "sex": FactKind(gettext_noop("性别"), _text),
    "lead_coach": FactKind(gettext_noop("是否第一指导教练"), _flag),
    "rural_household": FactKind(gettext_noop("是否农村户籍"), _flag),
    "national_squad": FactKind(gettext_noop("是否入选世赛国家集训队"), _flag),
    "labour_contract": FactKind(gettext_noop("是否与本地单位签订劳动合同"), _flag),
    "from_elsewhere": FactKind(gettext_noop("是否从省外引进"), _flag),
    "highest_of_event": FactKind(gettext_noop("是否全场最高分"), _flag),
    "best_of_delegation": FactKind(gettext_noop("是否代表团最佳选手"), _flag),
    "western_delegation": FactKind(gettext_noop("是否西部代表团推荐"), _flag),
    "chosen_unit": FactKind(gettext_noop("是否经组委会评选"), _flag),
    "world_medal": FactKind(gettext_noop("世界技能大赛奖牌"), _award),
    "special_allowance": FactKind(gettext_noop("是否享受国务院特殊津贴"), _flag),
    "national_studio_lead": FactKind(
        gettext_noop("是否国家级技能大师工作室领办人"), _flag
    ),
    "provincial_studio_lead": FactKind(
        gettext_noop("是否省级技能大师工作室领办人"), _flag
    ),
}


# Whom a missing fact is stated about when a bureau fills it in; the facts of people
# that have a place in the person register are recorded there instead.
OF_SKILL = (
    "field_size",
    "group",
    "division",
    "track",
    "professional_skill",
    "paper_level",
    "occupation_top",
    "team_size",
    "held_on",
)
OF_ENTRY = ("rank", "award")
OF_PERSON = (
    "member_order",
    "passed",
    "passed_theory",
    "passed_practice",
    "prior_holder",
    "national_squad",
    "labour_contract",
    "from_elsewhere",
    "highest_of_event",
    "lead_coach",
    "rural_household",
    "world_medal",
    "best_of_delegation",
    "western_delegation",
)
OF_UNIT = ("chosen_unit",)


def read_facts(raw: Mapping[str, object], source: str) -> dict[str, Fact]:
    """Read plain data into facts; ValueError names the fact that cannot be read."""
    facts = {}
    for name, value in raw.items():
        if name not in FACTS:
            raise ValueError(f"{name}: not a fact")
        try:
            facts[name] = Fact(FACTS[name].read(value), source)
        except ValueError as error:
            raise ValueError(f"{name}: {value!r}") from error
    return facts


def shown(value: Value) -> str:
    """A value as a clerk reads it."""
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Award | Grade):
        return value.label
    if isinstance(value, Rank):
        return shown_rank(value)
    if isinstance(value, tuple):
        return "、".join(value) if value else "无"
    return GROUPS.get(str(value), str(value))


def shown_rank(rank: Rank) -> str:
    """A place in words: 第 3 名, 第 4 名或以后, 第 4 至 6 名."""
    if rank.low == rank.high:
        return f"第 {rank.low} 名"
    if rank.high is None:
        return f"第 {rank.low} 名或以后"
    return f"第 {rank.low} 至 {rank.high} 名"


GROUPS = {
    "worker": "职工",
    "student": "学生",
    "teacher": "教师",
    "apprentice": "学徒",
    "retired": "退休",
    "male": "男",
    "female": "女",
    "open": "不分组",
    "selection": "世赛选拔",
    "national-choice": "国赛精选",
}
