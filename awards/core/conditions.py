"""The conditions a rule may ask, how each is written in TOML and how it is judged.

Every judge answers yes, no or unknown; unknown names the facts that would settle it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from awards.core.asking import (
    AgeRange,
    HoldsAny,
    PriorHolders,
    Share,
    TeamPlaces,
    name_list,
    pair_of,
    read_age,
    read_award,
    read_awards,
    read_by_team,
    read_grade,
    read_holds_any,
    read_names,
    read_positive,
    read_prior_holders,
    read_rank,
    read_rank_share,
    read_sizes,
    read_text,
    read_true,
    read_true_facts,
    round_share,
    say,
    say_age,
    say_all_true,
    say_by_team,
    say_holds_any,
    say_prior_holders,
    say_rank,
    say_share,
)  # fmt: skip
from awards.core.explanation import Answer, Phrase
from awards.core.facts import FACTS, Case, Value, shown
from awards.core.vocabulary import Award, Rank, Verdict, gettext_noop

Judged = tuple[bool | None, tuple[str, ...]]  # yes/no/unknown, facts looked at


@dataclass(frozen=True, slots=True)
class ConditionKind:
    """One key of ``when``: its label, the reader of its TOML value, how it is judged.

    ``read`` raises ValueError with the remedy; ``say`` puts the demand in words.
    """

    label: str
    read: Callable[[object], object]
    say: Callable[[object], Phrase]
    judge: Callable[[object, Case], Judged]


_VERDICTS = {None: Verdict.UNKNOWN, True: Verdict.YES, False: Verdict.NO}


def judge(key: str, asked: object, case: Case) -> Answer:
    """Judge one condition against a case."""
    kind = CONDITIONS[key]
    verdict, looked_at = kind.judge(asked, case)
    known = [(name, case.facts[name]) for name in looked_at if name in case.facts]
    alone = kind.label if len(looked_at) == 1 else ""
    found = "，".join([_found(alone, name, fact.value) for name, fact in known])
    sources = "；".join(dict.fromkeys([fact.source for _name, fact in known]))
    missing: tuple[str, ...] = ()
    if verdict is None:
        unsettled = [n for n in looked_at if n not in case.facts or _is_loose(case, n)]
        missing = tuple(dict.fromkeys(unsettled))
    demand = _demand(key, asked)
    return Answer(kind.label, demand, found, sources, _VERDICTS[verdict], missing)


@lru_cache(maxsize=4096)
def _demand(key: str, asked: object) -> Phrase:
    """A demand in words, put together once for everybody it is made of."""
    return CONDITIONS[key].say(asked)


def _found(alone: str, name: str, value: Value) -> str:
    """What is known of a fact; it is named unless the condition names it ``alone``."""
    label = _short_label(name)
    is_named = bool(alone) and alone[-2:] in label
    return shown(value) if is_named else f"{label} {shown(value)}"


@cache
def _short_label(name: str) -> str:
    return FACTS[name].label.partition("（")[0].removeprefix("是否")


def _is_loose(case: Case, name: str) -> bool:
    value = case.value(name)
    return isinstance(value, Rank) and value.low != value.high


def _one(
    name: str, test: Callable[[Value, object], bool | None]
) -> Callable[[object, Case], Judged]:
    def judge_one(asked: object, case: Case) -> Judged:
        known = name in case.facts
        return (test(case.value(name), asked) if known else None), (name,)

    return judge_one


def _either(outcomes: set[bool | None]) -> bool | None:
    return outcomes.pop() if len(outcomes) == 1 else None


def _within(value: Value, asked: object) -> bool | None:
    best, worst = pair_of(asked)
    return value.within(best, worst) if isinstance(value, Rank) else None


def _judge_rank_by_team(asked: object, case: Case) -> Judged:
    looked_at = ("rank", "team_size")
    if not isinstance(asked, TeamPlaces):
        raise TypeError(asked)
    rank = case.facts.get("rank")
    if rank is None or not isinstance(rank.value, Rank):
        return None, looked_at
    limits = dict(asked.limits)
    sizes = [*limits]
    if "team_size" in case.facts:
        size = case.value("team_size")
        fitting = [limit for limit in sizes if isinstance(size, int) and limit <= size]
        sizes = [max(fitting, default=min(sizes))]
    outcomes = {rank.value.within(1, limits[size]) for size in sizes}
    return _either(outcomes), looked_at


def _judge_rank_share(asked: object, case: Case) -> Judged:
    looked_at = ("rank", "field_size")
    if not isinstance(asked, Share) or "rank" not in case.facts:
        return None, looked_at
    rank, size = case.value("rank"), case.facts.get("field_size")
    if not isinstance(rank, Rank):
        return None, looked_at
    if size is None or not isinstance(size.value, int):
        too_good = rank.within(asked.rank_from, None) is False
        return (False if too_good else None), looked_at
    worst = round_share(asked.share, size.value, asked.rounding)
    return rank.within(asked.rank_from, worst), looked_at


def _judge_group(asked: object, case: Case) -> Judged:
    """The group competed in; where it is unknown, employment may affirm, never deny."""
    if "group" in case.facts:
        return case.value("group") in name_list(asked), ("group",)
    if "employment" in case.facts and case.value("employment") in name_list(asked):
        return True, ("employment",)
    return None, ("group",)


def _judge_holds_any(asked: object, case: Case) -> Judged:
    if not isinstance(asked, HoldsAny):
        raise TypeError(asked)
    verdicts: dict[str, bool | None] = {}
    if asked.titles:
        verdicts["titles"] = _one("titles", _overlaps)(asked.titles, case)[0]
    if asked.world_medal is not None:
        judged = _one("world_medal", _award_at_least)(asked.world_medal, case)
        verdicts["world_medal"] = judged[0]
    for name in asked.facts:
        verdicts[name] = _one(name, lambda value, _: value is True)(None, case)[0]
    holding = tuple(name for name, verdict in verdicts.items() if verdict)
    if holding:
        return True, holding
    unknown = tuple(name for name, verdict in verdicts.items() if verdict is None)
    return (None, unknown) if unknown else (False, tuple(verdicts))


def _judge_age(asked: object, case: Case) -> Judged:
    looked_at = ("birth_on", "held_on")
    if not isinstance(asked, AgeRange):
        raise TypeError(asked)
    if not case.facts.keys() >= set(looked_at):
        return None, looked_at
    born, first_day = case.value("birth_on"), case.value("held_on")
    if not isinstance(born, date) or not isinstance(first_day, date):
        return None, looked_at
    age = age_on(born, first_day)
    old_enough = asked.at_least is None or age >= asked.at_least
    return old_enough and (asked.at_most is None or age <= asked.at_most), looked_at


def age_on(born: date, day: date) -> int:
    """Completed years on ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _judge_first_listed(asked: object, case: Case) -> Judged:
    if "team_size" in case.facts and case.value("team_size") == 1:
        return True, ("team_size",)
    return _one("member_order", lambda value, _: value == 1)(asked, case)


