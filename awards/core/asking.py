"""What a condition asks: its value types, how TOML writes it, how it is put in words.

Readers raise ValueError with the remedy; ``parsing`` adds file, rule and key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from awards.core.explanation import Phrase
from awards.core.facts import FACTS, shown
from awards.core.vocabulary import Award, gettext_noop
from people.core import grades
from people.core.grades import Grade


def round_share(share: Fraction, field: int, rounding: str) -> int:
    """The number of places a share of the field gives.

    >>> [round_share(Fraction(1, 2), 7, how) for how in ("floor", "ceil", "half-up")]
    [3, 4, 4]
    """
    exact = share * field
    if rounding == "floor":
        return floor(exact)
    return ceil(exact) if rounding == "ceil" else floor(exact + Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Share:
    """Places up to a share of the real field, from a first place on."""

    share: Fraction
    rounding: str
    rank_from: int


@dataclass(frozen=True, slots=True)
class TeamPlaces:
    """The last place by team size, smallest team first."""

    limits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Completed years on the first competition day; None leaves an end open."""

    at_least: int | None
    at_most: int | None


@dataclass(frozen=True, slots=True)
class HoldsAny:
    """Any one of these honours is enough."""

    titles: tuple[str, ...]
    world_medal: Award | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriorHolders:
    """Who only competes for selection: holders of titles, winners of earlier editions."""

    titles: tuple[str, ...]
    earlier_places: int = 0
    earlier_editions: int = 0


def pair_of(asked: object) -> tuple[int, int | None]:
    if not isinstance(asked, tuple):
        raise TypeError(asked)
    return asked


def name_list(asked: object) -> tuple[str, ...]:
    if not isinstance(asked, tuple):
        raise TypeError(asked)
    return asked


# Readers: a TOML value to what is asked, or a ValueError that says how to write it.


def read_rank(raw: object) -> object:
    if isinstance(raw, int) and not isinstance(raw, bool) and raw > 0:
        return (1, raw)
    if isinstance(raw, Mapping) and set(raw) <= {"from", "to"} and raw:
        return (
            read_positive(raw.get("from", 1)),
            read_positive(raw["to"]) if "to" in raw else None,
        )
    raise ValueError("write a place such as 3, or { from = 6, to = 20 }")


