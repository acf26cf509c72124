"""An event not yet held, as it stands in an address, and its forecast in words.

Reads only; the forecast itself is the core's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from awards.core.explanation import missing_label
from awards.core.facts import Fact, Setting
from awards.core.forecasting import (
    PLAN,
    Contest,
    FieldLine,
    Forecast,
    GrantLine,
    Plan,
    PrizeLine,
)
from awards.core.quotas import limits_of
from awards.core.rulebook import Rulebook
from awards.core.vocabulary import GrantKind
from awards.document_parts import ROUNDING
from awards.enums import OutcomeKind
from awards.spoken import spoken
from competitions.enums import CompetitionClass, CompetitionKind, Group, Tier, Track
from people.core import regions
from people.core.grades import Grade
from people.words import grade_words

MOST_ENTRIES, MOST_CONTESTS, MOST_MEMBERS = 1000, 20, 20
SPARE = 3  # empty lines of the form
GROUPS = [choice for choice in Group.choices if choice[0] != Group.UNKNOWN]
STATES = ("given", "depends", "unknown", "none")


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan as it was typed, what it means, and what is wrong with it in words."""

    values: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...]
    plan: Plan | None
    contests: tuple[Contest, ...]
    problems: tuple[str, ...]


def asked_of(query: QueryDict, *, region: str, today: date) -> Asked:
    """Read a plan from an address; without a skill in it nothing is forecast."""
    names = ("tier", "class", "kind", "name", "region", "home", "on", "track", "paper")
    standard = {
        "tier": Tier.PROVINCIAL,
        "kind": CompetitionKind.COMPREHENSIVE,
        "region": region,
        "on": today.isoformat(),
    }
    values = {key: query.get(key, standard.get(key, "")) for key in names}
    columns = ("skill", "group", "size", "entries")
    lists = [query.getlist(key) for key in columns]
    rows = [
        dict(zip(columns, (part.strip() for part in row), strict=True))
        for row in zip(*lists, strict=False)
    ]
    lines = [row for row in rows if row["skill"] or row["entries"]]
    problems: list[str] = []
    contests = _contests(lines, problems)
    plan = _plan(values, problems) if contests else None
    spare = {"skill": "", "group": Group.WORKER, "size": "1", "entries": ""}
    return Asked(
        values=values,
        lines=(*lines, *([spare] * SPARE)),
        plan=plan if not problems else None,
        contests=tuple(contests),
        problems=tuple(problems),
    )


def _contests(lines: Iterable[Mapping[str, str]], problems: list[str]) -> list[Contest]:
    found = []
    for number, line in enumerate(lines, start=1):
        name = line["skill"] or _("第 %(n)d 个赛项") % {"n": number}
        entries = _number(line["entries"])
        size = _number(line["size"] or "1")
        if not entries or not size or size > MOST_MEMBERS:
            text = _(
                "%(name)s：请填实际参赛数和每队人数（都是正整数，每队至多 %(n)d 人）。"
            )
            problems.append(text % {"name": name, "n": MOST_MEMBERS})
            continue
        group = line["group"] if line["group"] in Group.values else ""
        found.append(Contest(name, entries, size, group))
    if len(found) > MOST_CONTESTS or sum(c.entries for c in found) > MOST_ENTRIES:
        text = _(
            "一次最多测算 %(skills)d 个赛项、合计 %(entries)d 个参赛，请分几次算。"
        )
        values = {"skills": MOST_CONTESTS, "entries": MOST_ENTRIES}
        problems.append(text % values)
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _plan(values: Mapping[str, str], problems: list[str]) -> Plan | None:
    try:
        on = date.fromisoformat(values["on"])
    except ValueError:
        problems.append(_("比赛日期不是日期，请按 2026-10-16 的样子填写。"))
        return None
    facts = {}
    if values["track"] in Track.values:
        facts["track"] = Fact(values["track"], PLAN)
    if values["paper"] in {str(int(grade)) for grade in Grade}:
        facts["paper_level"] = Fact(Grade(int(values["paper"])), PLAN)
    setting = Setting(
        tier=values["tier"] if values["tier"] in Tier.values else "",
        competition_class=values["class"],
        kind=values["kind"],
        competition_name=values["name"],
        year=on.year,
        region=values["region"],
        home_region=values["home"] or values["region"],
    )
    return Plan(setting, on, facts)