def _judge_all_true(asked: object, case: Case) -> Judged:
    names = name_list(asked)
    values = {name: case.value(name) for name in names if name in case.facts}
    refused = tuple(name for name, value in values.items() if value is not True)
    if refused:
        return False, refused
    return (True if len(values) == len(names) else None), names


def _judge_prior_holders(asked: object, case: Case) -> Judged:
    """Yes where the person surely is none; what is stated counts before registers."""
    if not isinstance(asked, PriorHolders):
        raise TypeError(asked)
    if "prior_holder" in case.facts:
        return case.value("prior_holder") is False, ("prior_holder",)
    if "titles" in case.facts:
        if _overlaps(case.value("titles"), asked.titles):
            return False, ("titles",)
        if not asked.earlier_places:
            return True, ("titles",)
    return None, ("prior_holder",)


def _overlaps(value: Value, asked: object) -> bool:
    return isinstance(value, tuple) and not set(name_list(asked)).isdisjoint(value)


def _award_at_least(value: Value, asked: object) -> bool:
    if not isinstance(value, Award) or not isinstance(asked, Award):
        return False
    return value.level <= asked.level


def _at_least(value: Value, asked: object) -> bool:
    return value is not None and value >= asked  # type: ignore[operator]


def _never(asked: object, case: Case) -> Judged:
    return False, ()