def read_positive(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 1:
        raise ValueError("write a whole number of at least 1")
    return raw


def read_by_team(raw: object) -> object:
    remedy = 'write places by team size, { "1" = 5, "2" = 3, "3" = 2 }'
    if not isinstance(raw, Mapping) or not raw:
        raise ValueError(remedy)
    try:
        limits = {int(size): read_positive(worst) for size, worst in raw.items()}
    except ValueError:
        raise ValueError(remedy) from None
    return TeamPlaces(tuple(sorted(limits.items())))


def read_share(raw: object) -> Fraction:
    """A share written as text, "1/2" or "0.3"; never a float."""
    if not isinstance(raw, str):
        raise ValueError('write the share as text, for example "1/2" or "30%"')
    try:
        percent = raw.endswith("%")
        value = Fraction(raw[:-1]) / 100 if percent else Fraction(raw)
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if not 0 < value <= 1:
        raise ValueError('write the share as text, for example "1/2" or "30%"')
    return value


def read_rounding(raw: object) -> str:
    """How a share is rounded to whole places."""
    if raw not in ("floor", "ceil", "half-up"):
        raise ValueError("write the rounding: floor, ceil or half-up")
    return str(raw)


def read_sizes(raw: object) -> object:
    """Team sizes as a list of numbers."""
    if not isinstance(raw, list) or not raw:
        raise ValueError("write a list of team sizes, for example [1]")
    return tuple(read_positive(part) for part in raw)


def read_rank_share(raw: object) -> object:
    if not isinstance(raw, Mapping) or not {"share", "rounding"} <= set(raw) <= {
        "share", "rounding", "from",
    }:  # fmt: skip
        raise ValueError('write { share = "1/2", rounding = "floor", from = 4 }')
    first = read_positive(raw.get("from", 1))
    return Share(read_share(raw["share"]), read_rounding(raw["rounding"]), first)


def read_award(raw: object) -> Award:
    try:
        return Award.of(str(raw) or "?")
    except ValueError:
        raise ValueError(f"write one of {', '.join(Award)}") from None


def read_awards(raw: object) -> object:
    return tuple(read_award(part) for part in read_names(raw))


def read_names(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw or not all(isinstance(r, str) for r in raw):
        raise ValueError('write a list of texts, for example ["worker"]')
    return tuple(raw)


def read_true_facts(raw: object) -> object:
    names = read_names(raw)
    for name in names:
        if name not in FACTS:
            raise ValueError(f"'{name}' is not a fact; write one of {', '.join(FACTS)}")
    return names


def read_holds_any(raw: object) -> object:
    if not isinstance(raw, Mapping) or not set(raw) <= {
        "titles",
        "world_medal",
        "facts",
    }:
        raise ValueError('write { titles = [...], world_medal = "bronze", facts = [] }')
    medal = raw.get("world_medal")
    return HoldsAny(
        titles=read_names(raw["titles"]) if "titles" in raw else (),
        world_medal=None if medal is None else read_award(medal),
        facts=tuple(read_true_facts(raw["facts"])) if "facts" in raw else (),  # type: ignore[arg-type]
    )


def read_age(raw: object) -> object:
    if (
        not isinstance(raw, Mapping)
        or not raw
        or not set(raw) <= {"at_least", "at_most"}
    ):
        raise ValueError("write { at_least = 16, at_most = 35 }")
    ends = [raw.get("at_least"), raw.get("at_most")]
    least, most = (None if end is None else read_positive(end) for end in ends)
    return AgeRange(least, most)


def read_grade(raw: object) -> Grade:
    try:
        return grades.parse(str(raw))
    except ValueError:
        raise ValueError("write a grade, for example 技师") from None


def read_prior_holders(raw: object) -> object:
    """Titles that make a prior holder, as a list of texts."""
    return PriorHolders(read_names(raw))


def read_true(raw: object) -> object:
    if raw is not True:
        raise ValueError("write true or leave the key out")
    return raw


def read_text(raw: object) -> object:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("write a text")
    return raw.strip()


# Demands in words.


def say_rank(asked: object) -> Phrase:
    best, worst = pair_of(asked)
    if worst is None:
        return Phrase(gettext_noop("第 {best} 名或以后"), {"best": str(best)})
    if best == 1:
        return Phrase(gettext_noop("前 {worst} 名"), {"worst": str(worst)})
    values = {"best": str(best), "worst": str(worst)}
    return Phrase(gettext_noop("第 {best} 至 {worst} 名"), values)


def say_by_team(asked: object) -> Phrase:
    if not isinstance(asked, TeamPlaces):
        raise TypeError(asked)
    listed = ",".join(f"{size} 人项目前 {worst} 名" for size, worst in asked.limits)
    return Phrase("{limits}", {"limits": listed})


def say_share(asked: object) -> Phrase:
    if not isinstance(asked, Share):
        raise TypeError(asked)
    words = {"floor": "向下取整", "ceil": "向上取整", "half-up": "四舍五入"}
    values = {
        "share": str(asked.share),
        "rounding": words[asked.rounding],
        "first": str(asked.rank_from),
    }
    return Phrase(
        gettext_noop("第 {first} 名起、实际参赛数的 {share} 以内（{rounding}）"), values
    )


def say(template: str) -> Callable[[object], Phrase]:
    def say(asked: object) -> Phrase:
        return Phrase(template, {"asked": _listed(asked)})

    return say


def _listed(asked: object) -> str:
    if isinstance(asked, tuple):
        return "或".join(_listed(part) for part in asked)
    return shown(asked) if isinstance(asked, Award | Grade) else shown(str(asked))


def _stated(name: str) -> str:
    """What a fact says when it is true: 是否农村户籍 becomes 农村户籍."""
    return FACTS[name].label.removeprefix("是否")


def say_all_true(asked: object) -> Phrase:
    labels = "、".join(_stated(name) for name in name_list(asked))
    return Phrase("{facts}", {"facts": labels})


def say_holds_any(asked: object) -> Phrase:
    if not isinstance(asked, HoldsAny):
        raise TypeError(asked)
    parts = [*asked.titles, *(_stated(name) for name in asked.facts)]
    if asked.world_medal is not None:
        parts.append(f"世界技能大赛{asked.world_medal.label}及以上")
    return Phrase(gettext_noop("具备其一：{honours}"), {"honours": "、".join(parts)})


def say_prior_holders(asked: object) -> Phrase:
    if not isinstance(asked, PriorHolders):
        raise TypeError(asked)
    parts = ["、".join(asked.titles)] if asked.titles else []
    if asked.earlier_places:
        values = f"前 {asked.earlier_editions} 届前 {asked.earlier_places} 名"
        parts.append(values)
    template = gettext_noop("此前未获：{honours}；已获的只参加选拔，名次顺延")
    return Phrase(template, {"honours": "、".join(parts)})


def say_age(asked: object) -> Phrase:
    if not isinstance(asked, AgeRange):
        raise TypeError(asked)
    least, most = asked.at_least, asked.at_most
    parts = [f"满 {least} 周岁"] if least is not None else []
    parts += [f"不超过 {most} 周岁"] if most is not None else []
    return Phrase("{ages}", {"ages": "、".join(parts)})