def choices() -> dict[str, Any]:
    """What the form offers."""
    return {
        "tiers": Tier.choices,
        "classes": CompetitionClass.choices,
        "kinds": CompetitionKind.choices,
        "tracks": Track.choices,
        "groups": GROUPS,
        "regions": [("000000", _("全国")), *regions.provinces()],
        "papers": [(str(int(g)), grade_words(g.full_label)) for g in Grade],
    }


def told(found: Forecast, books: Iterable[Rulebook], year: int) -> dict[str, Any]:
    """One document's forecast in words, for a page and for JSON."""
    shelf = tuple(books)
    questions = {
        f"{book.document.id}:{gap.id}": (gap.question, gap.authority, book.document.id)
        for book in shelf
        for gap in book.gaps
    }
    limits = {
        limit.value: limit.number
        for limit in limits_of(shelf)
        if not limit.rulebook and (limit.years is None or _lasts(limit.years, year))
    }
    return {
        "document": found.document.id,
        "title": found.document.title,
        "is_draft": found.is_preview,
        "is_report": found.document.seen == "report",
        "prizes": [_prize(line) for line in found.prizes],
        "fields": [_field(line, questions) for line in found.fields],
        "grants": [_grant(line, questions, limits) for line in found.grants],
    }


def _lasts(years: tuple[int, int], year: int) -> bool:
    return years[0] <= year <= years[1]


def _prize(line: PrizeLine) -> dict[str, Any]:
    prize = line.prize
    words = {"share": prize.share, "exact": line.exact}
    how = ""
    if prize.share is not None and line.exact is not None:
        rounding = _(ROUNDING[prize.rounding])
        how = _("参赛数的 %(share)s，即 %(exact)s") % {
            **words,
            "exact": mixed(line.exact),
        }
        if line.exact.denominator != 1:
            how = _("%(how)s，%(rounding)s") % {"how": how, "rounding": rounding}
    return {
        "id": prize.id,
        "label": prize.label,
        "count": line.count,
        "places": _places(((line.first, line.last),) if line.count else ()),
        "how": how,
        "clause": prize.citation.clause,
        "quote": prize.citation.quote,
    }


def mixed(value: Fraction) -> str:
    """An exact number as people write it: 14, 15 1/2, 2/3.

    >>> mixed(Fraction(31, 2)), mixed(Fraction(2, 3)), mixed(Fraction(14))
    ('15 1/2', '2/3', '14')
    """
    whole, rest = divmod(value.numerator, value.denominator)
    part = f"{rest}/{value.denominator}" if rest else ""
    return " ".join(filter(None, (str(whole) if whole or not part else "", part)))


Questions = Mapping[str, tuple[str, str, str]]


def _field(line: FieldLine, questions: Questions) -> dict[str, Any]:
    return {
        "id": line.id,
        "needed": line.needed,
        "short": line.short,
        "gaps": [_question(gap, questions) for gap in line.open],
        "clause": line.citation.clause,
        "quote": line.citation.quote,
    }


def _question(gap: str, questions: Questions) -> dict[str, str]:
    if gap not in questions:
        text = _("哪些名次获奖：现行文件都没有规定这项赛事的奖项")
        return {"gap": gap, "question": text, "authority": "", "document": ""}
    question, authority, document = questions[gap]
    identifier = gap.partition(":")[2]
    return {
        "gap": identifier,
        "question": question,
        "authority": authority,
        "document": document,
    }


def _grant(
    line: GrantLine, questions: Questions, limits: Mapping[str, int]
) -> dict[str, Any]:
    kind = str(OutcomeKind(line.kind).label)
    is_title = line.kind is GrantKind.TITLE
    return {
        "rule": line.rule,
        "kind": kind,
        "value": spoken(line.value),
        "state": line.state,
        "people": line.people,
        "amount": str(line.amount * line.people) if line.amount is not None else "",
        "places": _places(line.places),
        "missing": [missing_label(name, _) for name in line.missing],
        "gaps": [_question(gap, questions) for gap in line.gaps],
        "why": [
            {
                "name": _(answer.name),
                "asked": answer.asked.text(spoken),
                "found": spoken(answer.found) or _("未知"),
            }
            for answer in line.why
        ],
        "quota": limits.get(line.value) if is_title else None,
        "clause": line.citation.clause,
        "quote": line.citation.quote,
    }


def _places(ranges: Iterable[tuple[int, int]]) -> str:
    parts = [
        _("第 %(place)s 名") % {"place": first}
        if first == last
        else _("第 {best} 至 {worst} 名").format(best=first, worst=last)
        for first, last in ranges
    ]
    return _("、").join(parts)