NOT_APPLICABLE = "不适用"


def _judge_statement(asked: object, case: Case) -> Judged:
    """What an authority states holds, unless it states that the clause does not."""
    return asked != NOT_APPLICABLE, ()


def _among(value: Value, asked: object) -> bool:
    return value in name_list(asked)


CONDITIONS: dict[str, ConditionKind] = {
    "rank": ConditionKind(gettext_noop("名次"), read_rank, say_rank, _one("rank", _within)),
    "rank_by_team": ConditionKind(
        gettext_noop("名次（按参赛形式）"), read_by_team, say_by_team, _judge_rank_by_team
    ),
    "rank_share": ConditionKind(
        gettext_noop("名次（按参赛规模）"), read_rank_share, say_share, _judge_rank_share
    ),
    "award_at_least": ConditionKind(
        gettext_noop("奖项"), read_award, say(gettext_noop("{asked}及以上")),
        _one("award", _award_at_least),
    ),
    "award": ConditionKind(
        gettext_noop("奖项"), read_awards, say("{asked}"),
        _one("award", lambda value, asked: value in name_list(asked)),
    ),
    "group": ConditionKind(gettext_noop("组别"), read_names, say("{asked}"), _judge_group),
    "employment": ConditionKind(
        gettext_noop("身份"), read_names, say("{asked}"), _one("employment", _among)
    ),
    "track": ConditionKind(
        gettext_noop("赛项类型"), read_names, say("{asked}"), _one("track", _among)
    ),
    "division": ConditionKind(
        gettext_noop("学生组别"), read_names, say("{asked}"), _one("division", _among)
    ),
    "sex": ConditionKind(gettext_noop("性别"), read_names, say("{asked}"), _one("sex", _among)),
    "age": ConditionKind(gettext_noop("年龄"), read_age, say_age, _judge_age),
    "team_size": ConditionKind(
        gettext_noop("参赛形式"), read_sizes, say(gettext_noop("每队 {asked} 人")),
        _one("team_size", _among),
    ),
    "first_listed": ConditionKind(
        gettext_noop("主选手"), read_true, say(gettext_noop("报名时排在第一位的队员")),
        _judge_first_listed,
    ),
    "all_true": ConditionKind(
        gettext_noop("认定事实"), read_true_facts, say_all_true, _judge_all_true
    ),
    "holds_any": ConditionKind(
        gettext_noop("已获荣誉"), read_holds_any, say_holds_any, _judge_holds_any
    ),
    "grade_at_least": ConditionKind(
        gettext_noop("现持等级"), read_grade, say(gettext_noop("{asked}及以上")),
        _one("grade_held", _at_least),
    ),
    "occupation_top_at_least": ConditionKind(
        gettext_noop("职业（工种）设有的最高等级"), read_grade,
        say(gettext_noop("{asked}及以上")), _one("occupation_top", _at_least),
    ),
    "paper_at_least": ConditionKind(
        gettext_noop("命题等级"), read_grade, say(gettext_noop("{asked}及以上")),
        _one("paper_level", _at_least),
    ),
    "minimum_field": ConditionKind(
        gettext_noop("参赛规模"), read_positive, say(gettext_noop("不少于 {asked}")),
        _one("field_size", _at_least),
    ),
    "prior_holders": ConditionKind(
        gettext_noop("往届获奖"), read_prior_holders, say_prior_holders,
        _judge_prior_holders,
    ),
    "statement": ConditionKind(
        gettext_noop("文件另行规定"), read_text, say("{asked}"), _judge_statement
    ),
    "no_rewards": ConditionKind(
        gettext_noop("赛事限制"), read_text, say("{asked}"), _never
    ),
}  # fmt: skip
